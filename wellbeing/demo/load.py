"""Load the story, once."""

import contextlib
import datetime as dt
import logging
import uuid

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from pghistory.models import Context

from people.models import SendingLimit
from programmes.models import Programme
from wellbeing.celery import app

from . import texts
from .clock import Week, date_the_history
from .story.play import Story

# The key under which the history keeps the Monday the demo's dates hang on.
WEEK = "demo_week"
MAILBOX = "people.messages.demo_mail.DemoMailboxBackend"
# Any number: it names the lock that keeps two starts of the demo from loading it at once.
LOCK = 4110


def the_week():
    """Return the Week the demo's dates hang on, or None while it is not loaded."""
    context = Context.objects.filter(metadata__has_key=WEEK).first()
    return Week(dt.date.fromisoformat(context.metadata[WEEK])) if context else None


def load():
    """Load the story around this week, in one transaction, unless it is there. Return whether it was loaded now.

    Mail goes to the demo mailbox and tasks for workers are done here, whatever the settings say. Raises ValueError when
    a programme of the story's name is there that this did not load.
    """
    with transaction.atomic():
        lock()
        # Somebody who looks at the demo at night wants to see its texts arrive.
        SendingLimit.objects.get_or_create(
            channel="sms", effective_from=dt.date(2020, 1, 2), defaults={"per_minute": 0}
        )
        if the_week():
            return False
        for about in (texts.PROGRAMME, texts.NEXT_DOOR):
            if Programme.objects.filter(name__iexact=about["name"]).exists():
                raise ValueError(f"There is a programme called {about['name']} already, and it is not the demo's.")
        week = Week.of(timezone.localdate())
        with work_done_here():
            Story(week).play()
        date_the_history()
        Context.objects.create(id=uuid.uuid4(), metadata={WEEK: week.monday.isoformat()})
    return True


def lock():
    """Wait for another start of the demo to finish what it is doing. Must run inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # Read by each trigger for each row; unset, each reading costs Postgres a caught error.
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


@contextlib.contextmanager
def work_done_here():
    """Run tasks at once in this process, and send mail to the demo mailbox."""
    # A line for each of some two hundred tasks would bury what the command has to say.
    diary = logging.getLogger("celery.app.trace")
    level = diary.level
    diary.setLevel(logging.WARNING)
    before = app.conf.task_always_eager, app.conf.task_eager_propagates
    mail = settings.EMAIL_BACKEND, settings.HOST_CONTACT_EMAIL
    texts_by, letters_by = settings.TEXT_PROVIDER, settings.LETTER_PROVIDER
    app.conf.task_always_eager, app.conf.task_eager_propagates = True, True
    settings.EMAIL_BACKEND, settings.HOST_CONTACT_EMAIL = MAILBOX, "host@example.org"
    # Colleagues print and post letters, until the step of the story in which a service does.
    settings.TEXT_PROVIDER, settings.LETTER_PROVIDER = "demo", ""
    try:
        yield
    finally:
        app.conf.task_always_eager, app.conf.task_eager_propagates = before
        settings.EMAIL_BACKEND, settings.HOST_CONTACT_EMAIL = mail
        settings.TEXT_PROVIDER, settings.LETTER_PROVIDER = texts_by, letters_by
        diary.setLevel(level)
