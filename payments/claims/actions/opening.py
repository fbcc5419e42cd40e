"""Open a claim for somebody who took part, and close it when they did not."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import emails
from payments.claims.drafts import add_time, new_claim
from payments.claims.models.claim import Claim
from payments.claims.transitions import ClaimError, back_to_draft, lock, move
from payments.policy import calculations
from payments.policy import queries as policy_queries
from people.messages import outbox
from programmes.models import Role
from wellbeing.lib.actions import action


# From attendance to a claim
@action
def open_for_attendance(*, attendance, by):
    """Open the claim of a person with lived experience who came to an event, with their time already priced.

    Called again it returns the claim that is there; a claim staff closed because the person had not come is opened
    again. Where the person did not come after all, an unsent claim is closed. Returns the Claim, or None where there
    is none to have: not a person with lived experience, or no policy in force that day. Raises ClaimError when the
    person did not come but has already sent their claim.
    """
    event, person = attendance.event, attendance.person
    if not attendance.came:
        return _close_for_attendance(event, person, by)
    today = timezone.localdate()
    day = event.day
    in_programme = person.memberships.filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE).filter(
        Q(starts_on__lte=max(day, today)), Q(ends_on=None) | Q(ends_on__gte=day)
    )
    policy = policy_queries.policy_in_force(event.programme, day)
    if policy is None or not in_programme.exists():
        return None
    known = Claim.objects.filter(event=event, person=person).first()
    if known:
        return _open_again(known)
    try:
        with transaction.atomic():
            claim = new_claim(
                event.programme,
                person=person,
                event=event,
                activity=event.kind,
                description=event.title,
                activity_date=day,
                policy=policy,
            )
    except IntegrityError:
        # Somebody else recorded the same attendance at the same moment.
        return Claim.objects.get(event=event, person=person)
    add_time(claim, calculations.hours_between(event.starts_at, event.ends_at))
    outbox.enqueue_many(emails.claim_waiting(claim))
    return claim


def _open_again(claim):
    if not _closed_by_staff(claim):
        # Not locked: whoever makes a payment run holds sent claims while they wait for a number, which we may hold.
        return claim
    claim = lock(claim)
    if _closed_by_staff(claim):
        back_to_draft(claim)
    return claim


def _closed_by_staff(claim):
    return claim.status == Claim.Status.WITHDRAWN and claim.withdrawn_by_id not in {None, claim.person_id}


def _close_for_attendance(event, person, by):
    claim = Claim.objects.filter(event=event, person=person).first()
    if claim is not None and claim.status == Claim.Status.DRAFT:
        claim = lock(claim)
    if claim is None or claim.status == Claim.Status.WITHDRAWN:
        return
    if claim.status != Claim.Status.DRAFT:
        raise ClaimError(
            _(
                "%(name)s has already sent claim %(reference)s for this day, so they cannot be marked as not there."
                " Return the claim with a question, and ask them to take it back."
            )
            % {"name": person.full_name, "reference": claim.reference}
        )
    move(claim, Claim.Status.WITHDRAWN, withdrawn_by=by.person)
    return
