"""Answer questions about waiting times, address changes and single sign-on."""

import datetime as dt
import re

from django.db.models import QuerySet
from django.utils import timezone

from people.accounts.models.addresses import AddressChange, WaitingTime
from people.accounts.models.single_sign_on import DOMAIN, SignInProvider
from people.directory.models import Person
from wellbeing.lib.types import User


def waiting_time(kind: str, now: dt.datetime) -> dt.timedelta:
    """Return how long a WaitingTime.Kind waits at the moment `now`.

    Raises LookupError where no row applies: without a time set nothing that should wait goes on.
    """
    row = WaitingTime.objects.effective_on(kind, timezone.localdate(now))
    if row is None:
        raise LookupError(f"no waiting time {kind} applies")
    return dt.timedelta(hours=row.hours)


def bank_details_wait_until(person: Person) -> dt.datetime | None:
    """Return when `person` may change bank details again after a changed address; None when they may now."""
    if person.address_changed_at is None:
        return None
    until = person.address_changed_at + waiting_time(WaitingTime.Kind.BANK_AFTER_ADDRESS, person.address_changed_at)
    return until if until > timezone.now() else None


def address_changes_to_agree(user: User) -> QuerySet[AddressChange]:
    """Return open changes, of people `user` may see, that wait for a second colleague.

    Leaves out those `user` asked for.
    """
    return (
        AddressChange.objects.filter(
            status=AddressChange.Status.ASKED, person__in=Person.objects.visible_to(user).values("pk")
        )
        .exclude(asked_by=user.person)
        .exclude(person=user.person)
        .select_related("person", "asked_by")
        .order_by("asked_at")
    )


def domain_of(address: str) -> str:
    """Return the part of `address` after the @, in small letters; empty where it cannot be one."""
    _name, at, domain = address.strip().lower().rpartition("@")
    return domain if at and re.fullmatch(DOMAIN, domain) else ""


def provider_for(address: str) -> SignInProvider | None:
    """Return the provider that is switched on for the email domain of `address`, or None."""
    domain = domain_of(address)
    return SignInProvider.objects.filter(is_on=True, domains__domain=domain).first() if domain else None
