"""The first screen of an invitation asks the question, by email and page; a meeting is copied in three clicks."""

import datetime as dt

from django.core import mail as mails
from django.urls import reverse
from django.utils import timezone

from events.inviting import emails
from events.meetings.actions.planning import make_meeting
from events.models import Event
from events.places.actions import numbers
from events.registry import offer_for
from payments.my_record.actions import set_limit
from programmes.models import Role
from tests import factories

from .conftest import DESKTOP, PHONE

SCREEN = PHONE["height"]


def bottom_of(locator):
    """How many pixels from the top of the page its lower edge is."""
    box = locator.bounding_box()
    return box["y"] + box["height"]


def an_invitation_with_everything(programme, staff):
    """Somebody with a limit and needs of their own is invited to an event of many words, with places."""
    user = factories.with_role(programme, Role.LIVED_EXPERIENCE, "Shanelle Brightwell-Inventedname")
    user.person.access_needs.create(kind="captions")
    set_limit(by=user, week_pence=100)
    event = factories.an_event(
        programme,
        organiser=staff.person,
        days=30,
        title="Breathing out together: an afternoon in the café of the invented park",
        venue_name="The Old Ropeworks and Community House of Otterby",
        venue_address="12 Invented Street\nOtterby\nZZ9 1AB",
        online_link="https://meet.example.org/invented",
        can_change="How letters are worded.",
        cannot_change="How much money there is.",
    )
    numbers.set_places(event=event, number=12, kept=8, by=staff)
    return user, factories.an_invitation(event, user.person)


def test_the_first_screen_asks_whether_they_come(live_server, at_work, browser):
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF, "Stella Sage")
    user, invitation = an_invitation_with_everything(programme, staff)
    phone = at_work(user, PHONE)
    phone.go(reverse("reply", args=[invitation.link_key]))
    phone.sees("Will you come?", "Only you can see this.")
    page = phone.page
    assert bottom_of(page.get_by_text("Will you come?")) < SCREEN
    assert bottom_of(page.get_by_label("I will come")) <= SCREEN
    phone.click("link", "Read more about it")
    phone.sees("What the event is for", "What can and cannot change because of it", "All that we pay, and when")
    phone.nothing_was_wrong()

    draft = emails.invitation(invitation, offer=offer_for(invitation.event, user.person))
    page.set_content(draft["html"])
    button = page.get_by_role("link", name="Tell us if you can come")
    assert bottom_of(button) <= SCREEN
    words = page.locator("body").inner_text()
    before = words[: words.index("Tell us if you can come")]
    assert "£" in before and "Otterby" in before
    assert mails.outbox == []


def test_last_months_meeting_is_copied_in_three_clicks(live_server, at_work):
    programme = factories.a_programme("Invented Wellbeing")
    staff = factories.with_role(programme, Role.STAFF, "Stella Sage")
    group = factories.a_steering_group(programme)
    starts = timezone.now().replace(hour=10, minute=0, second=0, microsecond=0) - dt.timedelta(days=20)
    last = factories.an_event(
        programme,
        organiser=staff.person,
        title="Meeting of the invented group",
        kind=Event.Kind.MEETING,
        group=group,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
        reply_by=(starts - dt.timedelta(days=7)).date(),
    )
    make_meeting(event=last, by=staff)
    desk = at_work(staff, DESKTOP)
    desk.go(last.get_absolute_url())
    clicks = [("summary", "More"), ("link", "Plan another like it"), ("button", "Plan the event")]
    for role, name in clicks:
        if role == "summary":
            desk.page.locator("summary", has_text=name).last.click()
        else:
            desk.click(role, name)
    copy = Event.objects.exclude(pk=last.pk).get()
    assert copy.meeting.group == group
    assert (copy.title, copy.starts_at - last.starts_at) == (last.title, dt.timedelta(days=28))
    desk.nothing_was_wrong()
