"""How we pay you: the policy in plain words, and the form that sets it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from payments import queries, rules, wording
from payments.actions import policy as actions
from payments.estimates import estimate
from payments.forms.estimates import EstimateForm
from payments.forms.policy import (
    PolicyForm,
    activity_forms,
    as_typed,
    expense_forms,
    initial_policy,
    one_rate_each,
    with_one_more,
)
from wellbeing.lib.errors import ActionError

from .guards import programme_for, published_or_own_programme


@require_safe
def policy(request, slug):
    """What the programme pays, covers and promises, with a sum to try. Open to anyone once it is published."""
    programme = published_or_own_programme(request, slug)
    today = timezone.localdate()
    versions = list(queries.policies(programme))
    current = next((version for version in versions if version.holds_from <= today), None)
    form, worked_out = _sum(request.GET, current, today)
    context = {
        "programme": programme,
        "current": current,
        "coming": [_in_words(version) for version in versions if version.holds_from > today],
        "earlier": [v for v in versions if v.holds_from <= today and v != current],
        "words": _in_words(current) if current else None,
        "form": form,
        "estimate": worked_out,
        "is_inside": bool(rules.can_see_policy(request.user, programme)),
        "can_set": bool(rules.can_set_policy(request.user, programme)),
    }
    return render(request, "payments/policy/policy.html", context)


def _sum(query, version, today):
    """The form of the sum and its Estimate; None for the form where there is nothing to work out."""
    if version is None:
        return None, None
    form = EstimateForm.for_page(query, version)
    if not form.fields:
        return None, None
    if form.is_bound and form.is_valid():
        return form, estimate(version, on=today, **form.values)
    return form, None


def _in_words(version):
    return {
        "version": version,
        "fees": wording.fee_sentences(version),
        "expenses": [
            (rule.label, wording.expense_conditions(rule, max(timezone.localdate(), version.holds_from)))
            for rule in version.expense_rules.all()
        ],
        "when_paid": wording.when_paid(version),
        "claim_window": wording.claim_window(version),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def policy_new(request, slug):
    """Set the first policy of a programme, or its next version."""
    programme = programme_for(request, slug, rules.can_set_policy)
    latest = queries.policies(programme).first()
    data = request.POST if request.method == "POST" else None
    form = PolicyForm(data, initial=initial_policy(latest, programme))
    rates = activity_forms(data, latest)
    expenses = expense_forms(data, latest)
    if data is not None and "add" in data:
        (form, *expenses), rates = as_typed([form, *expenses]), with_one_more(rates)
    elif data is not None and _all_fine(form, rates, expenses):
        values = form.values
        values["fees"] += [each.fee for each in rates if each.fee]
        covered = [each.terms for each in expenses if each.terms]
        try:
            actions.publish(programme=programme, by=request.user, expenses=covered, **values)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Published. This is what anyone can read now."))
            return redirect("policy", slug=programme.slug)
    context = {
        "programme": programme,
        "form": form,
        "activity_forms": rates,
        "expense_forms": expenses,
        "latest": latest,
    }
    return render(request, "payments/policy/new.html", context)


def _all_fine(form, rates, expenses):
    # Every form is looked at, so that all that is wrong is told at once.
    faulty = [each for each in (form, *rates, *expenses) if not each.is_valid()]
    return not faulty and one_rate_each(rates)
