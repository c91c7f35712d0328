"""Addresses of the guidelines' pages."""

from django.urls import path

from guidelines import views

app_name = "guidelines"
urlpatterns = [
    path("", views.topic_list, name="list"),
    path("<str:topic_id>/", views.topic_page, name="guideline"),
]
