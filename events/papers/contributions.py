"""Add papers to the pages of meetings and replies, to what people are told, to the home page and to long work."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from events.meetings.models import Meeting
from events.papers import documents, making, queries, rules
from events.papers.models import MeetingPaper, PaperCopy
from events.papers.shown import EventPapers
from events.planning.queries import soon
from people import registry as people_registry
from people.due_work import DueWork
from people.registry import JobKind, Panel, Task


def register():
    """Register them once, when the app is ready."""
    events_registry.paper_titles.append(queries.titles_of)
    events_registry.meeting_panels.append(on_meeting)
    events_registry.reply_panels.append(beside_reply)
    people_registry.home_tasks.append(home_tasks)
    people_registry.job_kinds[documents.JOB_KIND] = PAPER
    people_registry.due_work.append(PAPERS_DUE)


def on_meeting(user, event):
    """Show the papers that come with a meeting on its page."""
    return Panel("events/papers/parts/panel.html", {"papers": EventPapers(event, user)})


def beside_reply(invitation, _for_staff):
    """Name the papers that come with the event beside the reply, and where they are read after signing in."""
    event = invitation.event
    titles = [] if event.is_over else queries.titles_of(event)
    if not titles:
        return None
    context = {"titles": titles, "url": reverse("attached_papers", args=[event.pk])}
    return Panel("events/papers/parts/beside_reply.html", context, order=70)


def home_tasks(user):
    """List for staff events with papers that are not there in a format people read, from the day the rules say."""
    now = timezone.now()
    on = timezone.localdate(now)
    return [
        Task(
            title=_("Papers of %(event)s are not there yet in a format people need") % {"event": event},
            url=reverse("attached_papers", args=[event.pk]),
            detail="; ".join(f"{lack.title}: {lack.label}" for lack in lacks),
            due=event.day,
            urgent=soon(event.day, on),
        )
        for event, lacks in queries.events_lacking(user, now, on)
    ]


def _paper_of(job):
    return MeetingPaper.objects.select_related("meeting__group__programme").filter(pk=job.subject_id)[0]


def _can_see_job(user, job):
    paper = _paper_of(job)
    return bool(
        Meeting.objects.visible_to(user).filter(pk=paper.meeting_id).exists()
        and rules.can_have_paper(user, paper.meeting, paper.what)
    )


def _page_of_papers(job):
    return reverse("meeting_papers", args=[_paper_of(job).meeting_id])


PAPER = JobKind(
    run=making.make, can_see=_can_see_job, title=gettext_lazy("The papers of a meeting"), url=_page_of_papers
)
PAPERS_DUE = DueWork("papers_due", gettext_lazy("Papers of events to check"), PaperCopy.objects)
