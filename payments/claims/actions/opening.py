"""Open a claim for somebody who took part, and close it when they did not."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, Event
from payments.claims import emails, queries
from payments.claims.drafts import add_time, new_claim, price_time
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.transitions import ClaimError, lock_claim, reset_to_draft, transition
from payments.policy import queries as policy_queries
from people.messages.telling import tell_many
from people.models import Person, User
from programmes.models import Role
from wellbeing.lib.actions import action


# From attendance to a claim
@action
def open_for_attendance(*, attendance: Attendance, by: User) -> Claim | None:
    """Open the claim of a person with lived experience who came to an event, with their time already priced.

    Called again it returns the claim that is there; a claim staff closed because the person had not come is opened
    again, and an unsent one takes the hours that staff put right. Where the person did not come after all, an unsent
    claim is closed. Returns the Claim, or None where nothing can be claimed: they have no lived experience on record,
    or no policy is in force that day. Raises ClaimError when the person did not come but has already sent their claim.
    Locks the claim when it changes it.
    """
    event, person = attendance.event, attendance.person
    if not attendance.came:
        _close_for_attendance(event, person, by)
        return None
    today = timezone.localdate()
    day = event.day
    in_programme = person.memberships.filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE).filter(
        Q(starts_on__lte=max(day, today)), Q(ends_on=None) | Q(ends_on__gte=day)
    )
    terms = policy_queries.terms_at(event, [person.pk]).get(person.pk)
    if terms is None or not in_programme.exists():
        return None
    existing = Claim.objects.filter(event=event, person=person).first()
    if existing:
        return _with_hours_recorded(_open_again(existing), attendance)
    try:
        with transaction.atomic():
            claim = new_claim(
                event.programme,
                person=person,
                event=event,
                activity=event.kind,
                description=event.title,
                activity_date=day,
                policy=terms.in_force,
                offered=terms.offered,
            )
    except IntegrityError:
        # Somebody else recorded the same attendance at the same moment.
        return Claim.objects.get(event=event, person=person)
    for on, hours in queries.hours_there(attendance).items():
        add_time(claim, hours, on)
    tell_many(emails.claim_waiting(claim))
    return claim


def _open_again(claim: Claim) -> Claim:
    if not _closed_by_staff(claim):
        # Not locked: making a payment run locks sent claims and then waits for a number, whose row we may have locked.
        return claim
    claim = lock_claim(claim)
    if _closed_by_staff(claim):
        reset_to_draft(claim)
    return claim


def _with_hours_recorded(claim: Claim, attendance: Attendance) -> Claim:
    """Price the time of a draft anew where staff put the hours right, unless its person says other hours."""
    if claim.status != Claim.Status.DRAFT:
        return claim
    claim = lock_claim(claim)
    if claim.status != Claim.Status.DRAFT:
        return claim
    recorded = queries.hours_there(attendance)
    lines = list(claim.lines.filter(category=ClaimLine.Category.TIME))
    if len(attendance.event.days) == 1:
        # Its one line may have the day on which the event was to be before.
        recorded = {line.on: hours for line in lines[:1] for hours in recorded.values()}
    for line in lines:
        hours = recorded.pop(line.on, None)
        if line.hours_reason or line.hours == hours:
            continue
        if hours is None:
            line.delete()
        else:
            price_time(line, hours)
            line.save()
    for on, hours in recorded.items():
        add_time(claim, hours, on)
    return claim


def _closed_by_staff(claim: Claim) -> bool:
    return claim.status == Claim.Status.WITHDRAWN and claim.withdrawn_by_id not in {None, claim.person_id}


def _close_for_attendance(event: Event, person: Person, by: User) -> None:
    claim = Claim.objects.filter(event=event, person=person).first()
    if claim is not None and claim.status == Claim.Status.DRAFT:
        claim = lock_claim(claim)
    if claim is None or claim.status == Claim.Status.WITHDRAWN:
        return
    if claim.status != Claim.Status.DRAFT:
        raise ClaimError(
            _(
                "%(name)s has already sent claim %(reference)s for this day, so they cannot be marked as not there."
                " Return the claim with a question, and ask them to withdraw it."
            )
            % {"name": person.full_name, "reference": claim.reference}
        )
    transition(claim, Claim.Status.WITHDRAWN, withdrawn_by=by.person)
