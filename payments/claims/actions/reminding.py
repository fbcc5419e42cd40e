"""Remind people who came to an event to send their claim, as staff ask."""

from django.utils.translation import gettext as _

from events.models import Event
from payments.claims import attended, emails, rules
from payments.claims.transitions import ClaimError
from people.messages.telling import tell_many
from people.models import User
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today


@action
def remind_unsent(*, event: Event, by: User) -> int:
    """Remind everybody who came to `event` and has not sent their claim; return how many. Once a day for each claim.

    Nobody reads a claim for it. Raises ClaimError where nobody is left to remind today.
    """
    rules.can_remind_of_claims(by, event).insist(ClaimError)
    on = today()
    claims = attended.to_remind_now(event, on)
    if not claims:
        raise ClaimError(
            _("Nobody can be reminded today: those who have not sent theirs had a reminder, or their time is over.")
        )
    tell_many(draft for claim in claims for draft in emails.claim_waiting(claim, key=attended.reminder_key(claim, on)))
    return len(claims)
