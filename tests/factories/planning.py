"""Makers of rows for tests of planning: a venue, a session, a series, a draft."""

from django.utils import timezone

from events.models import EventSeries, Venue
from tests import factories


def make_planning(world):
    """Make a venue, a session of the event to come, a later event of its series, and a draft."""
    coming = world.coming
    world.venue = Venue.objects.create(programme=world.a, name="The Invented Ropeworks")
    start = timezone.localtime(coming.starts_at).time().replace(hour=11)
    world.session = coming.sessions.create(title="Four tables", starts=start, ends=start.replace(hour=12))
    coming.series = EventSeries.objects.create(programme=world.a, made_by=world.staff)
    coming.save()
    factories.an_event(world.a, organiser=world.staff, days=48, title="Later", series=coming.series)
    world.event_draft = factories.an_event(
        world.a, organiser=world.staff, days=30, status="draft", reply_by=world.today
    )
