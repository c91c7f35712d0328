"""The environment: what is missing or malformed is named, and what needs nothing runs without."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

import pytest
from django.conf import settings
from django.test import Client

from cbm_advisor.settings import celery_url

COMPLETE = {
    "SECRET_KEY": "a long random text",
    "DATABASE_URL": "postgresql://somebody@nowhere/database",
    "REDIS_URL": "redis://nowhere:6379/0",
    "ALLOWED_HOSTS": "advisor.example.org",
    "CBM_ADDRESS": "https://advisor.example.org",
    "EMAIL_URL": "submission://name:password@mail.example.org",
    "EMAIL_FROM": "advisor@example.org",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a Python command with this environment and no other."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def without(names: Iterable[str]) -> dict[str, str]:
    return {name: value for name, value in COMPLETE.items() if name not in names}


@pytest.mark.parametrize("name", COMPLETE)
def test_commands_name_each_variable_that_is_missing(name: str) -> None:
    ended = run("manage.py", "check", **without([name]))
    assert ended.returncode == 1
    assert f"{name} is not set" in ended.stderr
    assert [other for other in COMPLETE if f"{other} is not set" in ended.stderr] == [name]
    assert "Traceback" not in ended.stderr


def test_the_web_process_does_not_start_without_its_variables() -> None:
    ended = run("-c", "import cbm_advisor.wsgi", **without(["SECRET_KEY", "REDIS_URL"]))
    assert "ImproperlyConfigured: SECRET_KEY is not set" in ended.stderr
    assert "REDIS_URL is not set" in ended.stderr


def test_the_worker_does_not_start_without_its_variables() -> None:
    ended = run("-m", "celery", "--app", "cbm_advisor.celery", "worker", **without(["DATABASE_URL"]))
    assert ended.returncode != 0
    assert "DATABASE_URL is not set" in ended.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "bogus://secret@host"),
        ("REDIS_URL", "http://secret@host"),
        ("EMAIL_URL", "http://secret@host"),
        ("DEBUG", "perhaps"),
    ],
)
def test_a_malformed_variable_is_named_in_one_line_that_does_not_show_it(name: str, value: str) -> None:
    ended = run("manage.py", "check", **{**COMPLETE, name: value})
    assert ended.returncode == 1
    assert ended.stderr.startswith("manage.py: ")
    assert name in ended.stderr
    assert value not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_a_provider_that_is_half_set_names_what_lacks(name: str) -> None:
    provider = {"OIDC_SERVER_URL": "https://id.example.org", "OIDC_CLIENT_ID": "us", "OIDC_CLIENT_SECRET": "ours"}
    ended = run("manage.py", "check", **COMPLETE, **{key: value for key, value in provider.items() if key != name})
    assert ended.returncode == 1
    assert f"{name} is not set" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_complete_environment_passes_the_checks_for_production() -> None:
    secret = "o" * 30 + "abcdefghijklmnopqrstuvwxyz0123456789"
    ended = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **{**COMPLETE, "SECRET_KEY": secret})
    assert ended.returncode == 0, ended.stderr


def test_the_rubric_is_listed_without_any_service() -> None:
    ended = run("manage.py", "checks", "--format", "json")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(("{", "["))


@pytest.mark.parametrize(
    ("redis", "celery"),
    [
        ("redis://host:6379/2", "redis://host:6379/2"),
        ("unix:///run/a/redis.sock?db=3", "redis+socket:///run/a/redis.sock?virtual_host=3"),
        ("unix:///run/a/redis.sock", "redis+socket:///run/a/redis.sock?virtual_host=0"),
    ],
)
def test_celery_is_given_the_address_of_redis_in_its_own_spelling(redis: str, celery: str) -> None:
    assert celery_url(redis) == celery


def test_health_needs_neither_database_nor_sign_in(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_every_answer_carries_the_policies_that_keep_other_sites_out(client: Client) -> None:
    headers = client.get("/healthz").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
