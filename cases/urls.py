"""Addresses of the case library."""

from django.urls import path

from cases import illustrations, views
from cases.editing.urls import urlpatterns as editing

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("illustrating/<str:topic_id>/", illustrations.illustrating, name="illustrating"),
    *editing,
    path("<slug:slug>/", views.case_page, name="case"),
]
