"""Pages of a meeting's agenda and minutes as PDFs: having them made, opening them, and formats made elsewhere."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.meetings.guards import meeting_or_404
from events.papers import documents, queries, rules
from events.papers.actions import attached
from events.papers.actions import meeting_papers as actions
from events.papers.forms.attached import MadeOfMeetingForm
from events.papers.forms.meeting_papers import PaperForm
from events.papers.models import MeetingPaper
from events.papers.shown import marks_of_meeting
from people.jobs import queries as job_queries
from programmes.programme.rules import can_see_access_needs
from programmes.programme.views.pages import show_form
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page

PAPERS_SHOWN = 20


@form_page
def meeting_papers(request, pk):
    """Have the agenda or the minutes made as a PDF, and open those made before."""
    found = meeting_or_404(request, pk)
    allowed = [what for what in MeetingPaper.What if rules.can_have_paper(request.user, found, what)]
    form = PaperForm(posted(request), allowed=allowed, letter_size=request.user.person.letter_size)
    if attempt(form, lambda: actions.ask_for_paper(meeting=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The paper is being made. It will be on this page soon."))
        return redirect("meeting_papers", pk)
    rows = list(found.papers.filter(what__in=allowed)[:PAPERS_SHOWN])
    job = job_queries.making(documents.JOB_KIND, rows)
    sees_needs = can_see_access_needs(request.user, found.group.programme)
    context = {
        "programme": found.group.programme,
        "meeting": found,
        "form": form,
        "papers": [row for row in rows if row.is_made],
        "marks": marks_of_meeting(found, request.user),
        "may_keep": bool(rules.can_keep_papers(request.user, found.event)),
        "formats": queries.formats_wanted(found) if sees_needs else [],
        "job": job,
        "refresh_seconds": job.refresh_seconds if job else None,
    }
    return render(request, "events/papers/meeting_papers.html", context)


@read_page
def meeting_paper(request, pk, paper_pk):
    """Send a paper that was made to those who may read what it says."""
    found = meeting_or_404(request, pk)
    paper = get_object_or_404(found.papers.exclude(made_at=None), pk=paper_pk)
    if not rules.can_have_paper(request.user, found, paper.what):
        raise PermissionDenied
    try:
        return private_file(paper.file, name=f"{paper.what}-{found.pk}.pdf", content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None


@form_page
def meeting_made(request, pk):
    """Note that the agenda or the minutes were made in a format elsewhere."""
    found = meeting_or_404(request, pk)
    rules.can_keep_papers(request.user, found.event).insist(PermissionDenied)
    allowed = [what for what in MeetingPaper.What if rules.can_have_paper(request.user, found, what)]
    form = MadeOfMeetingForm(posted(request), allowed=allowed)
    act = partial(attached.note_made, event=found.event, by=request.user)
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
