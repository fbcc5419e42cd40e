"""A residential over a night, in a real browser: planned, published, invited, attended, claimed to the penny."""

import datetime as dt

from django.utils import timezone

from events.models import Event, Invitation
from payments.models import Claim
from programmes.models import Role
from tests import factories as make

from .conftest import PHONE


def test_a_residential_of_two_days_from_its_plan_to_two_payments(transactional_db, at_work):
    programme = make.a_programme("Wellbeing Invented")
    make.a_policy(programme)
    staff, colleague = (make.with_role(programme, Role.STAFF, name) for name in ("Stella Staff", "Cora Colleague"))
    person = make.with_role(programme, Role.LIVED_EXPERIENCE, "Petra Person")
    first = timezone.localdate() + dt.timedelta(days=20)
    second = first + dt.timedelta(days=1)

    desk = at_work(staff)
    desk.go(f"/programmes/{programme.slug}/events/new/")
    desk.fill("Name of the event", "Two days by the water")
    desk.fill("What is the day for?", "To write it together.")
    for legend, day in (("Date", first), ("Last day", second), ("Replies wanted by", first)):
        desk.fill_date(legend, day)
    desk.fill("Start time", "10am")
    desk.fill("End time", "8pm")
    desk.page.locator("[name=venue_name]").fill("The Invented Ropeworks")
    desk.click("button", "Save it as a draft")
    desk.sees("Enter when it starts on")
    desk.page.locator("[name=starts_2]").fill("9am")
    desk.page.locator("[name=ends_2]").fill("1pm")
    desk.click("button", "Save it as a draft")
    desk.sees("This is a draft.")
    event = Event.objects.get()

    desk.go(f"/events/{event.pk}/sessions/new/")
    desk.fill("Title", "Four tables")
    desk.page.locator("[name=starts]").fill("9:30am")
    desk.page.locator("[name=ends]").fill("11am")
    desk.page.locator("[name=day][value='2']").check()
    desk.click("button", "Save")
    desk.sees("The session is on the programme.", "9:30am to 11am")
    desk.go(f"/events/{event.pk}/")
    desk.click("button", "Publish it")
    desk.sees("Next, choose who to invite.")

    # Its message is sent by a worker, which other journeys follow: this one goes on with the page of the event.
    Invitation.objects.create(event=event, person=person.person, invited_by=staff.person)
    phone = at_work(person, PHONE)
    phone.go(f"/events/{event.pk}/")
    phone.sees("Four tables", "You are invited")
    phone.click("link", "Tell us if you can come")
    phone.choose("I will come")
    phone.click("button", "Send my reply")
    phone.sees("You told us:", "I will come")

    # Both days have gone by.
    back = dt.timedelta(days=28)
    for row in Event.objects.all():
        row.starts_at, row.ends_at = row.starts_at - back, row.ends_at - back
        row.reply_by -= back
        row.save()
    desk.go(f"/events/{event.pk}/attendance/")
    desk.sees("Each day is paid by itself.")
    desk.click("button", "Save who came")
    desk.sees("A claim is waiting for 1 person who came.")

    claim = Claim.objects.get()
    phone.go(claim.get_absolute_url())
    phone.sees("£100.00", "£50.00", "£150.00")
    lines = claim.lines.order_by("on").values_list("on", "hours", "amount_pence")
    assert list(lines) == [(first - back, 10, 10_000), (second - back, 4, 5_000)]
    check = at_work(colleague)
    check.go(f"/events/{event.pk}/?tab=came")
    check.sees("Petra Person")
    for each in (desk, phone, check):
        each.nothing_was_wrong()
