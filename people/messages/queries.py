"""Find out how a person was reached before."""

import datetime as dt
import itertools
from dataclasses import dataclass

from people.directory.models import Person
from wellbeing.lib import phones


@dataclass(frozen=True)
class EarlierContact:
    """An email address or phone number a person had before: `field` is "email" or "phone", `until` when it ended."""

    field: str
    value: str
    until: dt.datetime


def earlier_contacts(person: Person, since: dt.datetime) -> list[EarlierContact]:
    """Return contacts by which a person could be reached at some time after `since` and not now, the newest first.

    Read from the person's history, so it holds however the change was made. Each value once, with when it last ended.
    """
    rows = list(
        person.history.order_by("pgh_id").values_list("pgh_created_at", "email", "phone")  # type: ignore[attr-defined]  # pghistory adds it
    )
    contacts = {}
    for (_began, *before), (ended, *after) in itertools.pairwise(rows):
        for field, old, new in zip(("email", "phone"), before, after, strict=True):
            # History keeps a number as it was typed before numbers had one form.
            if old and _same(old) != _same(new) and ended >= since:
                contacts[field, _same(old)] = EarlierContact(field, old, ended)
    now = {("email", _same(person.email)), ("phone", _same(person.phone))}
    return sorted(
        (contact for key, contact in contacts.items() if key not in now),
        key=lambda contact: contact.until,
        reverse=True,
    )


def _same(contact: str) -> str:
    return phones.stored(contact).lower()
