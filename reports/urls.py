"""Addresses of the reports."""

from django.urls import include, path

from reports import asking_views, views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("look/", include("reports.branding.urls")),
    path("of-revision/<int:revision_pk>/", views.for_revision, name="for_revision"),
    path("of-revision/<int:revision_pk>/request/", asking_views.request, name="request"),
    path("of-revision/<int:revision_pk>/make/", asking_views.make, name="make"),
    path("of-proposal/<uuid:proposal_pk>/make/", asking_views.make_of_newest, name="make_of_newest"),
    path("of-several/", asking_views.batch, name="batch"),
    path("of-shelf/request/", asking_views.request_shelf, name="request_shelf"),
    path("<uuid:pk>/", views.report_page, name="report"),
    path("<uuid:pk>/download/", views.download, name="download"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("<uuid:pk>/delete/", views.remove, name="remove"),
]
