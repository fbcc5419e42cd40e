"""How somebody is recognised, in a real browser: chosen beforehand on a phone, met by staff, with a letter to show."""

from django.utils import timezone

from payments.claims.actions import opening
from programmes.models import Role
from tests import factories
from wellbeing.lib.dates import short_date

from .conftest import PHONE


def test_a_person_takes_part_of_the_payment_and_keeps_their_own_record(visitor, post, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    programme = factories.a_programme("Wellbeing Invented")
    factories.a_policy(programme)
    person = factories.with_role(programme, Role.LIVED_EXPERIENCE, "Petra Person")
    staff = factories.with_role(programme, Role.STAFF, "Stan Staff")
    event = factories.an_event(programme, days=0, title="Curry and co-production")

    # Staff say what is offered besides money, what they gave and what they booked.
    desk = visitor()
    desk.sign_in(staff.email, post)
    desk.go(f"/programmes/{programme.slug}/recognition/")
    desk.fill("Charity people can give", "Brook House Trust")
    desk.fill("Charity number", "0000000")
    desk.choose("People can have a voucher")
    desk.click("button", "Save")
    desk.sees("Brook House Trust (0000000)", "Vouchers")
    desk.go(f"/programmes/{programme.slug}/advances/")
    desk.click("link", "Record an advance")
    desk.page.get_by_label("Person").select_option("Petra Person")
    desk.fill("How much?", "15")
    desk.choose("Cash")
    desk.click("button", "Record")
    desk.sees("Recorded: £15.00 to Petra Person", "£15.00")
    desk.click("link", "Petra Person")
    desk.sees("Advance of £15.00", "Close this advance")
    desk.click("link", "Advances")
    desk.click("link", "Booked and paid by us")
    desk.click("link", "Record what you booked")
    desk.page.get_by_label("Person").select_option("Petra Person")
    desk.page.get_by_label("What kind of thing?").select_option("public_transport")
    desk.fill("What was it?", "Train, Leeds to York and back")
    desk.fill("What did it cost?", "42")
    desk.page.get_by_label("Event").select_option(str(event.pk))
    desk.click("button", "Record")
    desk.sees("Train, Leeds to York and back", "£42.00")
    desk.click("link", "Petra Person")
    desk.sees("Booked and paid by us: £42.00", "Take this off the list")

    # The person says beforehand what they want, and how much they want to earn at most.
    phone = visitor(PHONE)
    phone.sign_in(person.email, post)
    phone.go("/you/")
    phone.sees("What you had from us before", "All of the payment")
    phone.go(f"/you/recognition/{programme.slug}/")
    phone.sees("Give it to Brook House Trust", "A voucher")
    phone.choose("Part of the payment")
    phone.fill("How much do you want to take?", "40")
    phone.click("button", "Save")
    phone.sees("£40.00 of the payment")
    phone.click("link", "Your own record")
    phone.sees("Nothing to count yet")
    phone.click("link", "Set a limit")
    phone.fill("Most in a week", "30")
    phone.click("button", "Save")

    # They came: the claim starts with their choice, warns them alone, and shows what was booked.
    attendance = factories.an_attendance(event, person.person)
    claim = opening.open_for_attendance(attendance=attendance, by=staff)
    phone.go(f"/claims/{claim.pk}/check/")
    phone.sees("£40.00 of the payment", "Your limit is £30.00", "Train, Leeds to York and back", "You had this before")
    phone.click("link", "Choose how much you take")
    phone.fill("How much do you want to take?", "25")
    phone.click("button", "Save")
    assert "Your limit is" not in phone.page.content()
    phone.choose("I took part")
    phone.click("button", "Send my claim")

    # Whoever checks it sees amounts, and approves; the person reads where the money goes.
    desk.go(f"/claims/{claim.pk}/")
    desk.sees("Not taken", "£25.00", "Paid in advance", "£15.00")
    desk.click("button", "Approve £50.00")
    phone.go(f"/claims/{claim.pk}/")
    phone.sees("Paid to you", "£10.00", "You had this before", "£15.00", "Not taken, as you chose", "£25.00")
    phone.go("/you/record/")
    phone.sees("£5.00 left up to your limit of £30.00", "Curry and co-production")

    # A letter, for them alone.
    phone.go("/money-and-benefits/")
    phone.click("link", "Give you a letter about your involvement")
    phone.choose("List the days I took part")
    phone.click("button", "Make my letter")
    phone.page.get_by_role("link", name="(PDF)").wait_for(timeout=30_000)
    phone.sees(f"{programme.name}, {short_date(timezone.localdate())} (PDF)")
    phone.check()
    phone.nothing_was_wrong()
    desk.nothing_was_wrong()
