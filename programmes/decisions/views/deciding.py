"""Pages on which the outcome is recorded and followed up, and records are checked."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.decisions import rules, sealing
from programmes.decisions.actions import deciding, following
from programmes.decisions.forms.deciding import ActionPointForm, OutcomeForm, ProgressForm, ReviewForm
from programmes.decisions.guards import proposal_or_404
from programmes.decisions.models import ActionPoint, Decision
from programmes.decisions.page import DecisionPage
from programmes.decisions.views.pages import form_of
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page


@form_page
def decision_outcome(request, pk):
    """Record what was decided, with every objection in sight."""
    decision = proposal_or_404(request, pk)
    page = DecisionPage(decision, request.user, today())
    rules.can_close(request.user, decision, page.term).insist(PermissionDenied)
    may_be_urgent = bool(
        decision.rules and decision.rules.urgency_rule and decision.relation != Decision.Relation.RATIFIES
    )
    form = OutcomeForm(posted(request), dissent=bool(page.dissent), may_be_urgent=may_be_urgent)
    act = partial(deciding.record_outcome, decision=decision, by=request.user)
    said = {_("What members said"): "; ".join(f"{one.label}: {one.words}" for one in page.views)}
    if attempt(form, lambda: act(**form.cleaned_data), edits=decision, facts=said):
        messages.success(request, _("The outcome is recorded. What each member said is kept as it is."))
        return redirect("decision", pk)
    return render(
        request,
        "programmes/decisions/decision_outcome.html",
        {"programme": decision.programme, "decision": decision, "form": form, "page": page},
    )


@form_page
def decision_review(request, pk):
    """Record that the group looked at a decision again."""
    decision = proposal_or_404(request, pk)
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_follow_up(request.user, decision, term).insist(PermissionDenied)
    form = ReviewForm(posted(request), safe_to_try=decision.safe_to_try)
    act = partial(following.review, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is written down beside the decision."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Look at it again"), lead=decision.what_changes, submit=_("Save"))


@form_page
def decision_point(request, pk):
    """Write down something to be done because of a decision."""
    decision = proposal_or_404(request, pk)
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_follow_up(request.user, decision, term).insist(PermissionDenied)
    form = ActionPointForm(posted(request), people=group_queries.people_of(decision.group, today()))
    act = partial(following.add_point, group=decision.group, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The action is written down. It is on the home page of the person who does it."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Add an action"), submit=_("Add this action"))


@form_page
def action_point(request, pk):
    """Say how far an action is."""
    points = ActionPoint.objects.select_related("group__programme", "owner", "decision")
    point = get_object_or_404(points, pk=pk)
    request.programme = point.group.programme
    if not rules.can_see_decisions(request.user, point.group.programme):
        raise Http404
    if point.owner_id != request.user.person.pk:
        group_rules.can_lead(request.user, point.group).insist(PermissionDenied)
    form = ProgressForm(posted(request), initial={"status": point.status, "progress": point.progress})
    act = partial(following.say_progress, point=point, by=request.user)
    back = reverse("decision", args=[point.decision_id]) if point.decision_id else reverse("home")
    if attempt(form, lambda: act(**form.cleaned_data), edits=point):
        messages.success(request, _("Thank you. The group can read it."))
        return redirect(back)
    return show_form(request, form, title=point.title, caption=point.group.name, back_url=back, submit=_("Save"))


@read_page
def seals(request, slug):
    """Show the seals of the programme's decisions, and check each record against its seal."""
    programme = programme_or_404(request, slug)
    if not rules.is_inside(request.user, programme):
        raise PermissionDenied
    groups = []
    for group in programme.groups.filter(seals__isnull=False).distinct().order_by("name"):
        if rows := sealing.of_group(group):
            faults: dict[int, list[str]] = {}
            for seal, fault in sealing.faults_of(rows):
                faults.setdefault(seal.pk, []).append(str(sealing.FAULTS[fault]))
            groups.append((group, [(seal, faults.get(seal.pk, [])) for seal in rows]))
    unsealed = Decision.objects.filter(
        programme=programme, status__in=[*Decision.MADE, Decision.Status.DEFERRED], seal=None
    )
    return render(
        request,
        "programmes/decisions/seals.html",
        {"programme": programme, "groups": groups, "unsealed": unsealed},
    )
