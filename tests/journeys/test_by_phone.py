"""Somebody with a telephone and nothing else: invited, told of a change, asked and paid, by colleagues who ring."""

import pytest
from django.utils import timezone

from payments.approval.actions import decisions
from payments.claims.actions import entering, sending
from payments.models import Claim
from people.models import Message
from programmes.models import Role
from tests import factories
from tests.helpers.letters import text_in

from .cheques import Cheques

WORK = {"activity": "document_review", "hours": 2, "description": "Read the leaflet aloud"}


@pytest.fixture
def cast(site):
    """A programme that pays, somebody with a telephone, and three of staff."""
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    staff = [factories.with_role(programme, Role.STAFF, name) for name in ("Stan Staff", "Stella Staff", "Sid Staff")]
    programme.contact_email = staff[0].email
    programme.save()
    dora = factories.a_person(
        "Dora Dial",
        phone="01632 960001",
        email="",
        channel="phone",
        call_time="morning",
        postal_address="3 Invented Row\nOtterby\nZZ9 1AA",
    )
    factories.a_membership(programme, dora, Role.LIVED_EXPERIENCE)
    event = factories.an_event(programme, organiser=staff[0].person, days=20, title="Talk about the bus")
    finance = [factories.with_role(programme, Role.FINANCE, name) for name in ("Finn Fennel", "Sage Saffron")]
    return {"programme": programme, "staff": staff, "finance": finance, "dora": dora, "event": event}


class ByPhone:
    """The steps of the colleague who rings."""

    def __init__(self, cast, at_work):
        self.cast, self.dora, self.event = cast, cast["dora"], cast["event"]
        self.stan, self.stella, self.sid = cast["staff"]
        self.staff = at_work(self.stan)
        self.cheques = Cheques(cast["programme"], cast["finance"], at_work)

    def is_invited_and_says_yes(self):
        """The invitation waits on the list of people to ring; her reply is taken down on the phone."""
        self.staff.go(f"{self.event.get_absolute_url()}invite/")
        self.staff.choose("Dora Dial")
        self.staff.click("button", "Invite those chosen")
        self.staff.sees("1 by phone: you ring them")
        self.staff.click("button", "Send the invitations")
        self.wait_for("invitation")
        self.staff.go("/")
        self.staff.click("link", "Ring Dora Dial")
        self.staff.sees("01632 960001", "In the morning")
        self.staff.click("link", "Ring now")
        self.staff.sees("may I speak to Dora Dial? This is Stan", "Talk about the bus", "Please tell us by")
        self.staff.choose("No answer")
        self.staff.click("button", "Save")
        self.staff.sees("Dora Dial stays on the list")
        self.staff.click("link", "Dora Dial")
        self.staff.sees("No answer")
        self.staff.click("link", "Ring now")
        self.staff.click("link", "Write down their reply")
        self.staff.choose("They will come")
        self.staff.click("button", "Save the reply")
        self.staff.sees("Written down for Dora Dial")
        assert not Message.objects.by_hand().exists(), "nobody has to ring to say what she has just said"

    def hears_of_the_new_day(self):
        self.staff.go(f"{self.event.get_absolute_url()}edit/")
        self.staff.fill("Venue", "The Other Hall")
        self.staff.click("button", "Save")
        self.wait_for("event_changed")
        self.rings()

    def is_asked_about_her_claim_and_answers(self):
        claim = entering.enter(
            programme=self.cast["programme"],
            person=self.dora,
            by=self.stan,
            how="phone",
            on=timezone.localdate(),
            **WORK,
        )
        sending.submit(claim=claim, by=self.stan)
        self.rings()
        decisions.return_with_question(claim=claim, by=self.stella, question="Was it two hours, or three?")
        self.staff.go("/")
        self.staff.click("link", "Ring Dora Dial")
        self.staff.click("link", "Ring now")
        self.staff.sees("Was it two hours, or three?", "Write down their answer")
        self.staff.click("link", "Write down their answer")
        self.staff.fill("Your answer", "Two, she says.")
        self.staff.click("button", "Answer and send again")
        assert not Message.objects.by_hand().exists(), "nobody has to ring to ask what she has just answered"
        decisions.approve(claim=claim, by=self.stella)
        assert Claim.objects.get().status == "approved"

    def is_paid_by_cheque_with_a_letter(self):
        """She asks for a cheque; its letter is printed for the post, and she is rung about both."""
        self.cheques.are_wanted_by(self.dora)
        self.rings()
        letter = " ".join(text_in(self.cheques.pay(self.dora, "000123")))
        assert "Dora Dial 3 Invented Row" in letter
        assert "£50.00" in letter
        self.staff.go("/")
        self.staff.click("link", "Ring Dora Dial")
        self.staff.click("link", "Ring now")
        self.staff.sees("cheque", "Its number is 000123")
        self.staff.choose("I spoke to them and told them")
        self.staff.click("button", "Save")
        self.staff.sees("Written down: Dora Dial knows")

    def reads_everything_on_one_page(self):
        """Each step is in her thread, and nothing waits in a forgotten drawer."""
        self.staff.go(f"/people/{self.dora.pk}/")
        self.staff.sees("We tell them things by: Phone call: 01632 960001")
        self.staff.click("link", "See all messages to them")
        self.staff.sees("You are invited", "Changed: Talk about the bus", "Told by phone")
        self.staff.sees("A question about your claim", "We have posted you a cheque")
        self.staff.go("/")
        assert self.staff.page.get_by_role("link", name="Dora Dial").count() == 0
        assert not Message.objects.by_hand().exists()
        assert set(Message.objects.values_list("channel", "status")) == {("phone", "sent")}
        self.staff.nothing_was_wrong()
        self.cheques.nothing_was_wrong()

    def rings(self):
        self.staff.go("/")
        self.staff.click("link", "Ring Dora Dial")
        self.staff.click("link", "Ring now")
        self.staff.choose("I spoke to them and told them")
        self.staff.click("button", "Save")
        self.staff.sees("Written down: Dora Dial knows")

    def wait_for(self, kind):
        """Wait for the worker to have written a notice."""
        for _time in range(200):
            if Message.objects.filter(notice__kind=kind).exists():
                # The page of the event goes on by itself once the work is done.
                self.staff.page.wait_for_timeout(2000)
                return
            self.staff.page.wait_for_timeout(100)
        raise AssertionError(f"no {kind} was written")


def test_somebody_with_a_telephone_is_told_everything_by_colleagues_who_ring(cast, site, at_work):
    story = ByPhone(cast, at_work)
    story.is_invited_and_says_yes()
    story.hears_of_the_new_day()
    story.is_asked_about_her_claim_and_answers()
    story.is_paid_by_cheque_with_a_letter()
    story.reads_everything_on_one_page()
