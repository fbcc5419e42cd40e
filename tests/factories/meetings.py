"""Makers of rows for tests of meetings."""

import datetime as dt

from django.utils import timezone

from events.models import AgendaItem, AgreedRecord, Correction, Event, Meeting, MeetingPaper, Talk
from tests import factories
from tests.factories.decisions import a_steering_group
from wellbeing.lib.stored_files import store_once


def a_meeting(programme, days=10, group=None, **fields):
    """A meeting of the steering group (or `group`) `days` from today, 10am to 1pm."""
    group = group or a_steering_group(programme)
    values = {"title": "Steering group", "kind": Event.Kind.MEETING, "group": group, **fields}
    event = factories.an_event(programme, days=days, **values)
    return Meeting.objects.create(event=event, group=group, made_by=event.organiser)


def an_item(meeting, title="Where we meet", minutes=15, **fields):
    """An item at the end of the agenda of `meeting`."""
    values = {"kind": AgendaItem.Kind.OTHER, "position": meeting.items.count() + 1, **fields}
    return AgendaItem.objects.create(meeting=meeting, title=title, minutes=minutes, **values)


def held(meeting, *people):
    """Record that `people` came to `meeting`, which is held."""
    Event.objects.filter(pk=meeting.event_id).update(status=Event.Status.HELD)
    for person in people:
        factories.an_attendance(meeting.event, person)
    meeting.refresh_from_db()
    return meeting


def with_minutes(meeting, status="to_correct"):
    """Bring the minutes of `meeting` to "draft" or "to_correct"."""
    for step in ("draft", "to_correct"):
        meeting.minutes = step
        meeting.save()
        if step == status:
            break
    return meeting


def with_agreed_minutes(meeting, at, by, published=True):
    """Minutes of `meeting` that were agreed `at` a later one, recorded by `by`; published unless told."""
    with_minutes(meeting)
    facts = {"recorded": True, "present": [], "away": [], "interests": [], "decided": [], "actions": []}
    AgreedRecord.objects.create(meeting=meeting, facts=facts)
    meeting.minutes, meeting.agreed_at_meeting, meeting.agreed_on, meeting.agreed_by = "agreed", at, at.event.day, by
    meeting.save()
    if published:
        meeting.published_on, meeting.published_by = at.event.day, by
        meeting.save()
    return meeting


def make_meetings(world):
    """Give `world` a meeting to come, one whose minutes are written, one to correct, one with published minutes."""
    world.meeting = a_meeting(world.a, days=20)
    world.item = an_item(world.meeting)
    world.talk = Talk.objects.create(
        meeting=world.meeting,
        kind=Talk.Kind.BEFORE,
        starts_at=timezone.now() + dt.timedelta(days=10),
        how="By phone",
        who=world.staff,
        offered_by=world.staff,
    )
    world.minuted, to_correct, oldest = (a_meeting(world.a, days=days) for days in (-3, -30, -60))
    world.minuted_item = an_item(world.minuted)
    world.correction = Correction.objects.create(meeting=with_minutes(to_correct), words="Not so.", person=world.staff)
    world.published_minutes = with_agreed_minutes(oldest, to_correct, world.staff)
    world.meeting_paper = MeetingPaper(
        meeting=oldest, what=MeetingPaper.What.MINUTES, layout="standard", asked_by=world.staff, made_at=timezone.now()
    )
    store_once(world.meeting_paper, "meeting.pdf", b"%PDF-1.7")
