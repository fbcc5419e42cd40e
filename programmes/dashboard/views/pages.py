"""The dashboard of a steering group, its actions, and its board papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.jobs import queries as job_queries
from programmes.dashboard import documents, queries, rules
from programmes.dashboard.actions import papers
from programmes.dashboard.forms import ActionPointFilter, BoardPaperForm
from programmes.dashboard.guards import dashboard_programme
from programmes.dashboard.models import BoardPaper
from programmes.dashboard.page import parts_for
from programmes.decisions import rules as decision_rules
from programmes.decisions.models import ActionPoint
from wellbeing.lib.dates import today
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

PAPERS_SHOWN = 12
TONES = {ActionPoint.Status.OPEN: "waiting", ActionPoint.Status.DONE: "good", ActionPoint.Status.DROPPED: "quiet"}


@read_page
def dashboard(request, slug):
    """Show the steering group what needs its view, what is open, decided and due, and how the programme does."""
    programme = dashboard_programme(request, slug)
    return render(
        request,
        "programmes/dashboard/dashboard.html",
        {
            "programme": programme,
            "parts": parts_for(request.user, programme, today()),
            "may_propose": decision_rules.can_propose(request.user, programme),
        },
    )


@read_page
def board_actions(request, slug):
    """List what is to be done because of decisions and meetings: by whom, by when, how far it is."""
    programme = dashboard_programme(request, slug)
    listing = Listing(
        request,
        queries.points_of(programme),
        columns=[
            Column("title", _("Action"), sort="title", link=_page_of),
            Column("owner", _("Who does it"), value="owner.full_name", sort="owner__sort_key"),
            Column("due_on", _("By when"), kind=DATE, sort="due_on"),
            Column("status", _("Status"), value=lambda row: row.get_status_display(), sort="status", tag=_status_tag),
            Column("progress", _("How far it is")),
            Column("group", _("Group"), value="group.name", sort="group__name"),
        ],
        search=["title", "progress", "owner__search_key"],
        filters=ActionPointFilter,
        default_sort="due_on",
        name=f"{programme.slug}-actions",
        caption=_("Actions of %(programme)s") % {"programme": programme},
        empty_title=_("There are no actions yet"),
        empty_text=_("An action is added on the page of the decision it comes from."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "programmes/dashboard/actions.html", {"programme": programme, "listing": listing})


def _page_of(point):
    return reverse("decision", args=[point.decision_id]) if point.decision_id else ""


def _status_tag(point):
    return {"label": point.get_status_display(), "tone": TONES[ActionPoint.Status(point.status)]}


@form_page
def board_papers(request, slug):
    """Have the board paper made, and open those that were made before."""
    programme = dashboard_programme(request, slug)
    form = BoardPaperForm(posted(request))
    if attempt(form, lambda: papers.ask_for_paper(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The paper is being made. It will be on this page soon."))
        return redirect("board_papers", slug)
    rows = list(queries.papers_of(programme)[:PAPERS_SHOWN])
    job = job_queries.making(documents.JOB_KIND, rows)
    context = {
        "programme": programme,
        "form": form,
        "papers": [row for row in rows if row.is_made],
        "job": job,
        "refresh_seconds": job.refresh_seconds if job else None,
    }
    return render(request, "programmes/dashboard/papers.html", context)


@read_page
def board_paper(request, pk):
    """Send a board paper that was made, to those who may open the dashboard; to others 404."""
    paper = get_object_or_404(BoardPaper.objects.select_related("programme"), pk=pk)
    if paper.made_at is None or not rules.can_see_dashboard(request.user, paper.programme):
        raise Http404
    name = f"board-{paper.programme.slug}-{paper.made_at:%Y-%m-%d}.pdf"
    try:
        return private_file(paper.file, name=name, content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None
