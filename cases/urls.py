"""Addresses of the case library."""

from django.urls import path

from cases import illustrations, tagged, views

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("illustrating/<str:topic_id>/", illustrations.illustrating, name="illustrating"),
    path("tagged/<str:kind>/", tagged.tagged, name="tagged"),
    path("<slug:slug>/", views.case_page, name="case"),
]
