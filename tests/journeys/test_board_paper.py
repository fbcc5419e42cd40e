"""The steering group opens its dashboard, on a desk and on a phone, and has the board paper made by a real worker."""

import datetime as dt

import pytest
from django.utils import timezone

from programmes.models import BoardPaper, Role
from tests import factories
from tests.helpers.documents import stored, text_of

from .conftest import PHONE


@pytest.fixture
def cast(site):
    """A programme with a steering group, an open proposal and one that was decided."""
    programme = factories.a_programme("Invented Wellbeing", slug="invented")
    member = factories.with_role(programme, Role.STEERING, "Molly Member")
    decision = factories.a_decision(programme, title="Meet at noon")
    factories.a_position(decision, factories.a_seat(decision.group), "minor")
    factories.a_decided_proposal(programme, title="Pay sooner", review_on=timezone.localdate() - dt.timedelta(days=1))
    return {"programme": programme, "member": member}


def test_the_dashboard_is_read_and_its_board_paper_made_and_read_back(cast, site, at_work):
    member = at_work(cast["member"])
    member.go("/")
    member.click("link", "Dashboard")
    member.sees("Open proposals", "Meet at noon", "1 of 3 heard", "Pay sooner", "Who is at the table")
    phone = at_work(cast["member"], size=PHONE)
    phone.go("/programmes/invented/dashboard/")
    phone.sees("Meet at noon")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    member.click("link", "Board paper (PDF)")
    member.choose("Easy Read")
    member.click("button", "Make the paper")
    member.sees("The paper is being made.")
    member.page.get_by_role("link", name="Easy Read (PDF)").wait_for()
    text = text_of(stored(BoardPaper.objects.get()))
    assert "Board paper: Easy Read" in text and "Meet at noon" in text and "1 of 3 heard" in text
