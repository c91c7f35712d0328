"""What the web server writes down."""

from __future__ import annotations

import secrets

import pytest

from cbm_advisor.web_server import TOKEN


@pytest.mark.parametrize("before", ["/invitations/", "/sign-in/", "/account/password/reset/key/1-"])
def test_tokens_of_links_stay_out_of_the_access_log(before: str) -> None:
    token = secrets.token_urlsafe(32)
    assert token not in TOKEN.sub("…", f"{before}{token}/")


@pytest.mark.parametrize(
    "path", ["/", "/proposals/7f0c2d3e-6a5b-4c8d-9e0f-1a2b3c4d5e6f/", "/cases/nuba-mountains-2002/", "/healthz"]
)
def test_other_paths_stay_as_they_are(path: str) -> None:
    assert TOKEN.sub("…", path) == path
