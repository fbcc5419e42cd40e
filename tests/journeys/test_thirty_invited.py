"""Thirty people are invited in four ways, reply by link, text, phone and slip, and hear that the day is another."""

import datetime as dt
import re
import time
import urllib.parse
import urllib.request
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from events.inviting.actions import invitations
from events.models import Invitation
from people.models import Message
from programmes.models import Role
from tests import factories
from tests.helpers.letters import a_reader
from tests.helpers.messages import let_texts_go_at_night

from .conftest import PHONE
from .texting import sent, writes

WAYS = {"email": 12, "sms": 8, "phone": 6, "letter": 4}


@pytest.fixture
def cast(notify, site):
    """A programme, its staff, an event in twenty days, and thirty people who are told things in four ways."""
    let_texts_go_at_night()
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF, "Stella Sage")
    for way, number in WAYS.items():
        for each in range(number):
            name = f"{way.title()} Invented{each:02d}"
            if way == "letter":
                a_reader(programme, name)
                continue
            details = {"email": f"person{each:02d}@example.org"} if way == "email" else {"email": "", "channel": way}
            if way != "email":
                details["phone"] = f"+4477009002{each:02d}" if way == "sms" else f"+4416329604{each:02d}"
            factories.a_membership(programme, factories.a_person(name, **details), Role.LIVED_EXPERIENCE)
    event = factories.an_event(programme, organiser=staff.person, days=20, title="Talk about the bus")
    return {"programme": programme, "staff": staff, "event": event}


class Story:
    """The steps of one event, as staff and those who are invited take them."""

    def __init__(self, cast, notify, site, post, at_work, visitor):
        self.event, self.staff = cast["event"], cast["staff"]
        self.notify, self.site, self.post = notify, site, post
        self.desk, self.phone = at_work(self.staff), visitor(PHONE)

    def of(self, way):
        return list(Invitation.objects.filter(person__full_name__startswith=way.title()).select_related("person"))

    def wait_for(self, kind):
        """Wait until everybody's notice of `kind` is written, and sent where it goes by itself."""
        deadline = time.monotonic() + 60
        while True:
            states = Counter(Message.objects.filter(notice__kind=kind).values_list("channel", "status"))
            if states[("email", "sent")] == 12 and states[("sms", "sent")] == 8 and sum(states.values()) == 30:
                return
            assert time.monotonic() < deadline, states
            time.sleep(0.2)

    def all_are_invited_at_once(self):
        self.desk.go(reverse("event_invite", args=[self.event.pk]))
        self.desk.click("button", "Choose all 30 that can be chosen")
        self.desk.click("button", "Invite those chosen")
        self.desk.sees("Invite 30 people?", "12 by email", "8 by text message", "6 by phone", "4 by letter")
        self.desk.sees("Email Invented00", "Letter Invented03")
        self.desk.click("button", "Send the invitations")
        self.wait_for("invitation")

    def those_with_a_link_reply_on_its_page(self):
        first, *others = self.of("email")
        mail = self.post.for_address(first.person.email, "You are invited")
        link = re.search(r"http\S+/r/\S+", mail.get_body(("plain",)).get_content()).group()
        self.phone.go(link.removeprefix(self.site.url))
        self.phone.choose("I will come")
        self.phone.click("button", "Send my reply")
        self.phone.sees("Thank you", "I will come")
        self.post.for_address(first.person.email, "Your reply")
        for number, invitation in enumerate(others):
            answer = {"reply": "coming" if number % 2 else "not_coming", "seen_at_first": ""}
            address = self.site.url + reverse("reply", args=[invitation.link_key])
            with urllib.request.urlopen(address, urllib.parse.urlencode(answer).encode(), timeout=20) as page:
                assert page.url.endswith("/done/")

    def those_with_a_phone_for_texts_answer_by_text(self):
        for number, invitation in enumerate(self.of("sms")):
            writes(self.site, invitation.person.phone, "NO" if number == 0 else "YES please")
        sent(self.notify, 16)
        bodies = [text["body"] for text in self.notify.sent[8:]]
        assert sum("We have noted that you will come" in body for body in bodies) == 7
        assert sum("We have noted that you cannot come" in body for body in bodies) == 1

    def colleagues_write_down_what_comes_by_phone_and_slip(self):
        for way, words in (("phone", "They will come"), ("letter", "They cannot come")):
            first, *others = self.of(way)
            self.desk.go(reverse("invitation_reply_for", args=[first.pk]))
            self.desk.choose(words)
            self.desk.click("button", "Save the reply")
            self.desk.sees(f"Written down for {first.person.full_name}")
            for invitation in others:
                invitations.reply(invitation=invitation, reply="coming", by=self.staff)

    def the_replies_are_counted(self, **numbers):
        counts = Counter(Invitation.objects.values_list("reply", flat=True))
        assert counts == numbers
        self.desk.go(f"{self.event.get_absolute_url()}?tab=replies")
        self.desk.sees(f"{numbers['coming']} coming", f"{numbers['not_coming']} cannot come")

    def the_day_moves_and_everybody_hears_it_in_their_way(self):
        self.before = timezone.localtime(self.event.starts_at)
        new = self.before + dt.timedelta(days=7)
        texts = len(self.notify.sent)
        self.desk.go(reverse("event_edit", args=[self.event.pk]))
        self.desk.fill_date("Date", new.date())
        self.desk.click("button", "Save")
        self.wait_for("event_changed")
        sent(self.notify, texts + 8)
        body = self.notify.sent[-1]["body"]
        assert f"{self.before:%A} {self.before.day}" in body and f"{new:%A} {new.day}" in body
        assert "Answer YES or NO" in body
        by_hand = Message.objects.by_hand().filter(notice__kind="event_changed")
        assert Counter(by_hand.values_list("channel", flat=True)) == {"phone": 6, "letter": 4}
        mail = self.post.for_address(self.of("email")[0].person.email, "Changed")
        assert "Please tell us if you can come at the new time" in mail.get_body(("plain",)).get_content()

    def they_are_asked_again_and_some_reply(self, asked):
        self.desk.go(f"{self.event.get_absolute_url()}?tab=replies")
        self.desk.sees(f"{asked} asked again, for a new time")
        texter, reader = self.of("sms")[1], self.of("email")[0]
        writes(self.site, texter.person.phone, "NO", count=2)
        self.phone.go(reverse("reply", args=[reader.link_key]))
        self.phone.sees("The time is a new one.")
        self.phone.choose("I will come")
        self.phone.click("button", "Send my reply")
        deadline = time.monotonic() + 20
        while Invitation.objects.asked_again().count() != asked - 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        texter.refresh_from_db()
        reader.refresh_from_db()
        assert (texter.reply, reader.reply, reader.is_asked_again) == ("not_coming", "coming", False)


def test_thirty_people_in_four_ways_from_invited_to_moved(cast, notify, site, post, at_work, visitor):
    story = Story(cast, notify, site, post, at_work, visitor)
    story.all_are_invited_at_once()
    story.those_with_a_link_reply_on_its_page()
    story.those_with_a_phone_for_texts_answer_by_text()
    story.colleagues_write_down_what_comes_by_phone_and_slip()
    # 6 by link, 7 by text, 6 by phone, 3 by slip; 6, 1 and 1 cannot.
    story.the_replies_are_counted(coming=22, not_coming=8)
    story.the_day_moves_and_everybody_hears_it_in_their_way()
    story.they_are_asked_again_and_some_reply(asked=22)
    story.desk.nothing_was_wrong()
    story.phone.nothing_was_wrong()
