"""Keep what members type about a proposal while they type it, and show it to them again."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from programmes.decisions import rules
from programmes.decisions.actions import drafts as draft_actions
from programmes.decisions.guards import proposal_or_404
from programmes.decisions.models import DecisionDraft
from programmes.decisions.queries import drafts
from programmes.groups import queries as group_queries
from wellbeing.forms import kept
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import button_page

# Seconds after which a browser that sends too often may try again.
TRY_AGAIN = 30


def with_draft(request, decision, form, kind):
    """Fill `form` with what the reader typed before and did not send, unless they just sent it.

    Return a part of the page's context: `draft` (or None), `draft_kind`, and `draft_wording`: the wording it was about
    where that was replaced since.
    """
    draft = None if form.is_bound else drafts.draft_of(request.user, decision, kind)
    if draft:
        kept.fill_in(form, {name: values for name, values in draft.fields.items() if name != "version"})
        # A box that was unticked is not among what a browser sends.
        if "named" in form.fields:
            form.initial["named"] = "named" in draft.fields
    replaced = draft is not None and draft.version_id != decision.version_id
    return {"draft": draft, "draft_kind": kind, "draft_wording": draft.version.wording if draft and replaced else ""}


@button_page
def decision_draft(request, pk, kind):
    """Keep what was typed, as a script sends it every few seconds; 204 when it is kept."""
    decision = _decision(request, pk, kind)
    if ratelimit.consume(request, app="allauth.account", action="keep_draft", user=request.user) is None:
        return HttpResponse(status=429, headers={"Retry-After": str(TRY_AGAIN)})
    number = request.GET.get("wording", "")
    # A wording of another proposal, or of none, is taken for the newest.
    version = decision.versions.filter(number=number).first() if number.isdecimal() and len(number) < 5 else None
    try:
        fields = kept.typed(request.POST)
    except kept.TooLongError:
        return HttpResponse(status=413)
    draft_actions.keep(decision=decision, kind=kind, fields=fields, by=request.user, version=version)
    return HttpResponse(status=204)


@button_page
def decision_draft_discard(request, pk, kind):
    """Throw away what was typed, and back to the proposal."""
    decision = _decision(request, pk, kind)
    draft_actions.discard(decision=decision, kind=kind, by=request.user)
    messages.success(request, _("What you had typed is thrown away."))
    return redirect("decision", pk)


def _decision(request, pk, kind):
    decision = proposal_or_404(request, pk)
    if kind not in DecisionDraft.Kind:
        raise Http404
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_keep_draft(request.user, decision, term, kind).insist(PermissionDenied)
    return decision
