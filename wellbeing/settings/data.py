"""Where data lies: database, cache, sessions, files; and how much of each may come."""

import os

import dj_database_url
import pghistory
from django.core.exceptions import ImproperlyConfigured

from . import objects
from .environment import BASE_DIR, DATA_DIR, DEBUG, TESTING, from_environment

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
# The most one session may hold, in characters; a form held until its sender has signed in again lies in it, too.
SESSION_MAX_LENGTH = 400_000
HELD_POST_MAX_LENGTH = 100_000
# How long before the end a page says so, with a way to go on.
SESSION_WARNING_SECONDS = 60 * 3
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A backup touches this file at its end, so that administrators see how old the last one is.
LAST_BACKUP = DATA_DIR / "last-backup"

# Private files (receipts, payment documents) live outside any served folder; a permission-checked view hands them out.
# They lie on the disk, or in a bucket that speaks S3: see docs/deploy.md, "Files in object storage".
OBJECT_STORAGE_BUCKET = os.environ.get("OBJECT_STORAGE_BUCKET", "")
STORAGES = {
    "default": objects.storage(OBJECT_STORAGE_BUCKET, os.environ)
    if OBJECT_STORAGE_BUCKET
    else {
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
# Typed words are kept while they fill in a form: for so many days, at most so many forms each, so long together.
FORM_DRAFT_DAYS = int(os.environ.get("FORM_DRAFT_DAYS", "14"))
FORM_DRAFTS_EACH = 50
FORM_DRAFT_MAX_LENGTH = 20_000
# Set where the web server in front serves private files itself (X-Accel-Redirect); see docs/deploy.md.
PRIVATE_FILES_ACCEL_PREFIX = os.environ.get("PRIVATE_FILES_ACCEL_PREFIX", "")
if PRIVATE_FILES_ACCEL_PREFIX and OBJECT_STORAGE_BUCKET:
    raise ImproperlyConfigured("PRIVATE_FILES_ACCEL_PREFIX needs files on a disk, but OBJECT_STORAGE_BUCKET is set.")

# Where the banks' table of check sums lies (valacdos.txt and scsubtab.txt of Vocalink, which may not be handed on with
# this software). Without it account numbers are checked by their length alone.
MODULUS_WEIGHTS = os.environ.get("MODULUS_WEIGHTS", "")
MODULUS_SUBSTITUTIONS = os.environ.get("MODULUS_SUBSTITUTIONS", "")
# How long an email address somebody has given up is still told when their bank details change.
EARLIER_ADDRESS_DAYS = int(os.environ.get("EARLIER_ADDRESS_DAYS", "90"))

# Every event row carries who, from where and why.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")
