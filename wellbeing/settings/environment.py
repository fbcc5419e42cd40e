"""The environment these settings are for, its secrets and its names."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from wellbeing import unsafe

BASE_DIR = Path(__file__).resolve().parents[2]

ENVIRONMENT = os.environ.get("ENVIRONMENT", "development")
if ENVIRONMENT not in {"development", "demo", "test", "production"}:
    raise ImproperlyConfigured(f"ENVIRONMENT must be development, demo, test or production, not {ENVIRONMENT!r}.")
PRODUCTION = ENVIRONMENT == "production"
DEMO_MODE = ENVIRONMENT == "demo" or os.environ.get("DEMO_MODE") == "true"
TESTING = ENVIRONMENT == "test"
DEBUG = ENVIRONMENT == "development"


def from_environment(name, default):
    """Return the environment variable `name`. Outside production `default` stands in for it.

    Raises ImproperlyConfigured, naming the variable, when production lacks it.
    """
    value = os.environ.get(name)
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. Production needs it: see docs/deploy.md.")
    return default


def comma_separated(value):
    """Return the parts of `value` between its commas, without spaces around them and without empty ones."""
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
