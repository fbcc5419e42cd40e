"""Questions about those who came to events, and the claims that wait for them."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, Event
from payments.claims.models.claim import Claim, ClaimQuerySet
from payments.claims.queries import claim_until
from people.messages.models import Notice
from programmes.models import Membership, Programme, Role
from programmes.reminders.queries import have_had_one
from wellbeing.lib.dates import long_date
from wellbeing.lib.types import PersonId


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


def claims_from(event: Event) -> ClaimQuerySet:
    """Return the claims for `event` of people who came to it, without those that were withdrawn."""
    came = Attendance.objects.filter(event=event, came=True)
    return Claim.objects.filter(event=event, person__in=came.values("person")).exclude(status=Claim.Status.WITHDRAWN)


def not_sent(event: Event) -> ClaimQuerySet:
    """Return the claims of people who came to `event` that they have not sent."""
    return claims_from(event).filter(status=Claim.Status.DRAFT)


def claims_waiting(event: Event) -> int:
    """Count the people who came to `event` and have a claim for it that they have not sent."""
    return not_sent(event).count()


def to_remind_now(event: Event, on: dt.date) -> list[Claim]:
    """Return the claims for `event` whose people can be reminded to send them on the day `on`.

    Not those that staff are entering, whose time to claim is over, or whose person has had a reminder that day.
    """
    rows = not_sent(event).filter(entered_by=None).select_related("person", "policy", "offered", "programme", "event")
    claims = [claim for claim in rows.prefetch_related("lines").order_by("pk") if claim_until(claim) >= on]
    people = [claim.person_id for claim in claims]
    keys = {reminder_key(claim, on): claim.pk for claim in claims}
    asked = {keys[key] for key in Notice.objects.filter(key__in=keys).values_list("key", flat=True)}
    had = have_had_one(people, on)
    return [claim for claim in claims if claim.pk not in asked and claim.person_id not in had]


def reminder_key(claim: Claim, on: dt.date) -> str:
    """Return the key of the notice that reminds of `claim` on the day `on`: once a day, however often it is pressed."""
    return f"claim-waiting-{claim.pk}-{on.isoformat()}"


def words_of_ready(event: Event, people: Iterable[PersonId]) -> dict[PersonId, str]:
    """Return for each of `people` whose claim for `event` is ready for them to send a sentence that says so."""
    rows = not_sent(event).filter(person__in=list(people), entered_by=None).select_related("policy", "offered")
    return {
        claim.person_id: _("Your claim for it is ready: sign in, look at it and send it by %(day)s.")
        % {"day": long_date(claim_until(claim))}
        for claim in rows
    }
