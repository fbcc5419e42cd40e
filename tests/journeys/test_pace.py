"""From the link in a mail to a claim sent, signed out, on a phone: how long it takes somebody at a human pace."""

import re

import pytest
from django.utils import timezone

from events.day import actions as day_actions
from payments.models import Claim
from programmes.models import Role
from tests import factories
from tests.helpers import samples

from .conftest import PHONE

# Seconds: to take in a page, to tap, to press a key, to take a photo and choose it.
PAGE, TAP, KEY, PHOTO = 2.0, 1.2, 0.35, 8.0
AT_MOST = 60.0


class Hand:
    """Taps and types on one page of a browser, and adds up what that would take a person."""

    def __init__(self, page):
        self.page, self.pages, self.taps, self.keys, self.photos = page, 0, 0, 0, 0
        page.on("framenavigated", self._count)

    def _count(self, frame):
        if frame == self.page.main_frame:
            self.pages += 1

    def tap(self, role, name):
        self.taps += 1
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()

    def type(self, box, words):
        """Type into `box`, which is tapped first where the page has not put the cursor there."""
        if not box.evaluate("box => box === document.activeElement"):
            self.taps += 1
            box.click()
        self.keys += len(words)
        box.press_sequentially(words)

    def photograph(self, box):
        self.photos += 1
        box.set_input_files({"name": "ticket.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg()})

    @property
    def seconds(self):
        return self.pages * PAGE + self.taps * TAP + self.keys * KEY + self.photos * PHOTO


@pytest.mark.django_db(transaction=True)
def test_a_claim_with_one_fare_and_its_photo_takes_a_minute_from_the_mail(site, post, visitor, capsys):
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF)
    person = factories.with_role(
        programme, Role.LIVED_EXPERIENCE, user=factories.a_user("Bryony Bramble", email="bryony@example.org")
    )
    event = factories.an_event(programme, organiser=staff.person, days=-1)
    factories.an_invitation(event, person.person)
    day_actions.record(event=event, came={person.person.pk}, by=staff)
    mail = post.for_address("bryony@example.org", "claim").get_body(("plain",)).get_content()
    link = re.search(r"https?://\S+/claims/\d+/", mail).group(0)
    phone = visitor(PHONE)
    page, hand = phone.page, Hand(phone.page)

    hand.taps += 1
    page.goto(re.sub(r"^https?://[^/]+", "", link))
    seen = len(post.messages)
    hand.type(page.get_by_label("Email address"), "bryony@example.org")
    hand.tap("radio", "Yes, it is my own")
    hand.tap("button", "Send me a code")
    text = post.for_address("bryony@example.org", "code", after=seen).get_body(("plain",)).get_content()
    code = re.search(r"^\s*([0-9]{3}-[0-9]{3}-[0-9]{3})\s*$", text, re.M).group(1).replace("-", "")
    hand.type(page.get_by_label("The code"), code)
    hand.tap("button", "Sign in")

    hand.tap("link", "Add an expense")
    hand.tap("radio", "Train, bus or tram fare")
    hand.tap("button", "Continue")
    hand.type(page.get_by_label("How much did you pay?"), "4.20")
    hand.type(page.get_by_label("Where did you go from and to?"), "Leeds to York")
    hand.tap("button", "Continue")
    hand.photograph(page.get_by_label("Photo or PDF of your receipt"))
    hand.tap("button", "Send this receipt")
    hand.tap("link", "Check and send")
    hand.tap("checkbox", "nobody else has paid me back")
    hand.tap("button", "Send my claim")
    phone.sees("We have your claim")

    assert Claim.objects.get(person=person.person).status == Claim.Status.SUBMITTED
    assert Claim.objects.get(person=person.person).activity_date == timezone.localdate(event.starts_at)
    with capsys.disabled():
        print(f"\nFrom mail to sent: {hand.pages} pages, {hand.taps} taps, {hand.keys} keys, {hand.seconds:.1f} s")
    assert hand.seconds <= AT_MOST
    phone.nothing_was_wrong()
