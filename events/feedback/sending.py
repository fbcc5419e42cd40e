"""Thank who came in a worker, a batch at a time, with progress.

Each batch is one transaction that holds the event and the feedback: in it people are noted as thanked and their
messages are written. A batch killed half-way leaves nothing behind, and one that is done twice finds nobody left.
"""

from django.db import transaction

from events.feedback import queries, telling
from events.feedback.actions import thanking
from events.planning.transitions import lock_event
from people.jobs import running
from people.jobs.models import Job
from people.messages.telling import mailing_for
from programmes.models import message_audience

BATCH = 50


def send_thanks(job: Job) -> None:
    """Thank the people who came to the event `job.subject_id` and have not been thanked."""
    done = 0
    while True:
        with transaction.atomic():
            event = lock_event(job.subject_id)
            round = queries.round_of(event)
            asked = thanking.ask(round=round, most=BATCH, by=None) if round else []
            if not asked or round is None:
                # Closed while the event is locked: thanking more people a moment later starts a new job.
                running.finish(job)
                return
            mailing = mailing_for(
                f"event-thanks:{event.pk}:{job.pk}",
                f"{job.title}: {event}",
                audience=message_audience(event.programme_id),
                started_by=job.started_by,
            )
            telling.tell_thanks(round, asked, mailing)
            left = queries.to_thank(event).count()
        done += len(asked)
        running.progress(job, done, max(job.total, done + left))
