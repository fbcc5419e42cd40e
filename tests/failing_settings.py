"""Settings of the process whose errors `test_error_reports.py` reads."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.helpers.failing_urls"
# Those that ask the database have nothing to do with what is reported.
MIDDLEWARE = ["wellbeing.logs.RequestIdMiddleware", "allauth.account.middleware.AccountMiddleware"]
