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
    chidi = at_work(cast["chair"], DESKTOP)
    chidi.go(reverse("group", args=[programme.slug, group.pk]))
    chidi.click("link", "Plan a meeting")
    chidi.fill("What is the meeting for?", "To decide together.")
    day = timezone.localdate() + dt.timedelta(days=20)
    chidi.fill_date("Date", day)
    chidi.fill("Start time", "10am")
    chidi.fill("End time", "noon")
    chidi.fill("Venue", "Made Up Hall")
    chidi.fill_date("Replies wanted by", day)
    chidi.choose("A talk before the meeting")
    chidi.fill_date("Day of the talk before the meeting", day - dt.timedelta(days=1))
    chidi.fill("Time of the talk before the meeting", "2pm")
    chidi.fill("Where or how are the talks?", "by phone")
    chidi.page.get_by_label("With whom are the talks?").select_option(label="Stella Sage")
    chidi.click("button", "Plan it")
    chidi.sees("The meeting is planned.", "1 item is on its agenda.", "Hold the big days on weekdays")
    meeting = Meeting.objects.get()

    stella = at_work(cast["staff"], DESKTOP)
    stella.go("/")
    stella.click("link", "Invite the members to Steering group")
    stella.click("button", "Invite 2 members")
    stella.sees("2 members are invited")
    told = post.for_address(cast["member"].person.email, "Steering group")
    assert "go through the papers with Stella Sage" in told.get_body(("plain",)).get_content()

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

    chidi.go(meeting.get_absolute_url())
    chidi.sees("The agenda ends at", "without a break")
    chidi.click("link", "Add a paper")
    chidi.fill("Name of the paper", "What a ramp costs")
    chidi.choose("To decide")
    chidi.choose("Easy Read")
    chidi.fill("Or type or paste the words", "A ramp costs £900.")
    chidi.click("button", "Add it")
    chidi.sees("It is there.", "What a ramp costs", "Not there yet: Standard.")
    chidi.click("link", "Note a format that was made")
    chidi.choose("Braille")
    chidi.fill("Who made it?", "Dot Punctual")
    chidi.fill_date("When was it made?", timezone.localdate())
    chidi.click("button", "Note it")
    chidi.sees("Braille: made by Dot Punctual")
    chidi.go(meeting.get_absolute_url())
    chidi.sees("Standard is not there yet: 2 people need it")
    lena.go(meeting.get_absolute_url())
    lena.click("link", "Easy Read What a ramp costs")
    lena.check()
    lena.sees("A ramp costs £900.")

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
