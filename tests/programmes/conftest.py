"""One programme with everybody in it, for the tests of this app."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from programmes.members.actions import appointments
from programmes.models import Role, Term
from tests import factories as make
from tests.helpers.shared import Shared


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """These tests are about roles; the second factor has its own."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture(scope="session")
def _programme_scene(django_db_setup, django_db_blocker):
    yield from Shared.for_session("_programme_scene", a_scene, django_db_blocker)


@pytest.fixture
def scene(_programme_scene, db):
    """A programme with a person in each role, a chair, and a colleague of another programme with every role there."""
    return _programme_scene.copy()


def a_scene():
    programme, other = (
        make.a_programme("Wellbeing Our Way", slug="wow"),
        make.a_programme("Elsewhere", slug="elsewhere"),
    )
    elsewhere = make.a_user("Elsie Elsewhere")
    for role in Role:
        make.with_role(other, role, user=elsewhere)
    group = make.a_steering_group(programme)
    chair = make.a_user("Charlie Chair")
    Term.objects.create(
        group=group,
        person=chair.person,
        seat=Term.Seat.PARTNER,
        office=Term.Office.CHAIR,
        starts_on=timezone.localdate() - dt.timedelta(days=100),
    )
    return SimpleNamespace(
        programme=programme,
        other=other,
        group=group,
        staff=make.with_role(programme, Role.STAFF, "Stella Staffordly"),
        finance=make.with_role(programme, Role.FINANCE, "Finn Ledger"),
        lived=make.with_role(programme, Role.LIVED_EXPERIENCE, "Lena Lived"),
        member=make.with_role(programme, Role.STEERING, "Molly Member"),
        chair=chair,
        elsewhere=elsewhere,
        stranger=make.a_user("Sam Stranger"),
        administrator=make.an_administrator(),
    )


@pytest.fixture
def creator(scene):
    """The member of staff, to whom an administrator gave the right to set up programmes."""
    appointments.give_creator_right(person=scene.staff.person, by=scene.administrator)
    return scene.staff


@pytest.fixture
def day(today):
    """The values of a day in a form: fn(name, days from today)."""

    def values(name, days=0):
        on = today + dt.timedelta(days=days)
        return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}

    return values
