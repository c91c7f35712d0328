"""The addresses that the forms of the builder lead to, without what answers there."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, **named: object) -> HttpResponse:
    return HttpResponse()


builder = [
    path("<uuid:pk>/draft/<slug:step>/", nothing, name="draft_step"),
    path("<uuid:pk>/draft/measures/<str:key>/", nothing, name="draft_measure"),
]
urlpatterns = [
    path("proposals/", include((builder, "proposals"))),
    path("guidelines/", include("guidelines.urls")),
]
