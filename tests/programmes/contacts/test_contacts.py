"""Named contacts: chosen for one or many, usual ones, gone with their role, told, filtered and put together."""

import datetime as dt

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from people.directory import actions as person_actions
from people.models import Notice
from programmes.contacts import actions
from programmes.members.actions import memberships
from programmes.models import NamedContact, Pause, Role, UsualContact
from programmes.programme.contacts import contact_of, without_contact
from tests import factories as make
from tests.factories import directory
from tests.helpers.client import words_of
from wellbeing.lib.errors import ActionError

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def colleague(scene):
    return make.with_role(scene.programme, Role.STAFF, "Sue Staffwell")


def choose(scene, *people, contact, by=None, tell=False):
    return actions.choose(programme=scene.programme, people=people, contact=contact, by=by or scene.staff, tell=tell)


def test_a_person_sees_their_contact_and_never_one_whose_role_has_ended_or_who_takes_a_break(
    scene, signed_in, colleague
):
    lived = scene.lived.person
    choose(scene, lived, contact=colleague.person)
    for address in (reverse("home"), reverse("programme", args=["wow"])):
        page = words_of(signed_in(scene.lived).get(address))
        assert "Your contact Sue Staffwell" in page
        assert colleague.person.email in page
    pause = Pause.objects.create(
        person=colleague.person, programme=scene.programme, starts_on=TODAY, set_by=scene.staff.person
    )
    assert "Sue Staffwell" not in words_of(signed_in(scene.lived).get(reverse("home")))
    pause.delete()
    assert contact_of(lived, scene.programme) == colleague.person
    colleague.person.memberships.update(ends_on=TODAY - dt.timedelta(days=1))
    assert "Sue Staffwell" not in words_of(signed_in(scene.lived).get(reverse("home")))
    assert lived in without_contact(scene.programme, TODAY)
    staff = signed_in(scene.staff)
    assert "People without a contact: " in words_of(staff.get(reverse("home")))
    assert "Lena Lived" in words_of(staff.get(reverse("programme_people", args=["wow"]), {"contact": "none"}))
    page = words_of(staff.get(reverse("person", args=[lived.pk])))
    assert "nobody. Sue Staffwell is no longer staff, or takes a break." in page
    # A colleague who comes back has another role, and is the contact of nobody until somebody chooses them.
    make.a_membership(scene.programme, colleague.person, Role.STAFF)
    assert contact_of(lived, scene.programme) is None


def test_the_usual_contact_counts_from_its_day_for_all_for_whom_nobody_was_chosen(scene, signed_in, colleague):
    lived, member = scene.lived.person, scene.member.person
    choose(scene, member, contact=colleague.person)
    client = signed_in(scene.staff)
    client.post(
        reverse("contacts", args=["wow"]),
        {"contact": scene.staff.person.pk, "starts_on_day": "23", "starts_on_month": "11", "starts_on_year": "2026"},
    )
    later = TODAY + dt.timedelta(days=3)
    actions.choose_usual(programme=scene.programme, contact=None, starts_on=later, by=scene.staff)
    assert contact_of(lived, scene.programme) == scene.staff.person
    assert contact_of(member, scene.programme) == colleague.person
    assert contact_of(scene.staff.person, scene.programme) is None
    assert lived in without_contact(scene.programme, later)
    assert member not in without_contact(scene.programme, later)
    page = words_of(client.get(reverse("contacts", args=["wow"])))
    assert "Stella Staffordly is the contact of everybody for whom you chose nobody else." in page
    assert "From Thursday 26 November 2026: nobody" in page
    with pytest.raises(ActionError, match="Enter today or a later day"):
        actions.choose_usual(
            programme=scene.programme, contact=None, starts_on=TODAY - dt.timedelta(days=1), by=scene.staff
        )


def test_staff_choose_for_many_and_filter_the_list_and_only_those_for_whom_it_changed_are_told(
    scene, signed_in, colleague
):
    lived, member = scene.lived.person, scene.member.person
    choose(scene, member, contact=colleague.person)
    client = signed_in(scene.staff)
    page = client.post(
        reverse("people_contact", args=["wow"]),
        {"elsewhere": f"{lived.pk} {member.pk}", "contact": colleague.person.pk, "tell": "on"},
        follow=True,
    )
    assert "Sue Staffwell is now the contact of 1 more person." in words_of(page)
    told = Notice.objects.get(subject="Your contact in Wellbeing Our Way")
    assert told.person == lived
    assert f"Your contact is Sue Staffwell: {colleague.person.email}" in told.text_body
    people = reverse("programme_people", args=["wow"])
    found = words_of(client.get(people, {"contact": colleague.person.pk}))
    assert lived.name_in_list in found
    assert scene.administrator.person.name_in_list not in found
    assert actions.choose(programme=scene.programme, people=[lived], contact=None, by=scene.staff) == [lived]
    assert contact_of(lived, scene.programme) is None
    rows = NamedContact.objects.filter(person=lived)
    assert [(row.taken_by, row.given_by) for row in rows] == [(scene.staff.person, scene.staff.person)]
    history = words_of(client.get(reverse("person_history", args=[lived.pk])))
    assert "Contact: Sue Staffwell" in history
    assert "No longer the contact: Sue Staffwell" in history


def test_a_contact_is_staff_who_is_here_and_nobody_is_their_own(scene, colleague):
    lived = scene.lived.person
    for contact, people, by, sentence in (
        (scene.finance.person, [lived], scene.staff, "is not staff of this programme"),
        (scene.elsewhere.person, [lived], scene.staff, "is not staff of this programme"),
        (colleague.person, [colleague.person], scene.staff, "cannot be their own contact"),
        (colleague.person, [scene.stranger.person], scene.staff, "is not in this programme"),
        (colleague.person, [lived], scene.finance, "Only programme staff"),
    ):
        with pytest.raises(ActionError, match=sentence):
            choose(scene, *people, contact=contact, by=by)
    role = colleague.person.memberships.get()
    for fields in (
        {"person": colleague.person, "programme": scene.programme, "role": role},
        {"person": lived, "programme": scene.other, "role": role},
        {"person": lived, "programme": scene.programme, "role": scene.finance.person.memberships.get()},
    ):
        with pytest.raises(InternalError, match="a contact is somebody else who is staff"), transaction.atomic():
            NamedContact.objects.create(given_by=scene.staff.person, **fields)
    with pytest.raises(InternalError, match="a usual contact is staff"), transaction.atomic():
        UsualContact.objects.create(programme=scene.other, role=role, set_by=scene.staff.person)
    usual = actions.choose_usual(programme=scene.programme, contact=colleague.person, by=scene.staff)
    with pytest.raises(InternalError), transaction.atomic():
        usual.delete()


def test_contacts_follow_when_two_records_become_one(scene, colleague):
    lived = scene.lived.person
    record = make.a_person("Lena Lived again")
    make.a_membership(scene.programme, record, Role.LIVED_EXPERIENCE)
    other = make.a_person("Sue Staffwell again")
    directory.a_contact(scene.programme, record, scene.staff.person)
    mine = directory.a_contact(scene.programme, lived, colleague.person)
    person_actions.take_over(record=record, person=lived, by=None)
    assert list(NamedContact.objects.filter(person=lived)) == [mine]
    directory.a_contact(scene.programme, other, colleague.person)
    person_actions.take_over(record=other, person=colleague.person, by=None)
    assert not NamedContact.objects.filter(person=colleague.person).exists()
    assert contact_of(lived, scene.programme) == colleague.person


def test_the_words_of_a_welcome_name_the_contact(scene):
    actions.choose_usual(programme=scene.programme, contact=scene.staff.person, by=scene.staff)
    person = memberships.welcome(
        programme=scene.programme,
        roles=[Role.LIVED_EXPERIENCE],
        by=scene.staff,
        full_name="Nadia Newcome",
        email="nadia@example.org",
    )
    assert "Your contact is Stella Staffordly: " in Notice.objects.get(person=person).text_body
