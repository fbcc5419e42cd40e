"""Pages on which staff decide on claims, one or many at once, and people ask to have one looked at again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.approval import queries, reasons, rules
from payments.approval.actions import decisions
from payments.approval.forms import (
    AskAgainForm,
    ChooseToApproveForm,
    DecideForm,
    DeclineForm,
    NoteForm,
    ids_asked_for,
    line_forms,
)
from payments.approval.views.listing import ticks_of
from payments.approval.views.walking import go_on, to_the_next, walk_of
from payments.approval.warnings import warnings_for, warnings_of
from payments.autosave import views as autosave_views
from payments.claims import queries as claim_queries
from payments.claims import rules as claim_rules
from payments.claims.actions import looking_again, sending
from payments.claims.forms.claims import QuestionForm
from payments.claims.guards import claim_for, own_claim_for
from payments.claims.models.claim import Claim
from payments.policy import calculations
from payments.shared.guards import programme_for
from people.messages import wording as message_wording
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_sent, posted
from wellbeing.lib.money import pounds


@button_page
def claim_approve(request, pk):
    """Approve all of a claim, or what the first approver decided, and go on to the next claim that waits."""
    claim = _claim_to_check(request, pk)
    walk = walk_of(request, claim)
    if done := attempt_button(request, lambda: decisions.approve(claim=claim, by=request.user)):
        return _approved(request, done.result, walk)
    return redirect(f"{claim.get_absolute_url()}{walk.suffix if walk else ''}")


@form_page
def claim_decide(request, pk):
    """Approve a claim line by line: all, some or nothing of each, with the reason."""
    claim = _claim_to_check(request, pk)
    ruling = rules.can_approve(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    walk = walk_of(request, claim)
    data = posted(request)
    warnings = warnings_of(claim, request.user)
    lines = line_forms(claim.lines.all(), data)
    form = DecideForm(data, claim=claim, needs_reason=any(warning.needs_reason for warning in warnings))
    if is_sent(*lines, form):
        try:
            approved = decisions.approve(
                claim=claim,
                by=request.user,
                decisions=[line.decision for line in lines],
                duplicate_reason=form.cleaned_data.get("duplicate_reason", ""),
            )
        except ActionError as error:
            error.add_to(form)
        else:
            return _approved(request, approved, walk)
    context = {
        "claim": claim,
        "line_forms": lines,
        "form": form,
        "warnings": warnings,
        "totals": calculations.totals((line.is_time, line.amount_pence) for line in claim.lines.all()),
    }
    return render(request, "payments/approval/decide.html", context)


def _approved(request, claim, walk):
    params = {"reference": claim.reference, "name": claim.person, "amount": pounds(claim.approved_pence or 0)}
    if claim.status == Claim.Status.SUBMITTED:
        sentence = _("Approved once: %(reference)s, %(name)s. A second member of staff has to approve it too.")
    elif claim.status == Claim.Status.PARTLY_APPROVED:
        sentence = _("Approved in part: %(reference)s, %(name)s, %(amount)s. Finance can pay it now. %(told)s")
        params["told"] = _said(claim)
    else:
        sentence = _("Approved: %(reference)s, %(name)s. Finance can pay it now.")
    messages.success(request, sentence % params)
    return go_on(walk, claim.programme)


def _said(claim):
    """Say how the person of a claim is told what was just decided."""
    return message_wording.said(claim_queries.notices_of(claim)[0])


@form_page
def claim_decline(request, pk):
    """Do not approve a claim, and say why."""
    claim = _claim_to_check(request, pk)
    ruling = rules.can_decline(request.user, claim)
    form = DeclineForm(posted(request))

    def work():
        decisions.decline(claim=claim, by=request.user, reason=form.cleaned_data["reason"])
        return _("Not approved: %(reference)s, %(name)s. %(told)s") % {
            "reference": claim.reference,
            "name": claim.person,
            "told": _said(claim),
        }

    return _one_form(request, claim, ruling, form, work, "payments/approval/decline.html")


@form_page
def claim_return(request, pk):
    """Return a claim to its person with a question."""
    claim = _claim_to_check(request, pk)
    ruling = rules.can_return(request.user, claim)
    form = QuestionForm(posted(request), initial={"question": _suggested_question(claim)})

    def work():
        decisions.return_with_question(claim=claim, by=request.user, question=form.cleaned_data["question"])
        return _("Your question is on the claim. %(told)s") % {"told": _said(claim)}

    return _one_form(request, claim, ruling, form, work, "payments/approval/return.html")


def _one_form(request, claim, ruling, form, work, template):
    """Ask one thing about a claim, and go on to the next; `work()` acts on it and returns the sentence to show."""
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    walk = walk_of(request, claim)
    if done := attempt(form, work):
        autosave_views.forget(request)
        messages.success(request, done.result)
        return go_on(walk, claim.programme)
    return render(request, template, {"claim": claim, "form": form, **autosave_views.kept(request, form)})


def _claim_to_check(request, pk):
    """Fetch the claim `pk` for a reader who checks claims at all. Raises Http404 or PermissionDenied."""
    claim = claim_for(request, pk)
    claim_rules.can_check_claims(request.user, claim.programme).insist(PermissionDenied)
    return claim


def _suggested_question(claim):
    refused = [line.description for line, receipt in claim_queries.lines_without_receipt(claim) if receipt]
    if not refused:
        return ""
    return _("We could not open your receipt for: %(what)s. Please send it again.") % {"what": ", ".join(refused)}


@form_page
def claim_note(request, pk):
    """Write a note on a claim for colleagues."""
    claim = claim_for(request, pk)
    rules.can_note(request.user, claim).insist(PermissionDenied)
    form = NoteForm(posted(request))
    if attempt(form, lambda: decisions.note(claim=claim, by=request.user, words=form.cleaned_data["words"])):
        autosave_views.forget(request)
        messages.success(request, _("Your note is on the claim."))
        return redirect(claim)
    context = {"claim": claim, "form": form, **autosave_views.kept(request, form)}
    return render(request, "payments/approval/note.html", context)


@form_page
def claim_ask_again(request, pk):
    """Ask to have a claim looked at again that was not approved, or not all of it."""
    claim = own_claim_for(request, pk)
    ruling = claim_rules.can_ask_again(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    form = AskAgainForm(posted(request))
    in_part = claim.is_agreed_in_part
    ask = looking_again.ask_for_the_rest if in_part else sending.ask_again
    if done := attempt(form, lambda: ask(claim=claim, by=request.user, words=form.cleaned_data["words"])):
        sentence = _("Thank you. Somebody else will now look at your claim. This will not delay your payment date.")
        if in_part:
            sentence = _("Thank you. Somebody else will now look at the rest. We pay what we agreed as we said.")
        messages.success(request, sentence)
        return redirect(done.result)
    context = {"claim": claim, "form": form, "in_part": in_part}
    return render(request, "payments/approval/ask_again.html", context)


@form_page
def claims_approve(request, slug):
    """Approve the claims ticked on the list, all or none; say first how many, how much, and what to look at."""
    programme = programme_for(request, slug, claim_rules.can_check_claims)
    form = None
    moved_on: list[Claim] = []
    ticks = ticks_of(request, programme)
    # The list sends its ticks here to be looked at; the page that shows them sends the claims to approve.
    from_list = "act" in request.POST
    if from_list:
        ticks.take_in()
    elif request.method == "POST":
        form = ChooseToApproveForm(request.POST, programme=programme, user=request.user)
        if form.is_valid():
            try:
                approved = decisions.approve_many(
                    programme=programme, claims=form.cleaned_data["claims"], by=request.user
                )
            except ActionError as error:
                error.add_to(form)
                moved_on = getattr(error, "claims", [])
            else:
                sentence = ngettext(
                    "%(n)s claim approved: %(sum)s. Finance can pay it now.",
                    "%(n)s claims approved: %(sum)s. Finance can pay them now.",
                    len(approved),
                )
                total = pounds(sum(claim.approved_pence or 0 for claim in approved))
                ticks.forget(claim.pk for claim in approved)
                messages.success(request, sentence % {"n": len(approved), "sum": total})
                return to_the_next(programme)
    ids = ticks.sent.ids if from_list else ids_asked_for(request.POST if request.method == "POST" else request.GET)
    ticked = Claim.objects.visible_to(request.user).filter(programme=programme, pk__in=ids)
    chosen = list(queries.claims_to_decide(ticked.filter(status=Claim.Status.SUBMITTED)))
    if not moved_on:
        moved_on = list(ticked.exclude(status=Claim.Status.SUBMITTED).order_by("pk"))
    warnings = warnings_for(chosen, request.user)
    against = reasons.approval_blockers(chosen, request.user, warnings)
    rows = [_row(claim, warnings, against) for claim in chosen]
    together = [row for row in rows if not row["why_not"]]
    context = {
        "programme": programme,
        "form": form,
        "together": together,
        "alone": [row for row in rows if row["why_not"]],
        "moved_on": moved_on,
        "total_pence": sum(row["total_pence"] for row in together),
        "people_count": len({row["claim"].person_id for row in together}),
    }
    return render(request, "payments/approval/many.html", context)


def _row(claim, warnings, against):
    return {
        "claim": claim,
        "total_pence": sum(line.amount_pence for line in claim.lines.all()),
        "warnings": warnings[claim.pk],
        "why_not": against.get(claim.pk, ""),
    }
