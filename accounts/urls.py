"""Addresses of the accounts pages."""

from django.urls import URLPattern, path

from accounts import audit_views, views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/<str:token>/", views.open_link, name="open_link"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("theme/", views.theme, name="theme"),
    path("workspace/audit/", audit_views.audit_log, name="audit_log"),
    path("workspace/audit.csv", audit_views.audit_csv, name="audit_csv"),
]
