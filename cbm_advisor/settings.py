"""All settings, from the environment. What is malformed stops the start and is named; `startup.py` names what lacks.

``docs/operations.md`` lists the variables.
"""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError
from marshmallow.validate import Regexp

from cbm_advisor.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

# --- From the environment ---------------------------------------------------------------------------------------------

env = Env(eager=False)
DEBUG = env.bool("DEBUG", False)
EMBEDDED = env.bool("CBM_EMBEDDED", False)
ADDRESS = env.str("CBM_ADDRESS", "")
VAR_DIR = Path(env.str("CBM_VAR", "") or BASE_DIR / "var")
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if EMBEDDED or DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
HTTPS = env.bool("HTTPS", not (EMBEDDED or DEBUG))
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
DATABASE = env.dj_db_url("DATABASE_URL", "postgresql:///cbm_advisor", conn_max_age=60, conn_health_checks=True)
REDIS_URL = env.str(
    "REDIS_URL",
    "redis://localhost:6379/0",
    validate=Regexp(r"(rediss?|unix)://", error="Not a Redis URL; it begins with redis://, rediss:// or unix://."),
)
try:
    env.seal()
except EnvValidationError as error:
    raise ImproperlyConfigured(str(error)) from None


def celery_url(redis_url: str) -> str:
    """Celery writes the address of a socket in a way of its own."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"


# --- Django -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "rules",
    "csp",
    "cbm_advisor",
    "accounts",
    "guidelines",
    "cases",
    "assessments",
    "proposals",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "cbm_advisor.middleware.browser_policies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.WallsMiddleware",  # the last one: it calls the view
]

ROOT_URLCONF = "cbm_advisor.urls"
WSGI_APPLICATION = "cbm_advisor.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["cbm"]
CRISPY_TEMPLATE_PACK = "cbm"
CRISPY_FAIL_SILENTLY = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"

# --- Services ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": DATABASE}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
    },
    # Parts of pages that are the same for everybody until the next release, kept in each process.
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

CELERY_BROKER_URL = celery_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
# A message that its worker took and did not finish comes back after this many seconds: longer than any task may run.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 180, "socket_connect_timeout": 1}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
# What happens by the clock. A daily round that was missed is made up for at the next start.
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "queue lost reports": {"task": "reports.tasks.sweep", "schedule": 60, "options": {"expires": 60}},
    "purge deleted proposals": {
        "task": "proposals.tasks.purge_deleted_proposals",
        "schedule": crontab(hour=3, minute=7),
    },
}
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # KiB

# --- Files ------------------------------------------------------------------------------------------------------------

TYPEFACES = BASE_DIR / "node_modules" / "@fontsource-variable"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("css/fonts/inter", TYPEFACES / "inter" / "files"),
    ("css/fonts/source-serif-4", TYPEFACES / "source-serif-4" / "files"),
]
MEDIA_ROOT = VAR_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Safety in the browser --------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Whether to join the list that browsers ship with is for whoever owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Logs -------------------------------------------------------------------------------------------------------------

LOGGING = logging_settings(for_people=EMBEDDED or DEBUG)
