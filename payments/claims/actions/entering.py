"""Make a claim that does not start from attendance: one's own for other work, or one staff enter for somebody."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from events.models import Event
from payments.claims import journeys, queries, rules
from payments.claims.actions.filling import add_expense
from payments.claims.actions.opening import open_for_attendance
from payments.claims.drafts import add_time, check_day, new_claim
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.transitions import ClaimError, lock_claim, reset_to_draft
from payments.policy.models.kinds import ExpenseKind
from people.models import Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action


@action
def start(*, programme: Programme, by: User, activity: str, on: dt.date, hours: Decimal, description: str) -> Claim:
    """Start a claim of one's own for work that was no event, with its time priced by the policy of the day `on`.

    Pressed twice it returns the draft that is there. Raises ClaimError for a day to come or before the person joined
    (field "on"), or where the policy of that day does not pay the activity (field "activity"). Locks the person.
    """
    rules.can_start_claim(by, programme).insist(ClaimError)
    return _make(programme, by.person, activity, on, hours, description)


@action
def enter(
    *,
    programme: Programme,
    person: Person,
    by: User,
    how: str,
    event: Event | None = None,
    activity: str = "",
    on: dt.date | None = None,
    hours: Decimal | None = None,
    description: str = "",
) -> Claim:
    """Enter a claim for `person`, who asked by phone, on paper or in person (`how`: Claim.EnteredHow).

    For an `event` they came to it takes up the claim that waits there; otherwise the rest is what `start` takes. The
    user who enters it can fill it in and send it, and never approve it. Returns the Claim. Raises ClaimError for what
    `start` refuses, and (field "what") where the person is not on the list of who came or has sent that claim already.
    """
    rules.can_enter_for(by, programme, person).insist(ClaimError)
    if not queries.claimants(programme).filter(pk=person.pk).exists():
        raise ClaimError(_("%(name)s is not in this programme.") % {"name": person.full_name})
    if how not in Claim.EnteredHow.values:
        raise ClaimError(_("Choose how they asked you."), field="how")
    if event is None:
        claim = _make(programme, person, activity, on, hours, description, entered_by=by.person, entered_how=how)
    else:
        claim = _claim_for_event(person, event, by, how)
    return claim


def _make(
    programme: Programme,
    person: Person,
    activity: str,
    on: dt.date | None,
    hours: Decimal | None,
    description: str,
    **entered: Any,
) -> Claim:
    # A button pressed twice makes one claim: the second request waits here, and finds the first one's draft.
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    description = description.strip()[:200]
    if on is None:
        raise ClaimError(_("Enter the day."), field="on")
    policy = check_day(programme=programme, person=person, activity=activity, on=on)
    if not hours or hours <= 0:
        raise ClaimError(_("Say how long it took."), field="hours")
    if not description:
        raise ClaimError(_("Say what it was."), field="description")
    values = {"person": person, "activity": activity, "activity_date": on, "description": description, **entered}
    existing = Claim.objects.filter(programme=programme, event=None, status=Claim.Status.DRAFT, **values).first()
    if existing and existing.lines.filter(hours=hours).exists():
        return existing
    claim = new_claim(programme, policy=policy, **values)
    add_time(claim, hours)
    return claim


def _claim_for_event(person: Person, event: Event, by: User, how: str) -> Claim:
    attendance = event.attendances.filter(person=person, came=True).first()
    if attendance is None:
        raise ClaimError(
            _("%(name)s is not on the list of who came to that event. Tick them there first.")
            % {"name": person.full_name},
            field="what",
        )
    claim = open_for_attendance(attendance=attendance, by=by)
    if claim is None:
        raise ClaimError(_("There is nothing to claim for that event: no policy held that day."), field="what")
    claim = lock_claim(claim)
    if claim.status == Claim.Status.WITHDRAWN:
        reset_to_draft(claim)
    if claim.status != Claim.Status.DRAFT:
        raise ClaimError(
            _("%(name)s has sent a claim for that event already: %(reference)s.")
            % {"name": person.full_name, "reference": claim.reference},
            field="what",
        )
    colleague = claim.entered_by
    if colleague and colleague.pk != by.person.pk and queries.is_staff(colleague, claim.programme):
        raise ClaimError(
            _("%(who)s is entering this claim already: %(reference)s.")
            % {"who": colleague.full_name, "reference": claim.reference},
            field="what",
        )
    claim.entered_by, claim.entered_how = by.person, how
    claim.save(update_fields=["entered_by", "entered_how"])
    return claim


@action
def repeat_journey(*, claim: Claim, by: User, line: ClaimLine) -> ClaimLine:
    """Add to a claim the same journey as the person's `line` on an earlier one, priced by this claim's policy.

    Pressed twice it adds it once. Returns the new ClaimLine, or the one that is there. Raises ClaimError for what
    `add_expense` refuses, and where `line` is not the person's last journey. Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_edit(by, claim).insist(ClaimError)
    existing = claim.lines.filter(expense_kind=line.expense_kind, description=line.description).first()
    if existing and line.expense_kind in journeys.JOURNEYS:
        return existing
    if journeys.last_journey(claim) != line:
        raise ClaimError(_("Your last journey has changed. Look at your claim again."))
    more: dict[str, Any] = {"amount_pence": line.amount_pence}
    if line.expense_kind == ExpenseKind.MILEAGE:
        more = {"miles": line.miles, "vehicle": line.vehicle, "passengers": line.passengers}
    return add_expense(claim=claim, by=by, kind=line.expense_kind, description=line.description, **more)
