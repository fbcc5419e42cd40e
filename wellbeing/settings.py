"""Settings for every environment: development, demo, test and production (`ENVIRONMENT`).

Only what differs between machines is read from the environment. Rates, limits, deadlines and wording that belong to
a programme are rows in the database, never settings.
"""

import os
from pathlib import Path

import dj_database_url
import pghistory
from celery.schedules import crontab, schedule
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from . import unsafe

BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT = os.environ.get("ENVIRONMENT", "development")
if ENVIRONMENT not in {"development", "demo", "test", "production"}:
    raise ImproperlyConfigured(f"ENVIRONMENT must be development, demo, test or production, not {ENVIRONMENT!r}.")
PRODUCTION = ENVIRONMENT == "production"
DEMO_MODE = ENVIRONMENT == "demo" or os.environ.get("DEMO_MODE") == "true"
TESTING = ENVIRONMENT == "test"
DEBUG = ENVIRONMENT == "development"


def from_environment(name, default):
    """The environment variable `name`; outside production `default` stands in for it.

    Raises ImproperlyConfigured, naming the variable, when production lacks it.
    """
    value = os.environ.get(name)
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. Production needs it: see docs/deploy.md.")
    return default


def comma_separated(value):
    """The parts of `value` between its commas, without spaces around them and without empty ones."""
    return [part.strip() for part in value.split(",") if part.strip()]


# Both are public, as this file is: production refuses them below.
DEVELOPMENT_SECRET_KEY = "for-development-and-tests-only-never-in-production"  # noqa: S105
DEVELOPMENT_ENCRYPTION_KEY = "Zm9yIGRldmVsb3BtZW50IGFuZCB0ZXN0cyBvbmx5ISE="
SECRET_KEY = from_environment("SECRET_KEY", DEVELOPMENT_SECRET_KEY)
# Bank details are encrypted with the first of these keys and read with any: see docs/deploy.md for changing them.
FIELD_ENCRYPTION_KEYS = comma_separated(from_environment("FIELD_ENCRYPTION_KEYS", DEVELOPMENT_ENCRYPTION_KEY))
ALLOWED_HOSTS = comma_separated(from_environment("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]"))
SITE_URL = from_environment("SITE_URL", "http://localhost:8000").rstrip("/")
# Staff, finance and administrators need a second factor before they reach other people's data.
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR_REQUIRED", "false" if DEMO_MODE else "true") == "true"

if PRODUCTION:
    # In the settings, so that no process starts: web, worker, beat or command.
    unsafe.refuse(
        demo_mode=DEMO_MODE,
        second_factor=SECOND_FACTOR_REQUIRED,
        secret_key=SECRET_KEY,
        encryption_keys=FIELD_ENCRYPTION_KEYS,
        development_keys={DEVELOPMENT_SECRET_KEY, DEVELOPMENT_ENCRYPTION_KEY},
        allowed_hosts=ALLOWED_HOSTS,
        site_url=SITE_URL,
    )
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_DIR = Path(from_environment("DATA_DIR", str(BASE_DIR / ".local" / "data")))
SERVICE_NAME = os.environ.get("SERVICE_NAME", "Wellbeing Together")

INSTALLED_APPS = [
    "people",
    "programmes",
    "events",
    "payments",
    "wellbeing.apps.WellbeingConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "wellbeing.logs.RequestIdMiddleware",
    "wellbeing.limits.refuse_oversized",
    "wellbeing.limits.say_when_disk_is_full",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.accounts.middleware.session_limits",
    "people.accounts.middleware.history_context",
    "people.accounts.middleware.second_factor",
    "people.accounts.middleware.proof_for_library_pages",
    "people.accounts.middleware.keep_private",
]

ROOT_URLCONF = "wellbeing.urls"
WSGI_APPLICATION = "wellbeing.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.home.context.site",
            ],
            "builtins": ["wellbeing.templatetags.wellbeing"],
        },
    },
]
FORM_RENDERER = "wellbeing.forms.rendering.FormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "wellbeing"
CRISPY_TEMPLATE_PACK = "wellbeing"

# Data

DATABASES = {
    "default": dj_database_url.parse(
        from_environment("DATABASE_URL", "postgres:///wellbeing"), conn_max_age=60, conn_health_checks=True
    )
}
REDIS_URL = from_environment("REDIS_URL", "redis://127.0.0.1:6379/0")
# Several installations (or test runs) may share one Redis, each under its own prefix.
REDIS_PREFIX = os.environ.get("REDIS_PREFIX", "wellbeing")
CACHES = {
    "default": {
        "BACKEND": "wellbeing.lib.cache.RedisOrMemoryCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX,
    }
}
# A page waits this long for a Redis that does not answer, once; then nobody asks it for the seconds of the second line.
REDIS_PATIENCE_SECONDS = 1
REDIS_REST_SECONDS = 10
SESSION_ENGINE = "people.accounts.session_store"
# How long somebody stays signed in on their own phone or computer, counted from its last day of use.
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
# Anywhere else, and for everyone whose role reaches other people's data: in all, and without doing anything.
SESSION_LONGEST_SECONDS = 60 * 60 * 12
SESSION_IDLE_SECONDS = 60 * int(os.environ.get("SESSION_IDLE_MINUTES", "30"))
SESSION_SHARED_IDLE_SECONDS = 60 * int(os.environ.get("SESSION_SHARED_IDLE_MINUTES", "20"))
# What one session may hold, in characters; a form that is held until its sender has signed in again lies in it, too.
SESSION_MAX_LENGTH = 400_000
HELD_POST_MAX_LENGTH = 100_000
# How long before the end a page says so, with a way to go on.
SESSION_WARNING_SECONDS = 60 * 3
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Private files (receipts, payment documents) live outside any served folder; a permission-checked view hands them out.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "base_url": None, "file_permissions_mode": 0o640},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *([BASE_DIR / "build" / "static"] if (BASE_DIR / "build" / "static").is_dir() else []),
]
WHITENOISE_USE_FINDERS = DEBUG or TESTING
# Looked up when asked for: each client of a test would look through all of them before its first page.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A payment run, or a long list of who came, is one form with a box for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# A larger receipt is refused with a message beside the field; the web server in front should allow a little more.
UPLOAD_MAX_BYTES = 15 * 1024 * 1024
# A file that finds no room while it arrives is told beside its field, and nothing of it stays.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "wellbeing.lib.arrivals.UploadHandler",
]
# How many files of receipts this installation takes: they bound its disk and its receipts worker, and no programme's
# policy depends on them. Files removed again count in the hour.
RECEIPTS_A_LINE = int(os.environ.get("RECEIPTS_A_LINE", "10"))
RECEIPTS_A_CLAIM = int(os.environ.get("RECEIPTS_A_CLAIM", "60"))
RECEIPTS_AN_HOUR = int(os.environ.get("RECEIPTS_AN_HOUR", "60"))
# How long a worker may hold a receipt before another takes it to be dead. Longer than its task may take (75 seconds).
RECEIPT_LEASE_SECONDS = 120
# What people type is kept while they fill in a form: for so many days, at most so many forms each, so long together.
FORM_DRAFT_DAYS = int(os.environ.get("FORM_DRAFT_DAYS", "14"))
FORM_DRAFTS_EACH = 50
FORM_DRAFT_MAX_LENGTH = 20_000
# Set where the web server in front serves private files itself (X-Accel-Redirect); see docs/deploy.md.
PRIVATE_FILES_ACCEL_PREFIX = os.environ.get("PRIVATE_FILES_ACCEL_PREFIX", "")

# Language and time

LANGUAGE_CODE = "en-gb"
# A language joins once its words are in `locale/`: before that, its readers would get its months between English words.
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

# Accounts

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# The password is optional: who sets one may use it on the sign-in page instead of a code.
ACCOUNT_FORMS = {
    "login": "people.accounts.forms.accounts.SignInForm",
    "request_login_code": "people.accounts.forms.accounts.RequestCodeForm",
    "confirm_login_code": "people.accounts.forms.accounts.ConfirmCodeForm",
    "add_email": "people.accounts.forms.accounts.ChangeEmailForm",
}
# One address an account, changed by proving the new one.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
# By visitor's address (ip) these leave room for thirty people of one hall, each with a try or two. By key: see
# people/sign_in_limits.py for why none of these by e-mail address alone closes a page.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip,600/h/ip",
    # Its key is the visitor and the address for passwords, the account for second steps.
    "login_failed": "60/m/ip,5/5m/key",
    "password_tries": "50/h/key",
    "request_login_code": "120/m/ip,600/h/ip",
    "reset_password": "30/m/ip,120/h/ip",
    "code_mail_first": "1/5m/key",
    "code_mail": "3/5m/key",
    "code_mail_all": "20/h/key",
    "reset_mail_first": "1/30m/key",
    "reset_mail": "2/h/key",
    "reset_mail_all": "6/d/key",
    "unknown_mail_each": "1/d/key",
    "unknown_mail": "20/h/ip",
    "proof_code": "5/15m/user",
}
ACCOUNT_SESSION_REMEMBER = None
# How many proxies stand in front and add to X-Forwarded-For: sign-in limits count the visitor's address, not theirs.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "1" if PRODUCTION else "0"))
MFA_ADAPTER = "people.accounts.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "people.accounts.forms.accounts.SecondStepForm",
    "reauthenticate": "people.accounts.forms.accounts.SecondStepAgainForm",
    "activate_totp": "people.accounts.forms.accounts.SetUpAppForm",
    "add_webauthn": "people.accounts.forms.accounts.AddPasskeyForm",
    "edit_webauthn": "people.accounts.forms.accounts.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Before bank details, signing, roles and the like somebody shows again that it is them, if they have not done so for:
PROOF_SECONDS = int(os.environ.get("PROOF_MINUTES", "15")) * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = PROOF_SECONDS
# How long what they had sent at that moment is kept for them.
HELD_POST_SECONDS = 60 * 60

# Who confirms staff and finance by e-mail where nobody else can: somebody at the host who is no administrator here.
# Named on the server, so that no page can put another mailbox in their place. Empty: two administrators are needed.
HOST_CONTACT_EMAIL = os.environ.get("HOST_CONTACT_EMAIL", "host@example.org" if DEMO_MODE else "")

# Bank details

# Where the banks' table of check sums lies (valacdos.txt and scsubtab.txt of Vocalink, which may not be handed on with
# this software). Without it account numbers are checked by their length alone.
MODULUS_WEIGHTS = os.environ.get("MODULUS_WEIGHTS", "")
MODULUS_SUBSTITUTIONS = os.environ.get("MODULUS_SUBSTITUTIONS", "")
# How long an e-mail address somebody has given up is still told when their bank details change.
EARLIER_ADDRESS_DAYS = int(os.environ.get("EARLIER_ADDRESS_DAYS", "90"))

# Mail: django-anymail backends by EMAIL_BACKEND, plain SMTP otherwise. In the demo, mail stays in the demo mailbox.

EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND",
    "people.messages.demo_mail.DemoMailboxBackend" if DEMO_MODE else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = from_environment("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "false") == "true"
EMAIL_TIMEOUT = 20
# How long a worker may hold a message before another takes it to be dead and sends it again. Longer than one message
# may take at EMAIL_TIMEOUT a step.
OUTBOX_LEASE_SECONDS = int(os.environ.get("OUTBOX_LEASE_SECONDS", "120"))
DEFAULT_FROM_EMAIL = from_environment("DEFAULT_FROM_EMAIL", "Wellbeing Together <hello@example.org>")

# Documents

# Processor time (seconds) and pages that one PDF may take: a letter that would take more is set apart with its reason.
LETTER_SECONDS, LETTER_PAGES = 30, 60
DOCUMENT_SECONDS, DOCUMENT_PAGES = 15 * 60, 3000

# Workers

# Long work that has shown no sign of life for this long has lost its worker, and is started again elsewhere.
JOB_SILENCE_SECONDS = int(os.environ.get("JOB_SILENCE_SECONDS", "120"))
# Celery has its own word for a Redis on a socket.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
# Files that people send are opened by a worker of their own (`-Q receipts`), so that no message waits behind them.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "payments.tasks.clean_receipt": {"queue": "receipts"},
    "payments.tasks.sweep_receipts": {"queue": "receipts"},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60 * 60,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "global_keyprefix": f"{REDIS_PREFIX}:",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page never waits long for a broker that is down: the outbox sweep picks the work up later.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1}
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "people.tasks.sweep_outbox", "schedule": schedule(30)},
    "sweep-jobs": {"task": "people.tasks.sweep_jobs", "schedule": schedule(30)},
    "purge-sessions": {"task": "people.tasks.purge_sessions", "schedule": crontab(minute=25)},
    "carry-out-address-changes": {"task": "people.timed.carry_out_address_changes", "schedule": schedule(60)},
    "sweep-receipts": {
        "task": "payments.tasks.sweep_receipts",
        "schedule": schedule(60),
        "options": {"expires": 60},
    },
    "remind-of-claims": {
        "task": "payments.tasks.remind_before_the_time_to_claim_ends",
        "schedule": crontab(hour=9, minute=5),
    },
    "purge-form-drafts": {"task": "payments.tasks.purge_form_drafts", "schedule": crontab(hour=3, minute=40)},
    "monthly-reports": {"task": "payments.tasks.make_monthly_reports", "schedule": schedule(1800)},
}
CELERY_BEAT_SCHEDULER = "wellbeing.health:HeartbeatScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# History: every event row carries who, from where and why.

PGHISTORY_APPEND_ONLY = True
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")

# Security headers

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "true") == "true"
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # Only where every name below this one is served over https as well: browsers keep to it for a year.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = os.environ.get("SECURE_HSTS_INCLUDE_SUBDOMAINS", "false") == "true"
    SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS and os.environ.get("SECURE_HSTS_PRELOAD", "false") == "true"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Browsers take a cookie of such a name only over https, for this very host and its whole site: no other host of
    # the domain can set one for us.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "wellbeing.logs.JsonFormatter"},
        "plain": {"()": "wellbeing.logs.PlainFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "filters": {"refusals": {"()": "wellbeing.logs.RefusalsAreSaidOnce"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "plain"},
    },
    "root": {"handlers": ["console"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {
        "django.request": {"filters": ["refusals"]},
        "django.server": {"handlers": ["console"], "propagate": False},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
