"""Pages for programme staff: what was said, who said it, who sees to it, and what became of it."""

import datetime as dt
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes import registry
from programmes.heard import queries, rules
from programmes.heard.actions import answering, contributors, saying
from programmes.heard.filters import ContributionFilter
from programmes.heard.forms import (
    ContributorForm,
    CorrectForm,
    OutcomeForm,
    OwnerForm,
    RecordForm,
    ReopenForm,
    ReplyForForm,
    ResponseForm,
    SeveralForm,
)
from programmes.heard.guards import contribution_or_404
from programmes.heard.models import Contribution, ToldBack
from programmes.heard.page import ContributionPage, state_tag
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


def for_staff(request, pk):
    """Return the contribution at this address for the staff of its programme; others who may read it get 403."""
    said = contribution_or_404(request, pk)
    rules.can_record(request.user, said.programme).insist(PermissionDenied)
    return said


def show(request, said, form, **context):
    """Show a form about the contribution `said`, with a way back to it."""
    return show_form(request, form, caption=said.theme, back_url=said.get_absolute_url(), **context)


@read_page
def contributions(request, slug):
    """List what was said for staff, with who sees to it, how many were told and what they say."""
    programme = programme_or_404(request, slug)
    rules.can_record(request.user, programme).insist(PermissionDenied)
    listing = _listing(request, programme)
    if listing.wants_export:
        return listing.export()
    return render(request, "programmes/heard/contributions.html", {"programme": programme, "listing": listing})


def _listing(request, programme):
    rows = Contribution.objects.filter(programme=programme).select_related("outcome", "owner", "group")
    return Listing(
        request,
        queries.with_numbers(rows),
        columns=_columns(),
        search=["theme", "words", "said_at", "outcome__what_changed", "outcome__reason"],
        filters=ContributionFilter,
        default_sort="-said_on",
        name=f"{programme.slug}-contributions",
        caption=_("What we heard in %(programme)s") % {"programme": programme},
        empty_title=_("Nothing has been written down yet"),
        empty_text=_("Write down what people say at meetings and events, by letter and by phone."),
        empty_url=reverse("contribution_record", args=[programme.slug]),
        empty_action=_("Record what somebody said"),
    )


def _columns():
    """Return the columns of the list of staff. Who said something is in none of them: the list becomes a file."""
    return [
        Column("theme", _("What was said"), sort="theme", link=lambda row: row.get_absolute_url()),
        Column("state", _("What became of it"), value=lambda row: state_tag(row)["label"], tag=state_tag),
        Column("todo", _("To do"), value=lambda row: "", tags=_flags, shape="code", screen_only=True),
        Column(
            "owner",
            _("Who sees to it"),
            value=lambda row: row.owner.full_name if row.owner else "",
            shape="code",
        ),
        Column("due_on", _("Answer due"), kind=DATE, sort="due_on"),
        Column("told", _("Told"), value=_told, shape="code"),
        Column("true", _("True"), sort="true", numeric=True),
        Column("not_true", _("Not true"), sort="not_true", numeric=True),
        Column("said_on", _("Said on"), kind=DATE, sort="said_on"),
        Column("way", _("How"), value=lambda row: row.get_way_display(), export_only=True),
        Column("rung", _("Ladder"), value=lambda row: row.get_rung_display(), export_only=True),
        Column("words", _("In their own words"), export_only=True),
        Column("said_at", _("Where"), export_only=True),
        Column("group", _("Group"), value=lambda row: row.group.name if row.group else "", export_only=True),
        Column("people", _("People who said it"), numeric=True, export_only=True),
        Column(
            "what_changed",
            _("What changed"),
            value=lambda row: row.outcome.what_changed if row.outcome else "",
            export_only=True,
        ),
        Column("reason", _("Why not"), value=lambda row: row.outcome.reason if row.outcome else "", export_only=True),
        Column(
            "answered_on",
            _("Answered"),
            value=lambda row: row.outcome.answered_on if row.outcome else None,
            kind=DATE,
            export_only=True,
        ),
    ]


def _told(row):
    return _("%(told)s of %(asked)s") % {"told": row.told, "asked": row.asked} if row.asked else ""


def _flags(row):
    flags = []
    if row.is_open and row.due_on and row.due_on < today():
        flags.append({"label": _("Late"), "tone": "attention"})
    if row.disputed:
        flags.append({"label": _("“That is not true”"), "tone": "bad"})
    if row.is_hidden:
        flags.append({"label": _("Taken off the page"), "tone": "quiet"})
    return flags


@form_page
def contribution_record(request, slug):
    """Write down what somebody said."""
    programme = programme_or_404(request, slug)
    rules.can_record(request.user, programme).insist(PermissionDenied)
    form = RecordForm(posted(request), programme=programme, initial=_begins_with(request))
    if done := attempt(form, lambda: saying.record(programme=programme, by=request.user, **form.values)):
        said = done.result
        messages.success(
            request,
            _("It is written down, and we confirm it to %(name)s.") % {"name": form.cleaned_data["person"]}
            if form.cleaned_data["person"]
            else _("It is written down."),
        )
        return redirect(said)
    return show_form(
        request,
        form,
        title=_("Record what somebody said"),
        caption=programme.name,
        back_url=reverse("contributions", args=[slug]),
        submit=_("Save"),
    )


def _begins_with(request):
    """Return what the form begins with: today, or the event and the day that the page of an event names."""
    place = request.GET.get("place", "")
    if not place:
        return {"said_on": today()}
    try:
        day = dt.date.fromisoformat(request.GET.get("said_on", ""))
    except ValueError:
        day = today()
    return {"said_on": day, "place": place, "way": Contribution.Way.EVENT}


@form_page
def contributions_record(request, slug):
    """Write down many things at once, after a meeting."""
    programme = programme_or_404(request, slug)
    rules.can_record(request.user, programme).insist(PermissionDenied)
    form = SeveralForm(posted(request), programme=programme, initial={"said_on": today(), "way": "meeting"})
    if done := attempt(form, lambda: saying.record_several(programme=programme, by=request.user, **form.cleaned_data)):
        number = len(done.result)
        messages.success(
            request,
            ngettext("%(n)s thing is written down.", "%(n)s things are written down.", number) % {"n": number},
        )
        return redirect("contributions", slug)
    return show_form(
        request,
        form,
        title=_("Record several things at once"),
        caption=programme.name,
        lead=_("After a meeting: all of them get the same day, place and group. You can change each one afterwards."),
        back_url=reverse("contributions", args=[slug]),
        submit=_("Save all"),
    )


@form_page
def contribution_correct(request, pk):
    """Correct what was written down; what it said before is kept."""
    said = for_staff(request, pk)
    initial = {name: getattr(said, name) for name in CorrectForm.base_fields if name != "reason"}
    for place in registry.said_places:
        initial["place"] = place.key_of(said)
    form = CorrectForm(posted(request), programme=said.programme, initial=initial)
    act = partial(saying.correct, contribution=said, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=said):
        messages.success(request, _("It is corrected. Its earlier words are kept."))
        return redirect(said)
    return show(request, said, form, title=_("Correct what was written down"), submit=_("Save"))


@form_page
def contribution_owner(request, pk):
    """Say who sees to it, and by when."""
    said = for_staff(request, pk)
    form = OwnerForm(
        posted(request),
        programme=said.programme,
        initial={"owner": said.owner or request.user.person, "due_on": said.due_on},
    )
    act = partial(saying.set_owner, contribution=said, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=said):
        messages.success(request, _("The changes are saved."))
        return redirect(said)
    return show(request, said, form, title=_("Who sees to it?"), submit=_("Save"))


@form_page
def contribution_person_new(request, pk):
    """Add somebody to those who said it, or change what they asked for."""
    said = for_staff(request, pk)
    form = ContributorForm(posted(request), programme=said.programme)
    act = partial(contributors.add, contribution=said, by=request.user)
    if done := attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("%(name)s is on the list of those who said it.") % {"name": done.result.person})
        return redirect(said)
    return show(
        request,
        said,
        form,
        title=_("Who said it?"),
        lead=_("Only programme staff see this. Somebody new on the list is told that we wrote it down."),
        submit=_("Save"),
    )


@button_page
def contribution_person_remove(request, pk, contributor_pk):
    """Remove somebody who was taken down by mistake."""
    said = for_staff(request, pk)
    row = get_object_or_404(said.contributors.select_related("person"), pk=contributor_pk)
    if attempt_button(request, lambda: contributors.remove(contributor=row, by=request.user)):
        messages.success(request, _("%(name)s is no longer on the list.") % {"name": row.person})
    return redirect(said)


@form_page
def contribution_answer(request, pk):
    """Say what became of it, and tell those who said it."""
    said = for_staff(request, pk)
    rules.can_answer(request.user, said).insist(PermissionDenied)
    form = OutcomeForm(posted(request), request.FILES or None)
    act = partial(answering.answer, contribution=said, by=request.user)
    words = {_("What was said"): f"{said.theme}. {said.words}"}
    if attempt(form, lambda: act(**form.cleaned_data), edits=said, facts=words):
        number = said.contributors.filter(wants_to_be_told=True).count()
        messages.success(
            request,
            ngettext(
                "The answer is saved. %(n)s person who said it will be told.",
                "The answer is saved. %(n)s people who said it will be told.",
                number,
            )
            % {"n": number}
            if number
            else _("The answer is saved. There is nobody on the list to be told."),
        )
        return redirect(said)
    page = ContributionPage(said, request.user)
    return render(request, "programmes/heard/answer.html", {"page": page, "programme": said.programme, "form": form})


@form_page
def contribution_reopen(request, pk):
    """Open an answered contribution again."""
    said = for_staff(request, pk)
    rules.can_reopen(request.user, said).insist(PermissionDenied)
    form = ReopenForm(posted(request))
    if attempt(form, lambda: answering.reopen(contribution=said, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is open again. The earlier answer, and what people said of it, are kept."))
        return redirect(said)
    return show(
        request,
        said,
        form,
        title=_("Look at this again?"),
        lead=_("Those who want to be told are told that you look at it again, and why."),
        submit=_("Open it again"),
    )


@form_page
def contribution_reply_for(request, pk, contributor_pk):
    """Write down for somebody whether they say that the answer is true."""
    said = for_staff(request, pk)
    rules.can_reply_for(request.user, said).insist(PermissionDenied)
    row = get_object_or_404(said.contributors.select_related("person", "contribution"), pk=contributor_pk)
    form = ReplyForForm(posted(request))
    act = partial(answering.reply_for, contributor=row, by=request.user)
    answer = {_("Our answer"): str(said.outcome_id)}
    if attempt(form, lambda: act(**form.cleaned_data), edits=said, facts=answer):
        messages.success(request, _("It is written down, and we confirm it to %(name)s.") % {"name": row.person})
        return redirect(said)
    page = ContributionPage(said, request.user)
    return render(
        request,
        "programmes/heard/reply.html",
        {"page": page, "programme": said.programme, "form": form, "person": row.person},
    )


@form_page
def contribution_respond(request, pk, told_pk):
    """Respond to somebody who said that the answer is not true."""
    said = for_staff(request, pk)
    rows = ToldBack.objects.filter(outcome__contribution=said).select_related(
        "outcome__contribution__programme", "contributor__person"
    )
    told_back = get_object_or_404(rows, pk=told_pk)
    rules.can_respond(request.user, told_back).insist(PermissionDenied)
    form = ResponseForm(posted(request))
    act = partial(answering.respond, told_back=told_back, by=request.user)
    words = {_("What they said"): told_back.reply_words}
    if attempt(form, lambda: act(**form.cleaned_data), edits=told_back, facts=words):
        messages.success(request, _("%(name)s will be told what you say.") % {"name": told_back.contributor.person})
        return redirect(said)
    return render(
        request,
        "programmes/heard/respond.html",
        {"page": ContributionPage(said, request.user), "programme": said.programme, "form": form, "told": told_back},
    )
