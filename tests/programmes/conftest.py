"""One programme with everybody in it, for the tests of this app."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

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
def _world(django_db_setup, django_db_blocker):
    yield from Shared.for_session("_world", a_world, django_db_blocker)


@pytest.fixture
def world(_world, db):
    """A programme with a person in each role, a chair, and a colleague of another programme with every role there."""
    return _world.copy()


def a_world():
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
def as_user(client):
    """`as_user(user)` is a browser signed in as that user; None is signed out."""

    def sign_in(user):
        # Like another browser: signing out would take as long as signing in.
        client.cookies.clear()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


def fresh(user):
    """The user as the next request reads them: roles are kept on the object for one request."""
    return type(user).objects.get(pk=user.pk)
