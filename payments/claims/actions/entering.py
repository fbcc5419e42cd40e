"""Making a claim that does not start from attendance: one's own for other work, and one staff enter for somebody."""

from django.utils.translation import gettext as _

from payments.claims import queries, rules
from payments.claims.actions.filling import add_expense
from payments.claims.actions.opening import open_for_attendance
from payments.claims.drafts import add_time, check_day, new_claim
from payments.claims.models.claim import Claim
from payments.claims.models.notices import ClaimNotice
from payments.claims.transitions import ClaimError, back_to_draft, lock
from payments.policy.models.kinds import ExpenseKind
from people.models import Person
from wellbeing.lib.actions import action


@action
def start(*, programme, by, activity, on, hours, description):
    """Start a claim of one's own for work that was no event, with its time priced by the policy of the day `on`.

    `hours` is a Decimal. Pressed twice it returns the draft that is there. Returns the Claim. Raises ClaimError for a
    day to come or before the person joined (field "on"), or where the policy of that day does not pay the activity
    (field "activity").
    """
    rules.can_start_claim(by, programme).insist(ClaimError)
    return _make(programme, by.person, activity, on, hours, description)


@action
def enter(*, programme, person, by, how, event=None, activity="", on=None, hours=None, description=""):
    """Enter a claim for `person`, who asked by phone, on paper or in person (`how`: Claim.EnteredHow).

    For an `event` they came to it takes up the claim that waits there; otherwise it takes what `start` takes. Whoever
    enters it can fill it in and send it, and never approve it. Returns the Claim. Raises ClaimError as `start`, and
    (field "what") where the person is not on the list of who came or has sent that claim already.
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


def _make(programme, person, activity, on, hours, description, **entered):
    # Whoever presses the button twice makes one claim: the second waits here, and finds the first.
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    description = description.strip()[:200]
    policy = check_day(programme=programme, person=person, activity=activity, on=on)
    if not hours or hours <= 0:
        raise ClaimError(_("Say how long it took."), field="hours")
    if not description:
        raise ClaimError(_("Say what it was."), field="description")
    values = {"person": person, "activity": activity, "activity_date": on, "description": description, **entered}
    known = Claim.objects.filter(programme=programme, event=None, status=Claim.Status.DRAFT, **values).first()
    if known and known.lines.filter(hours=hours).exists():
        return known
    claim = new_claim(programme, policy=policy, **values)
    add_time(claim, hours)
    return claim


def _claim_for_event(person, event, by, how):
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
    claim = lock(claim)
    if claim.status == Claim.Status.WITHDRAWN:
        back_to_draft(claim)
    if claim.status != Claim.Status.DRAFT:
        raise ClaimError(
            _("%(name)s has sent a claim for that event already: %(reference)s.")
            % {"name": person.full_name, "reference": claim.reference},
            field="what",
        )
    if claim.entered_by_id not in {None, by.person.pk} and queries.is_staff(claim.entered_by, claim.programme):
        raise ClaimError(
            _("%(who)s is entering this claim already: %(reference)s.")
            % {"who": claim.entered_by.full_name, "reference": claim.reference},
            field="what",
        )
    claim.entered_by, claim.entered_how = by.person, how
    claim.save(update_fields=["entered_by", "entered_how"])
    return claim


@action
def tell(*, claim, by, how):
    """Record that the person was told of a claim entered for them (`how`: ClaimNotice.How). Returns the ClaimNotice.

    Raises ClaimError where nobody has to be told, or somebody told them meanwhile.
    """
    claim = lock(claim)
    rules.can_tell(by, claim).insist(ClaimError)
    if how not in ClaimNotice.How.values:
        raise ClaimError(_("Choose how you told them."), field="how")
    return ClaimNotice.objects.create(claim=claim, how=how, by=by.person)


@action
def repeat_journey(*, claim, by, line):
    """Add to a claim the same journey as the person's `line` on an earlier one, priced by this claim's policy.

    Pressed twice it adds it once. Returns the new ClaimLine, or the one that is there. Raises ClaimError as
    `add_expense`, and where `line` is not the person's last journey.
    """
    claim = lock(claim)
    rules.can_edit(by, claim).insist(ClaimError)
    there = claim.lines.filter(expense_kind=line.expense_kind, description=line.description).first()
    if there and line.expense_kind in queries.JOURNEYS:
        return there
    if queries.last_journey(claim) != line:
        raise ClaimError(_("Your last journey has changed. Look at your claim again."))
    more = {"amount_pence": line.amount_pence}
    if line.expense_kind == ExpenseKind.MILEAGE:
        more = {"miles": line.miles, "vehicle": line.vehicle, "passengers": line.passengers}
    return add_expense(claim=claim, by=by, kind=line.expense_kind, description=line.description, **more)
