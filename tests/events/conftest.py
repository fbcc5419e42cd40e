"""Helpers: what most tests about events start from."""

import pytest

from events import registry
from programmes.models import Role
from tests import factories as make


@pytest.fixture(autouse=True)
def _signed_in_is_enough(settings):
    """Here the question is who may do what, not how well they showed who they are."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def programme(db):
    """A programme with nobody in it yet."""
    return make.a_programme("Wellbeing Our Way", contact_phone="020 7946 0000")


@pytest.fixture
def staff(programme):
    """Staff of the programme."""
    return make.with_role(programme, Role.STAFF, "Stella Staff")


@pytest.fixture
def member(programme):
    """A person with lived experience of the programme, with an account."""
    return make.with_role(programme, Role.LIVED_EXPERIENCE, "Mina Member")


@pytest.fixture
def event(programme, staff):
    """An event in ten days, 10am to 1pm, replies wanted in three."""
    return make.an_event(programme, organiser=staff.person, days=10)


@pytest.fixture
def past(programme, staff):
    """An event three days ago whose attendance nobody recorded."""
    return make.an_event(programme, organiser=staff.person, days=-3)


@pytest.fixture
def offer(monkeypatch):
    """Every event pays half a day, whatever other apps are installed."""
    made = registry.Offer(
        time="We pay you £50.00 for your time.",
        expenses=["We pay your train and bus fares."],
        when_paid="We pay within 10 working days.",
        in_short="We pay you £50.00. Your fares come back to you.",
    )
    monkeypatch.setattr(registry, "offers", [lambda event: made])
    return made


@pytest.fixture
def after_attendance(monkeypatch):
    """Which attendances were handed to the apps above, as (person, came)."""
    seen = []
    monkeypatch.setattr(
        registry, "after_attendance", [lambda attendance, by: seen.append((attendance.person, attendance.came))]
    )
    return seen


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client
