"""The accounting journal of a signed run: its cost by cost code and account, and where each penny came from.

Debits are the fees and expenses that were agreed (less what people did not take); credits are the money that leaves
the bank, what goes through payroll, vouchers, donations, and what had been paid in advance. They are always equal.
"""

from itertools import groupby
from operator import itemgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.bank_files import queries
from payments.bank_files.bacs import CHUNK, RunFile
from payments.bank_files.models.setup import JournalFormat, Purpose
from payments.claims import queries as claim_queries
from payments.claims.models.lines import ClaimLine
from payments.policy.models.kinds import ExpenseKind
from wellbeing.lib.money import plain_pounds
from wellbeing.lib.spreadsheets import csv_line
from wellbeing.lib.types import Pence

# The columns each package imports, as its maker or a reseller publishes them: Xero's manual journal template
# (help.xero.com, "Enter multiple manual journals using an import template"), and Sage 50's audit trail transactions
# (columns A to L, as listed by Making It Happen).
HEADINGS = {
    JournalFormat.Package.GENERIC: (
        gettext_lazy("Date"),
        gettext_lazy("Reference"),
        gettext_lazy("Account code"),
        gettext_lazy("Account"),
        gettext_lazy("Cost code"),
        gettext_lazy("Description"),
        gettext_lazy("Debit"),
        gettext_lazy("Credit"),
    ),
    JournalFormat.Package.XERO: (
        "*Narration",
        "*Date",
        "Description",
        "*AccountCode",
        "*TaxRate",
        "*Amount",
        "TrackingName1",
        "TrackingOption1",
        "TrackingName2",
        "TrackingOption2",
    ),
    JournalFormat.Package.SAGE: (
        "Type",
        "Account Reference",
        "Nominal A/C Ref",
        "Department Code",
        "Date",
        "Reference",
        "Details",
        "Net Amount",
        "Tax Code",
        "Tax Amount",
        "Exchange Rate",
        "Extra Reference",
    ),
}


class JournalError(ValueError):
    """A journal would not balance, by a fault in the approved amounts. No accountant should get it."""


class Journal(RunFile):
    """The journal of a signed run in the programme's JournalFormat `layout`, dated `on` (a date).

    With a line for each account and cost code of a claim where the layout says so, else added up over the run; credits
    are always added up. `count` is the number of lines without headings, `total_pence` the sum of the debits. Raises
    JournalError while it is read, should debits and credits differ. `missing` lists the Purposes it met that have no
    account code.
    """

    def __init__(self, run, layout, *, on):
        super().__init__(run)
        self.layout, self.on = layout, on
        self.missing = []

    def entries(self):
        """See RunFile."""
        self.missing = []
        yield csv_line(HEADINGS[self.layout.package]), 0, 0
        debits: dict[tuple[str, str], Pence] = {}
        credits: dict[tuple[str, str], Pence] = {}
        for reference, cost_code, spent, paid in _claims(self.run):
            for purpose, pence in paid:
                credits[cost_code, purpose] = credits.get((cost_code, purpose), 0) + pence
            for purpose, pence in spent:
                debits[cost_code, purpose] = debits.get((cost_code, purpose), 0) + pence
                if self.layout.by_claim and pence:
                    yield self._line(cost_code, purpose, pence, reference), 1, pence
        if sum(debits.values()) != sum(credits.values()):
            raise JournalError(f"{self.run}: debits {sum(debits.values())}, credits {sum(credits.values())}")
        if not self.layout.by_claim:
            for (cost_code, purpose), pence in sorted(debits.items()):
                if pence:
                    yield self._line(cost_code, purpose, pence), 1, pence
        for (cost_code, purpose), pence in sorted(credits.items()):
            if pence:
                # A credit is the other side of money counted above.
                yield self._line(cost_code, purpose, -pence), 1, 0

    def _line(self, cost_code, purpose, pence, claim=""):
        """Write one line; a credit has negative `pence`."""
        code = self.layout.code_for(purpose)
        if not code and purpose not in self.missing:
            self.missing.append(purpose)
        label = str(purpose_label(purpose))
        params = {"run": self.run.reference, "what": label, "claim": claim}
        about = _("%(run)s %(claim)s %(what)s") % params if claim else _("%(run)s %(what)s") % params
        cells = {
            JournalFormat.Package.GENERIC: self._generic,
            JournalFormat.Package.XERO: self._xero,
            JournalFormat.Package.SAGE: self._sage,
        }[self.layout.package]
        return csv_line(cells(cost_code, code, label, about, pence))

    def _generic(self, cost_code, code, label, about, pence):
        debit, credit = (plain_pounds(pence), "") if pence > 0 else ("", plain_pounds(-pence))
        return (self.on.isoformat(), self.run.reference, code, label, cost_code, about, debit, credit)

    def _xero(self, cost_code, code, label, about, pence):
        narration = _("Payment run %(run)s") % {"run": self.run.reference}
        tracked = (self.layout.tracking, cost_code) if self.layout.tracking and cost_code else ("", "")
        amount = plain_pounds(pence)
        return (narration, self.on.strftime("%d/%m/%Y"), about, code, self.layout.tax_code, amount, *tracked, "", "")

    def _sage(self, cost_code, code, label, about, pence):
        kind = "JD" if pence > 0 else "JC"
        # A department is a number in Sage; any other cost code stays readable in the extra reference.
        department = cost_code if cost_code.isascii() and cost_code.isdigit() and len(cost_code) <= 3 else "0"
        on, amount = self.on.strftime("%d/%m/%Y"), plain_pounds(abs(pence))
        reference = self.run.reference
        return (
            kind,
            "",
            code,
            department,
            on,
            reference,
            about[:60],
            amount,
            self.layout.tax_code,
            "0.00",
            "1",
            cost_code,
        )


def purpose_label(purpose):
    """Name a Purpose, or a kind of expense, for finance."""
    return dict(Purpose.choices).get(purpose) or dict(ExpenseKind.choices).get(purpose, purpose)


def purposes():
    """List each Purpose and kind of expense that has an account code, with its label, in the order of the form."""
    kinds = [(kind.value, kind.label) for kind in ExpenseKind]
    own = [(purpose.value, purpose.label) for purpose in Purpose]
    return [*own[:2], *kinds, *own[2:]]


def _claims(run):
    """Yield (reference, cost code, [(purpose, pence spent)], [(purpose, pence paid)]) for each claim of a run, by id.

    Two queries, however many there are: the claims and the sums of their lines come side by side, in one order.
    """
    lines = (
        ClaimLine.objects.filter(claim__payment_items__payment__run=run)
        .order_by()
        .values_list("claim_id", "category", "expense_kind")
        .annotate(pence=queries.approved_sum())
        .order_by("claim_id", "category", "expense_kind")
    )
    by_claim = groupby(lines.iterator(chunk_size=CHUNK), key=itemgetter(0))
    for item in queries.items_for_journal(run).iterator(chunk_size=CHUNK):
        claim_id, group = next(by_claim)
        if claim_id != item.claim_id:
            raise JournalError(f"{run}: the lines of claim {item.claim_id} are missing")
        sums = list(group)
        paid = [
            (Purpose.BANK if item.by_bank else Purpose.OTHER_WAY, item.amount_pence),
            (Purpose.PAYROLL, item.payroll_pence),
            (Purpose.VOUCHERS, item.voucher_pence),
            (Purpose.DONATIONS, item.donation_pence),
        ]
        if item.was_paid_before:
            # Its cost is in the journal of the run the bank sent back; the money came back into that account.
            spent = [(Purpose.RETURNED, sum(pence for _purpose, pence in paid))]
        else:
            claim = item.claim
            fee = sum(pence for _claim, category, _kind, pence in sums if category == ClaimLine.Category.TIME)
            spent = [(Purpose.FEES, fee - claim.waived_pence)]
            spent += [(kind, pence) for _claim, category, kind, pence in sums if category != ClaimLine.Category.TIME]
            paid.append((Purpose.ADVANCES, claim.advance_recovered_pence))
        yield item.claim.reference, claim_queries.cost_code_of(item.claim), spent, paid
