"""Settings: safe defaults, everything else from the environment (docs/administrator/settings.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from zichtlijn import __version__
from zichtlijn.project import environment

PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()

ZICHTLIJN_VERSION = __version__
ZICHTLIJN_DEMO = environment.flag("ZICHTLIJN_DEMO")
ZICHTLIJN_THEME_CSS = environment.text("ZICHTLIJN_THEME_CSS")
ZICHTLIJN_THEME_CLASS = environment.text("ZICHTLIJN_THEME_CLASS")
ZICHTLIJN_UPLOAD_LIMIT = environment.number("ZICHTLIJN_UPLOAD_LIMIT_MB", 50) * 1024 * 1024
ZICHTLIJN_DICTIONARIES = environment.text("ZICHTLIJN_DICTIONARIES")
ZICHTLIJN_FILES = DATA / "files"

# Who reports something without an account, and the files that come from outside.
CLAMD_ADDRESS = environment.text("CLAMD_ADDRESS")
ZICHTLIJN_REPORT_PHONE = environment.text("ZICHTLIJN_REPORT_PHONE")
ZICHTLIJN_REPORT_ANSWER_DAYS = environment.number("ZICHTLIJN_REPORT_ANSWER_DAYS", 10)
ZICHTLIJN_REPORTS_PER_ADDRESS = environment.number("ZICHTLIJN_REPORTS_PER_ADDRESS", 5)
ZICHTLIJN_REPORTS_PER_HOUR = environment.number("ZICHTLIJN_REPORTS_PER_HOUR", 300)
ZICHTLIJN_ADDITIONS_PER_HOUR = environment.number("ZICHTLIJN_ADDITIONS_PER_HOUR", 10)
ZICHTLIJN_CODES_PER_ADDRESS = environment.number("ZICHTLIJN_CODES_PER_ADDRESS", 10)

# Notices by e-mail: without SMTP_HOST they wait in the outbox. PUBLIC_ADDRESS is where people find the product.
PUBLIC_ADDRESS = environment.text("PUBLIC_ADDRESS").rstrip("/")
SMTP_HOST = environment.text("SMTP_HOST")
SMTP_PORT = environment.number("SMTP_PORT", 587)
SMTP_USER = environment.text("SMTP_USER")
SMTP_PASSWORD = environment.text("SMTP_PASSWORD")
SMTP_SECURITY = environment.one_of("SMTP_SECURITY", ("starttls", "tls", "none"))
SMTP_TIMEOUT = 10  # seconds
MAIL_FROM = environment.text("MAIL_FROM", "zichtlijn@localhost")

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret_key(DATA)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
BEHIND_TLS = environment.flag("BEHIND_TLS")

INSTALLED_APPS = [
    "zichtlijn.platform.accounts",
    "zichtlijn.platform.events",
    "zichtlijn.platform.trace",
    "zichtlijn.platform.search",
    "zichtlijn.platform.files",
    "zichtlijn.platform.tasks",
    "zichtlijn.platform.comments",
    "zichtlijn.platform.lists",
    "zichtlijn.platform.casefiles",
    "zichtlijn.platform.notices",
    "zichtlijn.platform.api",
    "zichtlijn.platform.retention",
    "zichtlijn.platform.design",
    "zichtlijn.supervision.field",
    "zichtlijn.supervision.mandate",
    "zichtlijn.supervision.sources",
    "zichtlijn.supervision.signals",
    "zichtlijn.supervision.programme",
    "zichtlijn.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "mozilla_django_oidc",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zichtlijn.platform.events.middleware.RequestIdentity",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "zichtlijn.platform.accounts.middleware.SignedInOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zichtlijn.project.urls"
WSGI_APPLICATION = "zichtlijn.project.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zichtlijn.platform.design.context.page",
            ],
        },
    }
]
FORM_RENDERER = "zichtlijn.platform.design.forms.DesignRenderer"


def _database() -> dict[str, Any]:
    config: dict[str, Any] = dict(
        dj_database_url.parse(environment.text("DATABASE_URL") or f"sqlite:///{DATA / 'zichtlijn.sqlite3'}")
    )
    if config["ENGINE"].endswith("sqlite3"):
        # WAL lets people read while one writes; IMMEDIATE makes writers wait instead of failing half-way.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    # Kept open: whoever closes the last connection to SQLite writes everything back and throws the log away.
    config["CONN_MAX_AGE"] = 60
    return config


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "zichtlijn.platform.accounts.backends.LocalAccounts",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "accounts:login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "zichtlijn.platform.accounts.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Zichtlijn"

# OpenID Connect is on when an installation names its provider.
OIDC_ENABLED = bool(environment.text("OIDC_CLIENT_ID"))
OIDC_RP_CLIENT_ID = environment.text("OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = environment.text("OIDC_CLIENT_SECRET")
OIDC_OP_AUTHORIZATION_ENDPOINT = environment.text("OIDC_AUTHORIZATION_ENDPOINT")
OIDC_OP_TOKEN_ENDPOINT = environment.text("OIDC_TOKEN_ENDPOINT")
OIDC_OP_USER_ENDPOINT = environment.text("OIDC_USER_ENDPOINT")
OIDC_OP_JWKS_ENDPOINT = environment.text("OIDC_JWKS_ENDPOINT")
OIDC_OP_ISSUER = environment.text("OIDC_ISSUER")
OIDC_RP_SIGN_ALGO = environment.text("OIDC_SIGN_ALGO", "RS256")
OIDC_RP_SCOPES = environment.text("OIDC_SCOPES", "openid email profile")
OIDC_USE_PKCE = True
OIDC_ROLE_CLAIM = environment.text("OIDC_ROLE_CLAIM", "zichtlijn_role")
OIDC_VERIFY_KID = environment.flag("OIDC_VERIFY_KID", default=True)
OIDC_STORE_ID_TOKEN = False
OIDC_TIMEOUT = 10  # seconds
if OIDC_ENABLED and not OIDC_OP_ISSUER:
    raise ValueError("OIDC_ISSUER must be given beside OIDC_CLIENT_ID: without it the issuer cannot be checked")
if OIDC_ENABLED:
    AUTHENTICATION_BACKENDS.append("zichtlijn.platform.accounts.backends.OpenIdConnect")

LANGUAGE_CODE = environment.text("ZICHTLIJN_LANGUAGE", "nl")
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT") or DATA / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zichtlijn.platform.design.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
