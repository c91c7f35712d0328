"""Addresses of the guidelines' pages."""

from django.urls import path

from guidelines import views
from guidelines.field import PAGES

app_name = "guidelines"
urlpatterns = [
    path("", views.topic_list, name="list"),
    *(path(f"{name}/", views.field_page, {"name": name}, name=name) for name in PAGES),
    path("glossary/", views.glossary_page, name="glossary"),
    path("<str:topic_id>/", views.topic_page, name="guideline"),
]
