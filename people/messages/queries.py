"""Questions about messages: how a person was reached before."""

import datetime as dt
import itertools
from dataclasses import dataclass


@dataclass(frozen=True)
class EarlierContact:
    """An e-mail address or phone number a person had before: `field` is "email" or "phone", `until` a datetime."""

    field: str
    value: str
    until: dt.datetime


def earlier_contacts(person, since):
    """What a person could be reached by at some time after `since` (a datetime) and no longer can, the newest first.

    Read from the person's history, so it holds however the change was made. Each value once, with when it last ended.
    """
    rows = list(person.history.order_by("pgh_id").values_list("pgh_created_at", "email", "phone"))
    found = {}
    for (_began, *before), (ended, *after) in itertools.pairwise(rows):
        for field, old, new in zip(("email", "phone"), before, after, strict=True):
            if old and old.lower() != new.lower() and ended >= since:
                found[field, old.lower()] = EarlierContact(field, old, ended)
    now = {("email", person.email.lower()), ("phone", person.phone.lower())}
    return sorted(
        (contact for key, contact in found.items() if key not in now), key=lambda contact: contact.until, reverse=True
    )
