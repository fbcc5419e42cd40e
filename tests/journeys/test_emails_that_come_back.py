"""An email comes back, an administrator sees to another, and somebody stops reminders, in a real browser."""

import pytest
from django.urls import reverse

from people.messages import delivery, routing, telling
from people.messages.returns import actions, stopping
from people.messages.returns.reports import Report
from people.messages.returns.understanding import Kind, Understood
from people.models import AddressMark
from tests import factories as make

from .conftest import DESKTOP, PHONE

LONG = "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in virtual mailbox table of this server"


@pytest.fixture
def came_back(transactional_db):
    """A bounce of an invitation to somebody, one of an email to nobody, and a mail nobody understood."""
    ann = make.a_person("Ann Invented", email="ann@example.org")
    theirs = telling.tell(ann, "details-changed", key="1", subject="Your details have changed", text="See them.")
    nobodys = telling.tell(None, "account", key="2", subject="Confirm a role", text="Please.", to="host@example.org")
    for number, notice in enumerate((theirs, nobodys)):
        message = notice.messages.get()
        delivery.send([message.pk])
        message.refresh_from_db()
        for outcome, said in (("delayed", "Connection timed out (4.4.1)"), ("bounced", LONG)):
            report = Report(f"{number}{outcome}", outcome, said=said, address=True)
            actions.take_report(provider_ref=message.provider_ref, report=report, by=None)
    mail = Understood(Kind.NOT_UNDERSTOOD, sender="ann@example.org", subject="Re: Come to the planning day – yes!")
    actions.take_mail(raw=b"1", mail=mail, by=None)
    return theirs


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_administrator_sees_to_what_came_back(came_back, at_work, size):
    visitor = at_work(make.an_administrator(), size)
    visitor.go("/")
    visitor.click("link", "See to 2 emails that came back")
    visitor.sees("Confirm a role", "host@example.org", "Re: Come to the planning day")
    visitor.click("link", "Re: Come to the planning day")
    visitor.sees("we could not tell what it says", "Not understood", "ann@example.org")
    visitor.click("button", "I have seen to this")
    visitor.sees("Done. It has left the list.")
    visitor.click("link", "Confirm a role")
    visitor.click("button", "I have seen to this")
    visitor.sees("No email waits to be seen to")
    visitor.go(came_back.messages.earliest("pk").get_absolute_url())
    visitor.sees("Came back", "The email came back: 550 5.1.1", "Delayed. Connection timed out")
    actions.stop_emails(person=came_back.person, kind="monthly_report", by=None)
    routing.mark("email", came_back.person.email, AddressMark.Reason.COMPLAINED)
    visitor.go(reverse("person_messages", args=[came_back.person.pk]))
    visitor.sees("It works again", "They want all emails again", "Monthly report")
    visitor.nothing_was_wrong()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_somebody_stops_reminders_without_signing_in_and_has_them_again(
    transactional_db, at_work, browser, live_server, settings, size
):
    settings.SITE_URL = live_server.url
    user = make.a_user("Cleo Invented")
    notice = telling.tell(user.person, "reminder", key="3", subject="Please send your claim", text="By Friday.")
    visitor = at_work(user, size)
    # The link is opened by somebody who has not signed in.
    visitor.page.context.clear_cookies()
    visitor.go(stopping.link_for(notice))
    visitor.sees("Stop these emails?", "Reminders")
    visitor.click("button", "Stop these emails")
    visitor.sees("These emails are stopped")
    visitor.click("button", "Send me these emails again")
    visitor.sees("You will get these emails again")
    visitor.click("button", "Stop these emails")
    visitor.nothing_was_wrong()

    visitor = at_work(user, size)
    routing.mark("email", user.person.email, AddressMark.Reason.COMPLAINED)
    telling.tell(user.person, "reminder", key="4", subject="Your last day to claim", text="By Monday.")
    visitor.go(reverse("your_messages"))
    visitor.sees("Messages you do not get", "was reported as spam", "Not sent, as you get no emails of this kind")
    visitor.click("button", "Send me all emails again")
    visitor.click("button", "Send me these emails again")
    visitor.sees("We will send you these emails again.")
    visitor.go(reverse("your_message", args=[notice.pk]))
    visitor.click("link", "Stop emails of this kind")
    visitor.nothing_was_wrong()
