"""How gunicorn runs the web process, on a laptop and in production.

Start it with ``gunicorn --config python:cbm_advisor.web_server``. ``WEB_CONCURRENCY``, the number of processes, and
``PORT`` are read by gunicorn itself.
"""

import os
from pathlib import Path

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbm_advisor.settings")

wsgi_app = "cbm_advisor.wsgi"
worker_class = "gthread"
threads = 4
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
