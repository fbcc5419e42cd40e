"""Say for how long somebody was at an event, where that is not what staff recorded."""

from decimal import Decimal

from django.utils.translation import gettext as _

from payments.claims import queries, rules
from payments.claims.drafts import price_time
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.transitions import ClaimError, lock_claim
from people.models import User
from wellbeing.lib.actions import action


@action
def say(*, claim: Claim, by: User, hours: Decimal, reason: str = "", line: ClaimLine | None = None) -> ClaimLine:
    """Give the time of a claim for an event other `hours` than staff recorded, with the reason. Returns its line.

    `line` is that of one day, where the event has several; the first one if left out.

    The policy prices them, and the approver reads both. The hours that staff recorded need no reason, and put the line
    back. Raises ClaimError (field "reason") without one, and where `can_say_hours` says no. Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_say_hours(by, claim).insist(ClaimError)
    times = claim.lines.filter(category=ClaimLine.Category.TIME).order_by("on", "pk")
    found = times.filter(pk=line.pk).first() if line is not None else times.first()
    if found is None:
        raise ClaimError(_("This day is no longer on the claim. Open the claim again."))
    line = found
    reason = reason.strip()
    if hours == queries.hours_recorded(claim, line.on):
        reason = ""
    elif not reason:
        raise ClaimError(_("Say why these are not the hours on our list."), field="reason")
    if not price_time(line, hours):
        raise ClaimError(_("This programme does not pay for this time."), field="hours")
    line.hours_reason = reason
    line.save()
    return line
