"""Settings. Production is the base; the environment (config/env.py) loosens it."""

import secrets
from collections import defaultdict
from pathlib import Path
from typing import Any

import dj_database_url

from config import ROOT
from config.env import read

BASE_DIR = ROOT
VAR_DIR = (ROOT / read("VAR_DIR")).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)  # for the account that serves, nobody else
KEYS_DIR = Path(read("KEYS_DIR")) if read("KEYS_DIR") else VAR_DIR / "keys"
DEMO = read("DEMO")
DEBUG = read("DEBUG")
INSECURE_HTTP = read("INSECURE_HTTP")
PORT = read("PORT")

_secret = KEYS_DIR / "secret_key"
SECRET_KEY_MISSING = not _secret.exists()
# Without a key file nothing signed survives a restart; `manage.py check` says so (office.E001).
SECRET_KEY = secrets.token_urlsafe(64) if SECRET_KEY_MISSING else _secret.read_text().strip()

ALLOWED_HOSTS = read("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = read("BASE_URL")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

INSTALLED_APPS = [
    "config.apps.ProjectConfig",
    "office",
    "cms",
    "publications",
    "casework.matters",
    "config.apps.AccountsConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.contrib.settings",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tables2",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "office.http.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "office.entering.sessions.SessionLife",
    "office.http.KeepForm",
    "office.http.ActingUser",
    "office.gates.PageDoors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Storage -----------------------------------------------------------------------------------
_url = read("DATABASE_URL")
if _url:
    DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=60)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "minsheng.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
                    "PRAGMA mmap_size=268435456;"
                ),
            },
            "TEST": {"NAME": str(VAR_DIR / "test.sqlite3")},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_redis = read("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis}
    if _redis
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Candidates of the search come from there; the database stays the judge (office/search/opensearch.py)
OPENSEARCH_URL = read("OPENSEARCH_URL")
OPENSEARCH_USER = read("OPENSEARCH_USER")
OPENSEARCH_PASSWORD = read("OPENSEARCH_PASSWORD")
OPENSEARCH_CA = read("OPENSEARCH_CA")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = []
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"  # public pictures and documents of pages
PRIVATE_ROOT = VAR_DIR / "private"  # attachments of records: encrypted, served by a view only
DESTRUCTION_LOG = (
    Path(read("DESTRUCTION_LOG")) if read("DESTRUCTION_LOG") else VAR_DIR / "destructions.jsonl"
)
BACKUP_STAMP = Path(read("BACKUP_STAMP")) if read("BACKUP_STAMP") else VAR_DIR / "last-backup"
SEAL_HEADS = Path(read("SEAL_HEADS")) if read("SEAL_HEADS") else VAR_DIR / "seal-heads"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "office.uploads.NamelessFileUploadHandler",  # nothing plain is left behind by a killed server
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Wagtail's own index updates run inline (docs/decisions/0029); long work of ours is queued for
# `manage.py work`, in the database or, when there is one, in Redis. QUEUES: any, one a kind of work.
TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "queue": {
        "BACKEND": "office.tasking.by_redis.RedisQueue"
        if _redis
        else "office.tasking.by_database.DatabaseQueue",
        "QUEUES": [],
    },
}
if _redis:
    INSTALLED_APPS.append("django_rq")
    # Work may take hours, and messages in Redis are read as JSON: those never become code. The cache
    # in the same Redis is pickled, so nobody but the servers may reach it.
    _rq = {"URL": _redis, "DEFAULT_TIMEOUT": -1, "SERIALIZER": "json"}
    RQ_QUEUES = defaultdict(lambda: dict(_rq))

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = ["office.auth.PostBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "office.auth.ThreeKindsValidator"},
    {"NAME": "office.entering.passwords.NotUsedLately"},
]
LOGIN_URL = "wagtailadmin_login"
WAGTAILADMIN_USER_LOGIN_FORM = "office.entering.forms.LoginForm"
SESSION_COOKIE_AGE = 15 * 60  # idle logout (GB/T 22239-2019); every request extends it
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_HTTPONLY = False

# --- Notices that leave the house ----------------------------------------------------------------
EMAIL_HOST, EMAIL_PORT = read("EMAIL_HOST"), read("EMAIL_PORT")
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = read("EMAIL_USER"), read("EMAIL_PASSWORD")
EMAIL_SECURITY = read("EMAIL_SECURITY")
EMAIL_USE_SSL = EMAIL_SECURITY == "ssl"
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_TIMEOUT = 10  # seconds for each answer; all of them within what a worker holds it for
DEFAULT_FROM_EMAIL = read("EMAIL_FROM")
MAIL_ON = bool(EMAIL_HOST) or DEMO
if not EMAIL_HOST:  # the demo's mails become files; without it none is written at all
    _files_or_none = "filebased" if DEMO else "dummy"
    EMAIL_BACKEND = f"django.core.mail.backends.{_files_or_none}.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
SMS_GATEWAY = read("SMS_GATEWAY") or ("file" if DEMO else "")
SMS_SECRET, SMS_CA = read("SMS_SECRET"), read("SMS_CA")

# --- Transport ---------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
TRUSTED_PROXY = read("TRUSTED_PROXY")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows pages in a frame of the same origin
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # asks for DENY, which would blank the preview

# --- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "site" / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Wagtail -----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "民声台"
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "doc", "xls", "wps", "et", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.uploads.CleanDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.uploads.CleanImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # those whose traces can be taken out
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search_backend"}}
SIMPLE_HISTORY_ENABLED = True
DJANGO_TABLES2_TEMPLATE = "office/table.html"

# --- What is written down when something fails: where, never with which values ------------------
ADMINS: list[tuple[str, str]] = []  # nobody is mailed a traceback
MANAGERS = ADMINS
DEFAULT_EXCEPTION_REPORTER = "office.tracing.NoWords"
DEFAULT_EXCEPTION_REPORTER_FILTER = "office.tracing.NoValues"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "office.tracing.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers (console in debug, mail to ADMINS) are replaced by the one above.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "PIL": {"level": "WARNING"},  # in debug it writes down what a photo tells
    },
}
