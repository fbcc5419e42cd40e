"""Pages of the policy: read it, draft it, publish it, set closed days."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from payments.policy import actions, documents, queries, rules, wording
from payments.policy.documents import Layout
from payments.policy.estimates import estimate
from payments.policy.forms.closed_days import ClosedDayForm
from payments.policy.forms.estimates import EstimateForm
from payments.policy.forms.expenses import expense_forms
from payments.policy.forms.fees import activity_forms, one_rate_each, with_one_more
from payments.policy.forms.versions import PolicyForm, as_typed, initial_policy
from payments.policy.guards import draft_for, published_or_own_programme
from payments.shared.guards import programme_for
from programmes.decisions.rules import can_see_decisions
from wellbeing.lib import editing
from wellbeing.lib.dates import long_date
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_sent, posted


@require_safe
def policy(request, slug):
    """Show what the programme pays, covers and promises, with a sum to try. Open to anyone once it is published."""
    programme = published_or_own_programme(request, slug)
    today = timezone.localdate()
    versions = list(queries.policies(programme))
    current = next((version for version in versions if version.effective_from <= today), None)
    form, worked_out = _sum(request.GET, current, today)
    context = {
        "programme": programme,
        "current": current,
        "coming": [wording.in_words(version) for version in versions if version.effective_from > today],
        "earlier": [v for v in versions if v.effective_from <= today and v != current],
        "replaced": _replaced(programme),
        "layouts": Layout.choices if versions else [],
        "publication": getattr(current, "publication", None),
        "decision_seen": can_see_decisions(request.user, programme),
        "words": wording.in_words(current) if current else None,
        "form": form,
        "estimate": worked_out,
        "closed": programme.closed_days.filter(day__gte=today).order_by("day"),
        "draft": queries.draft_of(programme) if rules.can_set_policy(request.user, programme) else None,
        "is_inside": bool(rules.can_see_policy(request.user, programme)),
        "can_set": bool(rules.can_set_policy(request.user, programme)),
    }
    return render(request, "payments/policy/policy.html", context)


def _replaced(programme):
    """Return a sentence for each version that never counted, as another one replaced it."""
    return [
        (
            _("Version %(number)s was replaced by version %(by)s before it started.")
            if timezone.localdate(by.published_at) < version.effective_from
            else _("Version %(number)s was replaced by version %(by)s on the day it started.")
        )
        % {"number": version.number, "by": by.number}
        for version, by in queries.replaced_versions(programme)
    ]


def _sum(query, version, today):
    """Return the form of the sum and its Estimate; None for the form where there is nothing to work out."""
    if version is None:
        return None, None
    form = EstimateForm.for_page(query, version)
    if not form.fields:
        return None, None
    if is_sent(form):
        return form, estimate(version, on=today, **form.values)
    return form, None


@require_safe
def policy_paper(request, slug, layout):
    """Send the policy as a PDF in one of its layouts, to whoever may read its page."""
    programme = published_or_own_programme(request, slug)
    if layout not in Layout.values:
        raise Http404
    size = {"large": request.user.person.large_print} if request.user.is_authenticated else {}
    content = documents.policy_paper(
        programme, Layout(layout), contact=bool(rules.can_see_policy(request.user, programme)), **size
    )
    if content is None:
        raise Http404
    name = _("How we pay you, %(programme)s, %(layout)s.pdf") % {
        "programme": programme.name.replace("/", " "),
        "layout": str(Layout(layout).label).lower(),
    }
    return made_pdf(content, name)


@form_page
def policy_draft(request, slug):
    """Write the draft of a programme's first policy, or of its next version."""
    programme = programme_for(request, slug, rules.can_set_policy)
    draft, latest = queries.draft_of(programme), queries.policies(programme).first()
    base = draft or latest
    data = posted(request)
    form = PolicyForm(data, initial=initial_policy(base, programme))
    rates = activity_forms(data, base)
    expenses = expense_forms(data, base)
    facts = _as_drafted(base)

    def save():
        values = form.values
        values["fees"] += [rate.fee for rate in rates if rate.fee]
        covered = [expense.terms for expense in expenses if expense.terms]
        return actions.save_draft(programme=programme, by=request.user, expenses=covered, **values)

    if data is not None and "add" in data:
        (form, *expenses), rates = as_typed([form, *expenses]), with_one_more(rates)
        editing.carry_on(form, data)
    elif data is not None and not _all_fine(form, rates, expenses):
        editing.watch(form, facts)
    elif attempt(form, save, edits=base or programme, facts=facts):
        messages.success(request, _("The draft is saved. Nobody but staff can see it yet."))
        return redirect("policy_preview", slug=programme.slug)
    context = {
        "programme": programme,
        "form": form,
        "activity_forms": rates,
        "expense_forms": expenses,
        "draft": draft,
    }
    return render(request, "payments/policy/draft.html", context)


def _as_drafted(base):
    """Return in words the parts of a version that the main form does not hold, to notice when somebody changed them."""
    words = wording.in_words(base) if base else {"fees": [], "expenses": []}
    spent = " ".join(f"{label}: {conditions}" for label, conditions in words["expenses"])
    return {_("Payment for time"): " ".join(words["fees"]), _("What people spend"): spent}


def _all_fine(form, rates, expenses):
    # Every form is looked at, so that all that is wrong is told at once.
    valid = [part.is_valid() for part in (form, *rates, *expenses)]
    return all(valid) and one_rate_each(rates)


@form_page
def policy_discard(request, slug):
    """Throw the draft away, after being asked once more."""
    programme, draft = draft_for(request, slug)
    if draft is None:
        return redirect("policy", slug=programme.slug)
    if request.method != "POST":
        return render(request, "payments/policy/discard.html", {"programme": programme, "draft": draft})
    if attempt_button(request, lambda: actions.discard_draft(programme=programme, by=request.user)):
        messages.success(request, _("The draft is thrown away. Nothing has changed for anyone."))
    return redirect("policy", slug=programme.slug)


@form_page
def closed_days(request, slug):
    """Show the days the programme is closed, besides weekends and bank holidays; add one."""
    programme = programme_for(request, slug, rules.can_set_policy)
    form = ClosedDayForm(posted(request))
    if attempt(form, lambda: actions.add_closed_day(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(
            request, _("Day added. We will leave it out when we work out payment dates for claims sent from now on.")
        )
        return redirect("closed_days", slug=programme.slug)
    today = timezone.localdate()
    days = list(programme.closed_days.order_by("day"))
    context = {
        "programme": programme,
        "form": form,
        "coming": [day for day in days if day.day >= today],
        "gone": [day for day in reversed(days) if day.day < today],
    }
    return render(request, "payments/policy/closed_days.html", context)


@button_page
def closed_day_remove(request, slug, pk):
    """Take a day off the list."""
    programme = programme_for(request, slug, rules.can_set_policy)
    closed_day = get_object_or_404(programme.closed_days, pk=pk)
    if attempt_button(request, lambda: actions.remove_closed_day(closed_day=closed_day, by=request.user)):
        messages.success(request, _("Removed: %(day)s.") % {"day": long_date(closed_day.day)})
    return redirect("closed_days", slug=programme.slug)
