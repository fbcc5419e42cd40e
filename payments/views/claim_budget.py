"""The budget line of one claim: what it has left, choosing another, letting the claim go over it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from payments import budget_queries, rules
from payments.actions import budgets as actions
from payments.forms.budgets import ChooseLineForm, OverBudgetForm
from payments.models import BudgetLine, BudgetOverride
from payments.models.budgets import WAITING
from payments.wording import left_in_words
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds

from .guards import claim_for, must


def on_claim(user, claim):
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
            over_pence = max(0, _asked(claim) - line.free_pence)
    allowed = list(BudgetOverride.objects.filter(claim=claim).select_related("by", "line"))
    unused = [each for each in allowed if each.over_by_pence is None and each.line_id == claim.budget_line_id]
    enough = max((each.up_to_pence for each in unused), default=0)
    return {
        "line": line,
        "left": left_in_words(line.left_pence) if line else "",
        "over_pence": over_pence,
        "is_allowed": bool(over_pence) and enough >= over_pence,
        "overrides": allowed,
        "can_choose": bool(rules.can_choose_budget_line(user, claim)),
        "can_override": bool(rules.can_override_budget(user, claim)),
    }


def _asked(claim):
    return sum(line.amount_pence for line in claim.lines.all())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_budget(request, pk):
    """Choose the budget line that a claim is paid from."""
    claim = claim_for(request, pk)
    must(rules.can_see_budget(request.user, claim.programme))
    ruling = rules.can_choose_budget_line(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    form = ChooseLineForm(
        request.POST if request.method == "POST" else None,
        programme=claim.programme,
        initial={"budget_line": claim.budget_line_id},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.choose_line(claim=claim, line=form.cleaned_data["budget_line"], by=request.user)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(
                request, _("This claim is paid from %(line)s.") % {"line": form.cleaned_data["budget_line"]}
            )
            return redirect(claim)
    context = {
        "claim": claim,
        "form": form,
        "asked_pence": _asked(claim),
        "has_lines": form.fields["budget_line"].queryset.exists(),
        "can_set": bool(rules.can_set_budget(request.user, claim.programme)),
    }
    return render(request, "payments/budgets/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_over_budget(request, pk):
    """Finance lets a claim go over its budget line."""
    claim = claim_for(request, pk)
    must(rules.can_set_budget(request.user, claim.programme))
    ruling = rules.can_override_budget(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    line = BudgetLine.objects.with_figures().get(pk=claim.budget_line_id)
    over_pence = _asked(claim) - line.free_pence
    if over_pence <= 0:
        messages.info(
            request,
            _("This claim fits its budget line, which has %(left)s left for it.") % {"left": pounds(line.free_pence)},
        )
        return redirect(claim)
    form = OverBudgetForm(request.POST if request.method == "POST" else None, initial={"up_to": over_pence})
    if form.is_bound and form.is_valid():
        try:
            actions.allow_over(
                claim=claim,
                by=request.user,
                reason=form.cleaned_data["reason"],
                up_to_pence=form.cleaned_data["up_to"],
            )
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("This claim may go over budget now. Somebody else approves it."))
            return redirect(claim)
    context = {
        "claim": claim,
        "form": form,
        "line": line,
        "asked_pence": _asked(claim),
        "over_pence": over_pence,
    }
    return render(request, "payments/budgets/allow.html", context)
