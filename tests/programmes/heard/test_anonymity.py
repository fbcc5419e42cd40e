"""No page of a member of the programme shows who said something, or answered, and did not want their name shown."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.heard.actions import wishes
from programmes.models import Contribution, Role
from tests import factories as make
from tests.factories.heard import a_contribution, a_reply, an_outcome
from tests.helpers import own_cache
from tests.helpers.client import signed_in

NAMES = ("Quentin Quillfern", "Rhoda Rookwood", "Sybil Saltmarsh", "Tobias Tarnbrook", "Ursula Underhay")
# Of each of those who said it: whether they are named, what they say of the answer, and whether they are named there.
PERSON = st.tuples(st.booleans(), st.sampled_from(["", "true", "not_true"]), st.booleans())
SAID = st.tuples(
    st.lists(PERSON, min_size=1, max_size=5),
    st.sampled_from(["open", "changed", "partly", "not_changed", "reopened"]),
    st.booleans(),
)


@pytest.fixture
def readers(scene):
    """Members of the programme of every kind who are not staff, and a member of another programme."""
    return [scene.lived, scene.member, scene.chair, scene.finance, scene.elsewhere]


def pages_of(user, said):
    """Return everything that `user` reads about contributions, as text."""
    client = signed_in(user)
    found = []
    for address in (
        reverse("home"),
        reverse("you_said", args=["wow"]),
        reverse("you_said", args=["wow"]) + "?export=csv",
        reverse("contribution", args=[said.pk]),
        reverse("contribution_reply", args=[said.pk]),
        reverse("contributions", args=["wow"]),
        reverse("contributions", args=["wow"]) + "?export=csv",
        reverse("programme", args=["wow"]),
    ):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found.append(body.decode())
    return "\n".join(found)


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(one=SAID)
def test_no_member_reads_a_name_that_was_not_to_be_shown(scene, readers, one):
    people, state, hidden = one
    # Each example stands in the same database: only what it makes is looked at.
    persons = [make.a_person(f"{name} {Contribution.objects.count()}x") for name in NAMES[: len(people)]]
    said = a_contribution(scene.programme)
    for person, (named, _reply, _reply_named) in zip(persons, people, strict=True):
        make.a_membership(scene.programme, person, Role.LIVED_EXPERIENCE)
        said.contributors.create(person=person, named=named, added_by=scene.staff.person)
    allowed = {person.full_name for person, (named, *_rest) in zip(persons, people, strict=True) if named}
    replied = set()
    if state != "open":
        outcome = an_outcome(said, "changed" if state == "reopened" else state)
        for person, (_named, reply, reply_named) in zip(persons, people, strict=True):
            if reply:
                a_reply(outcome, person, reply, words=f"Words of {reply}.", named=reply_named)
                replied |= {person.full_name} if reply_named else set()
    if state == "reopened":
        Contribution.objects.filter(pk=said.pk).update(
            status="open", outcome=None, reopened_at="2026-11-23T10:00Z", reopened_reason="x"
        )
        replied = set()
    if hidden:
        wishes.take_off(contribution=said, how="By phone", by=scene.staff)
        allowed = replied = set()
    own_cache.empty()
    for reader in readers:
        text = pages_of(reader, said)
        for person in persons:
            assert person.full_name not in text or person.full_name in allowed | replied


def test_a_name_that_is_to_be_shown_is(scene, readers):
    person = make.a_person("Quentin Quillfern")
    said = a_contribution(scene.programme, person, named=True)
    assert "Quentin Quillfern" in pages_of(scene.lived, said)
    assert "Quentin Quillfern" not in pages_of(scene.elsewhere, said)
