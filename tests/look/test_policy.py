"""What browsers are allowed to load and do."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import reverse

from tests.personas import Person

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").rglob("*.html"))


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed(anonymous: Person) -> None:
    policy = anonymous.client.get(reverse("account_login")).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_templates_hold_no_inline_style_script_or_unescaped_text() -> None:
    forbidden = re.compile(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|\|safe\b|autoescape off")
    found = {str(path): forbidden.findall(path.read_text()) for path in TEMPLATES}
    assert {path: hits for path, hits in found.items() if hits} == {}
