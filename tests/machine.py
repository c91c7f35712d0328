"""The servers that the tests run on: PostgreSQL and Redis, both real.

Imported by ``conftest.py`` before Django reads its settings. The first process starts the servers (unless DATABASE_URL
and REDIS_URL name some) and pytest-xdist's workers find them in the environment, each with a Redis database of its own.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from cbm_advisor.services.embedded import embedded_services
from cbm_advisor.services.errors import ServiceError
from cbm_advisor.services.state import StateFolder

ROOT = Path(__file__).resolve().parent.parent
RUNS_AT_ONCE = 9


def prepare_environment() -> None:
    """Sets what the settings need. Call it before Django is set up."""
    number = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not number:
        _start_services()
    os.environ["REDIS_URL"] = redis_url_for(os.environ["REDIS_URL"], int(number.removeprefix("gw") or 0))
    os.environ["DJANGO_SETTINGS_MODULE"] = "cbm_advisor.settings"
    os.environ.setdefault("SECRET_KEY", "known to everybody, for tests only")
    os.environ["CBM_EMBEDDED"] = "true"


def _start_services() -> None:
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    state = stack.enter_context(_free_state_folder())
    services = stack.enter_context(embedded_services(state, durable=False))
    os.environ.update(services.environment, CBM_VAR=str(state.path))
    (state.path / "static").mkdir(exist_ok=True)


@contextlib.contextmanager
def _free_state_folder() -> Iterator[StateFolder]:
    """The first folder below ``var/`` that no other run of the tests holds."""
    with contextlib.ExitStack() as stack:
        for number in range(1, RUNS_AT_ONCE + 1):
            state = StateFolder(ROOT / "var" / f"test-{number}")
            with contextlib.suppress(ServiceError):
                stack.enter_context(state.held())
                yield state
                return
        raise ServiceError(f"{RUNS_AT_ONCE} runs of the tests are under way; wait for one to end.")


def redis_url_for(url: str, number: int) -> str:
    """The same server, another of its databases."""
    if url.startswith("unix:"):
        return re.sub(r"db=\d+", f"db={number}", url)
    return re.sub(r"(//[^/]+)(/\d*)?", rf"\1/{number}", url, count=1)
