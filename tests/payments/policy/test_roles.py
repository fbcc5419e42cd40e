"""Rates by what somebody does at an activity; preparation as an activity of its own."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from events import registry
from events.inviting.actions import invitations
from events.models import Event
from events.planning.tabs import ABOUT, tab_url
from events.planning.transitions import EventError
from payments.claims.actions import opening
from payments.models import FeeRule
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy.actions import ActivityFee, PolicyError
from payments.policy.calculations import FIXED, PER_HOUR, FeeTerms
from payments.policy.terms import Terms
from people.models import Notice
from programmes.models import Group, Role, Term
from tests import factories
from tests.helpers.policies import publish_at_once


def fixed(pence):
    return FeeTerms(FIXED, unit_pence=pence)


def publish(scene, fees, **more):
    return publish_at_once(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        fees=fees,
        pay_within_working_days=10,
        claim_window_months=3,
        **more,
    )


FEES = [
    ActivityFee(fixed(1)),
    ActivityFee(fixed(2), role="steering"),
    ActivityFee(fixed(3), "workshop"),
    ActivityFee(fixed(4), "workshop", "facilitating"),
    ActivityFee(fixed(5), "workshop", "chairing"),
]


@pytest.mark.parametrize(
    ("activity", "roles", "pence"),
    [
        ("meeting", (), 1),
        ("meeting", ("facilitating",), 1),
        ("meeting", ("steering",), 2),
        # What is said of the activity goes before what is said of every other.
        ("workshop", ("steering",), 3),
        ("workshop", (), 3),
        ("workshop", ("facilitating",), 4),
        ("workshop", ("facilitating", "steering", "chairing"), 5),
        ("workshop", ("nobody",), 3),
    ],
)
def test_the_rule_for_activity_and_role_comes_before_more_general_ones(scene, activity, roles, pence):
    version = publish(scene, FEES)
    assert version.fee_rule_for(activity, roles).unit_pence == pence


def test_without_a_rule_for_everyone_only_those_with_the_role_are_paid(scene):
    version = publish(scene, [ActivityFee(fixed(2), role="steering")])
    assert version.fee_rule_for("meeting") is None
    assert version.fee_rule_for("meeting", {"steering"}).unit_pence == 2


def test_one_rate_for_each_activity_and_role(scene):
    twice = [ActivityFee(fixed(1), "workshop", "chairing"), ActivityFee(fixed(2), "workshop", "chairing")]
    with pytest.raises(PolicyError, match="one rate only"):
        publish(scene, twice)
    draft = factories.a_draft(scene.programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeRule.objects.create(version=draft, method="fixed", unit_pence=1)


@pytest.fixture
def workshop(scene):
    """A workshop of a working group tomorrow week, with the scene's person invited."""
    group = Group.objects.create(programme=scene.programme, name="Makers", kind=Group.Kind.WORKING)
    event = factories.an_event(scene.programme, scene.staff.person, days=8, kind=Event.Kind.WORKSHOP, group=group)
    factories.an_invitation(event, scene.person.person)
    return event


def serve(person, group, office="member", **days):
    days.setdefault("starts_on", timezone.localdate() - dt.timedelta(days=9))
    return Term.objects.create(group=group, person=person, seat="lived_experience", office=office, **days)


def roles_of(scene, event):
    person = scene.person.person.pk
    return policy_queries.roles_on(scene.programme, [person], event.day, event).get(person, set())


def test_who_chairs_helps_or_steers_is_known_from_terms_and_invitations(scene, workshop):
    person = scene.person.person
    assert roles_of(scene, workshop) == set()
    serve(person, workshop.group, "co_chair")
    assert roles_of(scene, workshop) == {"chairing"}
    serve(person, factories.a_steering_group(scene.programme))
    assert roles_of(scene, workshop) == {"chairing", "steering"}
    invitations.set_facilitators(event=workshop, people=[person], by=scene.staff)
    assert roles_of(scene, workshop) == {"chairing", "steering", "facilitating"}


def test_a_term_that_is_over_or_of_another_group_gives_no_role(scene, workshop):
    person, today = scene.person.person, timezone.localdate()
    serve(person, factories.a_steering_group(scene.programme), ends_on=today)
    serve(person, factories.a_steering_group(scene.other))
    other = Group.objects.create(programme=scene.programme, name="Others", kind=Group.Kind.WORKING)
    serve(person, other, "chair")
    assert roles_of(scene, workshop) == set()


def test_a_claim_from_attendance_is_priced_for_the_role_that_day(scene, workshop):
    publish(scene, FEES)
    Event.objects.filter(pk=workshop.pk).update(
        starts_at=timezone.now() - dt.timedelta(hours=4), ends_at=timezone.now() - dt.timedelta(hours=1)
    )
    workshop.refresh_from_db()
    invitations.set_facilitators(event=workshop, people=[scene.person.person], by=scene.staff)
    attendance = factories.an_attendance(workshop, scene.person.person)
    assert opening.open_for_attendance(attendance=attendance, by=scene.staff).lines.get().amount_pence == 4


def test_work_that_is_not_tied_to_an_event_is_paid_by_the_roles_of_that_day(scene):
    version, today = publish(scene, FEES), timezone.localdate()
    person = scene.person.person
    assert policy_queries.fee_rule_of(Terms(version), person.pk, "document_review", today, Decimal(1)).unit_pence == 1
    serve(person, factories.a_steering_group(scene.programme), starts_on=today)
    assert policy_queries.fee_rule_of(Terms(version), person.pk, "document_review", today, Decimal(1)).unit_pence == 2
    before = today - dt.timedelta(days=1)
    assert policy_queries.fee_rule_of(Terms(version), person.pk, "document_review", before, Decimal(1)).unit_pence == 1


def test_each_person_reads_the_offer_made_to_them(scene, workshop, signed_in, worker):
    publish(scene, [ActivityFee(fixed(5000)), ActivityFee(fixed(9000), "workshop", "facilitating")])
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Olly Other").person
    invitation = factories.an_invitation(workshop, other)
    invitations.set_facilitators(event=workshop, people=[scene.person.person], by=scene.staff)
    assert "£50.00" in registry.offer_for(workshop).time
    assert "£90.00" in registry.offer_for(workshop, scene.person.person).time
    assert "£50.00" in registry.offer_for(workshop, other).time
    assert list(registry.offers_for(workshop, [scene.person.person.pk, other.pk])) == [scene.person.person.pk]
    page = signed_in(None).get(reverse("reply", args=[invitation.link_key])).text
    assert "£50.00 for this session" in page
    with worker():
        invitations.send_waiting(event=workshop, by=scene.staff)
    bodies = {message.person_id: message.text_body for message in Notice.objects.filter(kind="invitation")}
    assert "£90.00" in bodies[scene.person.person.pk]
    assert "£50.00" in bodies[other.pk]


def test_the_offers_of_many_people_take_as_many_queries_as_those_of_few(scene, workshop, django_assert_num_queries):
    publish(scene, FEES)
    people = [factories.a_person() for _n in range(30)]
    for person in people:
        serve(person, workshop.group, "co_chair")
    for asked in (people[:3], people):
        with django_assert_num_queries(7):
            assert len(registry.offers_for(workshop, [person.pk for person in asked])) == len(asked)


def test_the_database_wants_the_hours_of_half_a_day_and_of_a_block(scene):
    draft = factories.a_draft(scene.programme)
    for wrong in (
        {"method": "half_or_full_day", "half_day_pence": 1, "full_day_pence": 1},
        {"method": "per_part", "unit_pence": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FeeRule.objects.create(version=draft, activity="meeting", **wrong)


def test_staff_tick_who_helps_to_run_an_event(scene, workshop, signed_in):
    address = reverse("event_facilitators", args=[workshop.pk])
    client = signed_in(scene.staff)
    page = client.get(workshop.get_absolute_url()).text
    assert address in page
    assert "Petra Person" in client.get(address).text
    assert client.post(address, {"people": [scene.person.person.pk]}).status_code == 302
    assert workshop.invitations.get().facilitates
    assert "Helping to run it" in client.get(tab_url(workshop, ABOUT)).text
    assert client.post(address, {"people": [scene.finance.person.pk]}).status_code == 200, "not invited"
    assert client.post(address, {}).status_code == 302
    assert not workshop.invitations.get().facilitates


def test_an_event_nobody_is_invited_to_says_so(scene, signed_in):
    event = factories.an_event(scene.programme, days=8)
    page = signed_in(scene.staff).get(reverse("event_facilitators", args=[event.pk])).text
    assert "Nobody is invited yet" in page


def test_who_helps_is_refused_for_strangers_and_settled_once_the_day_is_recorded_or_cancelled(
    scene, workshop, signed_in
):
    with pytest.raises(EventError, match="invited") as refusal:
        invitations.set_facilitators(event=workshop, people=[scene.stranger.person], by=scene.staff)
    assert refusal.value.field == "people"
    for status, words in (("held", "settled"), ("cancelled", "cancelled")):
        event = factories.an_event(scene.programme, days=8, status=status)
        with pytest.raises(EventError, match=words):
            invitations.set_facilitators(event=event, people=[], by=scene.staff)
        assert signed_in(scene.staff).get(reverse("event_facilitators", args=[event.pk])).status_code == 302
    with pytest.raises(EventError):
        invitations.set_facilitators(event=workshop, people=[], by=scene.finance)


# On the pages

ROLES_ON_THE_PAGE = {
    "effective_from_day": "1",
    "effective_from_month": "1",
    "effective_from_year": "2099",
    "method": "half_or_full_day",
    "half_day": "50",
    "full_day": "100",
    "half_day_hours": "4",
    "limit": "half",
    "mileage": "none",
    "preparation_included": "no",
    "pay_within_working_days": "10",
    "claim_window_months": "3",
    "rates": "3",
    "rate0-activity": "preparation",
    "rate0-method": "per_hour",
    "rate0-unit": "12.50",
    "rate1-activity": "any",
    "rate1-role": "facilitating",
    "rate1-method": "fixed",
    "rate1-unit": "120",
    "rate2-activity": "meeting",
    "rate2-role": "chairing",
    "rate2-method": "fixed",
    "rate2-unit": "150",
}


def test_staff_set_rates_by_role_and_of_preparation_and_anyone_reads_them(scene, signed_in, publish_on_pages):
    client = signed_in(scene.elsewhere)
    version = publish_on_pages(client, scene.other, ROLES_ON_THE_PAGE | {"effective_from_year": "2025"})
    assert version.fee_rule_for("meeting", {"chairing"}).unit_pence == 15000
    assert version.fee_rule_for("online", {"facilitating"}).unit_pence == 12000
    assert version.fee_rule_for("preparation").unit_pence == 1250
    again = client.get(reverse("policy_draft", args=[scene.other.slug])).text
    assert 'name="rates" value="3"' in again
    page = signed_in(None).get(reverse("policy", args=[scene.other.slug])).text
    for words in (
        "Meeting (chair or co-chair): We pay £150.00, however long it takes.",
        "Co-facilitator: We pay £120.00, however long it takes.",
        "Preparation: We pay £12.50 for each hour.",
        "Everything else: We pay £50.00 for half a day.",
        "The time you take to prepare is paid on top. Claim it as “Preparation”.",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"rate1-role": ""}, "rate1-role", "Choose for whom this is."),
        ({"preparation_included": "yes"}, "preparation_included", "preparation cannot have a rate of its own"),
        (
            {"rate1-activity": "meeting", "rate1-role": "chairing"},
            "rate2-activity",
            "This activity has a rate already",
        ),
    ],
)
def test_a_rate_that_contradicts_another_answer_is_said_beside_it(scene, signed_in, wrong, field, words):
    page = signed_in(scene.elsewhere).post(
        reverse("policy_draft", args=[scene.other.slug]), {**ROLES_ON_THE_PAGE, **wrong}
    )
    assert page.status_code == 200
    assert words in page.text
    assert f'href="#id_{field}' in page.text
    assert 'value="12.50"' in page.text
    assert policy_queries.draft_of(scene.other) is None


# Preparation


def test_preparation_is_its_own_activity_where_it_is_not_included(scene):
    fees = [ActivityFee(fixed(5000)), ActivityFee(FeeTerms(PER_HOUR, unit_pence=1250), "preparation")]
    version = publish(scene, fees, preparation_included=False)
    rule = version.fee_rule_for("preparation")
    assert calculations.fee(rule.terms, Decimal("1.5")) == 1875
    event = factories.an_event(scene.programme, days=3)
    assert registry.offer_for(event).time == ("£50.00 for this session (3 hours). Time to prepare is paid on top")


def test_preparation_without_a_rate_of_its_own_is_not_paid_like_being_there(scene):
    version = publish(scene, [ActivityFee(fixed(5000))], preparation_included=False)
    assert version.fee_rule_for("preparation") is None
    event = factories.an_event(scene.programme, days=3)
    assert registry.offer_for(event).time == "£50.00 for this session (3 hours)"


def test_preparation_that_is_included_is_not_paid_twice(scene):
    version = publish(scene, [ActivityFee(fixed(5000))])
    assert version.fee_rule_for("preparation") is None
    event = factories.an_event(scene.programme, days=3)
    assert "including preparation" in registry.offer_for(event).time
