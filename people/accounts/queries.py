"""Questions about accounts: waiting times and address changes."""

import datetime as dt

from django.utils import timezone

from people.accounts.models.addresses import AddressChange, WaitingTime
from people.directory.models import Person


def waiting_time(kind, now):
    """How long a WaitingTime.Kind waits at the moment `now`, as a timedelta.

    Raises LookupError where no row applies: without a time set nothing that should wait goes on.
    """
    row = WaitingTime.objects.effective_on(kind, timezone.localdate(now))
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
