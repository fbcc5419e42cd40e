"""An event is full: somebody drops out, the first who waits lets the offer pass, and the next one takes it."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from events import tasks
from events.models import WaitingPlace
from events.places.actions import numbers
from programmes.models import Role
from tests import factories
from tests.helpers.places import says, standing

from .conftest import PHONE


@pytest.fixture
def cast(site):
    """A programme, its staff, an event with one place, and three people who are invited to it."""
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF, "Stella Sage")
    event = factories.an_event(programme, organiser=staff.person, days=20, title="Tea in a small room")
    numbers.set_places(event=event, number=1, by=staff)
    invited = []
    for name in ("Cora Comes", "Wanda Waits", "Nora Next"):
        person = factories.a_person(name, email=f"{name.partition(' ')[0].lower()}@example.org")
        factories.a_membership(programme, person, Role.LIVED_EXPERIENCE)
        invited.append(factories.an_invitation(event, person))
    return {"staff": staff, "event": event, "invited": invited}


def waits_until(question):
    deadline = time.monotonic() + 30
    while not question():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def replies(visitor, invitation, words):
    visitor.go(f"/r/{invitation.link_key}/")
    visitor.choose(words)
    visitor.click("button", "Send my reply")


def two_days_go_by(invitation):
    """Let the offer and its email be two days older than they are, and the deadline be past."""
    ago = timezone.now() - dt.timedelta(days=2, hours=1)
    offer = WaitingPlace.objects.get(invitation=invitation)
    WaitingPlace.objects.filter(pk=offer.pk).update(offered_at=ago, until=ago + dt.timedelta(hours=48))
    offer.notice.messages.update(sent_at=ago)


def test_a_place_goes_to_the_next_when_the_first_lets_it_pass(cast, post, visitor, at_work):
    cora, wanda, nora = cast["invited"]
    phone, desk = visitor(PHONE), at_work(cast["staff"])
    says(cora, "coming")
    replies(phone, wanda, "I will come")
    phone.sees("You are on the waiting list, as number 1.")
    phone.go(f"/r/{nora.link_key}/")
    phone.sees("This event is full at the moment.", "1 of 1 place is taken.")
    replies(phone, nora, "I will come")
    desk.go(f"/events/{cast['event'].pk}/places/")
    desk.sees("Wanda Waits", "Nora Next")

    replies(phone, cora, "I cannot come")
    post.for_address("wanda@example.org", "A place is free for you")
    waits_until(lambda: WaitingPlace.objects.get(invitation=wanda).notice.latest.sent_at)
    two_days_go_by(wanda)
    # Twice, as beat may.
    for _time in range(2):
        tasks.keep_up_waiting_lists.delay()
    post.for_address("wanda@example.org", "We could not keep the place")
    mail = post.for_address("nora@example.org", "A place is free for you")
    assert f"/r/{nora.link_key}/" in mail.get_body(("plain",)).get_content()

    phone.go(f"/r/{nora.link_key}/")
    phone.sees("A place is free for you", "We keep it for you until")
    phone.click("button", "Take the place")
    phone.sees("Thank you, Nora", "I will come", "We look forward to seeing you.")
    phone.go(f"/r/{wanda.link_key}/")
    phone.sees("You are no longer on the waiting list.")
    assert [standing(wanda), standing(nora)] == ["passed", "taken"]
    desk.go(f"/events/{cast['event'].pk}/places/")
    desk.sees("1 of 1 place is taken.", "Did not answer in time", "Took the place")
