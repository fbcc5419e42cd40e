"""Makers of rows for tests of meetings."""

import datetime as dt

from django.utils import timezone

from events.models import (
    AgendaItem,
    AgreedRecord,
    AttachedPaper,
    Correction,
    Event,
    Meeting,
    MeetingPaper,
    PaperCopy,
    PaperMade,
    Talk,
)
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


def a_paper(meeting, title="The budget for next year", **fields):
    """A paper that comes with `meeting`, in no format yet."""
    values = {"purpose": AttachedPaper.Purpose.DECIDE, "added_by": meeting.made_by, **fields}
    return AttachedPaper.objects.create(event=meeting.event, title=title, **values)


def a_copy(paper, format="standard", words="Words of the paper.", **fields):
    """`paper` in one format, as words to read on a page."""
    values = {"status": "ready", "content_type": "text/plain", "size": 0, "added_by": paper.added_by, **fields}
    return PaperCopy.objects.create(paper=paper, format=format, words=words, **values)


def a_format_made(meeting, paper=None, format="braille", **fields):
    """A note that `paper`, or the agenda of `meeting`, was made in a format elsewhere."""
    values = {"made_by": "Dot Punctual", "made_on": timezone.localdate(), "noted_by": meeting.made_by, **fields}
    what = "" if paper else MeetingPaper.What.AGENDA
    return PaperMade.objects.create(event=meeting.event, paper=paper, what=what, format=format, **values)


def make_meetings(world):
    """Give `world` a meeting to come, one whose minutes are written, one to correct, one with published minutes."""
    world.meeting = a_meeting(world.a, days=20)
    world.item = an_item(world.meeting)
    # Invited, and of no group: reads the papers alone.
    factories.an_invitation(world.meeting.event, world.owner)
    world.attached = a_paper(world.meeting)
    world.paper_copy = a_copy(world.attached)
    world.paper_made = a_format_made(world.meeting, world.attached)
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
