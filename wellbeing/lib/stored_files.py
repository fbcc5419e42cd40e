"""Store a generated file once, however many workers generate it at the same moment.

A row that holds one has the fields `file`, `sha256` and `size`; one that waits for its file also has `made_at`.
"""

import hashlib
import io
from os import SEEK_END
from typing import IO, Any, TypeVar

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

# A row with a `file`: its fields are not those of a base class.
RowT = TypeVar("RowT", bound=Any)


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
        row.file.storage.delete(row.file.name)
        return None
    return row


def fill_once(row: Any, name: str, content: bytes | IO[bytes]) -> bool:
    """Save `content` as the file of `row`, which waits for it. Return False if another worker was first."""
    _write(row, name, content)
    waiting = type(row)._default_manager.filter(pk=row.pk, made_at=None)
    filled = waiting.update(file=row.file.name, sha256=row.sha256, size=row.size, made_at=timezone.now())
    if not filled:
        row.file.storage.delete(row.file.name)
    return bool(filled)


def _write(row: Any, name: str, content: bytes | IO[bytes]) -> None:
    file = File(io.BytesIO(content) if isinstance(content, bytes) else content)
    row.size = file.seek(0, SEEK_END)
    file.seek(0)
    row.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    row.file.save(name, file, save=False)
