"""Pages of the papers that come with a meeting: reading, adding and withdrawing them, and formats made elsewhere."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events.meetings import rules
from events.meetings.actions import attached
from events.meetings.forms.attached import (
    AboutPaperForm,
    CopyForm,
    MadeForm,
    MadeOfMeetingForm,
    PaperAddForm,
    WhyWithdrawnForm,
)
from events.meetings.guards import attached_or_404, meeting_or_404, meeting_with_papers_or_404
from events.meetings.models import MeetingPaper
from events.meetings.shown import MeetingPapers
from programmes.programme.views.pages import show_form
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page


@read_page
def attached_papers(request, pk):
    """List the papers that come with a meeting, each in the reader's own formats first."""
    found = meeting_with_papers_or_404(request, pk)
    context = {
        "programme": found.group.programme,
        "meeting": found,
        "papers": MeetingPapers(found, request.user),
        "reads_whole": rules.can_read_whole(request.user, found),
    }
    return render(request, "events/meetings/attached.html", context)


@form_page
def attached_new(request, pk):
    """Add a paper to a meeting, with its first format."""
    found = meeting_with_papers_or_404(request, pk)
    rules.can_add_papers(request.user, found).insist(PermissionDenied)
    form = PaperAddForm(posted(request), request.FILES or None, meeting=found)
    if done := attempt(form, lambda: attached.add(meeting=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _came(form))
        return redirect("attached_paper", pk, done.result.pk)
    return show_form(
        request,
        form,
        title=_("Add a paper"),
        caption=str(found),
        lead=_("Members of the group and everybody invited to the meeting can read it."),
        back_url=found.get_absolute_url(),
        submit=_("Add it"),
    )


@read_page
def attached_paper(request, pk, paper_pk):
    """Show one paper in all its formats, with older versions."""
    paper = attached_or_404(request, pk, paper_pk)
    papers = MeetingPapers(paper.meeting, request.user)
    context = {
        "programme": paper.meeting.group.programme,
        "meeting": paper.meeting,
        "paper": paper,
        "papers": papers,
        "shown": papers.shown(paper),
        "reads_whole": rules.can_read_whole(request.user, paper.meeting),
        "may_change": bool(rules.can_change_paper(request.user, paper)),
    }
    return render(request, "events/meetings/attached_paper.html", context)


@form_page
def attached_edit(request, pk, paper_pk):
    """Change the name of a paper, what it is for and where it belongs."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_change_paper(request.user, paper).insist(PermissionDenied)
    initial = {"title": paper.title, "purpose": paper.purpose, "item": paper.item_id}
    form = AboutPaperForm(posted(request), meeting=paper.meeting, initial=initial)
    act = partial(attached.change, paper=paper, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=paper):
        messages.success(request, _("The changes are saved."))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(request, paper, form, title=_("Change this paper"), submit=_("Save"))


@form_page
def copy_new(request, pk, paper_pk):
    """Add a paper in one more format, or a new version in one that is there."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_change_paper(request.user, paper).insist(PermissionDenied)
    form = CopyForm(posted(request), request.FILES or None)
    act = partial(attached.add_copy, paper=paper, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _came(form))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(
        request,
        paper,
        form,
        title=_("Add a format or a new version"),
        lead=_("A new version takes the place of the one in the same format. The older one can still be read."),
        submit=_("Add it"),
    )


@read_page
def copy(request, pk, paper_pk, copy_pk):
    """Send the clean copy of a file, never the one that arrived; show words on a page.

    Withdrawn papers open for those who lead the meeting, who withdrew them.
    """
    paper = attached_or_404(request, pk, paper_pk)
    row = get_object_or_404(paper.copies.all(), pk=copy_pk, status="ready")
    if (row.is_withdrawn or paper.is_withdrawn) and not rules.can_keep_papers(request.user, paper.meeting):
        raise PermissionDenied
    if row.words:
        context = {"programme": request.programme, "meeting": paper.meeting, "paper": paper, "copy": row}
        return render(request, "events/meetings/paper_words.html", context)
    name = f"{slugify(f'{paper.title} {row.label}') or 'paper'}.{str(row.file.name).rpartition('.')[2]}"
    try:
        return private_file(row.file, name=name, content_type=row.content_type)
    except FileNotFoundError:
        raise Http404 from None


@form_page
def attached_withdraw(request, pk, paper_pk):
    """Withdraw a paper, with a reason."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_keep_papers(request.user, paper.meeting).insist(PermissionDenied)
    form = WhyWithdrawnForm(posted(request))
    if attempt(form, lambda: attached.withdraw(paper=paper, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The paper is withdrawn."))
        return redirect(paper.meeting)
    return _form_of(
        request,
        paper,
        form,
        title=_("Withdraw this paper"),
        lead=_("Members and those invited can no longer read it. They read its name and why it was withdrawn."),
        submit=_("Withdraw"),
        warning=True,
    )


@form_page
def copy_withdraw(request, pk, paper_pk, copy_pk):
    """Withdraw a paper in one format, with a reason."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_keep_papers(request.user, paper.meeting).insist(PermissionDenied)
    row = get_object_or_404(paper.copies.all(), pk=copy_pk)
    form = WhyWithdrawnForm(posted(request))
    if attempt(form, lambda: attached.withdraw_copy(copy=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("This version is withdrawn."))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(
        request,
        paper,
        form,
        title=_("Withdraw one version: %(format)s") % {"format": row.label},
        lead=_("The other formats of the paper stay. An older version takes its place, if there is one."),
        submit=_("Withdraw"),
        warning=True,
    )


@form_page
def attached_made(request, pk, paper_pk):
    """Note that a paper was made in a format elsewhere, such as braille."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_keep_papers(request.user, paper.meeting).insist(PermissionDenied)
    form = MadeForm(posted(request))
    act = partial(attached.note_made, meeting=paper.meeting, paper=paper, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is noted."))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(request, paper, form, title=_("Note a format that was made"), submit=_("Note it"))


@form_page
def meeting_made(request, pk):
    """Note that the agenda or the minutes were made in a format elsewhere."""
    found = meeting_or_404(request, pk)
    rules.can_keep_papers(request.user, found).insist(PermissionDenied)
    allowed = [what for what in MeetingPaper.What if rules.can_have_paper(request.user, found, what)]
    form = MadeOfMeetingForm(posted(request), allowed=allowed)
    act = partial(attached.note_made, meeting=found, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is noted."))
        return redirect("meeting_papers", pk)
    return show_form(
        request,
        form,
        title=_("Note a format that was made"),
        caption=str(found),
        back_url=reverse("meeting_papers", args=[pk]),
        submit=_("Note it"),
    )


@button_page
def made_remove(request, pk, made_pk):
    """Remove a note that a format was made, which was written by mistake."""
    found = meeting_or_404(request, pk)
    rules.can_keep_papers(request.user, found).insist(PermissionDenied)
    made = get_object_or_404(found.made_elsewhere.all(), pk=made_pk)
    paper_pk = made.paper_id
    if attempt_button(request, lambda: attached.remove_note(made=made, by=request.user)):
        messages.success(request, _("The note is removed."))
    return redirect("attached_paper", pk, paper_pk) if paper_pk else redirect("meeting_papers", pk)


def _came(form):
    """Say what became of what was sent: words can be read at once, a file once it has been checked."""
    if form.cleaned_data["words"]:
        return _("It is there. Members and those invited can read it.")
    return _("We have the file. It can be read once it has been checked.")


def _form_of(request, paper, form, *, title, submit, **more):
    back_url = reverse("attached_paper", args=[paper.meeting_id, paper.pk])
    return show_form(request, form, title=title, caption=paper.title, back_url=back_url, submit=submit, **more)
