"""Django's settings of the tracker. What differs per machine comes from the environment, which `start` and a host fill in.

| variable | what | without it |
|---|---|---|
| KBROLLOUT_DATA | the folder with the database and the secret key | the user's folder for data of programs |
| DATABASE_URL | another database, such as postgresql://user:password@host/name | SQLite in the folder |
| KBROLLOUT_HOSTS | the names under which a browser reaches it, with commas between; then only over https | this machine alone |
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

from kbrollout.tracker.place import DATABASE, data_folder, is_demonstration, secret_key

DATA = data_folder()
SECRET_KEY = secret_key(DATA)
DEBUG = False
DEMONSTRATION = is_demonstration(DATA)
"""Whether all progress is made up: then every page says so."""

HOSTS = [each.strip() for each in os.environ.get("KBROLLOUT_HOSTS", "").split(",") if each.strip()]
SHARED = bool(HOSTS)
"""Whether others reach it: then it is served over https, behind a web server that says so."""

ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "kbrollout.tracker",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kbrollout.tracker.web.headers.headers",
    "kbrollout.tracker.web.faults.Busy",
]
ROOT_URLCONF = "kbrollout.tracker.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kbrollout.tracker.web.common.demonstration",
            ],
            "string_if_invalid": "",
        },
    }
]

SQLITE_OPTIONS: dict[str, Any] = {
    # DEFERRED loses most of concurrent read-then-write transactions to locks.
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
}


def database(url: str, data: Path) -> dict[str, Any]:
    """The database at a URL, or SQLite in the folder for data when there is none."""
    if url and not url.startswith("sqlite"):
        return {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    name = url.removeprefix("sqlite://").removeprefix("/") if url else str(data / DATABASE)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits on how often somebody may try are counted in the database, so that they hold for all web workers together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tracker_cache",
        # With Django's own 300 somebody who tries many addresses pushes the counts of earlier tries out.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS: list[Path] = []
# Served from the package: there is no step in which files are collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

AUTH_USER_MODEL = "tracker.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "kbrollout.tracker.passwords.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
"""Seconds in which a one-time link works."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "kbrollout.tracker.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"change_password": "kbrollout.tracker.passwords.ChangeForm"}
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,10/15m/key"}
"""How often somebody may try: per address of a computer, and per address of a person. A practice shares one of the first."""

ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SHARED else 0
"""Behind a web server its word counts for where a request comes from; without one, nobody's."""

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "kbrollout.tracker.accounts.CodeAdapter"
MFA_TOTP_ISSUER = "kbrollout"
MFA_TOTP_TOLERANCE = 1
"""Codes before and after the present one count too: clocks differ, and typing takes time."""

MFA_ALLOW_UNVERIFIED_EMAIL = True
"""Whoever invites somebody knows the address."""

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
"""The tracker sends no mail: who invites somebody gets a link to send."""

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SHARED
SESSION_COOKIE_NAME = "__Host-sessie" if SHARED else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if SHARED else "csrf"
CSRF_FAILURE_VIEW = "kbrollout.tracker.web.faults.no_token"
SECURE_SSL_REDIRECT = SHARED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SHARED else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SHARED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SHARED
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
"""A preview of a workbook asks one answer per conflict."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
"""What people send in stays in memory until it was looked at; what is larger is dropped while it comes in."""

# What people typed is never logged: only what Django says about requests that failed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
