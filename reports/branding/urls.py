"""Addresses of the look of reports, below those of the reports."""

from django.urls import path

from reports.branding import views

urlpatterns = [
    path("", views.look_page, name="look"),
    path("try/", views.try_look, name="try_look"),
    path("tried/<str:key>.png", views.tried_look, name="tried_look"),
    path("template/", views.our_template, name="our_template"),
    path("<int:number>/sample.png", views.sample, name="look_sample"),
    path("<int:number>/logo.png", views.logo, name="look_logo"),
    path("<int:number>/template.docx", views.template, name="look_template"),
    path("<int:number>/restore/", views.restore, name="restore_look"),
]
