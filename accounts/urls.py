"""Addresses of the accounts pages."""

from django.urls import URLPattern, path

from accounts import audit_views, views, workspace_views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/<str:token>/", views.open_link, name="open_link"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("theme/", views.theme, name="theme"),
    path("workspace/", workspace_views.workspace_page, name="workspace"),
    path("workspace/new/", workspace_views.new_workspace, name="new_workspace"),
    path("workspace/choose/", workspace_views.choose, name="choose_workspace"),
    path("workspace/settings/", workspace_views.workspace_settings, name="workspace_settings"),
    path("workspace/leave/", workspace_views.leave, name="leave"),
    path("workspace/invitations/", workspace_views.invite, name="invite"),
    path("workspace/invitations/<uuid:pk>/withdraw/", workspace_views.withdraw_invitation, name="withdraw_invitation"),
    path("workspace/members/<int:pk>/role/", workspace_views.change_role, name="change_role"),
    path("workspace/members/<int:pk>/transfer/", workspace_views.transfer, name="transfer"),
    path("workspace/members/<int:pk>/remove/", workspace_views.remove, name="remove"),
    path("demonstration/see-as/", workspace_views.see_as, name="see_as"),
    path("workspace/audit/", audit_views.audit_log, name="audit_log"),
    path("workspace/audit.csv", audit_views.audit_csv, name="audit_csv"),
]
