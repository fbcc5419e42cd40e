"""The usual amount of an expense, from what was approved before."""

from collections import defaultdict
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Aggregate, Count, DecimalField, IntegerField
from django.utils import timezone

from payments.approval.models import WarningThresholds
from payments.claims.hooks import AskAbove
from payments.claims.models.lines import ClaimLine


class Percentile(Aggregate):
    """The value that so many `percent` of the rows do not go above."""

    template = "percentile_disc(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression, *, percent, **extra):
        super().__init__(expression, share=f"{int(percent) / 100:.2f}", **extra)


def alike(limits):
    """Group programmes by the percentage and the months of their thresholds, so that one query serves a group."""
    alike = defaultdict(list)
    for programme, limit in limits.items():
        if limit is not None:
            alike[limit.usual_percent, limit.usual_months].append(programme)
    return alike


def of_kinds(programmes, kinds, not_these, percent, months):
    """Return what so many `percent` of approved expenses of each of `kinds` did not go above, by (programme, kind).

    Each is a row of `examples`, `pence` and `miles`, of the last `months` in `programmes` (ids), without the claims
    `not_these`.
    """
    since = timezone.localdate() - relativedelta(months=months)
    rows = (
        ClaimLine.objects.filter(
            claim__programme__in=programmes,
            expense_kind__in=kinds,
            on__gte=since,
            approved_pence__gt=0,
            claim__approved_at__isnull=False,
            adds_to=None,
        )
        .exclude(claim__in=not_these)
        .order_by()
        .values("claim__programme", "expense_kind")
        .annotate(
            examples=Count("pk"),
            pence=Percentile("amount_pence", percent=percent, output_field=IntegerField()),
            miles=Percentile("miles", percent=percent, output_field=DecimalField()),
        )
    )
    return {(row["claim__programme"], row["expense_kind"]): row for row in rows}


def ask_above(claim, kind):
    """Return from when on somebody who types an expense of `kind` for `claim` is asked whether it is right, or None.

    That is many times what is usual in the programme, where there are enough examples, and never too little to matter.
    """
    programme = claim.programme_id
    limit = WarningThresholds.objects.effective_on([programme], timezone.localdate())[programme]
    if limit is None:
        return None
    found = of_kinds([programme], [kind], [claim.pk], limit.usual_percent, limit.usual_months).get((programme, kind))
    enough = found is not None and found["examples"] >= limit.usual_examples
    miles = Decimal(found["miles"] or 0) if enough else Decimal(0)
    return AskAbove(
        pence=max(limit.ask_above_pence, limit.ask_times_usual * (found["pence"] if enough else 0)),
        miles=max(limit.long_route_miles, limit.ask_times_usual * miles),
    )
