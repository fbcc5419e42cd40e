"""The whole main job, played by four people in four browsers: from an invitation to money and its letter."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from events.models import Event
from payments.models import Claim, PaymentRun
from people.models import Message, User
from programmes.members.actions import appointments
from programmes.models import Programme, Role
from tests import factories as make
from tests.helpers.documents import text_of

from .conftest import PHONE


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


def an_account(address, name):
    """Someone who can sign in and has no role yet."""
    return User.objects.create_user(address, name=name)


def give(programme, user, role):
    """A role, as an administrator of the installation would give it."""
    make.a_membership(programme, user.person, role)


@pytest.fixture
def cast(site):
    """Who is there before the story starts: somebody who may set up programmes, and two finance officers."""
    staff = an_account("sal@example.org", "Sal Sorrel")
    appointments.give_creator_right(person=staff.person, by=make.an_administrator())
    return {
        "staff": staff,
        "first": an_account("finn@example.org", "Finn Fennel"),
        "second": an_account("sage@example.org", "Sage Saffron"),
    }


def test_a_day_given_becomes_money_in_the_bank(cast, site, post, visitor, tmp_path):
    today = timezone.localdate()
    day = today + dt.timedelta(days=30)

    # Staff set up the programme, its policy and its people.
    staff = visitor()
    staff.sign_in("sal@example.org", post)
    staff.go("/programmes/new/")
    staff.fill("Name", "Wellbeing Together in Anytown")
    staff.fill("Short code", "WTA")
    staff.fill("What it is for", "People and charities shape care together.")
    staff.fill("Funder", "The Invented Foundation")
    staff.fill_date("First day of funding", today - dt.timedelta(days=400))
    staff.fill_date("Last day of funding", today + dt.timedelta(days=600))
    staff.fill("Cost code", "WB-01")
    staff.fill("Name of the person to ask", "Sal Sorrel")
    staff.fill("Email address of the person to ask", "sal@example.org")
    staff.click("button", "Set up the programme")
    # She is its first staff now, so she is asked for a second step.
    staff.set_up_second_step()
    programme = Programme.objects.get()
    staff.go(f"/programmes/{programme.slug}/")
    staff.sees("Wellbeing Together in Anytown", "The Invented Foundation")
    for key in ("first", "second"):
        give(programme, cast[key], Role.FINANCE)

    staff.go(f"/programmes/{programme.slug}/policy/draft/")
    staff.fill("Half a day", "50")
    staff.fill("A full day", "100")
    staff.fill("Pence for each mile", "40")
    staff.click("button", "Save the draft and see what it would cost")
    staff.sees("Nobody has sent a claim", "£50.00")
    staff.click("link", "Go on to publish it")
    staff.click("button", "Publish from")
    staff.sees("£50.00", "40p")

    staff.go(f"/programmes/{programme.slug}/groups/new/")
    staff.fill("Name of the group", "Steering group")
    staff.choose("Steering group")
    staff.click("button", "Set up the group")

    staff.go(f"/programmes/{programme.slug}/people/new/")
    staff.fill("Full name", "Nadia Nutmeg")
    staff.choose("Person with lived experience")
    staff.page.get_by_label("Do they join a group?").select_option(label="Steering group")
    staff.choose("Lived experience", exact=True)
    staff.page.get_by_role("textbox", name="Email address").fill("nadia@example.org")
    staff.choose("Large print", exact=True)
    staff.choose("Large print (18 point)")
    staff.click("button", "Add this person")
    staff.sees("Nadia Nutmeg")

    # An event, and who is invited to it.
    staff.go(f"/programmes/{programme.slug}/events/new/")
    staff.fill("What is it called?", "Curry and co-production")
    staff.fill("What is the day for?", "To agree our vision and the words we use.")
    staff.fill_date("Date", day)
    staff.fill("Start time", "10am")
    staff.fill("End time", "1pm")
    staff.page.get_by_label("Venue", exact=False).first.fill("The Invented Hall")
    staff.fill("Link to join online", "https://meet.example.org/curry")
    staff.fill_date("Replies wanted by", today + dt.timedelta(days=14))
    staff.click("button", "Plan the event")
    event = Event.objects.get()
    staff.click("link", "Invite people")
    staff.page.get_by_role("checkbox", name=re.compile("Nadia Nutmeg")).check()
    staff.click("button", "Continue")
    staff.sees("Invite 1 person?")
    staff.click("button", "Send the invitations")

    # The invitation arrives: what the day is for, what is paid, a calendar part and a personal link.
    message = post.for_address("nadia@example.org", "Curry and co-production")
    text = message.get_body(("plain",)).get_content()
    for words in ("To agree our vision", "£50.00", "The Invented Hall", "Hello Nadia"):
        assert words in text, text
    assert message.get_body(("html",)) is not None
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar").get_content()
    assert "BEGIN:VEVENT" in calendar and "Curry and co-production" in calendar
    assert message["Reply-To"] and "sal@example.org" in message["Reply-To"]
    link = re.search(rf"{re.escape(site.url)}(/r/[\w-]+/)", text).group(1)

    # She replies on her phone, without signing in.
    person = visitor(PHONE)
    person.go(link)
    person.sees("You are invited", "£50.00")
    person.click("button", "Send my reply")
    person.sees("There is a problem")
    person.choose("I will come")
    person.fill("What do you need on the day?", "A step-free way in, please.")
    person.fill("Do you want to ask us something?", "Is there parking close by?")
    person.click("button", "Send my reply")
    person.sees("Thank you, Nadia", "I will come")

    # Staff see it and answer her question.
    staff.go(f"/events/{event.pk}/")
    staff.sees("Nadia Nutmeg", "A step-free way in, please.", "Is there parking close by?")
    staff.fill("Your answer", "Yes, two places right by the door.")
    staff.click("button", "Send the answer")
    answer = post.for_address("nadia@example.org", "question")
    assert "two places right by the door" in answer.get_body(("plain",)).get_content()

    # The day comes and goes.
    Event.objects.update(
        starts_at=event.starts_at - dt.timedelta(days=33), ends_at=event.ends_at - dt.timedelta(days=33)
    )
    staff.go(f"/events/{event.pk}/attendance/")
    assert staff.page.get_by_role("checkbox", name="Nadia Nutmeg").is_checked()
    staff.click("button", "Save who came")
    waiting = post.for_address("nadia@example.org", "claim")
    assert "£50.00" in waiting.get_body(("plain",)).get_content()

    # She signs in with a code, finds her claim filled in, adds her train fare and sends it.
    person.sign_in("nadia@example.org", post)
    person.sees("Curry and co-production")
    person.click("link", "Curry and co-production")
    claim = Claim.objects.get()
    person.go(f"/claims/{claim.pk}/")
    person.sees("£50.00")
    person.click("link", "Add an expense")
    person.choose("Train, bus or tram fare")
    person.click("button", "Continue")
    person.fill("How much did you pay?", "a lot")
    person.click("button", "Continue")
    person.sees("There is a problem")
    person.fill("How much did you pay?", "18.60")
    person.fill("Where did you go from and to?", "Anytown to Othertown and back")
    person.click("button", "Continue")
    person.page.get_by_label("Photo or PDF of your receipt").set_input_files(a_ticket_photo(tmp_path / "ticket.jpg"))
    person.click("button", "Send this receipt")
    person.sees("£68.60")
    person.click("link", "Check and send")
    person.choose("I took part")
    person.click("button", "Send my claim")
    person.sees("We have your claim", claim.reference, "£68.60")

    # Staff ask a question; she answers; staff approve.
    staff.go("/")
    staff.go(f"/claims/{claim.pk}/")
    staff.sees("Nadia Nutmeg", "£68.60", "On the list of who came")
    staff.click("link", "Ask a question")
    staff.fill("Your question", "Was this a return ticket?")
    staff.page.get_by_role("button", name="Send").last.click()
    staff.page.wait_for_load_state()
    staff.check()
    assert (
        "Was this a return ticket?"
        in post.for_address("nadia@example.org", "question about your claim").get_body(("plain",)).get_content()
    )
    person.go(f"/claims/{claim.pk}/")
    person.sees("We have a question", "Was this a return ticket?")
    person.fill("Your answer", "Yes, there and back.")
    person.click("button", "Answer and send again")
    staff.go(f"/claims/{claim.pk}/")
    staff.sees("Yes, there and back.")
    staff.click("button", "Approve £68.60")
    claim.refresh_from_db()
    assert claim.status == Claim.Status.APPROVED

    # Finance: one makes the run, the other signs it off, a worker makes the documents.
    first = visitor()
    first.sign_in("finn@example.org", post)
    first.set_up_second_step()
    first.go("/")
    first.sees("£68.60")
    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.sees("Nadia Nutmeg", "£50.00", "£18.60", "£68.60")
    first.click("button", "Make the run")
    run = PaymentRun.objects.get()
    assert first.page.get_by_role("button", name="Sign off this run").count() == 0

    second = visitor()
    second.sign_in("sage@example.org", post)
    second.set_up_second_step()
    second.go(f"/runs/{run.pk}/")
    second.sees("You are the second person", "£68.60")
    second.click("button", "Sign off this run")
    second.click("button", "Make the documents")
    second.page.get_by_role("link", name=re.compile("schedule and letters")).wait_for(timeout=30_000)
    second.check()

    letter_link = second.page.get_by_role("link", name=re.compile("^Letter")).first.get_attribute("href")
    letter = pdf_text(second.page.request.get(letter_link).body())
    for words in ("Nadia Nutmeg", "£68.60", "£50.00", "£18.60", claim.reference, run.payments.get().reference):
        assert words in letter, letter
    schedule = run.documents.get(kind="schedule")
    words = pdf_text(second.page.request.get(f"/documents/{schedule.pk}/").body())
    for expected in (run.reference, "Nadia Nutmeg", "£68.60", "Finn Fennel", "Sage Saffron", "WB-01"):
        assert expected in words, words
    first.go(f"/runs/{run.pk}/")
    first.fill_date("What day was it paid?", today)
    first.click("button", "Mark as paid")
    first.sees("Paid")

    # She sees the money and its letter.
    paid = post.for_address("nadia@example.org", "paid")
    assert "£68.60" in paid.get_body(("plain",)).get_content()
    person.go("/")
    person.go(f"/claims/{claim.pk}/")
    person.sees("Paid", f"{today.day} {today:%B %Y}")
    own = person.page.get_by_role("link", name=re.compile("payment letter")).get_attribute("href")
    assert "£68.60" in pdf_text(person.page.request.get(own).body())

    # Nothing was sent twice, and every message is kept with its state.
    assert set(Message.objects.values_list("status", flat=True)) == {Message.Status.SENT}
    subjects = [
        (tuple(to), message["Subject"]) for to, message in post.messages if "code" not in message["Subject"].lower()
    ]
    assert len(subjects) == len(set(subjects)), subjects

    # The steering group: a proposal, where she stands, the outcome on the dashboard.
    staff.go(f"/programmes/{programme.slug}/decisions/new/")
    staff.fill("The proposal in a few words", "Pay within ten days")
    staff.page.get_by_role("textbox", name="The proposal", exact=True).fill("We pay everyone within ten working days.")
    staff.fill_date("When do you want views by?", today + dt.timedelta(days=10))
    staff.click("button", "Put it forward")
    person.go("/")
    person.sees("Pay within ten days")
    person.go(f"/programmes/{programme.slug}/decisions/")
    person.click("link", "Pay within ten days")
    person.click("link", "Say where you stand")
    person.choose("I support it, with reservations")
    person.fill("In your own words", "Ten days is still long when you paid the fare yourself.")
    person.click("button", "Save what I said")
    person.sees("Ten days is still long")
    decision = programme.decisions.get()
    staff.go(f"/decisions/{decision.pk}/outcome/")
    staff.choose("Agreed with changes")
    staff.fill("Why", "We heard that fares cannot wait, so fares are repaid first.")
    staff.fill("What changes because of it?", "Fares within five days.")
    staff.fill_date("Day of the decision", today)
    staff.click("button", "Record the outcome")
    person.go(f"/programmes/{programme.slug}/decisions/")
    person.sees("Pay within ten days", "Agreed with changes")

    for each in (staff, person, first, second):
        each.nothing_was_wrong()
