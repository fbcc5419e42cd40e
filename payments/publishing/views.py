"""Pages to publish a draft, to ask a colleague to, to answer them, and to read what followed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import attended
from payments.policy import queries as policy_queries
from payments.policy import rules as policy_rules
from payments.policy import wording as policy_wording
from payments.policy.guards import draft_for
from payments.policy.models.versions import PolicyVersion
from payments.publishing import actions, queries, rules
from payments.publishing.forms import PublishForm, ReadDraftForm, SendBackForm
from payments.shared.guards import programme_for
from programmes.decisions.rules import can_see_decisions
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page


@form_page
def policy_publish(request, slug):
    """Publish the draft, or ask a colleague to; who it concerns, what it rests on and what follows is said before."""
    programme, draft = draft_for(request, slug)
    if draft is None:
        return redirect("policy", slug=programme.slug)
    publication = queries.publication_of(draft)
    if programme.policy_needs_two_people and publication and publication.is_waiting:
        return _answer(request, programme, draft, publication)
    groups = list(queries.by_event(queries.concerned(draft)))
    form = PublishForm(
        posted(request),
        programme=programme,
        with_offers=any(group.may_be_told for group in groups),
        initial=_initial(draft, publication),
    )
    two = programme.policy_needs_two_people
    act = actions.request if two else actions.publish
    if attempt(
        form,
        lambda: act(programme=programme, by=request.user, basis=form.basis, changed_at=form.cleaned_data["changed_at"]),
    ):
        if not two:
            return redirect("policy_published", programme.slug, draft.number)
        messages.success(request, _("You asked for it to be published. Another member of staff has to agree."))
        return redirect("policy_preview", slug=programme.slug)
    return _page(request, programme, draft, groups, form=form, publication=publication)


def _initial(draft, publication):
    initial = {"changed_at": draft.changed_at.isoformat()}
    if publication:
        initial |= {
            "offers": "keep" if publication.keeps_offers else "tell",
            "decision": publication.decision_id,
            "reason": publication.reason,
        }
    return initial


def _answer(request, programme, draft, publication):
    """Show the request that waits; let another member of staff publish or send it back."""
    may = rules.can_answer(request.user, publication)
    form, back = ReadDraftForm(initial={"changed_at": draft.changed_at.isoformat()}), SendBackForm()
    if request.method == "POST":
        may.insist(PermissionDenied)
        if "send_back" in request.POST:
            back = SendBackForm(request.POST)
            if attempt(
                back,
                lambda: actions.send_back(
                    programme=programme, by=request.user, reason=back.cleaned_data["sent_back_reason"]
                ),
            ):
                messages.success(request, _("Sent back. Your colleague sees why, and the draft stays."))
                return redirect("policy_preview", slug=programme.slug)
        else:
            form = ReadDraftForm(request.POST)
            if attempt(
                form,
                lambda: actions.publish(
                    programme=programme, by=request.user, changed_at=form.cleaned_data["changed_at"]
                ),
            ):
                return redirect("policy_published", programme.slug, draft.number)
    groups = list(queries.by_event(queries.concerned(draft)))
    return _page(
        request, programme, draft, groups, form=form, back=back, may_answer=may, publication=publication, asked=True
    )


def _page(request, programme, draft, groups, **more):
    form = more["form"]
    if form.is_bound:
        form.read_anew(draft.changed_at)
    without_claim = list(attended.without_claim(programme, draft.effective_from))
    context = {
        "programme": programme,
        "draft": draft,
        "words": policy_wording.in_words(draft),
        "current": policy_queries.policy_in_force(programme, timezone.localdate()),
        "groups": groups,
        "without_claim": len(without_claim),
        "events_without_claim": list(dict.fromkeys(row.event for row in without_claim)),
        "two": programme.policy_needs_two_people,
        **more,
    }
    return render(request, "payments/publishing/publish.html", context)


@read_page
def policy_published(request, slug, number):
    """Say what followed from publishing a version: who was told and who was not, and how many claims were made."""
    programme = programme_for(request, slug, policy_rules.can_set_policy)
    version = get_object_or_404(
        PolicyVersion.objects.prefetch_related("fee_rules", "expense_rules__bands").select_related("programme"),
        programme=programme,
        number=number,
        published_at__isnull=False,
    )
    kept = queries.concerned(version)
    context = {
        "programme": programme,
        "version": version,
        "publication": queries.publication_of(version),
        "kept": len({one.person.pk for one in kept}),
        "decision_seen": can_see_decisions(request.user, programme),
    }
    return render(request, "payments/publishing/published.html", context)
