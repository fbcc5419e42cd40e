"""Nothing typed is lost, and nothing is undone unseen: two editors of one event, and a session lost while approving."""

import datetime as dt
import re

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from events.models import Event
from payments.models import Claim, ClaimLine
from people.models import Session
from programmes.models import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(site, settings):
    """A programme with an event to come, a claim that waits, and two of staff. One factor is enough here."""
    settings.SECOND_FACTOR_REQUIRED = False
    programme = factories.a_programme("Invented Wellbeing")
    cast = {
        key: factories.with_role(programme, Role.STAFF, user=factories.a_user(name, email=f"{key}@example.org"))
        for key, name in (("stan", "Stan Sampleton"), ("tess", "Tess Testerly"))
    }
    person = factories.with_role(programme, Role.LIVED_EXPERIENCE, "Bryony Bramble")
    claim = factories.a_claim(programme, person.person, Claim.Status.SUBMITTED)
    event = factories.an_event(programme, organiser=cast["stan"].person, days=20)
    return {**cast, "claim": claim, "event": event}


def of_staff(visitor, post, address):
    """Sign a member of staff in, in a browser of their own."""
    staff = visitor()
    staff.sign_in(address, post)
    return staff


class TwoEditors:
    """The steps of two of staff who change one event."""

    def __init__(self, cast, post, visitor):
        self.event = cast["event"]
        self.edit = f"/events/{self.event.pk}/edit/"
        self.stan = of_staff(visitor, post, "stan@example.org")
        self.tess = of_staff(visitor, post, "tess@example.org")

    def both_open_the_event(self):
        self.stan.go(self.edit)
        self.tess.go(self.edit)

    def one_moves_it(self):
        self.stan.fill("Venue", "The Invented Mill")
        self.stan.click("button", "Save")
        self.stan.sees("Saved")

    def the_other_sees_it_and_saves_both(self):
        self.tess.fill("Name of the event", "Curry and conversation")
        self.tess.click("button", "Save")
        self.tess.sees("Stan Sampleton changed this at", "It is filled in as it is now: The Invented Mill")
        assert Event.objects.get(pk=self.event.pk).title != "Curry and conversation"
        self.tess.click("button", "Save")
        self.tess.sees("Curry and conversation")
        event = Event.objects.get(pk=self.event.pk)
        assert (event.title, event.venue_name) == ("Curry and conversation", "The Invented Mill")
        self.stan.nothing_was_wrong()
        self.tess.nothing_was_wrong()


def test_the_second_editor_of_an_event_sees_what_the_first_saved(cast, site, post, visitor):
    story = TwoEditors(cast, post, visitor)
    story.both_open_the_event()
    story.one_moves_it()
    story.the_other_sees_it_and_saves_both()


class SessionLostWhileApproving:
    """The steps of an approver whose session ends while they write why they agree to less."""

    def __init__(self, cast, post, visitor):
        self.claim, self.post = cast["claim"], post
        self.staff = of_staff(visitor, post, "stan@example.org")

    def write_why_less(self):
        self.staff.go(f"/claims/{self.claim.pk}/decide/")
        self.staff.fill("Amount approved", "20.00")
        self.staff.fill("Reason for approving less", "Half of the day was on another programme.")

    def the_session_ends(self):
        cookies = self.staff.page.context.cookies()
        [key] = [cookie["value"] for cookie in cookies if cookie["name"] == django_settings.SESSION_COOKIE_NAME]
        Session.objects.filter(pk=key).update(seen_at=timezone.now() - dt.timedelta(hours=1))
        self.staff.click("button", "Approve")
        self.staff.sees("We kept what you had filled in")

    def sign_in_again(self):
        seen = len(self.post.messages)
        self.staff.fill("Email address", "stan@example.org")
        self.staff.click("button", "Send me a code")
        text = self.post.for_address("stan@example.org", "code", after=seen).get_body(("plain",)).get_content()
        code = re.search(r"^\s*([0-9]{3}-[0-9]{3}-[0-9]{3})\s*$", text, re.M).group(1)
        self.staff.page.get_by_label("The code").fill(code)
        self.staff.click("button", "Sign in")

    def approve_what_was_written(self):
        self.staff.sees("It has not been sent yet")
        page = self.staff.page
        assert page.get_by_label("Amount approved").input_value() == "20.00"
        assert page.get_by_label("Reason for approving less").input_value().startswith("Half of the day")
        assert ClaimLine.objects.get(claim=self.claim).approved_pence is None
        self.staff.click("button", "Approve")
        assert Claim.objects.get(pk=self.claim.pk).approved_pence == 2000
        self.staff.nothing_was_wrong()


def test_an_approver_whose_session_ends_goes_on_where_they_were(cast, site, post, visitor):
    story = SessionLostWhileApproving(cast, post, visitor)
    story.write_why_less()
    story.the_session_ends()
    story.sign_in_again()
    story.approve_what_was_written()
