"""Parts that pages of a claim share: its budget line, and where its money goes."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from payments.advances import queries as advance_queries
from payments.budgets import queries as budget_queries
from payments.budgets import rules as budget_rules
from payments.budgets.models import WAITING, BudgetLine, BudgetOverride
from payments.budgets.views.claims import asked_pence
from payments.budgets.wording import left_in_words
from payments.claims import rules as claim_rules
from payments.claims import shares as claim_shares
from payments.claims.models.claim import Claim
from payments.recognition import queries as recognition_queries
from people.models import User


@dataclass
class BudgetPanel:
    """The budget line of a claim (from `whole_claim`) for `user`, for `payments/budgets/on_claim.html`."""

    claim: Claim
    user: User

    @cached_property
    def line(self):
        """The BudgetLine with its figures, or None where none is chosen yet."""
        if self.claim.budget_line_id is None:
            return None
        line = BudgetLine.objects.with_figures().get(pk=self.claim.budget_line_id)
        line.programme = self.claim.programme
        return line

    @property
    def left(self):
        """The sentence on what is left of the line; "" without a line."""
        return left_in_words(self.line.left_pence) if self.line else ""

    @cached_property
    def over_pence(self):
        """The pence by which a waiting claim takes the line over its amount if all of it is approved, else None."""
        if self.line is None or self.claim.status not in WAITING:
            return None
        return max(0, asked_pence(self.claim) - self.line.free_pence)

    @cached_property
    def overrides(self):
        """The BudgetOverrides by which finance let this claim go over a line."""
        return list(BudgetOverride.objects.filter(claim=self.claim).select_related("by", "line"))

    @property
    def is_allowed(self):
        """Whether finance allowed all of what the claim goes over its line, and that is still to be used."""
        unused = [override for override in self.overrides if override.over_by_pence is None]
        here = [override.up_to_pence for override in unused if override.line_id == self.claim.budget_line_id]
        return bool(self.over_pence) and max(here, default=0) >= self.over_pence

    @cached_property
    def may(self):
        return BudgetPermissions(self.claim, self.user)


@dataclass
class BudgetPermissions:
    """The permissions of `user` on the budget line of a claim: a Ruling each."""

    claim: Claim
    user: User

    @cached_property
    def choose(self):
        return budget_rules.can_choose_budget_line(self.user, self.claim)

    @cached_property
    def override(self):
        return budget_rules.can_override_budget(self.user, self.claim)


def budget_panel(claim, user):
    """Make the budget panel of a claim; None where its programme has no budget lines."""
    if claim.budget_line_id is None and not budget_queries.has_budget(claim.programme_id):
        return None
    return BudgetPanel(claim, user)


@dataclass
class RecognitionPanel:
    """The parts of the money of a claim for `user`, for `payments/recognition/panel.html`."""

    claim: Claim
    user: User

    @property
    def is_own(self):
        return claim_rules.is_own(self.user, self.claim)

    @property
    def wish(self):
        """The payment the person chose, in words."""
        claim = self.claim
        return recognition_queries.in_words(claim.recognition, claim.recognition_pence, claim.recognition_offer)

    @property
    def takes_all(self):
        return self.claim.recognition == Claim.Recognition.ALL

    @property
    def fee_pence(self):
        """The amount the claim asks for time."""
        return sum(line.amount_pence for line in self.claim.lines.all() if line.is_time)

    @cached_property
    def shares(self):
        """The Shares of the money; [] where all of it is paid to the person, as there is nothing to explain."""
        lines = claim_shares.share_lines(self.claim, claim_shares.shares_of(self.claim), self.is_own)
        return [] if [line.key for line in lines] == ["money"] else lines

    @cached_property
    def nothing_owed(self):
        """The sentence that says why nothing is paid for an approved claim; "" where something is."""
        return claim_shares.nothing_owed(self.claim) if self.claim.owed_pence == 0 else ""

    @cached_property
    def is_no_longer_offered(self):
        """Whether the person has to choose again, as the programme stopped offering what they chose."""
        return self.is_own and self.claim.approved_pence is None and claim_shares.no_longer_offered(self.claim)

    @cached_property
    def may_choose(self):
        return claim_rules.can_choose_for_claim(self.user, self.claim)

    @cached_property
    def bookings(self):
        """The Bookings the programme paid for the same activity."""
        return advance_queries.bookings_for(self.claim)

    @cached_property
    def claimed_as_well(self):
        """The lines of the claim that may be for something in `bookings`."""
        return advance_queries.claimed_as_well(self.claim.lines.all(), self.bookings)


def recognition_panel(claim, user):
    """Make the panel that shows where the money of a claim goes; None for a reader who may not see that."""
    return RecognitionPanel(claim, user) if claim_rules.can_see_shares(user, claim) else None
