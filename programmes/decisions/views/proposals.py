"""Pages of proposals: the list, one proposal, making one, changing it and taking it back."""

import datetime as dt
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from programmes.decisions import documents, rules, telling
from programmes.decisions.actions import proposing
from programmes.decisions.forms.proposals import (
    AmendForm,
    ClosingDayForm,
    DecisionFilter,
    DocumentForm,
    LinkForm,
    OptionForm,
    ProposalForm,
    WithdrawForm,
    WordingForm,
)
from programmes.decisions.guards import decision_or_404, proposal_or_404
from programmes.decisions.models import Decision, DecisionFile
from programmes.decisions.page import DecisionPage
from programmes.decisions.queries import lists, public
from programmes.decisions.queries.standing import Standing
from programmes.decisions.shown import TONES
from programmes.decisions.views.pages import form_of
from programmes.groups import queries as group_queries
from programmes.groups.models import GroupRules
from programmes.heard.models import Contribution
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.groups import Group, Term
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import made_pdf, private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

# A proposal is linked to what was said lately; older contributions that are linked already are offered as well.
MOST_OFFERED = 60


@read_page
def decisions(request, slug):
    """Show the record of everything that was put forward, with who has spoken."""
    programme = programme_or_404(request, slug)
    if not rules.can_see_decisions(request.user, programme):
        raise PermissionDenied
    listing = _decisions_listing(request, programme, lists.decisions_of(programme, request.user, today()))
    if listing.wants_export:
        return listing.export()
    return render(
        request,
        "programmes/decisions/decisions.html",
        {
            "programme": programme,
            "listing": listing,
            "is_public": public.publishes(programme, today()),
            "is_inside": rules.is_inside(request.user, programme),
            "may_propose": rules.can_propose(request.user, programme),
        },
    )


def _decisions_listing(request, programme, counted):
    may_propose = rules.can_propose(request.user, programme)
    return Listing(
        request,
        counted,
        columns=[
            Column("title", _("Proposal"), sort="title", link=lambda row: reverse("decision", args=[row.pk])),
            Column("status", _("Stage"), value=lambda row: row.get_status_display(), sort="status", tag=_status_tag),
            Column("spoken", _("Views given"), value=_spoken_text),
            Column("outcome", _("Outcome"), value=lambda row: row.get_outcome_display(), sort="outcome"),
            Column("dissent", _("Objections"), sort="dissent", numeric=True),
            Column("opened_on", _("Proposed on"), kind=DATE, sort="opened_on"),
            Column("decided_on", _("Decided"), value=lambda row: row.closed_on, kind=DATE, sort="decided_on"),
            Column("what_changes", _("What changes"), export_only=True),
        ],
        search=["title", "version__wording", "what_changes"],
        filters=DecisionFilter,
        default_sort="-opened_on",
        name=f"{programme.slug}-decisions",
        caption=_("Decisions of %(programme)s") % {"programme": programme},
        empty_title=_("Nothing has been put forward yet"),
        empty_text=_("A proposal is a few plain sentences that members can agree with or object to.")
        if may_propose
        else "",
        empty_url=reverse("decision_new", args=[programme.slug]) if may_propose else "",
        empty_action=_("Make a proposal"),
    )


@form_page
def decision_new(request, slug):
    """Put a proposal to a steering group."""
    programme = programme_or_404(request, slug)
    if not rules.can_propose(request.user, programme):
        raise PermissionDenied
    groups = programme.groups.filter(kind=Group.Kind.STEERING)
    if not programme_rules.can_manage_programme(request.user, programme):
        groups = groups.filter(
            pk__in=Term.objects.effective_on(today()).filter(person=request.user.person).values("group")
        )
    if not groups:
        messages.warning(request, _("Decisions are taken by a steering group. Set one up first."))
        return redirect("groups", slug)
    if len(groups) == 1:
        allowed = rules.can_propose_to(request.user, groups[0], GroupRules.objects.in_force_on(groups[0], today()))
        if not allowed:
            messages.warning(request, allowed.why_not)
            return redirect("group", slug, groups[0].pk)
    form = ProposalForm(posted(request), groups=groups)
    if done := attempt(form, lambda: proposing.propose(by=request.user, **form.cleaned_data)):
        decision = done.result
        messages.success(
            request,
            _("The proposal is open for views.") if decision.takes_views else _("The group can now talk it over."),
        )
        return redirect("decision", decision.pk)
    return show_form(
        request,
        form,
        title=_("Make a proposal"),
        caption=programme.name,
        back_url=reverse("decisions", args=[slug]),
        submit=_("Send to the group"),
    )


@read_page
def decision_page(request, pk):
    """Show one proposal: its words, everyone's position, its outcome, and what this reader may do."""
    decision = decision_or_404(request, pk)
    page = DecisionPage(decision, request.user, today())
    return render(
        request,
        "programmes/decisions/decision.html",
        {"programme": decision.programme, "decision": decision, "page": page},
    )


@read_page
def decision_record(request, pk, layout):
    """Draw the record of a closed decision as a PDF, for those who may read its page; 404 while it is open."""
    decision = decision_or_404(request, pk)
    if decision.is_open or layout not in documents.LAYOUTS:
        raise Http404
    try:
        content = documents.record(DecisionPage(decision, request.user, today()), layout, today())
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("decision", pk)
    return made_pdf(content, f"decision-{pk}.pdf")


@form_page
def decision_edit(request, pk):
    """Change a proposal before anyone has spoken."""
    decision = proposal_or_404(request, pk)
    rules.can_edit(request.user, decision).insist(PermissionDenied)
    form = WordingForm(posted(request), initial={name: getattr(decision, name) for name in WordingForm.base_fields})
    if attempt(form, lambda: proposing.edit(decision=decision, by=request.user, **form.cleaned_data), edits=decision):
        messages.success(request, _("The proposal is changed. Its earlier words are kept."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Change this proposal"), submit=_("Save"))


@form_page
def decision_amend(request, pk):
    """Put new words in place of those of the proposal, and ask again who had answered."""
    decision = proposal_or_404(request, pk)
    rules.can_amend(request.user, decision).insist(PermissionDenied)
    objections = decision.objections.exclude(closed_as="enough")
    form = AmendForm(posted(request), objections=objections, initial={"wording": decision.wording})
    act = partial(proposing.amend, decision=decision, by=request.user)
    words = {_("The proposal"): decision.wording}
    if attempt(form, lambda: act(**form.cleaned_data), edits=decision, facts=words):
        messages.success(request, _("The new wording is in place. Those who had answered are asked again."))
        return redirect("decision", pk)
    spoken = decision.positions.filter(version=decision.version).exists()
    lead = (
        _("Everyone who has given a view is asked again. Their earlier view is kept with the earlier words.")
        if spoken
        else ""
    )
    return form_of(
        request, decision, form, title=_("Change the wording"), submit=_("Put in the new wording"), lead=lead
    )


@form_page
def decision_extend(request, pk):
    """Give members longer to answer."""
    decision = proposal_or_404(request, pk)
    rules.can_amend(request.user, decision).insist(PermissionDenied)
    form = ClosingDayForm(posted(request), earliest=decision.closes_on + dt.timedelta(days=1))
    act = partial(proposing.extend, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Members now have until the day you chose."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Give members longer"), submit=_("Save"))


@button_page
def decision_shape(request, pk):
    """Go on from gathering views to shaping the proposal."""
    decision = proposal_or_404(request, pk)
    if attempt_button(request, lambda: proposing.shape(decision=decision, by=request.user)):
        messages.success(request, _("The proposal is being shaped. Members can suggest other ways."))
    return redirect("decision", pk)


@form_page
def decision_ask(request, pk):
    """Ask the members for their views on a proposal that was talked over."""
    decision = proposal_or_404(request, pk)
    rules.can_amend(request.user, decision).insist(PermissionDenied)
    days = decision.rules.open_days if decision.rules else 0
    form = ClosingDayForm(posted(request), earliest=today() + dt.timedelta(days=days))
    act = partial(proposing.ask, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The proposal is open for views."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Ask the group for its views"), submit=_("Ask the group"))


@form_page
def decision_option(request, pk):
    """Add one more way the proposal could go."""
    decision = proposal_or_404(request, pk)
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_talk(request.user, decision, term).insist(PermissionDenied)
    form = OptionForm(posted(request), options=decision.options.all())
    act = partial(proposing.add_option, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The option stands beside the others."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Add an option"), submit=_("Add this option"))


@form_page
def decision_withdraw(request, pk):
    """Withdraw a proposal."""
    decision = proposal_or_404(request, pk)
    rules.can_withdraw(request.user, decision).insist(PermissionDenied)
    form = WithdrawForm(posted(request))
    if attempt(form, lambda: proposing.withdraw(decision=decision, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The proposal is withdrawn. What members said is kept."))
        return redirect("decision", pk)
    return form_of(
        request,
        decision,
        form,
        title=_("Withdraw this proposal"),
        lead=_("Nobody can give a view after this. What members said is kept."),
        submit=_("Withdraw"),
        warning=True,
    )


@form_page
def decision_attach(request, pk):
    """Add a document to a proposal."""
    decision = proposal_or_404(request, pk)
    rules.can_amend(request.user, decision).insist(PermissionDenied)
    form = DocumentForm(posted(request), request.FILES or None)
    act = partial(proposing.attach, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("We have the document. It is here for everyone once it has been checked."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Add a document"), submit=_("Add it"))


@read_page
def decision_file(request, pk):
    """Send the clean copy of a document, never the file that arrived."""
    row = get_object_or_404(DecisionFile.objects.visible_to(request.user), pk=pk, status=DecisionFile.Status.READY)
    name = f"{slugify(row.title) or 'document'}.{str(row.file.name).rpartition('.')[2]}"
    try:
        return private_file(row.file, name=name, content_type=row.content_type)
    except FileNotFoundError:
        raise Http404 from None


@form_page
def decision_link(request, pk):
    """Say on which contributions a proposal rests."""
    decision = proposal_or_404(request, pk)
    rules.can_amend(request.user, decision).insist(PermissionDenied)
    linked = set(decision.contributions.values_list("pk", flat=True))
    newest = Contribution.objects.visible_to(request.user).filter(programme=decision.programme).shown()
    offered = linked | set(newest.order_by("-said_on", "-pk").values_list("pk", flat=True)[:MOST_OFFERED])
    rows = Contribution.objects.filter(pk__in=offered).order_by("-said_on", "-pk")
    form = LinkForm(posted(request), contributions=rows, initial={"contributions": linked})
    act = partial(proposing.link, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The proposal now says what it rests on."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("What we heard"), submit=_("Save"))


@button_page
def decision_remind(request, pk):
    """Ask members who have not been heard, each in the way they chose."""
    decision = proposal_or_404(request, pk)
    now = today()
    term = group_queries.term_of(request.user, decision.group, now)
    rules.can_close(request.user, decision, term).insist(PermissionDenied)
    standing = Standing(decision, now)
    telling.tell_silent(decision, [voice.member for voice in standing.not_heard])
    messages.success(request, _("Those who have not been heard are asked again, once a day at most."))
    return redirect("decision", pk)


def _spoken_text(decision):
    return _("%(spoken)s of %(asked)s heard") % {"spoken": decision.spoken, "asked": decision.asked}


def _status_tag(decision):
    return {"label": decision.get_status_display(), "tone": TONES[Decision.Status(decision.status)]}
