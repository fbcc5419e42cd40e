"""Add what follows an event to the home page, to what the product says to people, and to the jobs."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.feedback import queries, rules, sending, slips, telling, wordings
from events.feedback.page import page_url
from events.planning.models import Event
from events.planning.rules import can_manage_event
from people.jobs.models import Job
from people.registry import JobKind, NoticeKind, Panel, Task
from wellbeing.lib.dates import today
from wellbeing.lib.types import User

# In the last days it is done first.
LAST_DAYS = 3


def home_tasks(user):
    """List the events of which the reader is asked how they were and has not answered."""
    on = today()
    return [
        Task(
            title=_("Tell us how it was: %(event)s") % {"event": asked.round},
            url=reverse("feedback_answer", args=[asked.link_key]),
            detail=asked.round.event.programme.name,
            due=asked.round.closes_on,
            urgent=(asked.round.closes_on - on).days <= LAST_DAYS,
        )
        for asked in queries.to_answer(user, on)
    ]


def answer_panel(user, notice):
    """Link to the page on which staff enter the answers of the person who is thanked by `notice`."""
    asked = slips.asked_of(notice)
    if asked is None or not rules.can_enter_for(user, asked):
        return None
    context = {"url": reverse("feedback_answer_for", args=[asked.pk]), "label": _("Enter their answers")}
    return Panel("people/messages/answer.html", context)


def _can_see_job(user: User, job: Job) -> bool:
    event = Event.objects.select_related("programme").filter(pk=job.subject_id).first()
    return event is not None and bool(can_manage_event(user, event))


def _job_page(job: Job) -> str:
    return page_url(Event.objects.get(pk=job.subject_id))


KIND = NoticeKind(
    telling.KIND,
    gettext_lazy("Thanks for coming to an event"),
    personal_link=True,
    answer=answer_panel,
    slip_of=slips.slip_of,
    wording=wordings.THANKS,
)
JOB = JobKind(run=sending.send_thanks, can_see=_can_see_job, title=gettext_lazy("Thanking who came"), url=_job_page)
