"""The history of a person's record: what changed, when and by whom."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.accounts.models.users import User
from people.directory.models import Person, Supporter
from people.needs.models import AccessNeed, NeedsReview, said_of
from people.registry import HistoryLine

# A record that changed more often shows the latest.
MOST_LINES = 300
# Written by the database itself, or told by another line.
NOT_TOLD = {"address_changed_at", "created_at"}


@dataclass(frozen=True)
class Line:
    """A line of the page: when, what, and who, as far as its reader may know them."""

    at: dt.datetime
    words: str
    who: str


def lines_of(user, person):
    """Return the history of `person` that `user` may read, the newest first."""
    lines = [line for tell in (_own_lines, *registry.person_history) for line in tell(user, person)]
    lines = sorted(lines, key=lambda line: line.at, reverse=True)[:MOST_LINES]
    who = _names({line.by for line in lines if line.by}, user, person)
    return [Line(timezone.localtime(line.at), line.words, who.get(line.by, _("The service"))) for line in lines]


def made_by(event):
    """Return the id of the account that made the change of a history row, or None."""
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def rows_of(model, **filters):
    """Return the history rows of `model`, the oldest first, each with its context."""
    events: Any = model.pgh_event_model
    return list(events.objects.filter(**filters).select_related("pgh_context").order_by("pgh_id"))


def _names(users, reader, person):
    """Return who each account of `users` is, in words for `reader`: names alone of those they may see."""
    visible = dict(Person.objects.visible_to(reader).filter(user__in=users).values_list("user", "full_name"))
    names = {}
    for user in users:
        if user == reader.pk:
            names[user] = _("You")
        elif user == person.user_id:
            names[user] = _("They themselves")
        else:
            names[user] = visible.get(user) or _("A colleague")
    administrators = User.objects.filter(pk__in=users, is_superuser=True).exclude(pk__in=visible)
    return names | dict.fromkeys(
        administrators.exclude(pk__in=[reader.pk, person.user_id or 0]).values_list("pk", flat=True),
        _("An administrator"),
    )


def _own_lines(_user, person):
    """Return what changed of the details, the supporter and the access needs of `person`; never what they were."""
    rows = rows_of(Person, pgh_obj_id=person.pk)
    if rows and rows[0].pgh_label == "insert":
        yield HistoryLine(rows[0].pgh_created_at, _("The record was added"), made_by(rows[0]))
    for before, after in pairwise(rows):
        if changed := _changed(before, after):
            yield HistoryLine(after.pgh_created_at, _("Changed: %(what)s") % {"what": changed}, made_by(after))
    said = {
        "insert": _("A supporter was recorded"),
        "update": _("The supporter was changed"),
        "delete": _("The supporter was removed"),
    }
    yield from _told(rows_of(Supporter, person_id=person.pk), said)
    for row in rows_of(AccessNeed, person_id=person.pk):
        need = {"need": said_of(AccessNeed.Kind(row.kind).label, row.whose)}
        words = _("Access need removed: %(need)s") if row.pgh_label == "delete" else _("Access need recorded: %(need)s")
        yield HistoryLine(row.pgh_created_at, words % need, made_by(row))
    for review in NeedsReview.objects.filter(person=person).select_related("noted_by"):
        words = _("Access needs said to be right") if review.has_needs else _("Said that they have no access needs")
        yield HistoryLine(review.reviewed_at, words, (review.noted_by or person).user_id)


def tells_needs(person):
    """Return whether the history of `person` says which access needs they have or had."""
    needs: Any = AccessNeed
    return needs.pgh_event_model.objects.filter(person_id=person.pk).exists()


def _told(rows, said):
    for row in rows:
        if words := said.get(row.pgh_label):
            yield HistoryLine(row.pgh_created_at, words, made_by(row))


def _changed(before, after):
    """Return the names of the fields in which two rows differ."""
    names = []
    for field in Person._meta.concrete_fields:
        if field.name in NOT_TOLD or not hasattr(after, field.attname):
            continue
        if getattr(before, field.attname) != getattr(after, field.attname):
            names.append(str(field.verbose_name))
    return ", ".join(names)
