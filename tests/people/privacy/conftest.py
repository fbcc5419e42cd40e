"""One programme with a member, its staff and an administrator."""

from types import SimpleNamespace

import pytest

from people.models import AccessNeed
from programmes.models import Role
from tests import factories as make


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def here(db):
    """The programme, and users in it: member, staff, finance; elsewhere staff; an administrator."""
    programme, other = make.a_programme(), make.a_programme()
    member = make.with_role(programme, Role.LIVED_EXPERIENCE, "Mabel Memberton")
    AccessNeed.objects.create(person=member.person, kind="other", detail="A quiet room to rest in")
    return SimpleNamespace(
        programme=programme,
        member=member,
        staff=make.with_role(programme, Role.STAFF, "Stella Stafford"),
        finance=make.with_role(programme, Role.FINANCE, "Fiona Financer"),
        elsewhere=make.with_role(other, Role.STAFF, "Else Where"),
        admin=make.an_administrator(),
    )
