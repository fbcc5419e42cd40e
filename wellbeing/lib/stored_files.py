"""Store a generated file once, however many workers generate it at the same moment.

A row that holds one has the fields `file`, `sha256` and `size`; one that waits for its file also has `made_at`, and is
a `FileToMake` where it has nothing else to say about it.
"""

import hashlib
import io
import logging
from collections.abc import Callable
from os import SEEK_END
from typing import IO, Any, TypeVar

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

# A row with a `file`: its fields are not those of a base class.
RowT = TypeVar("RowT", bound=Any)

# A row waits for its file, or is made and has the whole of it: for a CheckConstraint.
MADE_HAS_ITS_FILE = Q(made_at__isnull=True, file="", sha256="", size=0) | (
    Q(made_at__isnull=False, size__gt=0) & ~Q(file="") & ~Q(sha256="")
)


class FileToMake(models.Model):
    """A row that is asked for and whose `file`, a field of its own, a worker makes once: see `fill_once`."""

    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_made(self) -> bool:
        return self.made_at is not None


def store_once(row: RowT, name: str, content: bytes | IO[bytes]) -> RowT | None:
    """Save the new `row` with `content` as its file, and return the row.

    Returns None, and keeps nothing, where the database already has such a row.
    """
    _write(row, name, content)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Another worker made the same file at the same moment; the database keeps one.
        remove(row.file.storage, row.file.name)
        return None
    return row


def fill_once(row: Any, name: str, content: bytes | IO[bytes]) -> bool:
    """Save `content` as the file of `row`, which waits for it. Return False if another worker was first."""
    _write(row, name, content)
    waiting = type(row)._default_manager.filter(pk=row.pk, made_at=None)
    filled = waiting.update(file=row.file.name, sha256=row.sha256, size=row.size, made_at=timezone.now())
    if not filled:
        remove(row.file.storage, row.file.name)
    return bool(filled)


def _write(row: Any, name: str, content: bytes | IO[bytes]) -> None:
    file = File(io.BytesIO(content) if isinstance(content, bytes) else content)
    row.size = file.seek(0, SEEK_END)
    file.seek(0)
    row.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    row.file.save(name, file, save=False)


def delete_after_commit(file: Any) -> None:
    """Delete a stored file (a FieldFile) once the transaction is final; do nothing where there is none."""
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(lambda: remove(storage, name))


# Called with the name of a file that its storage did not remove, to try again later. An app that has rows adds itself.
not_removed: list[Callable[[str], None]] = []


def remove(storage: Storage, name: str) -> None:
    """Remove a file that nothing names any more; where its storage fails, keep in mind that it is to go."""
    try:
        storage.delete(name)
    except OSError:
        logger.exception("A file could not be removed. It is tried again.")
        for keep_in_mind in not_removed:
            keep_in_mind(name)
