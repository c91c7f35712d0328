"""Addresses of the accounts pages: our own, and those of allauth that the site offers."""

from allauth.account.urls import urlpatterns as allauth_account
from allauth.socialaccount import views as identities
from allauth.socialaccount.providers.openid_connect.views import callback
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from accounts import invitation_views, oidc, views

UNUSED = {"account_confirm_login_code"}

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("account/", views.home, name="home"),
    path("account/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("account/oidc/", oidc.sign_in, name="oidc"),
    path("sign-in/<str:token>/", views.open_link, name="open_link"),
    path("invitations/<str:token>/", invitation_views.invitation, name="invitation"),
    path("mail/", views.mail, name="mail"),
    path("theme/", views.theme, name="theme"),
]

allauth_urlpatterns: list[URLPattern | URLResolver] = [
    *(pattern for pattern in allauth_account if pattern.name not in UNUSED),
    path("second-step/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("oidc/<slug:provider_id>/callback/", callback, name="openid_connect_callback"),
    path("oidc/cancelled/", identities.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", login_not_required(identities.login_error), name="socialaccount_login_error"),
]
