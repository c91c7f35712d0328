"""Addresses of the accounts pages: our own, and those of allauth that the site offers."""

from allauth.account.urls import urlpatterns as allauth_account
from allauth.socialaccount import views as identities
from allauth.socialaccount.providers.openid_connect.views import callback
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from accounts import audit_views, invitation_views, oidc, views, workspace_views
from accounts.notifications import views as notification_views

UNUSED = {"account_confirm_login_code"}

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("account/", views.home, name="home"),
    path("account/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("account/oidc/", oidc.sign_in, name="oidc"),
    path("sign-in/<str:token>/", views.open_link, name="open_link"),
    path("invitations/<str:token>/", invitation_views.invitation, name="invitation"),
    path("mail/", views.mail, name="mail"),
    path("news/", notification_views.news, name="news"),
    path("news/read/", notification_views.read_all, name="read_news"),
    path("news/<int:pk>/", notification_views.open_notification, name="open_notification"),
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

allauth_urlpatterns: list[URLPattern | URLResolver] = [
    *(pattern for pattern in allauth_account if pattern.name not in UNUSED),
    path("second-step/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("oidc/<slug:provider_id>/callback/", callback, name="openid_connect_callback"),
    path("oidc/cancelled/", identities.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", login_not_required(identities.login_error), name="socialaccount_login_error"),
]
