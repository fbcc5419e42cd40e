"""A contribution of two people, and an answer to it."""

import pytest

from people.models import Notice
from programmes.heard.actions import answering
from programmes.models import Role
from tests import factories as make
from tests.factories.heard import a_contribution


@pytest.fixture
def ann(scene):
    """Somebody with lived experience, who has an account."""
    return make.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Ann Invented")


@pytest.fixture
def bob(scene):
    """Another one."""
    return make.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Bob Bramblewick")


@pytest.fixture
def said(scene, ann, bob):
    """Something that Ann and Bob said, unnamed; both want to know what becomes of it."""
    return a_contribution(scene.programme, ann.person, bob.person)


@pytest.fixture
def answered(scene, said):
    """The same, once staff have said that it was partly changed."""
    answering.answer(
        contribution=said,
        kind="partly",
        what_changed="We finish at four.",
        reason="There is no later bus.",
        by=scene.staff,
    )
    said.refresh_from_db()
    return said


@pytest.fixture
def told():
    """fn(person) -> what they were told of contributions: (kind, subject), the first first."""

    def told(person):
        rows = Notice.objects.filter(person=person, kind__in=["told_back", "contribution"]).order_by("pk")
        return [(row.kind, row.subject) for row in rows]

    return told
