"""How we pay you: the policy in plain words, and the form that sets it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from payments import queries, rules, wording
from payments.actions import policy as actions
from payments.forms.policy import PolicyForm, expense_forms, initial_policy
from wellbeing.lib.errors import ActionError

from .guards import programme_for


@require_safe
@login_required
def policy(request, slug):
    """What the programme pays, covers and promises, for everybody in it."""
    programme = programme_for(request, slug, rules.can_see_policy)
    today = timezone.localdate()
    versions = list(queries.policies(programme))
    current = next((version for version in versions if version.holds_from <= today), None)
    context = {
        "programme": programme,
        "current": current,
        "coming": [_in_words(version) for version in versions if version.holds_from > today],
        "earlier": [v for v in versions if v.holds_from <= today and v != current],
        "words": _in_words(current) if current else None,
        "can_set": bool(rules.can_set_policy(request.user, programme)),
    }
    return render(request, "payments/policy/policy.html", context)


def _in_words(version):
    return {
        "version": version,
        "fees": wording.fee_sentences(version),
        "expenses": [
            (rule.get_kind_display(), wording.expense_conditions(rule)) for rule in version.expense_rules.all()
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
    expenses = expense_forms(data, latest)
    if data is not None and all([form.is_valid(), *(each.is_valid() for each in expenses)]):
        covered = [each.terms for each in expenses if each.terms]
        try:
            actions.publish(programme=programme, by=request.user, expenses=covered, **form.values)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Published. This is what people in the programme read now."))
            return redirect("policy", slug=programme.slug)
    context = {"programme": programme, "form": form, "expense_forms": expenses, "latest": latest}
    return render(request, "payments/policy/new.html", context)
