"""A person's own claims: the list, its cards, withdrawing and opening again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import hooks, queries, rules, shares
from payments.claims.actions import sending
from payments.claims.guards import fillable_claim_for
from payments.claims.models.claim import Claim
from payments.claims.models.receipts import Receipt
from payments.claims.wording import why_no_receipt
from payments.policy import calculations
from wellbeing.lib.dates import long_date
from wellbeing.lib.form_pages import attempt_button, button_page, form_page, read_page
from wellbeing.lib.money import pounds

PER_PAGE = 20
# In the address of the page for a receipt: its person came from "Check your answers" and goes back there.
CHECK = "check"
# While a claim is in one of these, the day we promised is worth saying under its steps.
PROMISED = {Claim.Status.SUBMITTED, Claim.Status.APPROVED, Claim.Status.PARTLY_APPROVED, Claim.Status.IN_RUN}


@read_page
def my_claims(request):
    """List the reader's claims, newest first: where each is, and when the money comes."""
    page = Paginator(queries.claims_of_person(request.user.person), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    known = hooks.is_known_where_to_pay(request.user.person)
    cards = [claim_card(claim, today, known) for claim in page]
    can_start = queries.programmes_of_claimant(request.user.person).exists()
    return render(request, "payments/claims/mine.html", {"page": page, "cards": cards, "can_start": can_start})


def claim_card(claim, today, known):
    """Describe a claim for `components/card.html`; `known` says whether its person has told us where to pay them.

    The figure of a paid claim is what its person got, otherwise what they asked for.
    """
    paid = claim.status == Claim.Status.PAID
    return {
        "title": claim.description,
        "url": claim.get_absolute_url(),
        "meta": f"{claim.reference} · {long_date(claim.activity_date)}",
        "figure": claim.money_pence + claim.payroll_pence + claim.voucher_pence if paid else claim.total_pence,
        "text": money_sentence(claim, today, known),
        "tag": {"label": claim.get_status_display(), "status": claim.status},
    }


def money_sentence(claim, today, known):
    """Say where the money of a claim is; `known` says whether its person has told us where to pay them."""
    status = Claim.Status
    if claim.status == status.DRAFT:
        return _("Look at it and send it to us.")
    if claim.status == status.WITHDRAWN:
        return _("You withdrew this claim.") if claim.withdrawn_by_id == claim.person_id else _("We closed this claim.")
    if claim.status == status.PAID:
        return " ".join([_("Paid on %(day)s.") % {"day": long_date(claim.paid_on)}, *_what_it_came_to(claim)])
    if claim.owed_pence == 0:
        return shares.nothing_owed(claim)
    if claim.status == status.DECLINED:
        return _("We did not approve this claim. Open it to read why.")
    if claim.status == status.PAYMENT_FAILED:
        sentence = _("The money came back to us. Check how we pay you, so that we can pay you again.")
        return f"{sentence} {late_note(claim)}" if claim.is_overdue(today) else sentence
    if claim.is_overdue(today):
        return late_note(claim)
    if claim.status == status.RETURNED:
        return _("Please answer our question so we can deal with your claim.")
    if shares.expects_no_payment(claim):
        return _("We are checking it. There is nothing to pay, as you chose.")
    day = {"day": long_date(claim.pay_by)}
    if claim.status == status.SUBMITTED:
        if known:
            return _("If we approve it, we will pay you by %(day)s.") % day
        return _("Tell us where to pay you. If we approve it, we can then pay you by %(day)s.") % day
    if not known:
        return _("Tell us where to pay you, so that we can pay you by %(day)s.") % day
    return _("We will pay you by %(day)s.") % day


def _what_it_came_to(claim):
    """Say where the parts of a paid claim went, and what was asked; [] where all of it came to its person as money."""
    if claim.money_pence == claim.total_pence:
        return []
    charity = claim.recognition_offer.charity_name if claim.recognition_offer else _("charity")
    sentences = (
        (claim.money_pence, _("%(amount)s paid to you.")),
        (claim.payroll_pence, _("%(amount)s through payroll.")),
        (claim.voucher_pence, _("%(amount)s as a voucher.")),
        (claim.donation_pence, _("%(amount)s given to %(charity)s.")),
        (claim.advance_recovered_pence, _("%(amount)s you had before.")),
        (claim.total_pence, _("You claimed %(amount)s.")),
    )
    return [words % {"amount": pounds(pence), "charity": charity} for pence, words in sentences if pence]


def late_note(claim):
    return _("This is late. We promised to pay you by %(day)s.") % {"day": long_date(claim.pay_by)}


def totals_of(claim):
    """Add up the lines of a claim."""
    return calculations.totals((line.is_time, line.amount_pence) for line in claim.lines.all())


def no_receipt_url(line, claim, from_check=False):
    """Return the address where somebody says why an expense has no receipt; "" where that cannot be repaid."""
    if claim.terms.no_receipt_up_to_pence is None:
        return ""
    return reverse("claim_line_no_receipt", args=[claim.pk, line.pk]) + (f"?{CHECK}" if from_check else "")


def _hours_url(claim, line):
    """Return the address where somebody says other hours; it names the line where each day has one."""
    url = reverse("claim_hours", args=[claim.pk])
    return f"{url}?line={line.pk}" if sum(each.is_time for each in claim.lines.all()) > 1 else url


def line_rows(claim, can_edit, from_check=False):
    """Describe the lines of a claim with their receipts for `payments/claims/lines.html`.

    With `from_check` the page where a receipt is added leads back to "Check your answers".
    """
    after = f"?{CHECK}" if from_check else ""
    missing = {line.pk for line, _refused in queries.lines_without_receipt(claim)}
    can_say_hours = can_edit and claim.event_id and not claim.is_for_cancelled
    rows = []
    for line in claim.lines.all():
        change = can_edit and not line.is_time
        receipts = list(line.receipts.all())
        rule = line.expense_rule if change else None
        takes_receipt = bool(receipts) or (rule is not None and rule.receipt_needed)
        for receipt in receipts:
            args = [claim.pk, line.pk, receipt.pk]
            receipt.remove_url = reverse("claim_receipt_remove", args=args) if change else ""
        rows.append(
            {
                "line": line,
                "receipts": receipts,
                "refused": next((r for r in receipts if r.status == Receipt.Status.REFUSED), None),
                "receipt_missing": line.pk in missing,
                "why_no_receipt": why_no_receipt(line),
                "no_receipt_url": no_receipt_url(line, claim, from_check)
                if change and (line.pk in missing or line.no_receipt_reason)
                else "",
                "change_url": reverse("claim_line_edit", args=[claim.pk, line.pk]) if change else "",
                "hours_url": _hours_url(claim, line) if can_say_hours and line.is_time else "",
                "receipt_url": reverse("claim_line_receipt", args=[claim.pk, line.pk]) + after
                if change and takes_receipt
                else "",
                "remove_url": reverse("claim_line_remove", args=[claim.pk, line.pk]) if change else "",
            }
        )
    return rows


@form_page
def claim_withdraw(request, pk):
    """Take a claim back, after being asked once more."""
    claim = fillable_claim_for(request, pk)
    if request.method == "POST":
        if attempt_button(request, lambda: sending.withdraw(claim=claim, by=request.user)):
            sentence = _("You withdrew this claim. You can start it again if you change your mind.")
            if claim.looks_again_at_id is not None:
                sentence = _("You withdrew this claim. Nothing will be paid for it.")
            messages.success(request, sentence)
        return redirect(claim)
    ruling = rules.can_withdraw(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    return render(request, "payments/claims/withdraw.html", {"claim": claim, "totals": totals_of(claim)})


@button_page
def claim_reopen(request, pk):
    """Start a claim again that was taken back."""
    claim = fillable_claim_for(request, pk)
    if attempt_button(request, lambda: sending.reopen(claim=claim, by=request.user)):
        messages.success(request, _("Your claim is open again. Look at it and send it."))
    return redirect(claim)
