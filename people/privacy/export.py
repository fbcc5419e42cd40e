"""Gather everything we hold about somebody, over all apps, in a form for programs and in one for readers."""

import base64
import datetime as dt
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db.models import FileField, Model
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.privacy.walking import classed, everything_about, handed_out, model_of, rows_of_theirs_alone
from wellbeing.field_classes import FIELD_CLASSES
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.whose_rows import OF_SEVERAL, PUT_HERE_FOR_OTHERS, SAID_IN_WORDS

BATCH = 500


@dataclass
class Held:
    """One kind of thing we hold about somebody: its rows of today, and what they said before."""

    label: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    before: list[dict[str, Any]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return what the rows are, in plain words."""
        return capfirst(str(model_of(self.label)._meta.verbose_name_plural))


def gather(person: Person) -> list[Held]:
    """Return everything about `person`: each model with a row about them, in the order of `whose_rows`."""
    found = []
    for rows in everything_about(person):
        held = Held(rows.label)
        stored = rows.model._base_manager.filter(pk__in=rows.pks).order_by("pk")
        held.rows = [as_values(row, rows.label, person) for row in stored.iterator(BATCH)]
        if rows.history is not None:
            events = rows.history._base_manager.filter(pk__in=rows.event_pks).order_by("pk")
            held.before = _earlier(rows.label, events.iterator(BATCH), held.rows)
        _leave_out_what_is_of_several(held, person)
        found.append(held)
    return found


def _leave_out_what_is_of_several(held: Held, person: Person) -> None:
    """Take texts out of `held` that may name others, where a row is about several people."""
    names = OF_SEVERAL.get(held.label, "").split()
    if not names:
        return
    alone = set(rows_of_theirs_alone(held.label, person).values_list("pk", flat=True))
    for said, key in ((held.rows, "id"), (held.before, "row")):
        for one in said:
            if one[key] not in alone:
                for name in names:
                    one.pop(name, None)


def as_values(row: Model, label: str, person: Person) -> dict[str, Any]:
    """Return what a row holds, by the names of its fields: plain values, and for a key what it leads to."""
    values: dict[str, Any] = {}
    said = SAID_IN_WORDS.get(label, {})
    for one in handed_out(label):
        if one.name in said:
            values[one.name] = str(getattr(row, said[one.name]))
        elif one.is_relation:
            values[one.name] = _meant(row, one, person)
        else:
            values[one.name] = _plain(one.value_from_object(row))
    return values


def _meant(row: Model, one: Any, person: Person) -> Any:
    """Return what a key leads to: of people only whether it is the reader; of other rows their kind and number."""
    key = getattr(row, one.attname)
    if key is None:
        return None
    model = one.related_model
    if model is Person:
        return _("you") if key == person.pk else _("somebody else")
    if model._meta.label == "people.User":
        return _("you") if key == person.user_id else _("somebody else")
    return f"{capfirst(str(model._meta.verbose_name))} {key}"


def _plain(value: Any) -> Any:
    if isinstance(value, FieldFile):
        return value.name or ""
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _earlier(label: str, events: Iterator[Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what rows said before, where it differs from today: only personal and sensitive fields."""
    hidden = {one.name for one in classed(label)} - {one.name for one in handed_out(label)}
    names = [one.name for one in classed(label) if one.name not in hidden]
    now = {row.get("id") or row.get("session_key"): row for row in rows}
    found = []
    for event in events:
        said = {name: _plain(getattr(event, name)) for name in names if hasattr(event, name)}
        today = now.get(event.pgh_obj_id, {})
        changed = {name: value for name, value in said.items() if value not in (None, "") and value != today.get(name)}
        if changed:
            found.append({"row": event.pgh_obj_id, "at": event.pgh_created_at.isoformat(), **changed})
    return found


def done_by(person: Person) -> list[dict[str, Any]]:
    """Return what `person` did here that is about others or about the programme: how often, by kind, and no more.

    What it is about belongs to somebody else, so a copy of it is not theirs.
    """
    found = []
    for label in FIELD_CLASSES:
        model = model_of(label)
        for one in model._meta.concrete_fields:
            if one.related_model is Person and one.name not in {"person", "member"} and label != "people.User":
                number = model._base_manager.filter(**{one.name: person.pk}).count()
                if number:
                    found.append(
                        {
                            "kind": capfirst(str(model._meta.verbose_name_plural)),
                            "what": capfirst(str(one.verbose_name)),
                            "number": number,
                        }
                    )
    return found


def as_json(person: Person, held: list[Held]) -> bytes:
    """Return everything as JSON: an object for each kind of row, with its rows and what they said before."""
    content = {
        "made_at": timezone.now().isoformat(),
        "person": person.pk,
        "held": [{"kind": one.label, "title": one.title, "rows": one.rows, "said_before": one.before} for one in held],
        "done_by_you": done_by(person),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def files_of(person: Person) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of every file about `person` that is stored."""
    for rows in everything_about(person):
        if rows.label == "people.CopyFile" or rows.label in PUT_HERE_FOR_OTHERS:
            continue
        fields = [one for one in rows.model._meta.concrete_fields if isinstance(one, FileField)]
        for row in rows.model._base_manager.filter(pk__in=rows.pks).iterator(BATCH) if fields else ():
            for one in fields:
                file = getattr(row, one.name)
                if file and file.storage.exists(file.name):
                    with file.open("rb") as opened:
                        yield f"{rows.label}/{row.pk}-{file.name.rpartition('/')[2]}", opened.read()


def as_zip(person: Person) -> bytes:
    """Return all files about `person` in one archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(person):
            archive.writestr(name, content)
    return out.getvalue()


@dataclass(frozen=True)
class Line:
    """A label and its words, for the page to read."""

    label: str
    words: str


def to_read(held: Held) -> list[list[Line]]:
    """Return the rows of one kind for a reader: labels in words, only what says something."""
    found = []
    for row in held.rows:
        lines = []
        for one in handed_out(held.label):
            value = row.get(one.name)
            if value in (None, "", [], {}) or one.primary_key or isinstance(one, FileField):
                continue
            lines.append(Line(capfirst(str(one.verbose_name)), in_words(one, value)))
        if lines:
            found.append(lines)
    return found


def in_words(one: Any, value: Any) -> str:
    """Return a value as a reader says it: a choice by its label, yes and no, days and pounds."""
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict) and "base64" in value:
        return _("A file of %(number)s bytes, in the JSON file") % {"number": len(value["base64"]) * 3 // 4}
    if one.get_internal_type() == "DateTimeField":
        moment = timezone.localtime(dt.datetime.fromisoformat(value))
        return f"{short_date(moment)}, {time_of_day(moment)}"
    if one.get_internal_type() == "DateField":
        return short_date(dt.date.fromisoformat(value))
    if one.name.endswith("_pence"):
        return f"£{value / 100:,.2f}"
    return str(value)
