"""The settings of the demo, with nothing to collect first and a cache that each request finds empty."""

from wellbeing import settings
from wellbeing.settings import *  # noqa: F403

STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# A password costs half a second of processor time to check, so that guessing it is slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING_CONFIG = None
WHITENOISE_AUTOREFRESH = True
