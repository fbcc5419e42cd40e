"""Charge a claim that is being approved to its budget line, and say where a line stands against it."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from payments.budgets import queries
from payments.budgets.models import AGREED, COST, BudgetLine, BudgetOverride
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds


class BudgetError(ActionError):
    """A rule refused something about a budget."""


class OverBudgetError(BudgetError):
    """A claim would take its budget line over its amount. `claim`, `line` and `over_pence` say which and how far."""

    def __init__(self, claim, line, over_pence):
        self.claim, self.line, self.over_pence = claim, line, over_pence
        super().__init__(
            _(
                "%(reference)s would take the budget line %(line)s %(over)s over its %(amount)s."
                " Ask finance to let it go over budget, or choose another budget line."
            )
            % {
                "reference": claim.reference,
                "line": line,
                "over": pounds(over_pence),
                "amount": pounds(line.amount_pence),
            },
            field="budget_line",
        )


def charge(*, claim, pence, by):
    """Let a claim that is being approved cost its budget line `pence`, or raise BudgetError.

    Called with the claim locked, inside the transaction that approves it and before its status moves. The line is
    locked until that transaction ends, so two approvals at once cannot both take what is left for one. Where finance
    allowed the claim to go over budget, the BudgetOverride then says by how much it did. A programme without budget
    lines has nothing to keep to. Raises OverBudgetError with how far over; BudgetError where no line was chosen, where
    the line is closed, or where `by` is who allowed the claim to go over.
    """
    if claim.budget_line_id is None:
        if queries.has_budget(claim.programme_id):
            raise BudgetError(
                _("Choose the budget line that %(reference)s is paid from. Then approve it.")
                % {"reference": claim.reference},
                field="budget_line",
            )
        return
    line = lock_line(claim.budget_line_id)
    if line.closed:
        raise BudgetError(closed_line(line), field="budget_line")
    agreed = line.claims.filter(status__in=AGREED).exclude(pk=claim.pk).aggregate(pence=Sum(COST, default=0))
    over_pence = agreed["pence"] + pence - line.amount_pence
    if not pence or over_pence <= 0:
        return
    allowed = claim.budget_overrides.filter(line=line, over_by_pence=None).order_by("-up_to_pence").first()
    if allowed is None or allowed.up_to_pence < over_pence:
        raise OverBudgetError(claim, line, over_pence)
    if allowed.by_id == by.person.pk:
        raise BudgetError(
            _("You let %(reference)s go over budget, so somebody else approves it.") % {"reference": claim.reference}
        )
    allowed.over_by_pence = over_pence
    allowed.save(update_fields=["over_by_pence"])


def reasons_against(claims, by):
    """Why the budget stands against approving each of `claims` in full, one after the other: {claim id: sentence}.

    Each claim needs its programme and lines at hand. Three queries, however many claims.
    """
    with_budget = set(
        BudgetLine.objects.filter(programme__in={claim.programme_id for claim in claims}).values_list(
            "programme", flat=True
        )
    )
    lines = BudgetLine.objects.with_figures().in_bulk({claim.budget_line_id for claim in claims} - {None})
    unused = BudgetOverride.objects.filter(claim__in=[claim.pk for claim in claims], over_by_pence=None)
    allowed = {(each.claim_id, each.line_id): each for each in unused.order_by("up_to_pence")}
    free_pence = {pk: line.free_pence for pk, line in lines.items()}
    against = {}
    for claim in claims:
        line = lines.get(claim.budget_line_id)
        if line is None:
            if claim.programme_id in with_budget:
                against[claim.pk] = _("It is on no budget line yet.")
            continue
        pence = sum(each.amount_pence for each in claim.lines.all())
        over_pence = pence - free_pence[line.pk]
        leave = allowed.get((claim.pk, line.pk))
        if line.closed:
            against[claim.pk] = closed_line(line)
        elif over_pence > 0 and (leave is None or leave.up_to_pence < over_pence):
            against[claim.pk] = _("It would take %(line)s %(over)s over budget.") % {
                "line": line,
                "over": pounds(over_pence),
            }
        elif over_pence > 0 and leave.by_id == by.person.pk:
            against[claim.pk] = _("You let it go over budget, so somebody else approves it.")
        else:
            free_pence[line.pk] -= pence
    return against


def lock_lines(claims):
    """Lock the budget lines of `claims` in one order, before several of them are approved in one transaction.

    Without it two people approving many at once could each hold the line the other waits for.
    """
    ids = {claim.budget_line_id for claim in claims} - {None}
    list(BudgetLine.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def closed_line(line):
    """The sentence that refuses a budget line that is closed."""
    return _("The budget line %(line)s is closed. Choose another one.") % {"line": line}


def lock_line(pk):
    """The budget line `pk`, locked until the transaction ends."""
    # Not FOR UPDATE: a claim that is only being sent points to the line, and need not wait.
    return BudgetLine.objects.select_for_update(no_key=True).get(pk=pk)
