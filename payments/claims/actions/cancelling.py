"""Open claims for people whose event the programme cancelled late, with the share of their payment."""

from django.utils.translation import gettext as _

from events.models import Event
from payments.claims import emails
from payments.claims.drafts import new_claim
from payments.claims.dues import dues
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from people.messages.telling import tell_many
from people.models import User
from wellbeing.lib.actions import action


@action
def open_for_cancelled(*, event: Event, by: User | None) -> list[Claim]:
    """Open a claim for each person with lived experience who had said yes to a cancelled event, where that is paid.

    The better of the policy in force on the day of the event and of what they were offered says what is due: nothing
    when it was cancelled sooner than so many days before, or when its day was over already and the books are only put
    right. A person who has a claim for the event keeps that one, so a second call opens nothing twice. Returns the new
    claims, by name; each person is told.
    """
    opened = []
    for due in dues(event):
        claim = new_claim(
            event.programme,
            person=due.person,
            event=event,
            activity=event.kind,
            description=event.title,
            activity_date=event.day,
            policy=due.terms.in_force,
            offered=due.terms.offered,
        )
        for day in due.days:
            ClaimLine.objects.create(
                claim=claim,
                category=ClaimLine.Category.TIME,
                description=_("Your time, though it was cancelled"),
                on=day.on,
                hours=day.hours,
                amount_pence=day.pence,
                rate_note=day.how,
                by_offer=day.by_offer,
            )
        opened.append(claim)
    tell_many([draft for claim in opened for draft in emails.claim_for_cancelled(claim)])
    return opened
