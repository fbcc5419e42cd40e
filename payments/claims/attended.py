"""Questions about those who came to events, and the claims that wait for them."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from events.models import Attendance, Event
from payments.claims.models.claim import Claim
from programmes.models import Membership, Programme, Role


def without_claim(programme: Programme, since: dt.date) -> QuerySet[Attendance]:
    """Return the attendances on `since` or later of people with lived experience who came and have no claim for it.

    By the day, then by name. Those who had no lived experience on record by then, or since, have nothing to claim.
    """
    day = TruncDate("event__starts_at")
    in_programme = Membership.objects.filter(
        Q(starts_on__lte=OuterRef("day")) | Q(starts_on__lte=timezone.localdate()),
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("day")),
        person=OuterRef("person"),
        programme=programme,
        role=Role.LIVED_EXPERIENCE,
    )
    return (
        Attendance.objects.filter(event__programme=programme, came=True)
        .annotate(day=day)
        .filter(
            Exists(in_programme),
            ~Exists(Claim.objects.filter(event=OuterRef("event"), person=OuterRef("person"))),
            day__gte=since,
        )
        .select_related("event__programme", "person")
        .order_by("event__starts_at", "person__sort_key", "pk")
    )


def claims_waiting(event: Event) -> int:
    """Count the people who came to `event` and have a claim for it that they have not sent."""
    came = Attendance.objects.filter(event=event, came=True)
    return Claim.objects.filter(event=event, person__in=came.values("person"), status=Claim.Status.DRAFT).count()
