"""Addresses of the guidelines pages."""

from django.urls import URLPattern

app_name = "guidelines"
urlpatterns: list[URLPattern] = []
