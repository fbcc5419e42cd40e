"""Private files in a bucket that speaks S3, in place of a folder."""

from django.core.exceptions import ImproperlyConfigured

# A page waits for the bucket no longer than this, and asks once more at most.
CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 20, 2
# A larger file lies on the disk while it is read, not in memory.
MAX_IN_MEMORY = 1024 * 1024


def storage(bucket, environ):
    """Return the entry of STORAGES for files in `bucket`. Raises ImproperlyConfigured where half of it is set.

    Without OBJECT_STORAGE_KEY_ID and OBJECT_STORAGE_SECRET the host itself has the right to the bucket.
    """
    # Brought by requirements/production.txt, and needed by nobody else.
    try:
        from botocore.config import Config
    except ImportError:
        raise ImproperlyConfigured("OBJECT_STORAGE_BUCKET needs the packages of requirements/production.txt.") from None
    key, secret = environ.get("OBJECT_STORAGE_KEY_ID") or None, environ.get("OBJECT_STORAGE_SECRET") or None
    if bool(key) != bool(secret):
        raise ImproperlyConfigured("OBJECT_STORAGE_KEY_ID and OBJECT_STORAGE_SECRET need each other.")
    encryption = environ.get("OBJECT_STORAGE_ENCRYPTION", "")
    return {
        "BACKEND": "wellbeing.object_storage.PrivateObjects",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": environ.get("OBJECT_STORAGE_URL") or None,
            "region_name": environ.get("OBJECT_STORAGE_REGION") or None,
            "access_key": key,
            "secret_key": secret,
            "location": "private",
            "file_overwrite": False,
            "max_memory_size": MAX_IN_MEMORY,
            "object_parameters": {"ServerSideEncryption": encryption} if encryption else {},
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                s3={"addressing_style": environ.get("OBJECT_STORAGE_ADDRESSING") or "auto"},
                # Servers other than Amazon's do not all know the newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    }
