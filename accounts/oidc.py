"""Sign-in at the organisation's own provider, by OpenID Connect."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from accounts import pending
from accounts.invitations import InvitationNotValidError
from accounts.models import User


class IdentityAdapter(DefaultSocialAccountAdapter):
    """An identity opens the account of its verified address; a new account needs an invitation to that address."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Only the provider of the environment; none comes from the database."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuses an answer about somebody else than the token is about (OpenID Connect Core 1.0, section 5.3.2)."""
        told = sociallogin.account.extra_data
        if len({each["sub"] for each in (told.get("userinfo"), told.get("id_token")) if each}) > 1:
            raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=401))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> Any:
        """The person with the identity's verified address, unless another identity of the provider is theirs."""
        for address in sociallogin.email_addresses:
            address.verified = address.verified is True  # Some providers say "false".
        found = super().authenticate_by_email(sociallogin)
        if found and SocialAccount.objects.filter(user_id=found[0].pk, provider=sociallogin.account.provider).exists():
            return None
        return found

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Only for who holds an invitation to the identity's verified address; others are told so."""
        invitation = pending.invitation_in(request)
        verified = [each.email.lower() for each in sociallogin.email_addresses if each.verified]
        if invitation is None or invitation.email.lower() not in verified or _taken(invitation.email):
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """With the name that the provider tells."""
        user: User = super().populate_user(request, sociallogin, data)
        user.name = (data.get("name") or "")[:150]
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Makes the account and accepts the invitation."""
        user: User = super().save_user(request, sociallogin, form)
        try:
            pending.accept(request, user)
        except InvitationNotValidError:
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403)) from None
        return user


def _taken(email: str) -> bool:
    return User.objects.filter(email__iexact=email).exists()


def provider_in(request: HttpRequest) -> Any:
    """The provider of the environment, or ``None``."""
    try:
        return IdentityAdapter(request).get_provider(request, "oidc")
    except SocialApp.DoesNotExist:
        return None


@login_not_required
@never_cache
@require_safe
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Leads to the provider. A link, not a form: the policy of the pages lets forms go nowhere else."""
    provider = provider_in(request)
    if provider is None:
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    try:
        answer: HttpResponse = provider.redirect(request, process="login", next_url=get_next_redirect_url(request))
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=502)
    return answer
