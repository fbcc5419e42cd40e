"""The parts the application is made of, its language and its time."""

from .environment import BASE_DIR
from .watching import METRICS_TOKEN

INSTALLED_APPS = [
    "people",
    "programmes",
    "events",
    "payments",
    "wellbeing.apps.WellbeingConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "wellbeing.limits.refuse_oversized",
    "wellbeing.not_allowed.page_for_not_allowed",
    "wellbeing.lib.links.follow_pasted_links",
]
if METRICS_TOKEN:
    # Outside and inside all others, so that their time counts.
    MIDDLEWARE.insert(0, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    MIDDLEWARE.append("django_prometheus.middleware.PrometheusAfterMiddleware")

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
                "programmes.language.context.agreed_words",
            ],
            "builtins": ["wellbeing.templatetags.wellbeing"],
        },
    },
]
FORM_RENDERER = "wellbeing.forms.rendering.FormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "wellbeing"
CRISPY_TEMPLATE_PACK = "wellbeing"

LANGUAGE_CODE = "en-gb"
# A language joins once its words are in `locale/`: before that, its readers would get its months between English words.
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
