"""Pages on which staff choose the budget line of a claim, or let it go over."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payments.budgets import actions, rules
from payments.budgets.forms import ChooseLineForm, OverBudgetForm
from payments.budgets.models import BudgetLine
from payments.claims.guards import claim_for
from wellbeing.lib.form_pages import attempt, form_page, posted
from wellbeing.lib.money import pounds


def asked_pence(claim):
    """Add up the lines of a claim as they were asked for."""
    return sum(line.amount_pence for line in claim.lines.all())


@form_page
def claim_budget(request, pk):
    """Choose the budget line that a claim is paid from."""
    claim = claim_for(request, pk)
    rules.can_see_budget(request.user, claim.programme).insist(PermissionDenied)
    ruling = rules.can_choose_budget_line(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    form = ChooseLineForm(
        posted(request),
        programme=claim.programme,
        initial={"budget_line": claim.budget_line_id},
    )
    act = partial(actions.choose_line, claim=claim, by=request.user)
    if attempt(form, lambda: act(line=form.cleaned_data["budget_line"]), edits=claim):
        messages.success(request, _("This claim is paid from %(line)s.") % {"line": form.cleaned_data["budget_line"]})
        return redirect(claim)
    context = {
        "claim": claim,
        "form": form,
        "asked_pence": asked_pence(claim),
        "has_lines": form.has_lines,
        "can_set": bool(rules.can_set_budget(request.user, claim.programme)),
    }
    return render(request, "payments/budgets/choose.html", context)


@form_page
def claim_over_budget(request, pk):
    """Let a claim go over its budget line, as finance."""
    claim = claim_for(request, pk)
    rules.can_set_budget(request.user, claim.programme).insist(PermissionDenied)
    ruling = rules.can_override_budget(request.user, claim)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(claim)
    line = BudgetLine.objects.with_figures().get(pk=claim.budget_line_id)
    over_pence = asked_pence(claim) - line.free_pence
    if over_pence <= 0:
        messages.info(
            request,
            _("This claim fits its budget line, which has %(left)s left for it.") % {"left": pounds(line.free_pence)},
        )
        return redirect(claim)
    form = OverBudgetForm(posted(request), initial={"up_to": over_pence})
    if attempt(
        form,
        lambda: actions.allow_over(
            claim=claim,
            by=request.user,
            reason=form.cleaned_data["reason"],
            up_to_pence=form.cleaned_data["up_to"],
        ),
    ):
        messages.success(request, _("This claim may go over budget now. Somebody else must approve it."))
        return redirect(claim)
    context = {
        "claim": claim,
        "form": form,
        "line": line,
        "asked_pence": asked_pence(claim),
        "over_pence": over_pence,
    }
    return render(request, "payments/budgets/allow.html", context)
