"""A programme of honest people, whom somebody attacks."""

import pytest

from payments.models import Claim
from people.models import Person
from programmes.models import Role
from tests import factories as make
from tests.helpers.takeover import VICTIM


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """The attacker may have one, or not: these walls stand without it. The host's contact is honest."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.HOST_CONTACT_EMAIL = "host@example.org"


@pytest.fixture
def elsewhere(db):
    """A programme with honest people, among them one with bank details, a claim to be paid and a seat."""
    programme = make.a_programme("The Honest Programme", slug="honest")
    make.a_policy(programme)
    vera = make.with_role(programme, Role.LIVED_EXPERIENCE, user=make.a_user("Vera Victim", email=VICTIM))
    make.with_role(programme, Role.STEERING, user=vera)
    Person.objects.filter(pk=vera.person.pk).update(phone="01632 960555", postal_address="4 Invented Lane")
    finance = [make.with_role(programme, Role.FINANCE, name) for name in ("Fay Honest", "Finn Honest")]
    make.with_role(programme, Role.STAFF, "Stella Honest")
    make.bank_details(vera, confirmed_by=finance[0].person)
    make.a_claim(programme, vera.person, Claim.Status.APPROVED)
    make.a_decision(programme)
    make.an_administrator("Ada Administrator")
    return programme
