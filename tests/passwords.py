"""Argon2 as in production, without the work that makes guessing slow: it would be a third of a second a password."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher

SLOW: Final = "django.contrib.auth.hashers.Argon2PasswordHasher"
QUICK: Final = "tests.passwords.QuickArgon2PasswordHasher"


class QuickArgon2PasswordHasher(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8
    parallelism = 1
