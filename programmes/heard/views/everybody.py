"""Pages for everybody in a programme: what was said and what became of it, and telling the programme something."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from programmes.heard import queries, rules
from programmes.heard.actions import answering, saying, wishes
from programmes.heard.filters import SaidFilter
from programmes.heard.forms import ReplyForm, TakeOffForm, TellUsForm, WantsForm
from programmes.heard.guards import contribution_or_404
from programmes.heard.models import EvidenceFile
from programmes.heard.page import PREFETCH, Card, ContributionPage, state_tag
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

CARDS_A_PAGE = 20


@read_page
def you_said(request, slug):
    """Show everybody in the programme what was said and what became of it."""
    programme = programme_or_404(request, slug)
    listing = _said_listing(request, programme)
    if listing.wants_export:
        return listing.export()
    fewest = queries.fewest_for_members(today())
    counts = queries.replies_in(programme, fewest)
    return render(
        request,
        "programmes/heard/you_said.html",
        {
            "programme": programme,
            "listing": listing,
            "cards": [Card(contribution, fewest) for contribution in listing.page],
            "replies": _replies_table(counts),
            "hidden": queries.hidden_in(programme),
            "may_contribute": rules.can_contribute(request.user, programme),
            "may_record": rules.can_record(request.user, programme),
            "draft": queries.draft_of(request.user, programme),
        },
    )


def _said_listing(request, programme):
    return Listing(
        request,
        queries.of_programme(programme, request.user).prefetch_related(*PREFETCH),
        columns=[
            Column("theme", _("You said")),
            Column("words", _("In their own words")),
            Column("said_on", _("Day"), kind=DATE),
            Column("state", _("What became of it"), value=lambda row: state_tag(row)["label"]),
            Column(
                "what_changed", _("What changed"), value=lambda row: row.outcome.what_changed if row.outcome else ""
            ),
            Column("reason", _("Why not"), value=lambda row: row.outcome.reason if row.outcome else ""),
            Column("evidence", _("How people can tell"), value=lambda row: row.outcome.evidence if row.outcome else ""),
            Column("link", _("Link"), value=lambda row: row.outcome.evidence_url if row.outcome else ""),
        ],
        search=["theme", "words", "outcome__what_changed", "outcome__reason"],
        search_label=_("Search what was said"),
        filters=SaidFilter,
        default_sort="-said_on",
        name=f"{programme.slug}-you-said-we-did",
        caption=_("You said, we did"),
        per_page=CARDS_A_PAGE,
    )


def _replies_table(counts):
    """Return how many say that it is true, as components/table.html wants it; None where every number is small."""
    if not any(counts.values()):
        return None
    labels = {"true": _("That is true"), "not_true": _("That is not true"), "": _("Not said yet")}
    hidden = _("Too few to show")
    rows = [[labels[kind], hidden if count is None else count] for kind, count in counts.items()]
    return {
        "columns": [{"label": _("What they say")}, {"label": _("People"), "numeric": True}],
        "rows": [{"cells": [{"text": text} for text in row]} for row in rows],
    }


@form_page
def contribution_new(request, slug):
    """Tell the programme something in one's own name. What is typed is kept until it is sent."""
    programme = programme_or_404(request, slug)
    rules.can_contribute(request.user, programme).insist(PermissionDenied)
    draft = queries.draft_of(request.user, programme)
    initial = {name: getattr(draft, name) for name in TellUsForm.base_fields} if draft else None
    form = TellUsForm(posted(request), initial=initial)
    if done := attempt(form, lambda: saying.send(programme=programme, by=request.user, **form.cleaned_data)):
        told = form.cleaned_data["wants_to_be_told"]
        messages.success(
            request,
            _("Thank you. The programme has it. We will tell you what becomes of it.")
            if told
            else _("Thank you. The programme has it."),
        )
        return redirect(done.result)
    return render(
        request,
        "programmes/heard/tell_us.html",
        {"programme": programme, "form": form, "draft": None if form.is_bound else draft},
    )


@button_page
def contribution_draft(request, slug):
    """Keep what was typed, as a script sends it every few seconds; 204 when it is kept."""
    programme = programme_or_404(request, slug)
    rules.can_contribute(request.user, programme).insist(PermissionDenied)
    form = TellUsForm(request.POST)
    # An empty theme is no mistake of a draft.
    form.fields["theme"].required = False
    if not form.is_valid():
        return HttpResponse(status=413)
    saying.keep_draft(programme=programme, by=request.user, **form.cleaned_data)
    return HttpResponse(status=204)


@button_page
def contribution_draft_discard(request, slug):
    """Throw away what was typed, and back to an empty form."""
    programme = programme_or_404(request, slug)
    rules.can_contribute(request.user, programme).insist(PermissionDenied)
    saying.discard_draft(programme=programme, by=request.user)
    return redirect("contribution_new", slug)


@read_page
def contribution(request, pk):
    """Show one contribution: what was said, what became of it, and what this reader may do."""
    page = ContributionPage(contribution_or_404(request, pk), request.user)
    return render(
        request, "programmes/heard/contribution.html", {"page": page, "programme": getattr(request, "programme", None)}
    )


@read_page
def contribution_evidence(request, pk):
    """Send the clean copy of a file that shows what became of a contribution, never the file that arrived."""
    rows = EvidenceFile.objects.visible_to(request.user)
    row = get_object_or_404(rows, pk=pk, status=EvidenceFile.Status.READY)
    stem = row.original_name.rpartition(".")[0] or row.original_name
    name = f"{stem}.{str(row.file.name).rpartition('.')[2]}"
    try:
        return private_file(row.file, name=name, content_type=row.content_type)
    except FileNotFoundError:
        raise Http404 from None


@form_page
def contribution_reply(request, pk):
    """Say whether the answer to what one said is true."""
    said = contribution_or_404(request, pk)
    rules.can_reply(request.user, said).insist(PermissionDenied)
    page = ContributionPage(said, request.user)
    before = page.my_reply
    if before is not None:
        rules.can_change_reply(before).insist(PermissionDenied)
    initial = (
        {"reply": before.reply, "words": before.reply_words, "named": before.reply_named}
        if before and before.reply
        else None
    )
    form = ReplyForm(posted(request), initial=initial)
    act = partial(answering.reply, contribution=said, by=request.user)
    answer = {_("Our answer"): str(said.outcome_id)}
    if attempt(form, lambda: act(**form.cleaned_data), edits=said, facts=answer):
        messages.success(request, _("Thank you. What you said now stands beside our answer."))
        return redirect(said)
    return render(request, "programmes/heard/reply.html", {"page": page, "programme": said.programme, "form": form})


@form_page
def contribution_wants(request, pk):
    """Change whether one's name is shown with what one said, and whether one is told."""
    said = contribution_or_404(request, pk)
    mine = queries.contributor_of(request.user, said)
    if mine is None:
        raise PermissionDenied(_("Only those who said this can change that."))
    form = WantsForm(posted(request), initial={"named": mine.named, "wants_to_be_told": mine.wants_to_be_told})
    act = partial(wishes.say_what_is_shown, contribution=said, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=mine):
        messages.success(request, _("The changes are saved."))
        return redirect(said)
    return show_form(
        request,
        form,
        title=_("Your name, and what we tell you"),
        caption=said.theme,
        back_url=said.get_absolute_url(),
        submit=_("Save"),
    )


@form_page
def contribution_take_off(request, pk):
    """Take a contribution off the page, as somebody who said it asks."""
    said = contribution_or_404(request, pk)
    rules.can_take_off(request.user, said).insist(PermissionDenied)
    asked_by_themselves = queries.contributor_of(request.user, said) is not None
    form = TakeOffForm(posted(request))
    if asked_by_themselves:
        del form.fields["how"]
    act = partial(wishes.take_off, contribution=said, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is no longer on the page “You said, we did”."))
        return redirect(said)
    return show_form(
        request,
        form,
        title=_("Take this off the page?"),
        caption=said.theme,
        lead=_("Nobody but those who said it and programme staff will see it. We still count that something was said."),
        back_url=said.get_absolute_url(),
        submit=_("Take it off the page"),
        warning=True,
    )


@button_page
def contribution_put_back(request, pk):
    """Put a contribution back on the page, as somebody who said it asks."""
    said = contribution_or_404(request, pk)
    rules.can_take_off(request.user, said).insist(PermissionDenied)
    if attempt_button(request, lambda: wishes.put_back(contribution=said, by=request.user)):
        messages.success(request, _("It is on the page “You said, we did” again."))
    return redirect(said)
