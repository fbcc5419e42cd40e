"""Add an expense, one question a page: what for, how much, the receipt. Each step is saved at once."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payments.autosave import views as autosave_views
from payments.claims import journeys, queries, rules
from payments.claims.actions import entering, filling, no_receipt, receipts
from payments.claims.forms.claims import ExpenseForm, ExpenseKindForm, NoReceiptForm, ReceiptForm
from payments.claims.guards import fillable_claim_for, line_for
from payments.claims.views.mine import CHECK, no_receipt_url
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.policy.models.kinds import ExpenseKind
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted
from wellbeing.lib.money import pounds


def _open_claim(request, pk):
    """Return the reader's claim and None, or the claim and a redirect to it, with a message, if it cannot change."""
    claim = fillable_claim_for(request, pk)
    ruling = rules.can_edit(request.user, claim)
    if ruling:
        return claim, None
    messages.warning(request, ruling.why_not)
    return claim, redirect(claim)


@form_page
def claim_expense_new(request, pk):
    """Ask what the money was spent on."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    if request.method == "POST":
        form = ExpenseKindForm(request.POST, terms=claim.terms, on=claim.activity_date)
        if form.is_valid():
            return redirect("claim_expense_cost", pk=claim.pk, kind=form.cleaned_data["kind"])
    else:
        chosen = request.GET.get("kind", "")
        form = ExpenseKindForm(terms=claim.terms, on=claim.activity_date, initial={"kind": chosen})
    context = {"claim": claim, "form": form, "back_url": claim.get_absolute_url(), "title": _("Add an expense")}
    return _page(request, context)


@form_page
def claim_expense_cost(request, pk, kind):
    """Ask how much it was, or how many miles, and add the expense."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    rules_of_kind = _rules_or_404(claim, kind)
    form = ExpenseForm(
        posted(request),
        rules=rules_of_kind,
        prior_approval=_prior_approval(claim, rules_of_kind),
        ask_above=_asked(request, claim, rules_of_kind),
        initial=_journey_before(request, claim, kind),
    )
    if done := attempt(form, lambda: filling.add_expense(claim=claim, by=request.user, kind=kind, **form.values)):
        line = done.result
        autosave_views.forget(request)
        return _after_cost(request, claim, line)
    context = {
        "claim": claim,
        "form": form,
        "title": rules_of_kind[0].label,
        "conditions": policy_wording.conditions_of_all(rules_of_kind, claim.activity_date),
        "back_url": f"{reverse('claim_expense_new', args=[claim.pk])}?kind={kind}",
        **autosave_views.kept(request, form),
    }
    return _page(request, context)


@form_page
def claim_line_edit(request, pk, line_pk):
    """Change what an expense was, or how much."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    line = line_for(claim, line_pk)
    rules_of_kind = _rules_or_404(claim, line.expense_kind)
    initial = {
        **_as_typed(line),
        "nights": line.nights,
        "hours": line.hours_spent,
        "prior_approval_by": line.prior_approval_by,
    }
    form = ExpenseForm(
        posted(request),
        rules=rules_of_kind,
        prior_approval=_prior_approval(claim, rules_of_kind),
        ask_above=_asked(request, claim, rules_of_kind),
        initial=initial,
    )
    act = partial(filling.change_expense, line=line, by=request.user)
    if done := attempt(form, lambda: act(**form.values), edits=line):
        line = done.result
        autosave_views.forget(request)
        if list(line.receipts.all()):
            messages.success(request, _("Changed."))
            return redirect(claim)
        return _after_cost(request, claim, line)
    context = {
        "claim": claim,
        "form": form,
        "title": rules_of_kind[0].label,
        "conditions": policy_wording.conditions_of_all(rules_of_kind, claim.activity_date),
        "back_url": claim.get_absolute_url(),
        **autosave_views.kept(request, form),
    }
    return _page(request, context)


def _rules_or_404(claim, kind):
    """Return the rules by which the claim may repay `kind`, that of the policy in force first."""
    found = claim.terms.expense_rules_for(kind)
    if not found:
        raise Http404
    return found


def _prior_approval(claim, rules_of_kind):
    """Say for the form whether to ask who agreed to it before: "needed", "asked", or "" for not at all."""
    needed = [policy_queries.needs_prior_approval(rule, claim.person) for rule in rules_of_kind]
    return "needed" if all(needed) else "asked" if any(needed) else ""


def _asked(request, claim, rules_of_kind):
    return queries.ask_above(claim, rules_of_kind) if request.method == "POST" else None


def _as_typed(line):
    return {
        "description": line.description,
        "amount": line.amount_pence,
        "miles": line.miles,
        "vehicle": line.vehicle,
        "passengers": line.passengers or None,
    }


def _journey_before(request, claim, kind):
    """Return the answers of their last journey when somebody wants it with a change (`?again`), otherwise None."""
    if "again" not in request.GET:
        return None
    line = journeys.last_journey(claim)
    return _as_typed(line) if line and line.expense_kind == kind else None


def _after_cost(request, claim, line):
    if line.expense_kind == ExpenseKind.MILEAGE or not line.needs_receipt:
        messages.success(request, _("Added to your claim: %(what)s.") % {"what": line.description})
        return redirect(claim)
    return redirect("claim_line_receipt", pk=claim.pk, line_pk=line.pk)


@form_page
def claim_line_receipt(request, pk, line_pk):
    """Add a receipt to an expense: a photo or PDF, or one that is on the claim already; a line may have several."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    line = line_for(claim, line_pk)
    from_check, after = _after(request, claim)
    form = ReceiptForm()
    if request.method == "POST":
        form = ReceiptForm(request.POST, request.FILES)
        if attempt(form, lambda: receipts.add_receipt(line=line, by=request.user, file=form.cleaned_data["receipt"])):
            messages.success(request, _("We have your receipt for: %(what)s.") % {"what": line.description})
            return redirect(after)
    context = {
        "claim": claim,
        "line": line,
        "form": form,
        "title": _("Show us the receipt"),
        "submit": _("Send this receipt"),
        "later_url": after,
        "back_url": after if from_check else reverse("claim_line_edit", args=[claim.pk, line.pk]),
        "receipts": list(line.receipts.all()),
        "others": list(queries.other_receipts(line)),
        "no_receipt_url": no_receipt_url(line, claim, from_check),
    }
    return render(request, "payments/claims/receipt.html", context)


def _after(request, claim):
    """Return whether the reader came from "Check your answers", and the address to go on to."""
    from_check = CHECK in request.GET
    return from_check, reverse("claim_check", args=[claim.pk]) if from_check else claim.get_absolute_url()


@form_page
def claim_line_no_receipt(request, pk, line_pk):
    """Ask why an expense has no receipt."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    line = line_for(claim, line_pk)
    from_check, after = _after(request, claim)
    initial = {"reason": line.no_receipt_reason, "words": line.no_receipt_words}
    form = NoReceiptForm(posted(request), initial=initial)
    if attempt(form, lambda: no_receipt.say_why(line=line, by=request.user, **form.cleaned_data)):
        autosave_views.forget(request)
        messages.success(request, _("Your reason is on the claim. We will read it when we check the claim."))
        return redirect(after)
    context = {
        "claim": claim,
        "form": form,
        "title": _("I have no receipt"),
        "conditions": " ".join(
            [
                _("For: %(what)s, %(amount)s.") % {"what": line.description, "amount": pounds(line.amount_pence)},
                policy_wording.without_receipt(claim.terms),
            ]
        ),
        "back_url": reverse("claim_line_receipt", args=[claim.pk, line.pk]) + (f"?{CHECK}" if from_check else ""),
        **autosave_views.kept(request, form),
    }
    return _page(request, context)


@button_page
def claim_receipt_use(request, pk, line_pk, receipt_pk):
    """Let a receipt that is on the claim prove this expense too."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    line = line_for(claim, line_pk)
    receipt = get_object_or_404(claim.receipts, pk=receipt_pk)
    if attempt_button(request, lambda: receipts.use_receipt(line=line, by=request.user, receipt=receipt)):
        messages.success(request, _("We have your receipt for: %(what)s.") % {"what": line.description})
    return redirect(claim)


@button_page
def claim_receipt_remove(request, pk, line_pk, receipt_pk):
    """Take a receipt off an expense."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    line = line_for(claim, line_pk)
    receipt = claim.receipts.filter(pk=receipt_pk).first()
    if receipt is not None:
        done = attempt_button(request, lambda: receipts.remove_receipt(line=line, by=request.user, receipt=receipt))
        if not done:
            return redirect(claim)
    messages.success(request, _("The receipt is removed."))
    return redirect(claim)


@button_page
def claim_journey_again(request, pk):
    """Add the same journey as last time, in one tap; then its receipt where one is needed."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    journey = journeys.last_journey(claim) or next(
        (line for line in claim.lines.all() if line.expense_kind in journeys.JOURNEYS), None
    )
    if journey is None:
        return redirect("claim_expense_new", pk=claim.pk)
    if done := attempt_button(request, lambda: entering.repeat_journey(claim=claim, by=request.user, line=journey)):
        line = done.result
        return _after_cost(request, claim, line)
    return redirect(claim)


@button_page
def claim_line_remove(request, pk, line_pk):
    """Take an expense off the claim."""
    claim, away = _open_claim(request, pk)
    if away:
        return away
    line = line_for(claim, line_pk)
    if attempt_button(request, lambda: filling.remove_line(line=line, by=request.user)):
        messages.success(request, _("Removed from your claim: %(what)s.") % {"what": line.description})
    return redirect(claim)


def _page(request, context):
    return render(request, "payments/claims/question.html", context)
