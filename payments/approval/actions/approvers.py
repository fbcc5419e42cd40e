"""Set who is asked to check claims, who deputises for whom, and from when on approvers are warned."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.approval import queries, rules
from payments.approval.models import ApproverAssignment, WarningThresholds
from people.models import Person, User
from programmes.models import Membership, Programme, Role
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError


class AssignmentError(ActionError):
    """A rule refused an assignment of an approver, or thresholds of warnings."""


@action
def add(
    *,
    programme: Programme,
    by: User,
    person: Person,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    deputises_for: Person | None = None,
) -> ApproverAssignment:
    """Have `person` asked to check claims from `starts_on` to `ends_on`, or until that is ended.

    With `deputises_for` they are asked in that colleague's place, which needs a last day. Returns the
    ApproverAssignment. Raises AssignmentError, with the field, for somebody who is not staff then, for days that have
    gone by, and for the same twice. Locks the programme.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_set_approvers(by, programme).insist(AssignmentError)
    today = timezone.localdate()
    if ends_on is not None and ends_on < starts_on:
        raise AssignmentError(_("The last day must come after the first day."), field="ends_on")
    if ends_on is not None and ends_on < today:
        raise AssignmentError(_("This day has gone by. Choose today or later."), field="ends_on")
    if deputises_for is not None and ends_on is None:
        raise AssignmentError(_("Enter the last day of the cover."), field="ends_on")
    if deputises_for is not None and deputises_for.pk == person.pk:
        raise AssignmentError(_("Choose somebody else to cover."), field="person")
    for somebody, name in ((person, "person"), (deputises_for, "deputises_for")):
        if somebody is not None and not _is_staff(somebody, programme, max(starts_on, today)):
            raise AssignmentError(
                _("%(name)s is not staff of this programme on that day.") % {"name": somebody.full_name}, field=name
            )
    same = queries.duties_of(programme).filter(person=person, deputises_for=deputises_for)
    for duty in same:
        if (ends_on is None or duty.starts_on <= ends_on) and (duty.ends_on is None or duty.ends_on >= starts_on):
            raise AssignmentError(
                _("%(name)s is asked already from %(day)s. End that first.")
                % {"name": person.full_name, "day": long_date(duty.starts_on)},
                field="starts_on",
            )
    return ApproverAssignment.objects.create(
        programme=programme,
        person=person,
        deputises_for=deputises_for,
        starts_on=starts_on,
        ends_on=ends_on,
        set_by=by.person,
    )


def _is_staff(person: Person, programme: Programme, on: dt.date) -> bool:
    return Membership.objects.effective_on(on).filter(person=person, programme=programme, role=Role.STAFF).exists()


@action
def end(*, duty: ApproverAssignment, by: User) -> None:
    """End an assignment yesterday; delete one that begins today or later. One that is over stays as it is. Locks it."""
    duty = ApproverAssignment.objects.select_for_update().get(pk=duty.pk)
    rules.can_set_approvers(by, duty.programme_id).insist(AssignmentError)
    today = timezone.localdate()
    if duty.starts_on >= today:
        duty.delete()
    elif duty.ends_on is None or duty.ends_on >= today:
        # Yesterday was the last day: they are asked no more.
        duty.ends_on = today - dt.timedelta(days=1)
        duty.save(update_fields=["ends_on"])


@action
def set_limits(*, programme: Programme, by: User, **limits: Any) -> WarningThresholds:
    """Set the thresholds of warnings for approvers of `programme`, from today on. Returns the WarningThresholds.

    `limits` are its fields: picture_distance (0 to 7), usual_percent, usual_examples, usual_months, long_route_miles (a
    Decimal), ask_above_pence and ask_times_usual. Raises AssignmentError for anybody but programme staff.
    """
    rules.can_set_approvers(by, programme).insist(AssignmentError)
    return WarningThresholds.objects.create(
        programme=programme, effective_from=timezone.localdate(), set_by=by.person, **limits
    )
