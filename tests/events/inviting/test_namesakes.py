"""Pages of an event on which people are chosen tell those of one name apart."""

import pytest
from django.urls import reverse

from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text


@pytest.mark.parametrize("address", ["event_attendance", "event_invite", "event_new", "event_facilitators"])
def test_namesakes_are_told_apart(programme, staff, signed_in, address):
    event = make.an_event(programme, organiser=staff.person, days=10 if address != "event_attendance" else -3)
    role = Role.STAFF if address == "event_new" else Role.LIVED_EXPERIENCE
    for email in ("ann@example.org", "bea@example.org"):
        person = make.with_role(programme, role, "Jo Example").person
        make.move_address(person, email)
        if address in {"event_attendance", "event_facilitators"}:
            make.an_invitation(event, person)
    argument = programme.slug if address == "event_new" else event.pk
    text = page_text(signed_in(staff).get(reverse(address, args=[argument])))
    assert "Jo Example (a•••@example.org)" in text
    assert "Jo Example (b•••@example.org)" in text
