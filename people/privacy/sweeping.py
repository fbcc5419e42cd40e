"""Replace the words that mean somebody in every text of the database, whoever wrote it: the last step of an erasure.

Records of accounts are left out: they stay as they are until their time is over.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from email import policy
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, models
from pghistory.models import Event

from people.accounts.models.sessions import Session
from people.privacy.values import NAME_REMOVED, REMOVED, Values, pattern, spellings
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.pdf_words import words_of
from wellbeing.whose_rows import ACCOUNTS, WHOSE_ROWS

TEXTS = (models.CharField, models.TextField)
FOLD = re.compile(rb"\r?\n[ \t]")


def swept_models() -> list[type[models.Model]]:
    """Return every model with a table of its own that is no record of accounts, histories and libraries' among them."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        about = getattr(model, "pgh_tracked_model", None) or model
        whose = WHOSE_ROWS.get(about._meta.label)
        if model._meta.managed and not model._meta.proxy and not (whose and whose.at_erasure == ACCOUNTS):
            found.append(model)
    return found


def text_columns(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Yield the columns of `model` in which words may stand that the database reads."""
    for one in model._meta.local_concrete_fields:
        if isinstance(one, models.GeneratedField | EncryptedTextField) or one.choices or one.primary_key:
            continue
        if isinstance(one, (*TEXTS, models.JSONField)) and one.db_type(connection):
            yield one


def sweep(values: Values) -> int:
    """Replace all that means the person of `values`, wherever it stands. Return in how many rows."""
    number = _replace(values.names, NAME_REMOVED)
    number += _replace(values.reach | set(values.words), REMOVED)
    # Only now: the name is a part of the address, which would make it a word that others write small.
    values.parts = nowhere_written_small(values.parts)
    number += _replace(values.parts, NAME_REMOVED, exact_case=True)
    return number + _sweep_bytes(values) + _sweep_sessions(values)


def nowhere_written_small(parts: Iterable[str]) -> set[str]:
    """Return the names of `parts` that no text writes with a small letter: the others are words of every day."""
    small = {part.lower(): part for part in parts if part != part.lower()}
    for model in swept_models():
        for one in text_columns(model) if small else ():
            either = "|".join(re.escape(word) for word in small)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT DISTINCT found[1] FROM {_name(model)}, regexp_matches({_text(one)}, %s, 'g') found",  # noqa: S608  (our own names)
                    [rf"\m({either})\M"],
                )
                for (word,) in cursor.fetchall():
                    small.pop(word, None)
    return set(small.values())


def _replace(found: set[str], by: str, *, exact_case: bool = False) -> int:
    """Write `by` in the place of each of `found`, in every column. Return in how many places."""
    looked_for = pattern(found, exact_case=exact_case)
    if looked_for is None:
        return 0
    likes = sorted({f"%{_like(spelling)}%" for value in found for spelling in spellings(value)})
    number = 0
    for model in swept_models():
        for one in text_columns(model):
            number += _replace_in(model, one, looked_for, likes, by)
    return number


def _replace_in(model: Any, one: Any, looked_for: re.Pattern[str], likes: list[str], by: str) -> int:
    table, key = _name(model), connection.ops.quote_name(model._meta.pk.column)
    column = connection.ops.quote_name(one.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {_text(one)} FROM {table} WHERE {_text(one)} ILIKE ANY(%s)",  # noqa: S608  (our own names)
            [likes],
        )
        changes = []
        for pk, text in cursor.fetchall():
            # An address of nobody is none: what is written into a column of addresses is empty.
            said = looked_for.sub("" if isinstance(one, models.EmailField) else by, text)
            if said != text:
                changes.append((said[: one.max_length] if one.max_length else said, pk))
        kind = "::jsonb" if isinstance(one, models.JSONField) else ""
        for change in changes:
            cursor.execute(f"UPDATE {table} SET {column} = %s{kind} WHERE {key} = %s", change)  # noqa: S608
    return len(changes)


def _name(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _text(one: Any) -> str:
    """Return the column as a text on one line: white space counts as one space, where words are looked for."""
    column = connection.ops.quote_name(one.column)
    return f"{column}::text" if isinstance(one, models.JSONField) else column


def _like(value: str) -> str:
    """Return `value` for LIKE, with any sign in the place of white space, since texts are wrapped."""
    plain = re.sub(r"([\\%_])", r"\\\1", value)
    return re.sub(r"\s+", "%", plain.strip())


def _sweep_bytes(values: Values) -> int:
    """Replace names in what is kept as bytes: files that came with notices, and mails of the demo's mailbox."""
    looked_for = pattern(values.names | values.reach | set(values.words))
    number = 0
    if looked_for is None:
        return number
    for model in swept_models():
        for one in model._meta.local_concrete_fields:
            if not isinstance(one, models.BinaryField) or issubclass(model, Event):
                continue
            for row in model._base_manager.only("pk", one.name).iterator(100):
                number += _sweep_content(model, row, one, looked_for)
    return number


def _sweep_content(model: type[models.Model], row: Any, one: Any, looked_for: re.Pattern[str]) -> int:
    content = bytes(getattr(row, one.name))
    said = said_in(content)
    if not looked_for.search(said):
        return 0
    rows = model._base_manager.filter(pk=row.pk)
    try:
        text = FOLD.sub(b"", content).decode()
    except UnicodeDecodeError:
        text = ""
    changed = looked_for.sub(NAME_REMOVED, text)
    # Words in a form that cannot be written anew (an encoded mail, a PDF) go with what holds them.
    rows.update(**{one.name: changed.encode() if changed != text and not _is_mail(content) else b""})
    return 1


def _is_mail(content: bytes) -> bool:
    return bool(re.match(rb"[A-Za-z-]+: ", content))


def said_in(content: bytes) -> str:
    """Return the words of a file of bytes: of a mail those of its parts, of a PDF those of its pages."""
    if content.startswith(b"%PDF"):
        return words_of(content)
    if not _is_mail(content):
        return FOLD.sub(b"", content).decode("utf-8", "ignore")
    mail: Any = email.message_from_bytes(content, policy=policy.default)
    parts = [str(value) for value in mail.values()]
    for part in mail.walk():
        if not part.is_multipart():
            raw = part.get_payload(decode=True) or b""
            parts.append(words_of(raw) if raw.startswith(b"%PDF") else raw.decode("utf-8", "ignore"))
    return "\n".join(parts)


def _sweep_sessions(values: Values) -> int:
    """Replace names in what sessions of other people keep for a page or two, such as messages about what was done."""
    looked_for = pattern(values.names | values.reach)
    number = 0
    if looked_for is None:
        return number
    for row in Session.objects.iterator(100):
        store: SessionBase = row.get_session_store_class()()
        data = store.decode(row.session_data)
        said = _anew(data, looked_for)
        if said != data:
            row.session_data = store.encode(said)
            row.save(update_fields=["session_data"])
            number += 1
    return number


def _anew(value: Any, looked_for: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return looked_for.sub(NAME_REMOVED, value)
    if isinstance(value, dict):
        return {key: _anew(one, looked_for) for key, one in value.items()}
    return [_anew(one, looked_for) for one in value] if isinstance(value, list) else value
