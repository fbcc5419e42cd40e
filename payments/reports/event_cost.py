"""The cost of an event: the claims for it, as approved so far, without sums that few people are behind."""

from django.db.models import Count, F, Q, Sum

from events.models import Event
from events.registry import Cost
from payments.budgets.models import AGREED, COST
from payments.claims.attended import claims_waiting
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.reports.board import fewest
from wellbeing.lib.dates import today
from wellbeing.lib.suppression import may_show


def cost_of(event: Event) -> Cost | None:
    """Return what the claims for `event` cost so far; None where none is approved. Three queries.

    Expenses stand apart from payment for time only where enough people have each.
    """
    agreed = Claim.objects.filter(event=event, status__in=AGREED)
    total = agreed.order_by().aggregate(people=Count("person", distinct=True), pence=Sum(COST))
    if not total["people"]:
        return None
    least = fewest(today())
    expense, time = Q(category=ClaimLine.Category.EXPENSE), Q(category=ClaimLine.Category.TIME)
    lines = (
        ClaimLine.objects.filter(claim__in=agreed, approved_pence__gt=0)
        .order_by()
        .aggregate(
            expenses=Sum(F("approved_pence"), filter=expense),
            with_expenses=Count("claim__person", filter=expense, distinct=True),
            with_time=Count("claim__person", filter=time, distinct=True),
        )
    )
    expenses = lines["expenses"] or 0
    # Who has no expenses must not be few either: their payment for time would be known.
    apart = all(
        may_show(number, least)
        for number in (lines["with_expenses"], lines["with_time"], total["people"] - lines["with_expenses"])
    )
    pence = total["pence"] or 0
    return Cost(
        total_pence=pence,
        parts=(pence - expenses, expenses) if apart else None,
        people=total["people"],
        least=least,
        unsent=claims_waiting(event),
    )
