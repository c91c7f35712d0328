"""Addresses of the assessments' pages: the published schemas, and the rubric's questions."""

from django.urls import path

from assessments import views

app_name = "assessments"
urlpatterns = [
    path("schema/cbm-package-1.json", views.package_schema, name="package_schema"),
    path("schema/cbm-scorecard-1.json", views.scorecard_schema_page, name="scorecard_schema"),
    path("checks/<str:topic_id>/", views.checks_of, name="checks_of"),
]
