"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from cbm_advisor.startup import require_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbm_advisor.settings")
require_environment()
application = get_wsgi_application()
