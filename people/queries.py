"""Questions the pages of this app ask."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from people import registry
from people.models import AddressChange, Person, WaitingTime


def worklist(user):
    """What needs doing by `user`, from every app: the urgent first, then the earliest due, then by title."""
    tasks = [task for contribute in registry.home_tasks for task in contribute(user)]
    return sorted(tasks, key=lambda task: (not task.urgent, _day(task.due) or dt.date.max, str(task.title)))


def home_panels(user):
    """The panels of the home page, from every app, in their order."""
    panels = [panel for contribute in registry.home_panels for panel in contribute(user)]
    return sorted(panels, key=lambda panel: panel.order)


def person_panels(user, person):
    """What every app adds to a person's page for this reader, in their order."""
    panels = [panel for contribute in registry.person_panels if (panel := contribute(user, person))]
    return sorted(panels, key=lambda panel: panel.order)


def own_details_panels(user):
    """What every app adds to the page of the reader's own details, in their order."""
    panels = [panel for contribute in registry.own_details_panels if (panel := contribute(user))]
    return sorted(panels, key=lambda panel: panel.order)


def demo_roles():
    """Whom the demo offers to look around as, in their order."""
    roles = [role for contribute in registry.demo_roles for role in contribute()]
    return sorted(roles, key=lambda role: (role.order, str(role.label)))


def _day(value):
    return value.date() if isinstance(value, dt.datetime) else value


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
    for (_began, *before), (ended, *after) in zip(rows, rows[1:], strict=False):
        for field, old, new in zip(("email", "phone"), before, after, strict=True):
            if old and old.lower() != new.lower() and ended >= since:
                found[field, old.lower()] = EarlierContact(field, old, ended)
    now = {("email", person.email.lower()), ("phone", person.phone.lower())}
    return sorted(
        (contact for key, contact in found.items() if key not in now), key=lambda contact: contact.until, reverse=True
    )


def waiting_time(kind, now):
    """How long a WaitingTime.Kind waits at the moment `now`, as a timedelta.

    Raises LookupError where no row applies: without a time set nothing that should wait goes on.
    """
    row = WaitingTime.objects.in_force(kind, timezone.localdate(now))
    if row is None:
        raise LookupError(f"no waiting time {kind} applies")
    return dt.timedelta(hours=row.hours)


def bank_details_wait_until(person):
    """When `person` may change bank details again after a changed address, as a datetime; None when they may now."""
    if person.address_changed_at is None:
        return None
    until = person.address_changed_at + waiting_time(WaitingTime.Kind.BANK_AFTER_ADDRESS, person.address_changed_at)
    return until if until > timezone.now() else None


def address_changes_to_agree(user):
    """Open changes that wait for a second colleague and that `user` did not ask for, of people `user` may see."""
    return (
        AddressChange.objects.filter(
            status=AddressChange.Status.ASKED, person__in=Person.objects.visible_to(user).values("pk")
        )
        .exclude(asked_by=user.person)
        .exclude(person=user.person)
        .select_related("person", "asked_by")
        .order_by("asked_at")
    )
