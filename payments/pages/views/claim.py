"""The page of a claim: for its person, and for staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.models import Attendance
from payments.approval import queries as approval_queries
from payments.approval import rules as approval_rules
from payments.approval.warnings import warnings_of
from payments.autosave import views as autosave_views
from payments.claims import queries as claim_queries
from payments.claims import rules as claim_rules
from payments.claims import shares
from payments.claims.actions import sending
from payments.claims.forms.claims import AnswerForm, DeclarationForm
from payments.claims.guards import claim_for, fillable_claim_for, own_claim_for
from payments.claims.models.claim import Claim
from payments.claims.models.receipts import Receipt
from payments.claims.views.mine import PROMISED, line_rows, money_sentence, totals_of
from payments.my_record import queries as record_queries
from payments.pages import queries
from payments.pages.views.claim_parts import budget_panel, recognition_panel
from payments.policy import calculations
from payments.policy import wording as policy_wording
from payments.runs import rules as run_rules
from payments.runs.models.documents import Document
from people.models import Person
from programmes.programme.rules import can_see_access_needs
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError


@require_safe
@login_required
def claim(request, pk):
    """One claim: for its owner where the money is; for those who check it, everything they need to decide."""
    claim = claim_for(request, pk)
    filling_in = claim.is_editable and claim_rules.fills_in_for(request.user, claim)
    if not claim_rules.is_own(request.user, claim) and not filling_in:
        return show_to_staff(request, claim)
    return show_to_person(request, claim, AnswerForm())


def show_to_person(request, claim, answer_form, status=200):
    """The page of a claim for its owner, and for staff who fill it in for them."""
    queries.with_payments(claim)
    today = timezone.localdate()
    can_edit = bool(claim_rules.can_edit(request.user, claim))
    totals = totals_of(claim)
    overdue, question = claim.is_overdue(today), claim_queries.open_question(claim)
    sent = claim.status not in {Claim.Status.DRAFT, Claim.Status.WITHDRAWN}
    context = {
        "claim": claim,
        "lines": line_rows(claim, can_edit),
        "totals": totals,
        "can_edit": can_edit,
        "can_withdraw": bool(claim_rules.can_withdraw(request.user, claim)),
        "can_ask_again": bool(claim_rules.can_ask_again(request.user, claim)),
        "can_reopen": bool(claim_rules.can_reopen(request.user, claim)),
        "steps": queries.timeline(claim) if sent else [],
        "promise": "" if overdue or claim.status not in PROMISED else money_sentence(claim, today),
        "overdue": overdue,
        "question": question,
        # The question, and why the claim was not approved, stand at the top of the page.
        "conversation": [note for note in claim.notes.all() if note != question and not _is_the_decision(note, claim)],
        "form": answer_form,
        "claim_until": claim_queries.claim_until(claim),
        "too_late": claim_queries.claim_until(claim) < today,
        "when_paid": policy_wording.when_paid(claim.policy),
        "letter": letter_of(claim),
        "for_somebody": not claim_rules.is_own(request.user, claim),
        "journey": claim_queries.last_journey(claim) if can_edit else None,
        **(autosave_views.kept(request, answer_form, page=claim.get_absolute_url()) if question else {}),
        **recognition_panel(request.user, claim),
    }
    return render(request, "payments/pages/claim.html", context, status=status)


def _is_the_decision(note, claim):
    return claim.status == Claim.Status.DECLINED and note.written_at == claim.declined_at


def letter_of(claim):
    """The letter that came with the payment of a paid claim, or None."""
    if claim.status != Claim.Status.PAID or not claim.live_items:
        return None
    return claim.live_items[0].payment.documents.filter(kind=Document.Kind.REMITTANCE).order_by("-version").first()


@require_safe
@login_required
def claim_check(request, pk):
    """ "Check your answers" before sending."""
    claim = fillable_claim_for(request, pk)
    ruling = claim_rules.can_submit(request.user, claim)
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
            sending.submit(claim=claim, by=request.user, late_reason=form.cleaned_data.get("late_reason", ""))
        except ActionError as error:
            error.add_to(form)
        else:
            autosave_views.forget(request, page=reverse("claim_check", args=[claim.pk]))
            return _after_sending(request, claim)
    if claim.status != Claim.Status.DRAFT:
        messages.warning(request, claim_rules.can_submit(request.user, claim).why_not)
        return redirect(claim)
    return _check_page(request, claim, form)


def _declaration(request, claim, data=None):
    return DeclarationForm(
        data,
        has_expenses=totals_of(claim).expenses > 0,
        cancelled=claim.is_for_cancelled,
        late=claim_queries.days_late(claim, timezone.localdate()) > 0,
        name="" if claim_rules.is_own(request.user, claim) else claim.person.full_name,
    )


def _after_sending(request, claim):
    if claim_rules.is_own(request.user, claim):
        return redirect("claim_sent", pk=claim.pk)
    claim.refresh_from_db()
    if claim_queries.must_be_told(claim):
        messages.success(request, _("The claim is sent. Now tell %(name)s.") % {"name": claim.person})
        return redirect("claim_told", pk=claim.pk)
    messages.success(request, _("The claim is sent, and we emailed %(name)s what is on it.") % {"name": claim.person})
    return redirect(claim)


def _check_page(request, claim, form, status=200):
    context = {
        "for_somebody": not claim_rules.is_own(request.user, claim),
        "claim_until": claim_queries.claim_until(claim),
        **autosave_views.kept(request, form, page=reverse("claim_check", args=[claim.pk])),
        "claim": claim,
        "lines": line_rows(claim, can_edit=True),
        "totals": totals_of(claim),
        "form": form,
        "when_paid": policy_wording.when_paid(claim.policy),
        "passed": record_queries.periods_over_limit(request.user, claim),
        **recognition_panel(request.user, claim),
    }
    return render(request, "payments/pages/check.html", context, status=status)


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
    if not shares.shares_of(claim).owed:
        next_steps[1:] = [_("There is nothing to pay, as you chose or because you had it before.")]
    return render(
        request, "payments/pages/sent.html", {"claim": claim, "next_steps": next_steps, "totals": totals_of(claim)}
    )


@require_POST
@login_required
def claim_answer(request, pk):
    """Answer the question on a returned claim, which sends it again."""
    claim = fillable_claim_for(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            sending.answer(claim=claim, by=request.user, answer=form.cleaned_data["answer"])
        except ActionError as error:
            error.add_to(form)
        else:
            autosave_views.forget(request, page=claim.get_absolute_url())
            messages.success(request, _("Thank you. Your claim has been sent again and kept its place."))
            return redirect(claim)
    return show_to_person(request, claim, form)


def show_to_staff(request, claim):
    """A claim for those who check it or pay it."""
    queries.with_payments(claim)
    user, today = request.user, timezone.localdate()
    ruling = approval_rules.can_approve(user, claim)
    lines = list(claim.lines.all())
    attendance = Attendance.objects.filter(event=claim.event_id, person=claim.person_id).first()
    receipts = [receipt for line in lines for receipt in line.receipts.all()]
    warnings = warnings_of(claim, user) if claim.status == Claim.Status.SUBMITTED else []
    sees_notes = bool(approval_rules.can_see_notes(user, claim))
    context = {
        "claim": claim,
        "person": claim.person,
        "can_see_person": Person.objects.visible_to(user).filter(pk=claim.person_id).exists(),
        "needs": [str(need) for need in claim.person.access_needs.all()]
        if can_see_access_needs(user, claim.programme)
        else [],
        "lines": lines,
        "covered_by_need": claim_queries.covered_by_need(claim) if can_see_access_needs(user, claim.programme) else [],
        "totals": calculations.totals((line.is_time, line.amount_pence) for line in lines),
        "attendance": attendance,
        # A claim taken back is not on its way anywhere.
        "steps": [] if claim.status == Claim.Status.WITHDRAWN else queries.timeline(claim, to_person=False),
        "overdue": claim.is_overdue(today),
        "late": claim_queries.is_late(claim),
        "days_late": claim_queries.days_late(claim, timezone.localdate(claim.submitted_at or timezone.now())),
        "notices": list(claim.notices.select_related("by")) if claim.entered_by_id else [],
        "to_tell": bool(claim.entered_by_id) and bool(claim_rules.can_tell(user, claim)),
        "claim_until": claim_queries.claim_until(claim),
        "history": approval_queries.history(claim, with_staff_notes=sees_notes),
        "warnings": warnings,
        # Whoever approves it says why, so one press is not enough.
        "needs_reason": any(warning.needs_reason for warning in warnings) and not claim.duplicate_reason,
        "agreed_once": sum(line.approved_pence or 0 for line in lines),
        "being_checked": any(receipt.status == Receipt.Status.CHECKING for receipt in receipts),
        "missing": claim_queries.lines_without_receipt(claim),
        "ruling": ruling,
        "can_approve": bool(ruling),
        "can_decline": bool(approval_rules.can_decline(user, claim)),
        "can_note": bool(approval_rules.can_note(user, claim)),
        "can_return": bool(approval_rules.can_return(user, claim)),
        "budget": budget_panel(user, claim),
        "run": claim.live_items[0].payment.run if claim.live_items else None,
        "can_see_runs": bool(run_rules.can_see_runs(user, claim.programme)),
        **recognition_panel(user, claim),
    }
    return render(request, "payments/pages/claim_to_check.html", context)
