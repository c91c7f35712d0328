"""Addresses of the proposals pages."""

from django.urls import URLPattern

app_name = "proposals"
urlpatterns: list[URLPattern] = []
