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


def charge_to_line(*, claim, pence, by):
    """Check that the budget line of a claim that is being approved has `pence` left, or raise BudgetError.

    Called with the claim locked, inside the transaction that approves it and before its status moves. The line is
    locked until that transaction ends, so two approvals at once cannot both take what is left for one. Where finance
    allowed the claim to go over budget, the BudgetOverride then says by how much it did. In a programme without budget
    lines nothing is checked. Raises OverBudgetError with how far over; BudgetError where no line was chosen, where the
    line is closed, or where `by` themselves allowed the claim to go over.
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
    others = line.claims.filter(status__in=AGREED).exclude(pk=claim.pk).aggregate(pence=Sum(COST, default=0))
    over_pence = others["pence"] + pence - line.amount_pence
    if not pence or over_pence <= 0:
        return
    override = claim.budget_overrides.filter(line=line, over_by_pence=None).order_by("-up_to_pence").first()
    if override is None or override.up_to_pence < over_pence:
        raise OverBudgetError(claim, line, over_pence)
    if override.by_id == by.person.pk:
        raise BudgetError(
            _("You let %(reference)s go over budget, so somebody else approves it.") % {"reference": claim.reference}
        )
    override.over_by_pence = over_pence
    override.save(update_fields=["over_by_pence"])


def budget_blockers(claims, by):
    """Say why the budget does not allow each of `claims` to be approved in full, one after the other, by claim id.

    Claims that fit are left out. Each claim needs its programme and lines prefetched. Three queries, however many.
    """
    with_budget = set(
        BudgetLine.objects.filter(programme__in={claim.programme_id for claim in claims}).values_list(
            "programme", flat=True
        )
    )
    lines = BudgetLine.objects.with_figures().in_bulk({claim.budget_line_id for claim in claims} - {None})
    unused = BudgetOverride.objects.filter(claim__in=[claim.pk for claim in claims], over_by_pence=None)
    overrides = {(override.claim_id, override.line_id): override for override in unused.order_by("up_to_pence")}
    free_pence = {pk: line.free_pence for pk, line in lines.items()}
    against = {}
    for claim in claims:
        line = lines.get(claim.budget_line_id) if claim.budget_line_id else None
        if line is None:
            if claim.programme_id in with_budget:
                against[claim.pk] = _("It is on no budget line yet.")
            continue
        pence = sum(claim_line.amount_pence for claim_line in claim.lines.all())
        over_pence = pence - free_pence[line.pk]
        override = overrides.get((claim.pk, line.pk))
        if line.closed:
            against[claim.pk] = closed_line(line)
        elif over_pence <= 0:
            free_pence[line.pk] -= pence
        elif override is None or override.up_to_pence < over_pence:
            against[claim.pk] = _("It would take %(line)s %(over)s over budget.") % {
                "line": line,
                "over": pounds(over_pence),
            }
        elif override.by_id == by.person.pk:
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
    """Say that a budget line is closed, to refuse it."""
    return _("The budget line %(line)s is closed. Choose another one.") % {"line": line}


def lock_line(pk):
    """Lock the budget line `pk` until the transaction ends, and return it."""
    # Not FOR UPDATE: a claim that is only being sent points to the line, and need not wait.
    return BudgetLine.objects.select_for_update(no_key=True).get(pk=pk)
