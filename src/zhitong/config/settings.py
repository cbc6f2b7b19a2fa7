"""Django's settings; what an operator may change is read from the table in `environment`."""

from __future__ import annotations

from zhitong.config import database, environment, locks, logs, state, wires

DEBUG = environment.switch("ZHITONG_DEBUG")
SECRET_KEY = state.secret_key()
DATA_KEYS = state.data_keys()
SEALING = environment.one_of("ZHITONG_SEALING", ("auto", "on", "ready"))
SEALING_HELD = state.sealing_held_file()
ALLOWED_HOSTS = environment.names("ZHITONG_ALLOWED_HOSTS")

# Rooms with tables or templates of their own, lowest first; a new room adds its line here.
ROOMS: list[str] = [
    "zhitong.domain.pacing",
    "zhitong.domain.health",
    "zhitong.domain.history",
    "zhitong.domain.files",
    "zhitong.domain.tallies",
    "zhitong.domain.calendars",
    "zhitong.domain.organisations",
    "zhitong.domain.privacy",
    "zhitong.domain.accounts",
    "zhitong.domain.notices",
    "zhitong.domain.messaging",
    "zhitong.domain.systems",
    "zhitong.domain.subjects",
    "zhitong.domain.entry",
    "zhitong.domain.tiering",
    "zhitong.domain.plans",
    "zhitong.domain.progress",
    "zhitong.domain.extras",
    "zhitong.domain.papers",
    "zhitong.domain.cards",
    "zhitong.domain.problems",
    "zhitong.domain.commons",
    "zhitong.domain.intake",
    "zhitong.domain.visits",
    "zhitong.domain.complaints",
    "zhitong.domain.supervision",
    "zhitong.domain.inspections",
    "zhitong.domain.practices",
    "zhitong.domain.exchange",
    "zhitong.domain.finding",
    "zhitong.domain.analysis",
    "zhitong.domain.opendata",
    "zhitong.domain.blanks",
    "zhitong.domain.rhythm",
    "zhitong.domain.bulletins",
    "zhitong.domain.feeds",
    "zhitong.domain.retention",
    "zhitong.domain.campaigns",
]

# Places of the web with templates, tags or static files of their own; a new place adds its line here.
PLACES: list[str] = [
    "zhitong.web.shell",
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    *ROOMS,
    *PLACES,
]

MIDDLEWARE = [
    "zhitong.web.shell.tracing.Traced",
    "zhitong.web.shell.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "zhitong.web.shell.middleware.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhitong.api.failures.OneShape",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhitong.web.shell.middleware.SignInFirst",
    "zhitong.web.shell.pacing.Paced",
    "zhitong.web.shell.readable.Readable",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhitong.web.shell.middleware.Refusals",
    "zhitong.web.shell.middleware.ActingAs",  # last that hears of exceptions: it hears of them first
    "zhitong.web.shell.taken_out.TakenOut",  # innermost: the viewer still acts
]

ROOT_URLCONF = "zhitong.config.urls"
WSGI_APPLICATION = "zhitong.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [state.PACKAGE / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhitong.web.shell.frame.frame",
            ],
        },
    },
]

DATABASES = {"default": database.settings_for(environment.role())}

if "zhitong.domain.organisations" in ROOMS:
    AUTH_USER_MODEL = "organisations.Person"
    AUTHENTICATION_BACKENDS = ["zhitong.web.shell.signed_in.WithPosts"]
LOGIN_URL = "shell:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PROTECTION = locks.protection()
MASKING = locks.masking()
PROXIES = locks.proxies()
ORIGIN = locks.origin()
SIGN_IN_SERVICES = locks.services()

# What the sign-in page offers beside a password, in this order; a further way is a file and its line here.
SIGN_IN_WAYS: list[str] = [
    "zhitong.web.accounts.showing.offered",
    "zhitong.web.accounts.services.offered",
    "zhitong.web.entry.coming.offered",
]
PACES = locks.paces()

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# `make install` gathers the front-end files into build/frontend and everything, with hashed names, into build/static.
# A wheel (`make dist`) carries the latter inside.
STATIC_URL = "/static/"
STATIC_ROOT = state.collected_files()
STATICFILES_DIRS = [] if state.is_packed() else [state.BUILD / "frontend"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SCANNER = environment.text("ZHITONG_SCANNER")

# Small requests stay in memory; of larger ones no more than may be taken goes to disk.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "zhitong.web.shell.uploads.UpToTheLimit",
]

# Which networks of its own an installation may tell events to, beside the public ones.
WEBHOOK_NETWORKS = environment.names("ZHITONG_WEBHOOK_NETWORKS")

# Where pages find the stream that tells them what has moved; the supervisor says on which port it is served.
LIVE_URL = environment.text("ZHITONG_LIVE_URL")
LIVE_PORT = environment.number("ZHITONG_LIVE_PORT") if environment.text("ZHITONG_LIVE_PORT") else 0
PAGES_PORT = None if LIVE_URL else environment.number("ZHITONG_PORT")

# By which ways messages leave; secrets are in the environment alone.
WIRES = wires.wires()
CALENDAR_TITLES = environment.switch("ZHITONG_CALENDAR_TITLES")

# How facts are sealed, and where the worker puts the digest of every day.
SEAL_DIGEST = environment.one_of("ZHITONG_SEAL_DIGEST", ("sha256", "sm3"))
SEAL_FOLDER = state.location() / "seals"

CARD_SECONDS = {
    "text": 30, "long_text": 120, "code": 30, "phone": 15, "money": 60, "count": 30, "number": 45, "percent": 45,
    "date": 15, "choice": 8, "multi_choice": 15, "yes_no": 5, "file": 90, "photo": 60, "standing": 4,
}
"""Seconds that filling in a field takes, by its kind, and looking over a prefilled one; our own setting (本系统设定)."""
SESSION_ENGINE = "zhitong.web.shell.sessions"
SESSION_COOKIE_AGE = PROTECTION.sitting_hours * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
USES_HTTPS = environment.switch("ZHITONG_HTTPS")
if USES_HTTPS:
    # By its name a browser takes the cookie from this host alone, whatever other names of the domain say.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60

LOGGING = logs.logging_settings(environment.one_of("ZHITONG_LOG_FORMAT", logs.FORMATS))
METRICS_HOST = environment.text("ZHITONG_METRICS_HOST")
METRICS_PORT = environment.number("ZHITONG_METRICS_PORT") if environment.text("ZHITONG_METRICS_PORT") else 0
