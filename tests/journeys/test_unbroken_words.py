"""Words without a break, as long as they may be, make no page wider than its screen, phone or desktop."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from people.models import Organisation
from programmes.models import Role
from tests import factories

from .conftest import DESKTOP, PHONE


def unbroken(length):
    return "W" * length


# Links as people pasted them into free text and into the box for a link.
DATA = Path(__file__).parent.parent / "lib" / "data"
PASTED = (DATA / "unbroken_words.txt").read_text(encoding="utf-8")
MEETING_LINK = (DATA / "teams_shaped_link.txt").read_text(encoding="utf-8")


@pytest.fixture
def addresses(transactional_db):
    """Pages full of the longest words there can be, each with the account that reads it (None for nobody)."""
    programme = factories.a_programme(
        unbroken(150), purpose=unbroken(400), host=unbroken(150), contact_name=unbroken(150), contact_phone="0" * 40
    )
    staff, finance = (factories.with_role(programme, role, unbroken(150)) for role in (Role.STAFF, Role.FINANCE))
    member = factories.with_role(programme, Role.LIVED_EXPERIENCE, unbroken(150))
    member.person.postal_address, member.person.about = unbroken(400), unbroken(400)
    member.person.organisation = Organisation.objects.create(name=unbroken(200))
    member.person.save()
    event = factories.an_event(
        programme,
        organiser=staff.person,
        days=10,
        title=unbroken(150),
        purpose=unbroken(400),
        venue_name=unbroken(150),
        venue_address=unbroken(400),
        online_link=f"https://meet.example.org/{unbroken(400)}",
    )
    pasted = factories.an_event(
        programme, organiser=staff.person, days=12, title="Pasted", purpose=PASTED, online_link=MEETING_LINK
    )
    invitation = factories.an_invitation(event, member.person, question=unbroken(400), access_needs=unbroken(400))
    held = factories.an_event(programme, organiser=staff.person, days=-3)
    factories.an_invitation(held, member.person)
    namesake = factories.a_person(unbroken(150), email=f"{'w' * 60}@{'w' * 60}.example.org")
    factories.an_invitation(held, namesake)
    policy = factories.a_policy(programme)
    claim = factories.a_claim(programme, member.person, "submitted", policy=policy, description=unbroken(200))
    return [
        (member, "/"),
        (member, reverse("your_details")),
        (member, claim.get_absolute_url()),
        (None, reverse("reply", args=[invitation.link_key])),
        (None, reverse("reply", args=[factories.an_invitation(pasted, member.person, question=PASTED).link_key])),
        (staff, "/"),
        (staff, event.get_absolute_url()),
        (staff, pasted.get_absolute_url()),
        (staff, f"{reverse('find')}?q={unbroken(150)}"),
        (staff, reverse("event_attendance", args=[held.pk])),
        (staff, programme.get_absolute_url()),
        (staff, reverse("person", args=[member.person.pk])),
        (staff, claim.get_absolute_url()),
        (finance, reverse("payment_runs", args=[programme.slug])),
    ]


def test_no_page_is_wider_than_its_screen(addresses, live_server, browser, client):
    settings.SECOND_FACTOR_REQUIRED, before = False, settings.SECOND_FACTOR_REQUIRED
    wide = []
    try:
        for reader in dict.fromkeys(user for user, _address in addresses):
            context = browser.new_context(base_url=live_server.url)
            if reader is not None:
                client.force_login(reader)
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
                context.add_cookies([{**cookie, "url": live_server.url}])
            page = context.new_page()
            for user, address in addresses:
                if user != reader:
                    continue
                for size in (PHONE, DESKTOP):
                    page.set_viewport_size(size)
                    answer = page.goto(address)
                    assert answer.status == 200, address
                    room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
                    if room[0] > room[1]:
                        wide.append((address, size["width"], room[0]))
            context.close()
    finally:
        settings.SECOND_FACTOR_REQUIRED = before
    assert not wide
