"""All settings, from the environment. What is malformed stops the start and is named; `startup.py` names what lacks.

``docs/operations.md`` lists the variables.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError
from marshmallow.validate import Range, Regexp

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
EMAIL = env.dj_email_url("EMAIL_URL", "memory:")
EMAIL_FROM = env.str("EMAIL_FROM", "CBM Advisor <cbm-advisor@localhost>")
OPEN_LIBRARY = env.bool("CBM_OPEN_LIBRARY", False)
S3 = {name: env.str(f"CBM_S3_{name}", "") for name in ("BUCKET", "ENDPOINT", "REGION")}
REPORTS_KEPT_DAYS = env.int("CBM_REPORTS_KEPT_DAYS", 30, validate=Range(min=1, max=36_500))
OIDC = {name: env.str(f"OIDC_{name}", "") for name in ("SERVER_URL", "CLIENT_ID", "CLIENT_SECRET")}
OIDC_NAME = env.str("OIDC_NAME", "") or "OpenID Connect"
try:
    env.seal()
except EnvValidationError as error:
    raise ImproperlyConfigured(str(error)) from None


if (S3["ENDPOINT"] or S3["REGION"]) and not S3["BUCKET"]:
    raise ImproperlyConfigured("CBM_S3_BUCKET is not set, though other CBM_S3 variables are.")
if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured("EMAIL_URL is no address of a mail server; it begins with smtp:// or submission://.")
EMAIL["EMAIL_TIMEOUT"] = EMAIL["EMAIL_TIMEOUT"] or 10
if any(OIDC.values()) and not all(OIDC.values()):
    lacking = " and ".join(f"OIDC_{name}" for name, value in OIDC.items() if not value)
    raise ImproperlyConfigured(f"{lacking} is not set, though other OIDC variables are. Set all of them or none.")
if HTTPS and OIDC["SERVER_URL"] and not OIDC["SERVER_URL"].startswith("https://"):
    raise ImproperlyConfigured("OIDC_SERVER_URL does not begin with https://.")


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
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
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
    "cbm_advisor.middleware.upload_limit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.SecondStepMiddleware",
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
                "accounts.context.ways_in",
                "accounts.context.demonstration_roles",
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
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarity", {"user_attributes": ["email", "name"]}),
        ("MinimumLength", {"min_length": 12}),
        ("CommonPassword", {}),
        ("NumericPassword", {}),
    )
]
LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "add_email": "accounts.forms.NewAddressForm",
    "reauthenticate": "accounts.forms.ConfirmByPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_CHANGE_EMAIL = ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip,5/10m/key", "token": "30/m/ip"}
# By address, and by guest link whoever tries.
GUEST_RATE_LIMITS = {"guest_password": "5/m/ip,20/h/key", "guest_comment": "10/m/ip,60/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

MFA_ADAPTER = "accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CBM Advisor"
MFA_TOTP_TOLERANCE = 1
# An address is added only by who is signed in and has just proved it again, so it may wait for its confirmation.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "accounts.second_step_forms.CodeForm",
    "reauthenticate": "accounts.second_step_forms.ConfirmByCodeForm",
    "activate_totp": "accounts.second_step_forms.FirstCodeForm",
    "add_webauthn": "accounts.second_step_forms.NewPasskeyForm",
    "edit_webauthn": "accounts.second_step_forms.RenamePasskeyForm",
}
USERSESSIONS_ADAPTER = "accounts.adapters.SessionsAdapter"

SOCIALACCOUNT_ADAPTER = "accounts.oidc.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC["CLIENT_ID"],
                "secret": OIDC["CLIENT_SECRET"],
                "settings": {"server_url": OIDC["SERVER_URL"]},
            }
        ]
        if OIDC["SERVER_URL"]
        else [],
    }
}

# On one machine mail is written into a folder and shown on a page.
if EMBEDDED and EMAIL["EMAIL_BACKEND"].endswith(".locmem.EmailBackend"):
    EMAIL |= {"EMAIL_BACKEND": "accounts.mail_folder.FolderBackend", "EMAIL_FILE_PATH": str(VAR_DIR / "mail")}
globals().update(EMAIL)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM

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
    "let old reports expire": {"task": "reports.tasks.expire", "schedule": crontab(minute=27)},
    "describe proposals that are behind": {
        "task": "proposals.tasks.sweep",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "purge deleted proposals": {
        "task": "proposals.tasks.purge_deleted_proposals",
        "schedule": crontab(hour=3, minute=7),
    },
    "clear shelves": {"task": "cases.tasks.clear_shelves", "schedule": crontab(hour=3, minute=17)},
    "clear old news": {"task": "accounts.tasks.clear_old_news", "schedule": crontab(hour=3, minute=27)},
}
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # KiB

# --- Files ------------------------------------------------------------------------------------------------------------

NODE_MODULES = BASE_DIR / "node_modules"
TYPEFACES = NODE_MODULES / "@fontsource-variable"
COUNTRY_SHAPES = NODE_MODULES / "world-atlas" / "countries-110m.json"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "cbm_advisor.static_files.FilesThatPagesLoad",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("css/fonts/inter", TYPEFACES / "inter" / "files"),
    ("css/fonts/source-serif-4", TYPEFACES / "source-serif-4" / "files"),
    ("vendor/leaflet", NODE_MODULES / "leaflet" / "dist"),
    ("vendor/topojson-client", NODE_MODULES / "topojson-client" / "dist"),
    ("vendor/world-atlas", COUNTRY_SHAPES.parent),
]
REPORTS_KEPT_FOR = timedelta(days=REPORTS_KEPT_DAYS)
MEDIA_ROOT = VAR_DIR / "files"
MOST_BYTES = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the clauses of a long agreement are tagged one by one
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700


def file_storage() -> dict[str, Any]:
    """Where reports lie: in a folder, or in an S3-compatible store, which boto3 finds its keys for."""
    if not S3["BUCKET"]:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

    # Stores of other makers know neither addresses with the bucket as host nor the newest checksums.
    waits = Config(
        connect_timeout=3,
        read_timeout=20,
        retries={"max_attempts": 3, "mode": "standard"},
        s3={"addressing_style": "path" if S3["ENDPOINT"] else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    options = {
        "bucket_name": S3["BUCKET"],
        "endpoint_url": S3["ENDPOINT"] or None,
        "region_name": S3["REGION"] or None,
        "default_acl": None,
        "file_overwrite": True,
        "transfer_config": TransferConfig(use_threads=False),
        "client_config": waits,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STORAGES = {
    "default": file_storage(),
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
# Other sites learn nothing. With "no-referrer" browsers send "Origin: null" with our own forms, which Django refuses.
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
