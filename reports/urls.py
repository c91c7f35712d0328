"""Addresses of the reports."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("of-revision/<int:revision_pk>/", views.for_revision, name="for_revision"),
    path("of-revision/<int:revision_pk>/request/", views.request, name="request"),
    path("of-shelf/request/", views.request_shelf, name="request_shelf"),
    path("<uuid:pk>/", views.report_page, name="report"),
    path("<uuid:pk>/download/", views.download, name="download"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
]
