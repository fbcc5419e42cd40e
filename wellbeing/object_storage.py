"""Keep private files in a bucket that speaks S3, where web servers and workers of several hosts reach them.

The rest of the program knows files of a disk: it expects an OSError where one cannot be kept or read, and that two who
write under one name at once get two files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


@contextmanager
def _as_of_a_disk() -> Iterator[None]:
    """Raise an OSError for each error of the bucket or of the way to it."""
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise OSError(f"The object storage failed: {error}") from error


class PrivateObjects(S3Storage):
    """The private files as objects of one bucket. Settings are those of S3Storage (settings/data.py)."""

    def get_available_name(self, name, max_length=None):
        """Return `name` with letters by chance before its ending: a bucket has no way to take a name alone."""
        path = PurePosixPath(name)
        return super().get_available_name(self.get_alternative_name(str(path.with_suffix("")), path.suffix), max_length)

    def exists(self, name):
        """Return whether there is an object of this name. Raises OSError."""
        with _as_of_a_disk():
            return super().exists(name)

    def delete(self, name):
        """Delete the object, if it is there. Raises OSError."""
        with _as_of_a_disk():
            super().delete(name)

    def listdir(self, name):
        """Return the folders and the files below `name`; none where nothing is. Raises OSError."""
        with _as_of_a_disk():
            return super().listdir(name)

    def size(self, name):
        """Return the bytes of the object. Raises OSError."""
        with _as_of_a_disk():
            return super().size(name)

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Raise ValueError, as the disk does: a view hands out files, to whom may have them."""
        raise ValueError("This file is not accessible via a URL.")

    def _open(self, name, mode="rb"):
        with _as_of_a_disk():
            opened = super()._open(name, mode)
            if "r" in mode:
                # Fetched now: later, in the middle of an answer, nobody could be told that it failed.
                opened.open()
            return opened

    def _save(self, name, content):
        with _as_of_a_disk():
            return super()._save(name, content)
