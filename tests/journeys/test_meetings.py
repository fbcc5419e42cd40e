"""A meeting of a steering group: planned, its agenda made together, minuted, corrected, agreed, published in parts."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Meeting
from programmes.models import Role, Term
from tests import factories
from tests.factories.decisions import a_decision, a_seat, a_steering_group
from tests.factories.meetings import a_meeting

from .conftest import DESKTOP, PHONE


@pytest.fixture
def cast(site):
    programme = factories.a_programme("Invented Wellbeing")
    group = a_steering_group(programme)
    users = {"staff": factories.with_role(programme, Role.STAFF, "Stella Sage")}
    for key, name, office in (("chair", "Chidi Chairly", "chair"), ("member", "Lena Livedly", "member")):
        users[key] = factories.a_user(name)
        a_seat(group, users[key].person, Term.Seat.LIVED_EXPERIENCE, office=office)
    users["reader"] = factories.with_role(programme, Role.LIVED_EXPERIENCE, "Rita Reader")
    a_decision(programme, title="Hold the big days on weekdays", proposed_by=users["chair"].person)
    return {"programme": programme, "group": group, **users}


def it_has_been(meeting):
    """Move the meeting to yesterday, as if the days had gone by."""
    starts = timezone.now() - dt.timedelta(days=1)
    Event.objects.filter(pk=meeting.event_id).update(
        starts_at=starts, ends_at=starts + dt.timedelta(hours=2), reply_by=timezone.localdate(starts)
    )


def test_a_meeting_from_its_plan_to_its_published_minutes(cast, site, post, at_work):
    programme, group = cast["programme"], cast["group"]
    stella = at_work(cast["staff"], DESKTOP)
    stella.go(reverse("group", args=[programme.slug, group.pk]))
    stella.click("link", "Plan a meeting")
    stella.fill("What is the day for?", "To decide together.")
    day = timezone.localdate() + dt.timedelta(days=20)
    stella.fill_date("Date", day)
    stella.fill("Start time", "10am")
    stella.fill("End time", "noon")
    stella.fill("Venue", "Made Up Hall")
    stella.fill_date("Replies wanted by", day)
    stella.click("button", "Plan it and invite the members")
    stella.sees("The meeting is planned.", "2 members are invited")
    meeting = Meeting.objects.get()
    post.for_address(cast["member"].person.email, "Steering group")

    lena = at_work(cast["member"], PHONE)
    lena.go(meeting.get_absolute_url())
    lena.click("link", "Add something to the agenda")
    lena.fill("What is it about?", "The ramp at the door")
    lena.fill("How many minutes does it need?", "soon")
    lena.click("button", "Add it")
    assert lena.page.get_by_label("What is it about?").input_value() == "The ramp at the door"
    lena.fill("How many minutes does it need?", "120")
    lena.click("button", "Add it")
    lena.sees("It is on the agenda.", "The ramp at the door", "Added by Lena Livedly")

    chidi = at_work(cast["chair"], DESKTOP)
    chidi.go(meeting.get_absolute_url())
    chidi.click("button", "Look for what is new")
    chidi.sees("1 item was added.", "Hold the big days on weekdays", "The agenda ends at", "without a break")
    chidi.click("link", "Change The ramp at the door")
    chidi.fill("How many minutes does it need?", "20")
    chidi.click("button", "Save")
    chidi.click("button", "Up The ramp at the door")
    chidi.click("button", "Tell the members of the agenda")
    post.for_address(cast["member"].person.email, "The agenda is there")

    it_has_been(meeting)
    chidi.go(reverse("meeting_minutes", args=[meeting.pk]))
    for title, members_only in (("The ramp at the door", False), ("Hold the big days on weekdays", True)):
        chidi.click("link", f"Write it down {title}")
        chidi.fill("What was said?", f"Words about {title}.")
        chidi.fill("What was agreed?", "We ask for it.")
        if members_only:
            chidi.choose("For members only")
        chidi.click("button", "Save")
    stella.go(reverse("event_attendance", args=[meeting.event_id]))
    stella.page.get_by_role("checkbox", name=re.compile("Lena Livedly")).check()
    stella.page.get_by_role("button", name="Save who came").click()
    # A script answers the press first.
    stella.page.get_by_text("Saved.").wait_for()
    chidi.go(reverse("meeting_minutes", args=[meeting.pk]))
    chidi.click("button", "Ask the members to check the minutes")
    post.for_address(cast["member"].person.email, "Please check the minutes")

    lena.go(reverse("meeting_minutes", args=[meeting.pk]))
    lena.click("link", "Say what is not right")
    lena.fill("What is not right?", "It was the side door.")
    lena.click("button", "Send it")
    chidi.go(reverse("meeting_minutes", args=[meeting.pk]))
    chidi.click("link", "Answer this")
    chidi.choose("The minutes were changed")
    chidi.click("button", "Save")

    a_meeting(
        programme,
        days=0,
        group=group,
        title="The next one",
        starts_at=timezone.now() - dt.timedelta(hours=1),
        ends_at=timezone.now() + dt.timedelta(hours=1),
    )
    chidi.go(reverse("meeting_minutes", args=[meeting.pk]))
    chidi.click("link", "The minutes were agreed")
    chidi.click("button", "They were agreed")
    chidi.sees("The minutes are agreed. They no longer change.")
    chidi.click("button", "Publish the minutes")
    chidi.sees("The minutes are published.")

    rita = at_work(cast["reader"], PHONE)
    rita.go(reverse("meetings", args=[programme.slug, group.pk]))
    rita.page.get_by_role("table").get_by_role("link", name="Steering group").click()
    rita.page.wait_for_url("**" + reverse("meeting_minutes", args=[meeting.pk]))
    rita.check()
    rita.sees("The ramp at the door", "Some parts are for members of the group only", "Fewer than 5 people were there.")
    text = rita.page.locator("main").inner_text()
    for left_out in ("Hold the big days", "Lena", "Chidi", "side door"):
        assert left_out not in text
