"""Parts of a claim's page: its budget line and how it is paid."""

from payments.advances import queries as advance_queries
from payments.budgets import queries as budget_queries
from payments.budgets import rules as budget_rules
from payments.budgets.models import WAITING, BudgetLine, BudgetOverride
from payments.budgets.views.claims import asked_pence
from payments.budgets.wording import left_in_words
from payments.claims import rules as claim_rules
from payments.claims import shares
from payments.claims.models.claim import Claim
from payments.recognition import queries as recognition_queries


def budget_panel(user, claim):
    """What the page of a claim (from `whole_claim`) says of its budget line; None where there are no lines.

    `over_pence` is how far a claim that waits would take the line over its amount if all of it were approved.
    """
    if claim.budget_line_id is None and not budget_queries.has_budget(claim.programme_id):
        return None
    line = over_pence = None
    if claim.budget_line_id:
        line = BudgetLine.objects.with_figures().get(pk=claim.budget_line_id)
        line.programme = claim.programme
        if claim.status in WAITING:
            over_pence = max(0, asked_pence(claim) - line.free_pence)
    allowed = list(BudgetOverride.objects.filter(claim=claim).select_related("by", "line"))
    unused = [each for each in allowed if each.over_by_pence is None and each.line_id == claim.budget_line_id]
    enough = max((each.up_to_pence for each in unused), default=0)
    return {
        "line": line,
        "left": left_in_words(line.left_pence) if line else "",
        "over_pence": over_pence,
        "is_allowed": bool(over_pence) and enough >= over_pence,
        "overrides": allowed,
        "can_choose": bool(budget_rules.can_choose_budget_line(user, claim)),
        "can_override": bool(budget_rules.can_override_budget(user, claim)),
    }


def recognition_panel(user, claim):
    """What the pages of a claim show `user` of where its money goes, as `payments/recognition/panel.html` draws it.

    Nothing for a reader whom it is no business of.
    """
    if not claim_rules.can_see_shares(user, claim):
        return {}
    own = claim_rules.is_own(user, claim)
    lines = shares.share_lines(claim, shares.shares_of(claim), own)
    bookings = advance_queries.bookings_for(claim)
    return {
        "own": own,
        "wish": recognition_queries.in_words(claim.recognition, claim.recognition_pence, claim.recognition_offer),
        "takes_all": claim.recognition == Claim.Recognition.ALL,
        "fee_pence": sum(line.amount_pence for line in claim.lines.all() if line.is_time),
        # Where all of it is paid to the person there is nothing to explain.
        "shares": [] if [line.key for line in lines] == ["money"] else lines,
        "nothing_owed": shares.nothing_owed(claim) if claim.owed_pence == 0 else "",
        "no_longer_offered": own and claim.approved_pence is None and shares.no_longer_offered(claim),
        "can_choose": bool(claim_rules.can_choose_for_claim(user, claim)),
        "bookings": bookings,
        "claimed_as_well": advance_queries.claimed_as_well(claim, bookings),
    }
