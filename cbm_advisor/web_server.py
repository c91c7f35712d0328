"""How gunicorn runs the web process, on a laptop and in production.

Start it with ``gunicorn --config python:cbm_advisor.web_server``. ``WEB_CONCURRENCY``, the number of processes, and
``PORT`` are read by gunicorn itself.
"""

import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from gunicorn.glogging import Logger

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbm_advisor.settings")

# A long part of a path that is not the id of a thing: the token of a link.
TOKEN = re.compile(r"(?<=/)(?![0-9a-f-]{36}(?:/|$))[^/]{20,}")


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Writes no token of a link into the access log: whoever reads the log could use it."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        found["U"] = TOKEN.sub("…", str(found["U"]))
        return found


logger_class = DiscreetLogger
wsgi_app = "cbm_advisor.wsgi"
worker_class = "gthread"
threads = 4
keepalive = 30  # seconds: longer than the pulse of the builder, so that saves find the connection open
# The application is loaded once and shared by all processes; a wrong setting stops the start, not every worker.
preload_app = True
max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 10
control_socket_disable = True
MEMORY = "/dev/shm"  # noqa: S108 - a slow disk must not make a healthy process look dead
worker_tmp_dir = MEMORY if Path(MEMORY).is_dir() else None
accesslog = "-"
# Paths without their queries, and no addresses of people.
access_log_format = "%(m)s %(U)s %(s)s %(M)s ms"
logconfig_dict = settings.LOGGING
