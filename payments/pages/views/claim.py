"""The page of a claim: for its person, and for staff."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.approval.models import StaffNote
from payments.approval.views.walking import walk_of
from payments.autosave import views as autosave_views
from payments.claims import hooks, shares
from payments.claims import queries as claim_queries
from payments.claims import rules as claim_rules
from payments.claims.actions import sending
from payments.claims.forms.claims import AnswerForm, DeclarationForm
from payments.claims.guards import claim_for, fillable_claim_for, own_claim_for
from payments.claims.models.claim import Claim
from payments.claims.views.mine import money_sentence, totals_of
from payments.pages import queries
from payments.pages.claim import CheckAnswersPage, PersonClaimPage, StaffClaimPage
from people.messages import wording as message_wording
from people.privacy.looking import note_looks, shows
from people.privacy.models import Look
from wellbeing.lib.form_pages import attempt, button_page, read_page


@read_page
@shows(Look.Kind.NOTES)
def claim(request, pk):
    """Show one claim: to its owner where the money is; to those who check it, everything they need to decide."""
    claim = claim_for(request, pk)
    filling_in = claim.is_editable and claim_rules.fills_in_for(request.user, claim)
    if not claim_rules.is_own(request.user, claim) and not filling_in:
        return show_to_staff(request, claim)
    return show_to_person(request, claim, AnswerForm())


def show_to_person(request, claim, form):
    """Show a claim to its person, or to staff who fill it in for them."""
    page = PersonClaimPage(queries.with_payments(claim), request.user, form)
    kept = autosave_views.kept(request, form, page=claim.get_absolute_url()) if page.question else {}
    # The frame of the page looks for forms with errors in the context.
    return render(request, "payments/pages/claim.html", {"page": page, "form": form, **kept})


def show_to_staff(request, claim):
    """Show a claim to those who check it or pay it."""
    page = StaffClaimPage(queries.with_payments(claim), request.user)
    if page.may.see_notes:
        note_looks(
            request.user, StaffNote.objects.filter(claim=claim).values_list("claim__person", flat=True), Look.Kind.NOTES
        )
    return render(request, "payments/pages/claim_to_check.html", {"page": page, "walk": walk_of(request, claim)})


@read_page
def claim_check(request, pk):
    """Show "Check your answers" before sending."""
    claim = fillable_claim_for(request, pk)
    ruling = claim_rules.can_submit(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    return show_answers(request, claim, _declaration(request, claim))


@button_page
def claim_submit(request, pk):
    """Send the claim."""
    claim = fillable_claim_for(request, pk)
    form = _declaration(request, claim, request.POST)
    if attempt(form, lambda: _send(request, claim, form)):
        autosave_views.forget(request, page=reverse("claim_check", args=[claim.pk]))
        return _after_sending(request, claim)
    if claim.status != Claim.Status.DRAFT:
        messages.warning(request, claim_rules.can_submit(request.user, claim).why_not)
        return redirect(claim)
    return show_answers(request, claim, form)


def _send(request, claim, form):
    try:
        return sending.submit(
            claim=claim,
            by=request.user,
            late_reason=form.cleaned_data.get("late_reason", ""),
            total=form.cleaned_data["total"],
        )
    except sending.TotalChangedError as error:
        form.agree_anew(error.pence)
        raise


def _declaration(request, claim, data=None):
    return DeclarationForm(
        data,
        initial={"total": totals_of(claim).total},
        has_expenses=totals_of(claim).expenses > 0,
        cancelled=claim.is_for_cancelled,
        late=claim_queries.days_late(claim, timezone.localdate()) > 0,
        name="" if claim_rules.is_own(request.user, claim) else claim.person.full_name,
    )


def _after_sending(request, claim):
    if claim_rules.is_own(request.user, claim):
        return redirect("claim_sent", pk=claim.pk)
    claim.refresh_from_db()
    notice = claim_queries.notices_of(claim)[0]
    messages.success(request, _("The claim is sent. %(told)s") % {"told": message_wording.said(notice)})
    if notice.latest.is_by_hand:
        return redirect("message", notice.latest.pk)
    return redirect(claim)


def show_answers(request, claim, form):
    """Show "Check your answers", with the declaration to send."""
    kept = autosave_views.kept(request, form, page=reverse("claim_check", args=[claim.pk]))
    page = CheckAnswersPage(claim, request.user, form)
    return render(request, "payments/pages/check.html", {"page": page, "form": form, **kept})


@read_page
def claim_sent(request, pk):
    """Say that the claim was sent, what happens next, and by when the money comes."""
    claim = own_claim_for(request, pk)
    if claim.status not in {Claim.Status.SUBMITTED, Claim.Status.APPROVED}:
        return redirect(claim)
    known = hooks.is_known_where_to_pay(claim.person)
    next_steps = [
        _("We will check your claim. If we have a question, we will write to you."),
        _("If we approve it, finance puts it in the next payment run."),
        money_sentence(claim, timezone.localdate(), known),
    ]
    if not shares.shares_of(claim).owed:
        next_steps[1:] = [_("There is nothing to pay, as you chose or because you had it before.")]
    context = {
        "claim": claim,
        "next_steps": next_steps,
        "totals": totals_of(claim),
        "where": hooks.where_sentence(claim),
        "known": known,
    }
    return render(request, "payments/pages/sent.html", context)


@button_page
def claim_answer(request, pk):
    """Answer the question on a returned claim, which sends it again."""
    claim = fillable_claim_for(request, pk)
    form = AnswerForm(request.POST)
    if attempt(form, lambda: sending.answer(claim=claim, by=request.user, answer=form.cleaned_data["answer"])):
        autosave_views.forget(request, page=claim.get_absolute_url())
        messages.success(request, _("Thank you. Your claim has been sent again and kept its place."))
        return redirect(claim)
    return show_to_person(request, claim, form)
