"""Signing in as people do: with a password, a code from an app, a passkey."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.invitations import invite
from accounts.models import Membership, User
from tests.accounts.test_second_factor import code_of
from tests.attempts import forget_attempts
from tests.browser.test_every_page import check

PASSWORD = "a long sentence nobody guesses"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _nothing_tried_yet() -> None:
    forget_attempts()


@pytest.fixture
def person(demonstration: User) -> User:
    """Drafts in the demonstration workspace, with ``PASSWORD``."""
    assert demonstration.workspace is not None
    person = User.objects.create_user("amina@example.org", PASSWORD, name="Amina Diallo")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Membership.objects.create(user=person, workspace=demonstration.workspace, role=Membership.Role.DRAFTER)
    return person


@pytest.fixture
def at_sign_in(page: Page, person: User, live_server: LiveServer) -> Page:
    """The page of the sign-in."""
    page.goto(live_server.url + reverse("account_login"))
    return page


@pytest.fixture
def authenticator(context: BrowserContext, page: Page) -> Iterator[None]:
    """The device has a fingerprint reader that always agrees."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield
    session.detach()


def give_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill("amina@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    """Gives the password again, where the site asks for it."""
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def go(page: Page, live_server: LiveServer, name: str) -> None:
    page.goto(live_server.url + reverse(name))


def add_passkey(page: Page, live_server: LiveServer, *, alone: bool) -> None:
    go(page, live_server, "mfa_add_webauthn")
    confirm(page)
    page.get_by_label("Name").fill("Amina's laptop")
    page.get_by_label("Sign in with this passkey alone").set_checked(alone)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page) -> None:
    page.locator("details.menu > summary").first.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_password_opens_home(at_sign_in: Page) -> None:
    give_password(at_sign_in)
    expect(at_sign_in.locator("details.menu > summary").first).to_contain_text("Amina Diallo")


def test_app_is_set_up_and_asked_for(at_sign_in: Page, live_server: LiveServer) -> None:
    page = at_sign_in
    give_password(page)
    go(page, live_server, "mfa_activate_totp")
    confirm(page)
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = page.locator("code.key").inner_text()
    page.get_by_label("Code from the app").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    give_password(page)
    page.get_by_label("Code").fill(code_of(secret, later=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("details.menu > summary").first).to_contain_text("Amina Diallo")


@pytest.mark.usefixtures("authenticator")
def test_passkey_alone_signs_in(at_sign_in: Page, live_server: LiveServer) -> None:
    page = at_sign_in
    give_password(page)
    add_passkey(page, live_server, alone=True)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("details.menu > summary").first).to_contain_text("Amina Diallo")


@pytest.mark.usefixtures("authenticator")
def test_page_that_was_asked_for_opens_after_a_passkey_too(at_sign_in: Page, live_server: LiveServer) -> None:
    page = at_sign_in
    give_password(page)
    add_passkey(page, live_server, alone=True)
    sign_out(page)
    go(page, live_server, "cases:list")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(live_server.url + reverse("cases:list"))


@pytest.mark.usefixtures("authenticator")
def test_passkey_is_the_second_step_and_confirms_changes(at_sign_in: Page, live_server: LiveServer) -> None:
    page = at_sign_in
    give_password(page)
    add_passkey(page, live_server, alone=False)
    sign_out(page)
    give_password(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("details.menu > summary").first).to_contain_text("Amina Diallo")
    go(page, live_server, "mfa_view_recovery_codes")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator(".codes li")).to_have_count(10)


def test_device_that_refuses_says_that_nothing_was_changed(at_sign_in: Page, context: BrowserContext) -> None:
    session = context.new_cdp_session(at_sign_in)
    session.send("WebAuthn.enable")
    refusing = {**AUTHENTICATOR, "isUserVerified": False}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": refusing})
    at_sign_in.get_by_role("button", name="Sign in with a passkey").click()
    expect(at_sign_in.get_by_role("alert")).to_contain_text("Nothing was changed")
    expect(at_sign_in.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


def test_without_scripts_everything_but_passkeys_works(browser: Browser, person: User, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, live_server, "account_login")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    give_password(page)
    go(page, live_server, "accounts:home")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    context.close()


@pytest.mark.usefixtures("authenticator")
def test_account_pages_are_accessible_and_fit_a_phone(at_sign_in: Page, live_server: LiveServer) -> None:
    page = at_sign_in
    give_password(page)
    wrong = check(page, live_server.url + reverse("account_reauthenticate"))
    add_passkey(page, live_server, alone=True)
    passkey = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    names = (
        "accounts:home", "account_email", "account_change_password", "account_logout", "mfa_index",
        "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn",
        "mfa_add_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "usersessions_list", "accounts:mail",
    )  # fmt: skip
    paths = [*map(reverse, names), *(reverse(f"mfa_{verb}_webauthn", args=[passkey.pk]) for verb in ("edit", "remove"))]
    wrong += [each for path in paths for each in check(page, live_server.url + path)]
    sign_out(page)
    give_password(page)
    wrong += check(page, live_server.url + reverse("mfa_authenticate"))
    assert wrong == []


def test_pages_for_visitors_are_accessible_and_fit_a_phone(
    browser: Browser, person: User, live_server: LiveServer, demonstration: User
) -> None:
    assert demonstration.workspace is not None
    _, token = invite(demonstration.workspace, "new@example.org", Membership.Role.OBSERVER, by=demonstration)
    context = browser.new_context()
    page = context.new_page()
    names = (
        "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key_done", "account_email_verification_sent", "account_inactive",
        "socialaccount_login_cancelled", "socialaccount_login_error", "accounts:mail",
    )  # fmt: skip
    paths = [
        *map(reverse, names),
        reverse("account_confirm_email", args=["no-such-key"]),
        reverse("account_reset_password_from_key", args=["1", "no-such-key"]),
        reverse("accounts:invitation", args=["no-such-token"]),
        reverse("accounts:invitation", args=[token]),
        reverse("account_signup"),
    ]
    assert [each for path in paths for each in check(page, live_server.url + path)] == []
    context.close()
