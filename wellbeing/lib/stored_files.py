"""Keep a made file once, however many workers make it at the same moment.

A row that holds one has the fields `file`, `sha256` and `size`; one that waits for its file also has `made_at`.
"""

import hashlib
from os import SEEK_END

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils import timezone


def store_once(row, name, content):
    """Save the new `row` with `content` (bytes, or an open binary file) as its file. Returns the row.

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


def fill_once(row, name, content):
    """Give `row`, which waits for its file, `content` (bytes, or an open binary file). Returns whether it was first."""
    _write(row, name, content)
    waiting = type(row)._default_manager.filter(pk=row.pk, made_at=None)
    filled = waiting.update(file=row.file.name, sha256=row.sha256, size=row.size, made_at=timezone.now())
    if not filled:
        row.file.storage.delete(row.file.name)
    return bool(filled)


def _write(row, name, content):
    if isinstance(content, bytes):
        content = ContentFile(content)
    row.size = content.seek(0, SEEK_END)
    content.seek(0)
    row.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    row.file.save(name, content if isinstance(content, File) else File(content), save=False)
