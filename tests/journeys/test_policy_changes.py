"""The policy changes after people were invited, in a real browser: the offer is kept, or they are told."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from events.models import Event
from payments.models import Claim
from programmes.models import Role
from tests import factories

from .conftest import PHONE


class PolicyChanges:
    """The steps of staff at a desk and of an invited person on a phone, from the invitation to the claim."""

    def __init__(self, visitor, post, settings):
        self.visitor = visitor
        self.post = post
        settings.SECOND_FACTOR_REQUIRED = False
        self.programme = factories.a_programme("Wellbeing Invented")
        factories.a_policy(self.programme)
        self.person = factories.with_role(self.programme, Role.LIVED_EXPERIENCE, "Petra Person")
        self.staff = factories.with_role(self.programme, Role.STAFF, "Stan Staff")
        self.event = factories.an_event(
            self.programme, days=2, title="Curry and co-production", organiser=self.staff.person, reply_by=tomorrow()
        )

    def staff_invite(self):
        """Staff invite the person, who reads in the mail what the policy of today pays."""
        self.desk = self.visitor()
        self.desk.sign_in(self.staff.email, self.post)
        self.desk.go(f"/events/{self.event.pk}/invite/")
        self.desk.page.get_by_role("checkbox", name=re.compile("Petra Person")).check()
        self.desk.click("button", "Invite those chosen")
        self.desk.click("button", "Send the invitations")
        mail = self.post.for_address(self.person.email, "Curry and co-production")
        assert "£50.00 for this session" in mail.get_body(("plain",)).get_content()

    def staff_draft_less(self):
        """Staff write a version that pays less from today, and see it line by line."""
        self.desk.go(f"/programmes/{self.programme.slug}/policy/draft/")
        self.desk.fill_date("When does this start?", timezone.localdate())
        self.desk.fill("Half a day", "30")
        self.desk.fill("A full day", "60")
        self.desk.click("button", "Save the draft and see what it would cost")
        self.desk.sees("What changes, line by line", "Half a day: £20.00 less. A full day: £40.00 less")
        self.desk.click("link", "Go on to publish it")
        self.desk.sees("Petra Person", "£50.00 for this session", "£30.00 for this session", "Keep what we offered")

    def staff_publish(self, choice):
        self.desk.choose(choice)
        self.desk.fill("Why is it published?", "The budget for this year.")
        self.desk.click("button", "Publish from")

    def the_person_reads_the_page(self):
        """Anyone reads the new version; the invited person reads what counts for them."""
        self.phone = self.visitor(PHONE)
        self.phone.sign_in(self.person.email, self.post)
        self.phone.go(f"/programmes/{self.programme.slug}/policy/")
        self.phone.sees("We pay £30.00 for half a day.", "Easy Read")
        self.phone.go(f"/r/{self.event.invitations.get().link_key}/")

    def the_person_comes(self):
        """The event begins, staff tick who came, and the person opens their claim."""
        starts = timezone.now() - dt.timedelta(minutes=1)
        Event.objects.filter(pk=self.event.pk).update(starts_at=starts, ends_at=starts + dt.timedelta(hours=3))
        self.desk.go(f"/events/{self.event.pk}/attendance/")
        self.desk.page.get_by_role("checkbox", name=re.compile("Petra Person")).check()
        self.desk.click("button", "Save who came")
        self.desk.sees("A claim is waiting for 1 person who came.")
        self.claim = Claim.objects.get()
        self.phone.go(f"/claims/{self.claim.pk}/")

    def end(self):
        self.phone.nothing_was_wrong()
        self.desk.nothing_was_wrong()


def tomorrow():
    """The day after today."""
    return timezone.localdate() + dt.timedelta(days=1)


@pytest.fixture
def story(visitor, post, settings):
    return PolicyChanges(visitor, post, settings)


def test_the_offer_is_kept_and_the_claim_pays_the_better_of_the_two(story):
    story.staff_invite()
    story.staff_draft_less()
    story.staff_publish("Keep what we offered")
    story.desk.sees("Version 2 is published", "1 person keeps what they were offered", "No claims were made.")
    story.the_person_reads_the_page()
    story.phone.sees("£50.00 for this session")
    story.the_person_comes()
    story.phone.sees("£50.00", "As offered when you were invited, by version 1")
    story.phone.click("link", "Check and send")
    story.phone.choose("I took part")
    story.phone.click("button", "Send my claim")
    story.claim.refresh_from_db()
    assert (story.claim.status, story.claim.lines.get().amount_pence) == ("submitted", 5000)
    story.end()


def test_people_are_told_what_was_and_what_is_now(story):
    story.staff_invite()
    story.staff_draft_less()
    story.staff_publish("Tell them what changes")
    story.desk.sees("Version 2 is published", "1 message was put in the queue to be sent")
    mail = story.post.for_address(story.person.email, "What we pay you changes")
    text = mail.get_body(("plain",)).get_content()
    assert "It was: £50.00 for this session (half a day)" in text
    assert "It is now: £30.00 for this session (half a day)" in text
    story.the_person_reads_the_page()
    story.phone.sees("£30.00 for this session")
    story.the_person_comes()
    assert story.claim.lines.get().amount_pence == 3000
    story.end()
