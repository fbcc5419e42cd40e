"""How somebody is recognised, in a real browser: chosen beforehand on a phone, met by staff, with a letter to show."""

from django.utils import timezone

from payments.claims.actions import opening
from programmes.models import Role
from tests import factories
from wellbeing.lib.dates import short_date

from .conftest import PHONE


class PartOfThePayment:
    """The steps of a person on a phone and of staff at a desk, from an offer to a letter."""

    def __init__(self, visitor, post, settings):
        self.visitor = visitor
        self.post = post
        self.settings = settings

    def begin(self):
        self.settings.SECOND_FACTOR_REQUIRED = False
        self.programme = factories.a_programme("Wellbeing Invented")
        factories.a_policy(self.programme)
        self.person = factories.with_role(self.programme, Role.LIVED_EXPERIENCE, "Petra Person")
        self.staff = factories.with_role(self.programme, Role.STAFF, "Stan Staff")
        self.event = factories.an_event(self.programme, days=0, title="Curry and co-production")

    def staff_set_the_offer(self):
        """Staff say what is offered besides money, what they gave and what they booked."""
        self.desk = self.visitor()
        self.desk.sign_in(self.staff.email, self.post)
        self.desk.go(f"/programmes/{self.programme.slug}/recognition/")
        self.desk.fill("Charity people can give", "Brook House Trust")
        self.desk.fill("Charity number", "0000000")
        self.desk.choose("People can have a voucher")
        self.desk.click("button", "Save")
        self.desk.sees("Brook House Trust (0000000)", "Vouchers")

    def staff_record_an_advance_and_a_booking(self):
        self.desk.go(f"/programmes/{self.programme.slug}/advances/")
        self.desk.click("link", "Record an advance")
        self.desk.page.get_by_label("Person").select_option("Petra Person")
        self.desk.fill("How much?", "15")
        self.desk.choose("Cash")
        self.desk.click("button", "Record")
        self.desk.sees("Recorded: £15.00 to Petra Person", "£15.00")
        self.desk.click("link", "Petra Person")
        self.desk.sees("Advance of £15.00", "Close this advance")
        self.desk.click("link", "Advances")
        self.desk.click("link", "Booked and paid by us")
        self.desk.click("link", "Record what you booked")
        self.desk.page.get_by_label("Person").select_option("Petra Person")
        self.desk.page.get_by_label("What kind of thing?").select_option("public_transport")
        self.desk.fill("What was it?", "Train, Leeds to York and back")
        self.desk.fill("What did it cost?", "42")
        self.desk.page.get_by_label("Event").select_option(str(self.event.pk))
        self.desk.click("button", "Record")
        self.desk.sees("Train, Leeds to York and back", "£42.00")
        self.desk.click("link", "Petra Person")
        self.desk.sees("Booked and paid by us: £42.00", "Take this off the list")

    def the_person_chooses_beforehand(self):
        """The person says beforehand what they want, and how much they want to earn at most."""
        self.phone = self.visitor(PHONE)
        self.phone.sign_in(self.person.email, self.post)
        self.phone.go("/you/")
        self.phone.sees("What you had from us before", "All of the payment")
        self.phone.go(f"/you/recognition/{self.programme.slug}/")
        self.phone.sees("Give it to Brook House Trust", "A voucher")
        self.phone.choose("Part of the payment")
        self.phone.fill("How much do you want to take?", "40")
        self.phone.click("button", "Save")
        self.phone.sees("£40.00 of the payment")
        self.phone.click("link", "Your own record")
        self.phone.sees("Nothing to count yet")
        self.phone.click("link", "Set a limit")
        self.phone.fill("Most in a week", "30")
        self.phone.click("button", "Save")

    def the_person_sends_the_claim(self):
        """They came: the claim starts with their choice, warns them alone, and shows what was booked."""
        attendance = factories.an_attendance(self.event, self.person.person)
        self.claim = opening.open_for_attendance(attendance=attendance, by=self.staff)
        self.phone.go(f"/claims/{self.claim.pk}/check/")
        self.phone.sees(
            "£40.00 of the payment",
            "Your limit is £30.00",
            "Train, Leeds to York and back",
            "Already paid to you in advance",
        )
        self.phone.click("link", "Choose how much you take")
        self.phone.fill("How much do you want to take?", "25")
        self.phone.click("button", "Save")
        assert "Your limit is" not in self.phone.page.content()
        self.phone.choose("I took part")
        self.phone.click("button", "Send my claim")

    def staff_approve(self):
        """Staff see the amounts and approve; the person reads where the money goes."""
        self.desk.go(f"/claims/{self.claim.pk}/")
        self.desk.sees("Not taken", "£25.00", "Paid in advance", "£15.00")
        self.desk.click("button", "Approve £50.00")
        self.phone.go(f"/claims/{self.claim.pk}/")
        self.phone.sees(
            "Paid to you", "£10.00", "Already paid to you in advance", "£15.00", "Not taken, as you chose", "£25.00"
        )
        self.phone.go("/you/record/")
        self.phone.sees("£5.00 left up to your limit of £30.00", "Curry and co-production")

    def the_person_asks_for_a_letter(self):
        """A letter, for them alone."""
        self.phone.go("/money-and-benefits/")
        self.phone.click("link", "Give you a letter about your involvement")
        self.phone.choose("List the days I took part")
        self.phone.click("button", "Make my letter")
        self.phone.page.get_by_role("link", name="(PDF)").wait_for(timeout=30_000)
        self.phone.sees(f"{self.programme.name}, {short_date(timezone.localdate())} (PDF)")
        self.phone.check()
        self.phone.nothing_was_wrong()
        self.desk.nothing_was_wrong()


def test_a_person_takes_part_of_the_payment_and_keeps_their_own_record(visitor, post, settings):
    story = PartOfThePayment(visitor, post, settings)
    story.begin()
    story.staff_set_the_offer()
    story.staff_record_an_advance_and_a_booking()
    story.the_person_chooses_beforehand()
    story.the_person_sends_the_claim()
    story.staff_approve()
    story.the_person_asks_for_a_letter()
