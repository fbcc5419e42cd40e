"""Somebody who likes text messages is invited by one and answers it, told of changes, and paid, all by text.

Real pages, a real worker, Notify's own API.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone

from events.day import actions as day_actions
from events.models import Event
from payments.approval.actions import decisions
from payments.claims.actions import entering, sending
from payments.models import Claim
from people.models import Message
from programmes.models import Role
from tests import factories
from tests.helpers.messages import let_texts_go_at_night

from .cheques import Cheques
from .conftest import PHONE
from .texting import brings, sent, writes

ANN = "+447700900123"


@pytest.fixture
def cast(notify, site):
    let_texts_go_at_night()
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    staff, other = (factories.with_role(programme, Role.STAFF, name) for name in ("Stella Sage", "Stan Sorrel"))
    address = "3 Invented Row\nOtterby\nZZ9 1AA"
    ann = factories.a_person(
        "Ann Invented", phone=ANN, email="", channel="sms", second_channel="phone", postal_address=address
    )
    factories.a_membership(programme, ann, Role.LIVED_EXPERIENCE)
    event = factories.an_event(programme, organiser=staff.person, days=20, title="Talk about the bus")
    return {"programme": programme, "staff": staff, "other": other, "ann": ann, "event": event}


def invites(staff, event):
    """Invite Ann from the page of the event."""
    staff.go(f"{event.get_absolute_url()}invite/")
    staff.choose("Ann Invented")
    staff.click("button", "Invite those chosen")
    staff.sees("1 by text message")
    staff.click("button", "Send the invitations")


def test_an_invitation_by_text_is_answered_by_text_and_staff_read_the_rest(cast, notify, site, at_work):
    staff = at_work(cast["staff"])
    invites(staff, cast["event"])

    text = sent(notify, 1)
    assert text["phone_number"] == ANN
    assert text["body"].startswith("Invented Wellbeing: You are invited: Talk about the bus, ")
    assert "Answer YES or NO, or open: http" in text["body"]
    for _time in range(2):
        brings(site, "receipt", notify.ended(text, "delivered"))
    staff.go("/messages/")
    staff.sees("Ann Invented", "Text message", "Delivered")

    for _time in range(2):
        writes(site, ANN, "Yes please")
    back = sent(notify, 2)
    assert back["body"].startswith('Thank you. We have noted that you will come to "Talk about the bus"')
    staff.go(f"{cast['event'].get_absolute_url()}?tab=replies")
    staff.sees("1 coming", "Ann Invented Coming")

    writes(site, ANN, "Can I bring my sister?", count=2)
    staff.go("/")
    staff.click("link", "Read 1 text message")
    staff.sees("Text message from Ann Invented", "Can I bring my sister?")
    staff.click("button", "I have seen to this")
    staff.sees("No text message waits to be read")

    writes(site, ANN, "STOP", count=3)
    staff.go(f"/people/{cast['event'].invitations.get().person_id}/messages/")
    staff.sees("asked to send no more text messages", "Phone call: 07700 900123")
    assert len(notify.sent) == 2, "each text went out once"
    staff.nothing_was_wrong()


class ByText:
    """The steps of somebody who has a phone for text messages and no email address, and of those who work for her."""

    def __init__(self, cast, notify, site, at_work, visitor):
        self.cast, self.notify, self.site, self.at_work = cast, notify, site, at_work
        self.event, self.ann = cast["event"], cast["ann"]
        self.staff, self.phone = at_work(cast["staff"]), visitor(PHONE)
        self.texts = 0

    def reads_the_next_text(self, *words):
        """The next text says so; its link opens a page that says the same, without signing in."""
        self.texts += 1
        text = sent(self.notify, self.texts)
        for each in words:
            assert each in text["body"], text["body"]
        brings(self.site, "receipt", self.notify.ended(text, "delivered"))
        if link := re.search(r"http\S+$", text["body"]):
            self.phone.go(link.group().removeprefix(self.site.url))
        return text["body"]

    def is_invited_and_says_yes(self):
        invites(self.staff, self.event)
        day = f"{timezone.localtime(self.event.starts_at):%A} {timezone.localtime(self.event.starts_at).day}"
        self.reads_the_next_text("You are invited: Talk about the bus", day, "10am to 1pm, The Invented Hall")
        self.phone.sees("Talk about the bus", "The Invented Hall")
        writes(self.site, ANN, "YES")
        self.reads_the_next_text('We have noted that you will come to "Talk about the bus"')

    def is_told_what_is_new(self):
        self.staff.go(f"{self.event.get_absolute_url()}edit/")
        self.staff.fill("Venue", "The Other Hall")
        self.staff.click("button", "Save")
        self.reads_the_next_text("Changed: Talk about the bus. New place: The Other Hall (it was The Invented Hall)")
        self.phone.sees("The Other Hall")

    def is_told_that_a_claim_waits_once_she_came(self):
        """The day comes; she rings, as she does not sign in, and a colleague sends her claim."""
        yesterday = timezone.now() - dt.timedelta(days=1)
        Event.objects.filter(pk=self.event.pk).update(
            starts_at=yesterday, ends_at=yesterday + dt.timedelta(hours=3), reply_by=yesterday.date()
        )
        self.event.refresh_from_db()
        day_actions.record(event=self.event, came=[self.ann.pk], by=self.cast["staff"])
        self.reads_the_next_text("claim")
        self.phone.sees("Talk about the bus")
        claim = entering.enter(
            programme=self.cast["programme"],
            person=self.ann,
            event=self.event,
            by=self.cast["staff"],
            how="phone",
        )
        sending.submit(claim=claim, by=self.cast["staff"])
        self.reads_the_next_text(f"We sent your claim {claim.reference} for you")
        decisions.approve(claim=claim, by=self.cast["other"])

    def is_told_that_she_is_paid(self):
        programme = self.cast["programme"]
        finance = [factories.with_role(programme, Role.FINANCE, name) for name in ("Finn Fennel", "Sage Saffron")]
        self.cheques = Cheques(programme, finance, self.at_work)
        self.cheques.are_wanted_by(self.ann)
        self.reads_the_next_text("How we pay you")
        self.cheques.pay(self.ann, "000456")
        self.reads_the_next_text("We have posted you a cheque for £50.00")
        self.phone.sees("Its number is 000456")
        assert Claim.objects.get().status == "paid"

    def is_read_by_staff_on_one_page(self):
        """Each step went once by text and arrived, and nothing waits for a colleague."""
        self.staff.go(f"/people/{self.ann.pk}/messages/")
        self.staff.sees("You are invited", "Changed: Talk about the bus", "We have posted you a cheque", "Delivered")
        assert set(Message.objects.values_list("channel", "status")) == {("sms", "delivered")}
        assert len(self.notify.sent) == self.texts == Message.objects.count()
        for each in (self.staff, self.phone, self.cheques):
            each.nothing_was_wrong()


def test_somebody_with_text_messages_alone_is_told_everything_to_the_cheque(cast, notify, site, at_work, visitor):
    story = ByText(cast, notify, site, at_work, visitor)
    story.is_invited_and_says_yes()
    story.is_told_what_is_new()
    story.is_told_that_a_claim_waits_once_she_came()
    story.is_told_that_she_is_paid()
    story.is_read_by_staff_on_one_page()
