"""Sixty people come from a charity's spreadsheet to their first invitation."""

import re
import time

import pytest
from django.urls import reverse

from events.models import Invitation
from people.jobs.models import Job
from people.messages.models import Message
from people.models import Person
from programmes.models import Role
from tests import factories

WAYS = ("email", "letter", "phone")


def a_file():
    """Return a CSV as Excel writes it in much of Europe: sixty people, two of them with something to put right."""
    lines = ["Vorname;Surname;E-mail;Tel;Address;Contact preference;Access needs"]
    for number in range(60):
        name = "".join(chr(97 + int(digit)) for digit in f"{number:02}")
        email = f"zoe.{name}@example.org" if number != 7 else "zoe at example.org"
        way = WAYS[number % 3] if number != 7 else "email"
        phone = f"020 7946 0{number:03}" if number != 13 else "7,7E+09"
        lines.append(f"Zoë;Invented{name};{email};{phone};{number} Invented Road, Leeds;{way};BSL")
    return "\r\n".join(lines).encode("cp1252")


@pytest.fixture
def cast(site):
    programme = factories.a_programme("Invented Wellbeing")
    factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF, "Stella Sage")
    event = factories.an_event(programme, organiser=staff.person, days=20, title="Talk about the bus")
    return {"programme": programme, "staff": staff, "event": event}


def wait_for(desk, words, seconds=30):
    """Wait until the page, which looks again by itself, has these words."""
    desk.page.get_by_text(re.compile(words)).first.wait_for(timeout=seconds * 1000)
    desk.page.wait_for_load_state()
    desk.check()


def test_sixty_people_from_a_spreadsheet_to_their_first_invitation(cast, at_work, post, tmp_path):
    staff, slug = cast["staff"], cast["programme"].slug
    path = tmp_path / "Our people.csv"
    path.write_bytes(a_file())
    desk = at_work(staff)
    desk.go(reverse("programme_people", args=[slug]))
    desk.click("link", "From a spreadsheet")
    desk.page.set_input_files("input[type=file]", str(path))
    desk.click("button", "Send the file")
    wait_for(desk, "What is in each column")
    desk.sees("We found 60 rows", "For example: Zoë")
    desk.page.get_by_label("Vorname").select_option("First name")
    desk.click("button", "Check every row")
    wait_for(desk, "rows to put right")
    desk.sees("2 rows to put right", "58 people are ready", "A spreadsheet has rounded this number")
    desk.click("link", "Zoë Inventedah")
    desk.fill("E-mail", "zoe.ah@example.org")
    desk.click("button", "Check this row again")
    desk.sees("Row 9: Ready", "To put right")
    desk.fill("Tel", "020 7946 0013")
    desk.click("button", "Check this row again")
    desk.sees("60 people are ready")
    desk.click("button", "Bring 60 people in")
    wait_for(desk, "60 people were brought in by Stella Sage")
    assert not Message.objects.exclude(notice__person=staff.person).exists()
    desk.click("link", "Welcome them")
    desk.sees("Email: 21", "Letter: 19", "Phone call: 20")
    desk.click("button", "Tell them now")
    wait_for(desk, "Everybody has been told")
    assert Person.objects.filter(joining__programme=cast["programme"], joining__asked_at__isnull=False).count() == 60
    post.for_address("zoe.aa@example.org", "Is this you?")
    desk.go(reverse("event_invite", args=[cast["event"].pk]))
    desk.click("button", "Choose all 60 that can be chosen")
    desk.click("button", "Invite those chosen")
    # The page that follows looks again by itself while it would be checked.
    desk.page.get_by_role("button", name="Send the invitations").click()
    deadline = time.monotonic() + 60
    while Invitation.objects.unsent().exists():
        assert time.monotonic() < deadline
        time.sleep(0.2)
    post.for_address("zoe.aa@example.org", "You are invited")
    assert not Job.objects.filter(status=Job.Status.FAILED).exists()
    desk.nothing_was_wrong()
