"""A programme with nine people with lived experience and six of staff, and an open review."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from programmes.models import Role, Term
from tests import factories as make
from tests.factories.reviews import a_review, some_people
from tests.helpers.shared import Shared

COULD_CHANGE = "I knew what could and could not change"


def a_circle():
    programme = make.a_programme("Wellbeing Our Way", slug="wow", contact_phone="01632 960 101")
    group = make.a_steering_group(programme)
    lived, staff = some_people(programme)
    partner = make.a_user("Pat Partnerly")
    make.a_seat(group, partner.person, Term.Seat.PARTNER)
    finance = make.with_role(programme, Role.FINANCE, "Finn Ledger")
    other = make.a_programme("Elsewhere", slug="elsewhere")
    elsewhere = make.with_role(other, Role.STAFF, "Elsie Elsewhere")
    review = a_review(programme, staff[0], about="How the second year went.", asks_steering=True)
    return SimpleNamespace(
        programme=programme,
        group=group,
        lived=lived,
        staff=staff,
        boss=staff[0],
        partner=partner,
        finance=finance,
        elsewhere=elsewhere,
        review=review,
    )


@pytest.fixture(scope="session")
def _circle(django_db_setup, django_db_blocker):
    yield from Shared.for_session("_circle", a_circle, django_db_blocker)


@pytest.fixture
def circle(_circle, db):
    return _circle.copy()


@pytest.fixture
def today():
    return timezone.localdate()
