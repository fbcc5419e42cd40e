"""Counting: nobody ineligible at the moment counts, nobody eligible is lost: terms, deputies, interests."""

import datetime as dt

import pgtrigger
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.decisions.queries.standing import Standing
from programmes.models import DeclaredInterest, Group, Position, Term
from tests import factories as make

# Each member: first and last day of their terms (days from today, None: open), whether they spoke on the words of
# before and on those of now, an interest, and a deputy with their own.
DAY = st.integers(-3, 3)
TERM = st.tuples(DAY, st.one_of(st.none(), st.integers(0, 4)))
MEMBER = st.fixed_dictionaries(
    {
        "terms": st.lists(TERM, min_size=1, max_size=2),
        "spoke_before": st.booleans(),
        "spoke": st.booleans(),
        "interest": st.sampled_from([None, None, None, "declared", "taken back"]),
        "deputy": st.one_of(
            st.none(), st.fixed_dictionaries({"term": TERM, "spoke": st.booleans(), "interest": st.booleans()})
        ),
    }
)


class UndoneError(Exception):
    """Take back what an example wrote."""


def kept(terms):
    """Leave out the terms that the database refuses: a second from the same day, a second without end."""
    rows = []
    for start, length in sorted(terms, key=lambda term: term[0]):
        twice = any(start == first or (length is None and other is None) for first, other in rows)
        if not twice:
            rows.append((start, length))
    return rows


def in_office(terms, on):
    return any(start <= on and (length is None or start + length >= on) for start, length in terms)


def expected(members, on):
    """Work out by hand whose voice counts on the day `on` and whose view: {number: "own" | "deputy" | None}."""
    counted: dict[int, str | None] = {}
    for number, member in enumerate(members):
        if not in_office(kept(member["terms"]), on) or member["interest"] == "declared":
            continue
        deputy = member["deputy"]
        if member["spoke"]:
            counted[number] = "own"
        elif deputy and deputy["spoke"] and in_office([deputy["term"]], on) and not deputy["interest"]:
            counted[number] = "deputy"
        else:
            counted[number] = None
    return counted


@pytest.fixture
def group(db):
    programme = make.a_programme()
    group = Group.objects.create(programme=programme, kind="steering", name="Board")
    make.some_rules(group)
    return group


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members=st.lists(MEMBER, min_size=1, max_size=4), on=st.integers(-3, 3))
def test_whose_voice_counts_is_as_worked_out_by_hand(group, members, on):
    today = timezone.localdate()
    try:
        with transaction.atomic():
            decision, people = build(group, members, today)
            voices = Standing(decision, today + dt.timedelta(days=on)).voices
            found: dict[int, str | None] = {}
            for voice in voices:
                number = people.index(voice.member)
                found[number] = None
                if voice.position:
                    found[number] = "own" if voice.position.person_id == voice.member.pk else "deputy"
                    assert voice.position.version_id == decision.version_id
            assert found == expected(members, on)
            raise UndoneError
    except UndoneError:
        pass


def build(group, members, today):
    """Write what the example says, past the guards that keep a view to its day of giving."""
    decision = make.a_decision(group.programme, group=group, method="vote")
    before = decision.version
    make.a_wording(decision, "Other words.")
    people = []
    with pgtrigger.ignore("programmes.Position:positions_close_with_decision"):
        for member in members:
            person = make.a_person()
            people.append(person)
            for start, length in kept(member["terms"]):
                seat(group, person, start, length, today)
            speak(decision, before, person, person, member["spoke_before"])
            speak(decision, decision.version, person, person, member["spoke"])
            if member["interest"]:
                taken_back = (
                    {"taken_back_on": today, "taken_back_why": "No."} if member["interest"] != "declared" else {}
                )
                interest(decision, person, **taken_back)
            if deputy := member["deputy"]:
                stand_in = make.a_person()
                start, length = deputy["term"]
                seat(group, stand_in, start, length, today, deputy_for=person)
                speak(decision, decision.version, stand_in, person, deputy["spoke"])
                if deputy["interest"]:
                    interest(decision, stand_in)
    return decision, people


def seat(group, person, start, length, today, **fields):
    ends = None if length is None else today + dt.timedelta(days=start + length)
    first = today + dt.timedelta(days=start)
    Term.objects.create(group=group, person=person, seat="lived_experience", starts_on=first, ends_on=ends, **fields)


def speak(decision, version, person, member, spoke):
    if spoke:
        Position.objects.create(
            decision=decision, version=version, person=person, member=member, seat="partner", stance="in_favour"
        )


def interest(decision, person, **fields):
    DeclaredInterest.objects.create(
        decision=decision, person=person, nature="work", outline="x", in_advance=True, recorded_by=person, **fields
    )
