"""The whole main job, played by four people in four browsers: from an invitation to money and its letter."""

import datetime as dt
import io
import re

import pypdf
import pytest
from PIL import Image, ImageDraw

from events.models import Event
from payments.models import Claim, PaymentRun
from people.models import Message
from tests import factories as make
from tests.helpers.documents import text_of

from .conftest import PHONE
from .new_programme import NewProgramme, founders


def pdf_text(content):
    """The words of a PDF, as one line; fails unless it is tagged and says its language."""
    pdf = pypdf.PdfReader(io.BytesIO(content))
    catalogue = pdf.trailer["/Root"]
    assert "/StructTreeRoot" in catalogue and catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("en")
    return text_of(pdf)


def a_ticket_photo(path):
    """A photo of a train ticket, as a phone would make it."""
    picture = Image.new("RGB", (1200, 800), "#f4d9a8")
    ImageDraw.Draw(picture).text((80, 80), "INVENTED RAIL  Anytown to Othertown  RETURN  18.60 GBP", fill="black")
    picture.save(path, "JPEG")
    return path


@pytest.fixture
def cast(site):
    """The people of the start: somebody who may set up programmes, and two finance officers."""
    return founders()


class MainJob(NewProgramme):
    """The steps from a new programme to money in the bank, each played by one or two people in their browsers."""

    def __init__(self, cast, site, post, visitor, tmp_path):
        super().__init__(cast, post, visitor)
        self.site = site
        self.tmp_path = tmp_path

    def staff_add_a_group_and_a_person(self):
        self.staff.go(f"/programmes/{self.programme.slug}/groups/new/")
        self.staff.fill("Name of the group", "Steering group")
        self.staff.choose("Steering group")
        self.staff.click("button", "Set up the group")

        self.staff.go(f"/programmes/{self.programme.slug}/people/new/")
        self.staff.fill("Full name", "Nadia Nutmeg")
        self.staff.choose("Person with lived experience")
        self.staff.page.get_by_label("Do they join a group?").select_option(label="Steering group")
        self.staff.choose("Lived experience", exact=True)
        self.staff.page.get_by_role("textbox", name="Email address").fill("nadia@example.org")
        self.staff.choose("Large print", exact=True)
        self.staff.choose("Large print (18 point)")
        self.staff.click("button", "Add this person")
        self.staff.sees("Nadia Nutmeg")

    def staff_plan_an_event_and_invite(self):
        """An event, and who is invited to it."""
        self.staff.go(f"/programmes/{self.programme.slug}/events/new/")
        self.staff.fill("Name of the event", "Curry and co-production")
        self.staff.fill("What is the day for?", "To agree our vision and the words we use.")
        self.staff.fill_date("Date", self.day)
        self.staff.fill("Start time", "10am")
        self.staff.fill("End time", "1pm")
        self.staff.page.get_by_label("Venue", exact=False).first.fill("The Invented Hall")
        self.staff.fill("Link to join online", "https://meet.example.org/curry")
        self.staff.fill_date("Replies wanted by", self.today + dt.timedelta(days=14))
        self.staff.click("button", "Plan the event")
        self.event = Event.objects.get()
        self.staff.click("link", "Invite people")
        self.staff.page.get_by_role("checkbox", name=re.compile("Nadia Nutmeg")).check()
        self.staff.click("button", "Invite those chosen")
        self.staff.sees("Invite 1 person?")
        self.staff.click("button", "Send the invitations")

    def the_invitation_arrives(self):
        """The invitation arrives: what the day is for, what is paid, a calendar part and a personal link."""
        message = self.post.for_address("nadia@example.org", "Curry and co-production")
        text = message.get_body(("plain",)).get_content()
        for words in ("To agree our vision", "£50.00", "The Invented Hall", "Hello Nadia"):
            assert words in text, text
        assert message.get_body(("html",)) is not None
        calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar").get_content()
        assert "BEGIN:VEVENT" in calendar and "Curry and co-production" in calendar
        assert message["Reply-To"] and "sal@example.org" in message["Reply-To"]
        self.link = re.search(rf"{re.escape(self.site.url)}(/r/[\w-]+/)", text).group(1)

    def the_person_replies_on_a_phone(self):
        """She replies on her phone, without signing in."""
        self.person = self.visitor(PHONE)
        self.person.go(self.link)
        self.person.sees("You are invited", "£50.00")
        self.person.click("button", "Send my reply")
        self.person.sees("There is a problem")
        self.person.choose("I will come")
        self.person.choose("Step-free way in")
        self.person.fill("More about it: Step-free way in", "A lift, please.")
        self.person.fill("Do you want to ask us something?", "Is there parking close by?")
        self.person.click("button", "Send my reply")
        self.person.sees("Thank you, Nadia", "I will come")

    def staff_answer_her_question(self):
        """Staff see it and answer her question."""
        self.staff.go(f"/events/{self.event.pk}/")
        self.staff.sees("Nadia Nutmeg", "Said on reply")
        self.staff.click("link", "Needs", exact=True)
        self.staff.sees("Nadia Nutmeg", "Step-free way in: A lift, please.")
        self.staff.click("link", re.compile("Questions"))
        self.staff.sees("Nadia Nutmeg", "Is there parking close by?")
        self.staff.fill("Your answer", "Yes, two places right by the door.")
        self.staff.click("button", "Send the answer")
        answer = self.post.for_address("nadia@example.org", "question")
        assert "two places right by the door" in answer.get_body(("plain",)).get_content()

    def staff_record_who_came(self):
        """The day comes and goes."""
        Event.objects.update(
            starts_at=self.event.starts_at - dt.timedelta(days=33), ends_at=self.event.ends_at - dt.timedelta(days=33)
        )
        self.staff.go(f"/events/{self.event.pk}/attendance/")
        assert self.staff.page.get_by_role("checkbox", name="Nadia Nutmeg").is_checked()
        self.staff.click("button", "Save who came")
        waiting = self.post.for_address("nadia@example.org", "claim")
        assert "£50.00" in waiting.get_body(("plain",)).get_content()

    def the_person_sends_the_claim(self):
        """She signs in with a code, finds her claim filled in, adds her train fare and sends it."""
        self.person.sign_in("nadia@example.org", self.post)
        self.person.sees("Curry and co-production")
        self.person.click("link", "Curry and co-production")
        self.claim = Claim.objects.get()
        self.person.go(f"/claims/{self.claim.pk}/")
        self.person.sees("£50.00")
        self.person.click("link", "Add an expense")
        self.person.choose("Train, bus or tram fare")
        self.person.click("button", "Continue")
        self.person.fill("How much did you pay?", "a lot")
        self.person.click("button", "Continue")
        self.person.sees("There is a problem")
        self.person.fill("How much did you pay?", "18.60")
        self.person.fill("Where did you go from and to?", "Anytown to Othertown and back")
        self.person.click("button", "Continue")
        self.person.page.get_by_label("Photo or PDF of your receipt").set_input_files(
            a_ticket_photo(self.tmp_path / "ticket.jpg")
        )
        self.person.click("button", "Send this receipt")
        self.person.sees("£68.60")
        self.person.click("link", "Check and send")
        self.person.choose("I took part")
        self.person.click("button", "Send my claim")
        self.person.sees("We have your claim", self.claim.reference, "£68.60")

    def staff_ask_and_approve(self):
        """Staff ask a question; she answers; staff approve."""
        self.staff.go("/")
        self.staff.go(f"/claims/{self.claim.pk}/")
        self.staff.sees("Nadia Nutmeg", "£68.60", "On the list of who came")
        self.staff.click("link", "Ask a question")
        self.staff.fill("Your question", "Was this a return ticket?")
        self.staff.page.get_by_role("button", name="Send").last.click()
        self.staff.page.wait_for_load_state()
        self.staff.check()
        assert (
            "Was this a return ticket?"
            in self.post.for_address("nadia@example.org", "question about your claim")
            .get_body(("plain",))
            .get_content()
        )
        self.person.go(f"/claims/{self.claim.pk}/")
        self.person.sees("We have a question", "Was this a return ticket?")
        self.person.fill("Your answer", "Yes, there and back.")
        self.person.click("button", "Answer and send again")
        self.staff.go(f"/claims/{self.claim.pk}/")
        self.staff.sees("Yes, there and back.")
        self.staff.click("button", "Approve £68.60")
        self.claim.refresh_from_db()
        assert self.claim.status == Claim.Status.APPROVED

    def finance_make_and_sign_a_run(self):
        """Finance: one makes the run, the other signs it off, a worker makes the documents."""
        self.first = self.visitor()
        self.first.sign_in("finn@example.org", self.post)
        self.first.set_up_second_step()
        make.paid_another_way(self.claim.person)
        self.first.go("/")
        self.first.sees("£68.60")
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Nadia Nutmeg", "£50.00", "£18.60", "£68.60")
        self.first.click("button", "Make the run")
        self.run = PaymentRun.objects.get()
        assert self.first.page.get_by_role("button", name="Sign off this run").count() == 0

        self.second = self.visitor()
        self.second.sign_in("sage@example.org", self.post)
        self.second.set_up_second_step()
        self.second.go(f"/runs/{self.run.pk}/")
        self.second.sees("You are the second person", "£68.60")
        self.second.click("button", "Sign off this run")
        self.second.click("button", "Make the documents")
        self.second.page.get_by_role("link", name=re.compile("schedule and letters")).wait_for(timeout=30_000)
        self.second.check()

    def finance_read_the_documents_and_pay(self):
        letter_link = self.second.page.get_by_role("link", name=re.compile("^Letter")).first.get_attribute("href")
        letter = pdf_text(self.second.page.request.get(letter_link).body())
        for words in (
            "Nadia Nutmeg",
            "£68.60",
            "£50.00",
            "£18.60",
            self.claim.reference,
            self.run.payments.get().reference,
        ):
            assert words in letter, letter
        schedule = self.run.documents.get(kind="schedule")
        words = pdf_text(self.second.page.request.get(f"/documents/{schedule.pk}/").body())
        for expected in (self.run.reference, "Nadia Nutmeg", "£68.60", "Finn Fennel", "Sage Saffron", "WB-01"):
            assert expected in words, words
        self.first.go(f"/runs/{self.run.pk}/")
        self.first.click("link", re.compile("Record that it was paid"))
        self.first.fill_date("What day was it paid?", self.today)
        self.first.click("button", "Record")
        self.first.sees("Paid", "Next: check the bank statement")

    def the_person_sees_the_money(self):
        """She sees the money and its letter."""
        paid = self.post.for_address("nadia@example.org", "paid")
        assert "£68.60" in paid.get_body(("plain",)).get_content()
        self.person.go("/")
        self.person.go(f"/claims/{self.claim.pk}/")
        self.person.sees("Paid", f"{self.today.day} {self.today:%B %Y}")
        own = self.person.page.get_by_role("link", name=re.compile("payment letter")).get_attribute("href")
        assert "£68.60" in pdf_text(self.person.page.request.get(own).body())

    def nothing_was_sent_twice(self):
        """Nothing was sent twice, and every message is kept with its state."""
        assert set(Message.objects.values_list("status", flat=True)) == {Message.Status.SENT}
        subjects = [
            (tuple(to), message["Subject"])
            for to, message in self.post.messages
            if "code" not in message["Subject"].lower()
        ]
        assert len(subjects) == len(set(subjects)), subjects

    def the_steering_group_decides(self):
        """The steering group: a proposal, where she stands, the outcome on the dashboard."""
        group = self.programme.groups.get(kind="steering")
        self.staff.go(f"/programmes/{self.programme.slug}/groups/{group.pk}/rules/")
        self.staff.sees("It cannot decide anything before it has.")
        self.staff.click("link", "Write down new rules")
        self.staff.fill("How many members must take part", "1")
        self.staff.fill("How many of them must have lived experience?", "1")
        self.staff.fill("For how many days is a proposal open at least?", "10")
        self.staff.click("button", "Save these rules")
        self.staff.go(f"/programmes/{self.programme.slug}/decisions/new/")
        self.staff.choose("By how far each member agrees")
        self.staff.fill("The proposal in a few words", "Pay within ten days")
        self.staff.page.get_by_role("textbox", name="The proposal", exact=True).fill(
            "We pay everyone within ten working days."
        )
        self.staff.fill_date("When do you want views by?", self.today + dt.timedelta(days=10))
        self.staff.click("button", "Send to the group")
        self.person.go("/")
        self.person.sees("Pay within ten days")
        self.person.go(f"/programmes/{self.programme.slug}/decisions/")
        self.person.click("link", "Pay within ten days")
        self.person.click("link", "Give your view")
        self.person.choose("I support it, with reservations")
        self.person.fill("In your own words", "Ten days is still long when you paid the fare yourself.")
        self.person.click("button", "Save my view")
        self.person.sees("Ten days is still long")
        decision = self.programme.decisions.get()
        self.staff.go(f"/decisions/{decision.pk}/outcome/")
        self.staff.choose("Agreed", exact=True)
        self.staff.fill("Why?", "We heard that fares cannot wait, so fares are repaid first.")
        self.staff.fill("What changes because of it?", "Fares within five days.")
        self.staff.fill_date("Date decided", self.today)
        self.staff.click("button", "Record the outcome")
        self.person.go(f"/programmes/{self.programme.slug}/decisions/")
        self.person.sees("Pay within ten days", "Agreed")

    def nobody_saw_a_fault(self):
        for each in (self.staff, self.person, self.first, self.second):
            each.nothing_was_wrong()


def test_a_day_given_becomes_money_in_the_bank(cast, site, post, visitor, tmp_path):
    story = MainJob(cast, site, post, visitor, tmp_path)
    story.choose_the_days()
    story.staff_set_up_the_programme()
    story.staff_publish_the_policy()
    story.staff_add_a_group_and_a_person()
    story.staff_plan_an_event_and_invite()
    story.the_invitation_arrives()
    story.the_person_replies_on_a_phone()
    story.staff_answer_her_question()
    story.staff_record_who_came()
    story.the_person_sends_the_claim()
    story.staff_ask_and_approve()
    story.finance_make_and_sign_a_run()
    story.finance_read_the_documents_and_pay()
    story.the_person_sees_the_money()
    story.nothing_was_sent_twice()
    story.the_steering_group_decides()
    story.nobody_saw_a_fault()
