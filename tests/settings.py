"""The settings the tests run with: those of `ENVIRONMENT=test`, and what only tests use."""

import os
from typing import Any

from wellbeing import settings
from wellbeing.settings import *  # noqa: F403

INSTALLED_APPS = [*settings.INSTALLED_APPS, "zeal"]
MIDDLEWARE = [*settings.MIDDLEWARE, "tests.pages.no_query_per_row"]
# A password costs half a second of processor time to check, so that guessing it is slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Coming back from an organisation's sign-in, the library reads the session anew.
ZEAL_ALLOWLIST = [{"model": "people.Session"}]
if os.environ.get("TEST_DATABASE_TEMPLATE"):
    # Copying a migrated database takes a moment, migrating a new one minutes: see wellbeing/local/testing.py.
    copied: Any = {"TEST": {"TEMPLATE": os.environ["TEST_DATABASE_TEMPLATE"]}}
    DATABASES = {"default": settings.DATABASES["default"] | copied}
