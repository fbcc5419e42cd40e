"""A person's own claims: where the money is, what the claim says, sending it, answering."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments import calculations, making_queries, own_record, queries, recognition, rules, wording
from payments.actions import claims as actions
from payments.forms.claims import AnswerForm, DeclarationForm
from payments.models import Claim, Document, Receipt
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError

from . import checking, keeping
from .guards import claim_for, fillable_claim_for, own_claim_for
from .recognition import panel

PER_PAGE = 20
# While a claim is in one of these, the day we promised is worth saying under its steps.
PROMISED = {Claim.Status.SUBMITTED, Claim.Status.APPROVED, Claim.Status.PARTLY_APPROVED, Claim.Status.IN_RUN}


@require_safe
@login_required
def my_claims(request):
    """The reader's claims, newest first: where each is, and when the money comes."""
    page = Paginator(queries.claims_of_person(request.user.person), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    cards = [claim_card(claim, today) for claim in page]
    can_start = making_queries.programmes_of_claimant(request.user.person).exists()
    return render(request, "payments/claims/mine.html", {"page": page, "cards": cards, "can_start": can_start})


def claim_card(claim, today):
    """A claim as `components/card.html` draws it."""
    return {
        "title": claim.description,
        "url": claim.get_absolute_url(),
        "meta": f"{claim.reference} · {long_date(claim.activity_date)}",
        "figure": claim.total_pence,
        "text": money_sentence(claim, today),
        "tag": {"label": claim.get_status_display(), "status": claim.status},
    }


def money_sentence(claim, today):
    """Where the money of a claim is, in one sentence."""
    status = Claim.Status
    if claim.status == status.DRAFT:
        return _("Look at it and send it to us.")
    if claim.status == status.WITHDRAWN:
        return _("You took this claim back, or it was closed.")
    if claim.status == status.PAID:
        return _("Paid on %(day)s.") % {"day": long_date(claim.paid_on)}
    if claim.owed_pence == 0:
        return recognition.nothing_owed(claim)
    if claim.status == status.DECLINED:
        return _("We did not approve this claim. Open it to read why.")
    if claim.status == status.PAYMENT_FAILED:
        sentence = _("The bank sent the money back. Check your bank details, so that we can pay you again.")
        return f"{sentence} {_late(claim)}" if claim.is_overdue(today) else sentence
    if claim.is_overdue(today):
        return _late(claim)
    if claim.status == status.RETURNED:
        return _("Please answer our question, so that we can go on.")
    if recognition.asks_for_nothing(claim):
        return _("We are checking it. There is nothing to pay, as you chose.")
    return _("We will pay you by %(day)s.") % {"day": long_date(claim.pay_by)}


def _late(claim):
    return _("This is late. We promised to pay you by %(day)s.") % {"day": long_date(claim.pay_by)}


@require_safe
@login_required
def claim(request, pk):
    """One claim: for its owner where the money is; for those who check it, everything they need to decide."""
    claim = claim_for(request, pk)
    filling_in = claim.is_editable and rules.fills_in_for(request.user, claim)
    if not rules.is_own(request.user, claim) and not filling_in:
        return checking.show(request, claim)
    return show(request, claim, AnswerForm())


def show(request, claim, answer_form, status=200):
    """The page of a claim for its owner, and for staff who fill it in for them."""
    today = timezone.localdate()
    can_edit = bool(rules.can_edit(request.user, claim))
    totals = totals_of(claim)
    overdue, question = claim.is_overdue(today), queries.open_question(claim)
    sent = claim.status not in {Claim.Status.DRAFT, Claim.Status.WITHDRAWN}
    context = {
        "claim": claim,
        "lines": line_rows(claim, can_edit),
        "totals": totals,
        "can_edit": can_edit,
        "can_withdraw": bool(rules.can_withdraw(request.user, claim)),
        "can_ask_again": bool(rules.can_ask_again(request.user, claim)),
        "can_reopen": bool(rules.can_reopen(request.user, claim)),
        "steps": queries.timeline(claim) if sent else [],
        "promise": "" if overdue or claim.status not in PROMISED else money_sentence(claim, today),
        "overdue": overdue,
        "question": question,
        # The question, and why the claim was not approved, stand at the top of the page.
        "conversation": [note for note in claim.notes.all() if note != question and not _is_the_decision(note, claim)],
        "form": answer_form,
        "claim_until": queries.claim_until(claim),
        "too_late": queries.claim_until(claim) < today,
        "when_paid": wording.when_paid(claim.policy),
        "letter": letter_of(claim),
        "for_somebody": not rules.is_own(request.user, claim),
        "journey": making_queries.last_journey(claim) if can_edit else None,
        **(keeping.kept(request, answer_form, page=claim.get_absolute_url()) if question else {}),
        **panel(request.user, claim),
    }
    return render(request, "payments/claims/claim.html", context, status=status)


def _is_the_decision(note, claim):
    return claim.status == Claim.Status.DECLINED and note.written_at == claim.declined_at


def totals_of(claim):
    """The Totals of a claim's lines."""
    return calculations.totals((line.is_time, line.amount_pence) for line in claim.lines.all())


def letter_of(claim):
    """The letter that came with the payment of a paid claim, or None."""
    if claim.status != Claim.Status.PAID or not claim.live_items:
        return None
    return claim.live_items[0].payment.documents.filter(kind=Document.Kind.REMITTANCE).order_by("-version").first()


def line_rows(claim, can_edit):
    """The lines of a claim with their receipts, as `payments/claims/lines.html` draws them."""
    missing = {line.pk for line, _refused in queries.lines_without_receipt(claim)}
    rows = []
    for line in claim.lines.all():
        change = can_edit and not line.is_time
        receipts = list(line.receipts.all())
        rule = claim.policy.expense_rule_for(line.expense_kind) if change else None
        takes_receipt = bool(receipts) or (rule is not None and rule.receipt_needed)
        for receipt in receipts:
            args = [claim.pk, line.pk, receipt.pk]
            receipt.remove_url = reverse("claim_receipt_remove", args=args) if change else ""
        rows.append(
            {
                "line": line,
                "receipts": receipts,
                "refused": next((r for r in receipts if r.status == Receipt.Status.REFUSED), None),
                "receipt_missing": line.pk in missing and not receipts,
                "change_url": reverse("claim_line_edit", args=[claim.pk, line.pk]) if change else "",
                "receipt_url": reverse("claim_line_receipt", args=[claim.pk, line.pk])
                if change and takes_receipt
                else "",
                "remove_url": reverse("claim_line_remove", args=[claim.pk, line.pk]) if change else "",
            }
        )
    return rows


@require_safe
@login_required
def claim_check(request, pk):
    """ "Check your answers" before sending."""
    claim = fillable_claim_for(request, pk)
    ruling = rules.can_submit(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    return _check_page(request, claim, _declaration(request, claim))


@require_POST
@login_required
def claim_submit(request, pk):
    """Send the claim."""
    claim = fillable_claim_for(request, pk)
    form = _declaration(request, claim, request.POST)
    if form.is_valid():
        try:
            actions.submit(claim=claim, by=request.user, late_reason=form.cleaned_data.get("late_reason", ""))
        except ActionError as error:
            error.add_to(form)
        else:
            keeping.forget(request, page=reverse("claim_check", args=[claim.pk]))
            return _after_sending(request, claim)
    if claim.status != Claim.Status.DRAFT:
        messages.warning(request, rules.can_submit(request.user, claim).why_not)
        return redirect(claim)
    return _check_page(request, claim, form)


def _declaration(request, claim, data=None):
    return DeclarationForm(
        data,
        has_expenses=totals_of(claim).expenses > 0,
        cancelled=claim.is_for_cancelled,
        late=making_queries.days_late(claim, timezone.localdate()) > 0,
        name="" if rules.is_own(request.user, claim) else claim.person.full_name,
    )


def _after_sending(request, claim):
    if rules.is_own(request.user, claim):
        return redirect("claim_sent", pk=claim.pk)
    claim.refresh_from_db()
    if making_queries.must_be_told(claim):
        messages.success(request, _("The claim is sent. Now tell %(name)s.") % {"name": claim.person})
        return redirect("claim_told", pk=claim.pk)
    messages.success(request, _("The claim is sent, and we emailed %(name)s what is on it.") % {"name": claim.person})
    return redirect(claim)


def _check_page(request, claim, form, status=200):
    context = {
        "for_somebody": not rules.is_own(request.user, claim),
        "claim_until": queries.claim_until(claim),
        **keeping.kept(request, form, page=reverse("claim_check", args=[claim.pk])),
        "claim": claim,
        "lines": line_rows(claim, can_edit=True),
        "totals": totals_of(claim),
        "form": form,
        "when_paid": wording.when_paid(claim.policy),
        "passed": own_record.passed_with(request.user, claim),
        **panel(request.user, claim),
    }
    return render(request, "payments/claims/check.html", context, status=status)


@require_safe
@login_required
def claim_sent(request, pk):
    """Sent: what happens next, and by when the money comes."""
    claim = own_claim_for(request, pk)
    if claim.status not in {Claim.Status.SUBMITTED, Claim.Status.APPROVED}:
        return redirect(claim)
    next_steps = [
        _("We check your claim. If we have a question, we send you an email."),
        _("When it is approved, finance puts it in the next payment run."),
        _("We will pay you by %(day)s.") % {"day": long_date(claim.pay_by)},
    ]
    if not recognition.shares_of(claim).owed:
        next_steps[1:] = [_("There is nothing to pay, as you chose or because you had it before.")]
    return render(
        request, "payments/claims/sent.html", {"claim": claim, "next_steps": next_steps, "totals": totals_of(claim)}
    )


@require_POST
@login_required
def claim_answer(request, pk):
    """Answer the question on a returned claim, which sends it again."""
    claim = fillable_claim_for(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(claim=claim, by=request.user, answer=form.cleaned_data["answer"])
        except ActionError as error:
            error.add_to(form)
        else:
            keeping.forget(request, page=claim.get_absolute_url())
            messages.success(request, _("Thank you. Your claim has been sent again and kept its place."))
            return redirect(claim)
    return show(request, claim, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_withdraw(request, pk):
    """Take a claim back, after being asked once more."""
    claim = fillable_claim_for(request, pk)
    if request.method == "POST":
        try:
            actions.withdraw(claim=claim, by=request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You took this claim back. You can start it again if you change your mind."))
        return redirect(claim)
    ruling = rules.can_withdraw(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    return render(request, "payments/claims/withdraw.html", {"claim": claim, "totals": totals_of(claim)})


@require_POST
@login_required
def claim_reopen(request, pk):
    """Start a claim again that was taken back."""
    claim = fillable_claim_for(request, pk)
    try:
        actions.reopen(claim=claim, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your claim is open again. Look at it and send it."))
    return redirect(claim)
