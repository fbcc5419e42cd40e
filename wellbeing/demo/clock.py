"""Play a step of the story at its own moment.

Everything in Django and in our apps asks `django.utils.timezone` for the time, and that asks its `datetime` class. Here
that class is replaced, so the actions write the dates of the story without knowing of any story. The history's own
times come from the database's clock; `date_the_history` puts them right afterwards.
"""

import contextlib
import datetime as dt
from zoneinfo import ZoneInfo

import pghistory
import pgtrigger
from django.apps import apps
from django.db import connection
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
# The key in the history's context under which a step keeps its moment.
MOMENT = "story_time"


class Week:
    """The week the story hangs on, by its `monday`."""

    def __init__(self, monday):
        self.monday = monday

    @classmethod
    def of(cls, day):
        """Return the week that holds `day`."""
        return cls(day - dt.timedelta(days=day.weekday()))

    def day(self, weeks, weekday):
        """Return the date of a weekday (MON to SUN), so many weeks from this one."""
        return self.monday + dt.timedelta(weeks=weeks, days=weekday)

    def at(self, weeks, weekday, hour, minute=0):
        """Return a moment of that day, by London's clocks."""
        return dt.datetime.combine(self.day(weeks, weekday), dt.time(hour, minute), LONDON)


@contextlib.contextmanager
def moment(when):
    """Let the block run at the moment `when`, which is aware.

    Work handed to workers on commit is done at the end, here.
    """
    waiting = len(connection.run_on_commit)
    with _time_is(when), pghistory.context(**{MOMENT: when.isoformat()}):
        yield
        # The whole story is one transaction, so its commit is too late for messages and documents of this step.
        while len(connection.run_on_commit) > waiting:
            _savepoints, work, *_rest = connection.run_on_commit.pop(waiting)
            work()


@contextlib.contextmanager
def _time_is(when):
    real = timezone.datetime  # type: ignore[attr-defined]  # where Django takes the time from

    class Kind(type):
        """A datetime made elsewhere is one here too."""

        def __instancecheck__(cls, value):
            return isinstance(value, real)

    class StoryTime(dt.datetime, metaclass=Kind):
        @classmethod
        def now(cls, tz=None):
            return when.astimezone(tz) if tz else when.replace(tzinfo=None)

    timezone.datetime = StoryTime  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]


def date_the_history():
    """Give every history row written in a `moment` of this transaction that moment as its time."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE story_moments ON COMMIT DROP AS"
            " SELECT id, (metadata ->> %s)::timestamptz AS at FROM pghistory_context"
            " WHERE metadata ? %s AND created_at = now()",
            [MOMENT, MOMENT],
        )
        for model in history_models():
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" h SET pgh_created_at = m.at FROM story_moments m'  # noqa: S608
                " WHERE m.id = h.pgh_context_id"
            )
        cursor.execute(
            "UPDATE pghistory_context c SET created_at = m.at, updated_at = m.at FROM story_moments m WHERE m.id = c.id"
        )
        cursor.execute("DROP TABLE story_moments")


def our_models():
    """Return the models of our four apps, without history models."""
    return [
        model
        for label in ("people", "programmes", "events", "payments")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if not issubclass(model, pghistory.models.Event)
    ]


def history_models():
    """Return the history models of our four apps."""
    return [
        model
        for label in ("people", "programmes", "events", "payments")
        for model in apps.get_app_config(label).get_models()
        if issubclass(model, pghistory.models.Event)
    ]
