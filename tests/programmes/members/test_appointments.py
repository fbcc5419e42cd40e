"""Staff and finance: proposed by one person, confirmed by another, told to all, and new in finance for a while."""

import datetime as dt

import pytest
import time_machine
from django.db import InternalError, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Message, Person
from programmes.members import contributions as member_contributions
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Appointment, Membership, Role, has_role, new_in_finance_until
from tests import factories as make
from tests.programmes.conftest import fresh
from wellbeing.lib.errors import ActionError


@pytest.fixture
def nora(world):
    """Somebody of the programme with an account, who is to be more."""
    return make.with_role(world.programme, Role.LIVED_EXPERIENCE, "Nora Next")


def propose(world, person, role=Role.FINANCE, by=None):
    return appointments.propose(programme=world.programme, person=person, role=role, by=by or world.staff)


@pytest.mark.parametrize("role", Appointment.ROLES)
def test_a_proposed_role_counts_once_finance_confirms_it(world, nora, role):
    appointment = propose(world, nora.person, role)
    assert not has_role(fresh(nora), world.programme, role)
    membership = appointments.confirm(appointment=appointment, by=world.finance)
    assert has_role(fresh(nora), world.programme, role)
    appointment.refresh_from_db()
    assert (membership.appointment, appointment.way) == (appointment, "finance")


@pytest.mark.parametrize("who", ["staff", "nora", "lived", "member", "elsewhere", "stranger"])
def test_nobody_but_another_of_finance_or_an_administrator_confirms_it(world, nora, who):
    appointment = propose(world, nora.person)
    user = nora if who == "nora" else getattr(world, who)
    with pytest.raises(ActionError):
        appointments.confirm(appointment=appointment, by=user)
    assert not Membership.objects.filter(person=nora.person, role=Role.FINANCE).exists()


def test_an_administrator_who_proposed_it_does_not_confirm_it_and_another_does(world, nora):
    appointment = propose(world, nora.person, by=world.administrator)
    with pytest.raises(ActionError, match="You proposed this"):
        appointments.confirm(appointment=appointment, by=world.administrator)
    appointments.confirm(appointment=appointment, by=make.an_administrator("Abe Administrator"))
    assert has_role(fresh(nora), world.programme, Role.FINANCE)


def test_all_staff_and_finance_are_told_when_it_is_proposed_and_when_it_counts(world, nora):
    appointment = propose(world, nora.person)
    told = Message.objects.filter(subject="Nora Next is proposed for a role in Wellbeing Our Way")
    assert {message.to_address for message in told} == {world.finance.email}
    appointments.confirm(appointment=appointment, by=world.finance)
    told = Message.objects.filter(subject="Nora Next has a new role in Wellbeing Our Way")
    assert {message.to_address for message in told} == {world.staff.email, world.finance.email}
    assert "Proposed by Stella Staffordly; confirmed by finance of the programme." in told[0].text_body
    assert Message.objects.filter(person=nora.person, subject="You have a new role in Wellbeing Our Way").exists()


def test_who_can_confirm_finds_it_on_their_home_page_and_does_it_there(world, nora, as_user):
    appointment = propose(world, nora.person)
    assert not member_contributions.appointments_to_confirm(fresh(world.staff))
    assert [task.title for task in member_contributions.appointments_to_confirm(fresh(world.finance))] == [
        "Confirm a role: Nora Next, Finance"
    ]
    address = reverse("appointment", args=[appointment.pk])
    page = as_user(world.staff).get(address).text
    assert "Confirm this role" not in page
    assert "somebody else has to confirm it" in page
    assert as_user(world.staff).post(address, {"answer": "confirm"}).status_code == 403
    client = as_user(world.finance)
    assert "Confirm this role" in client.get(address).text
    client.post(address, {"answer": "confirm"})
    assert has_role(fresh(nora), world.programme, Role.FINANCE)
    assert "This has been decided" not in client.get(address).text


def test_a_refused_or_withdrawn_proposal_gives_nothing_and_can_be_made_again(world, nora, as_user):
    appointment = propose(world, nora.person)
    with pytest.raises(ActionError, match="already proposed"):
        propose(world, nora.person)
    appointments.refuse(appointment=appointment, by=world.finance)
    with pytest.raises(ActionError, match="decided"):
        appointments.confirm(appointment=appointment, by=world.finance)
    again = propose(world, nora.person)
    as_user(world.staff).post(reverse("appointment", args=[again.pk]), {"answer": "refuse"})
    again.refresh_from_db()
    assert again.status == Appointment.Status.WITHDRAWN
    assert not has_role(fresh(nora), world.programme, Role.FINANCE)


def test_somebody_new_in_finance_confirms_nothing_for_three_days(world, nora):
    appointments.confirm(appointment=propose(world, nora.person), by=world.finance)
    user = fresh(nora)
    until = new_in_finance_until(user, world.programme)
    assert dt.timedelta(hours=71) < until - timezone.now() <= dt.timedelta(hours=72)
    other = make.with_role(world.programme, Role.LIVED_EXPERIENCE, "Otto Other")
    appointment = propose(world, other.person)
    with pytest.raises(ActionError, match="You are new in finance"):
        appointments.confirm(appointment=appointment, by=user)
    with time_machine.travel(until + dt.timedelta(minutes=1)):
        appointments.confirm(appointment=appointment, by=fresh(nora))


# The first ones of a programme


@pytest.fixture
def first(world, settings):
    """A new programme without anybody, and the person the only administrator of the installation proposes."""
    settings.HOST_CONTACT_EMAIL = "host@example.org"
    programme = make.a_programme("Breathing Space", contact_email="mine@example.org")
    return programme, make.of_programme(programme, name="Fay First", email="fay@example.org", joined=True)


def test_the_only_administrator_proposes_and_the_hosts_contact_confirms_by_mail(world, first):
    programme, person = first
    appointment = appointments.propose(programme=programme, person=person, role=Role.FINANCE, by=world.administrator)
    message = Message.objects.get(to_address="host@example.org")
    address = reverse("appointment_link", args=[appointment.key])
    assert address in message.text_body
    page = Client().get(address)
    assert "Fay First" in page.text
    assert not Membership.objects.filter(programme=programme).exists()
    Client().post(address, {"answer": "yes"})
    assert Membership.objects.get(programme=programme).person == person
    assert "Confirmed" in Client().post(address, {"answer": "yes"}).text
    assert Membership.objects.filter(programme=programme).count() == 1


def test_the_hosts_contact_refuses_by_mail_and_the_proposer_is_told(world, first):
    programme, person = first
    appointment = appointments.propose(programme=programme, person=person, role=Role.STAFF, by=world.administrator)
    Client().post(reverse("appointment_link", args=[appointment.key]), {"answer": "no"})
    appointment.refresh_from_db()
    assert appointment.status == Appointment.Status.REFUSED
    assert Message.objects.filter(person=world.administrator.person, subject__contains="was refused").exists()


def test_nobody_confirms_what_somebody_they_proposed_themselves_proposes(world, first):
    """Two mailboxes of one administrator: the first proposes the second."""
    programme, person = first
    second = make.of_programme(programme, joined=True)
    appointments.give_creator_right(person=person, by=world.administrator)
    made = Appointment.objects.create(
        person=person,
        programme=programme,
        role="staff",
        proposed_by=world.administrator.person,
        status="confirmed",
        way="host_contact",
        decided_at=timezone.now(),
    )
    Membership.objects.create(person=person, programme=programme, role="staff", appointment=made)
    make.a_user(email=person.email)
    person.refresh_from_db()
    appointment = appointments.propose(programme=programme, person=second, role=Role.FINANCE, by=person.user)
    with pytest.raises(ActionError, match="You proposed the person who proposes this"):
        appointments.confirm(appointment=appointment, by=world.administrator)
    assert appointment.key, "the host's contact is asked"
    appointments.confirm(appointment=appointment, by=make.an_administrator("Abe Administrator"))


def test_a_role_is_confirmed_only_once_its_person_has_joined(world):
    person = make.of_programme(world.programme, name="Nell Notyet")
    appointment = propose(world, person)
    with pytest.raises(ActionError, match="have not said yes"):
        appointments.confirm(appointment=appointment, by=world.finance)
    joining.accept(joining=person.joining, by=None)
    appointments.confirm(appointment=appointment, by=world.finance)


@pytest.mark.parametrize("why", ["another administrator", "finance", "own address", "their address", "staff proposes"])
def test_the_hosts_contact_is_asked_only_where_nobody_else_could_confirm(world, first, why, settings):
    programme, person = first
    by = world.administrator
    if why == "another administrator":
        make.an_administrator("Abe Administrator")
    elif why == "finance":
        make.with_role(programme, Role.FINANCE)
    elif why == "own address":
        settings.HOST_CONTACT_EMAIL = by.email.upper()
    elif why == "their address":
        settings.HOST_CONTACT_EMAIL = person.email
    else:
        by = make.with_role(programme, Role.STAFF)
    appointment = appointments.propose(programme=programme, person=person, role=Role.FINANCE, by=by)
    assert appointment.key == ""


def test_a_link_of_the_hosts_contact_stops_working_once_somebody_else_can_confirm(world, first):
    programme, person = first
    appointment = appointments.propose(programme=programme, person=person, role=Role.FINANCE, by=world.administrator)
    make.with_role(programme, Role.FINANCE)
    page = Client().post(reverse("appointment_link", args=[appointment.key]), {"answer": "yes"})
    assert "somebody else can confirm it by now" in page.text
    assert not Membership.objects.filter(person=person).exists()


# Who sets up programmes


def test_an_administrator_gives_and_ends_the_right_to_set_up_programmes(world, as_user):
    client = as_user(world.administrator)
    page = client.post(reverse("creators"), {"email": "nobody@example.org"})
    assert "Nobody signs in with this address" in page.text
    client.post(reverse("creators"), {"email": world.staff.email})
    page = client.get(reverse("creators")).text
    assert "Stella Staffordly" in page
    right = world.staff.person.creator_rights.get()
    assert as_user(world.staff).get(reverse("programme_new")).status_code == 200
    as_user(world.administrator).post(reverse("creator_end", args=[right.pk]))
    assert as_user(world.staff).get(reverse("programme_new")).status_code == 403


def test_no_administrator_is_made_by_a_click(world, as_user):
    as_user(world.administrator).post(
        f"/admin/people/user/{world.staff.pk}/change/", {"is_superuser": "on", "is_active": "on"}
    )
    assert not fresh(world.staff).is_superuser


# The database refuses first


@pytest.mark.parametrize("role", Appointment.ROLES)
def test_postgres_refuses_staff_and_finance_nobody_confirmed(world, nora, role):
    waiting = propose(world, nora.person, role)
    others = appointments.confirm(appointment=propose(world, world.lived.person, role), by=world.finance).appointment
    row = {"person": nora.person, "programme": world.programme, "role": role}
    for appointment in (None, waiting, others):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            Membership.objects.create(**row, appointment=appointment)
    with pytest.raises(InternalError), transaction.atomic():
        nora.person.memberships.update(role=role)


def test_postgres_refuses_an_appointment_confirmed_by_its_proposer_or_its_person(world, nora):
    appointment = propose(world, nora.person)
    confirmed = {"status": "confirmed", "decided_at": timezone.now()}
    for fields in (
        {"way": "finance", "decided_by": world.staff.person},
        {"way": "administrator", "decided_by": nora.person},
        {"way": "finance", "decided_by": None},
        {"way": "", "decided_by": world.finance.person},
        {"way": "new_programme", "decided_by": world.staff.person},
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            Appointment.objects.filter(pk=appointment.pk).update(**confirmed, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(person=nora.person, programme=world.programme, role="staff", proposed_by=nora.person)


def test_a_decided_appointment_never_changes(world, nora):
    appointment = propose(world, nora.person)
    appointments.refuse(appointment=appointment, by=world.finance)
    with pytest.raises(InternalError), transaction.atomic():
        Appointment.objects.filter(pk=appointment.pk).update(status="waiting", decided_at=None)
    with pytest.raises(InternalError), transaction.atomic():
        Appointment.objects.filter(pk=appointment.pk).delete()


def test_somebody_added_as_finance_is_proposed_and_their_page_says_so(world, as_user):
    client = as_user(world.staff)
    response = client.post(
        reverse("programme_person_new", args=["wow"]),
        {
            "full_name": "Nell Newly",
            "email": "nell@example.org",
            "channel": "email",
            "letter_size": "standard",
            "roles": ["finance"],
        },
        follow=True,
    )
    person = Person.objects.get(email="nell@example.org")
    assert "Finance: waiting to be confirmed" in response.text
    assert "counts once somebody else has confirmed it" in response.text
    assert not person.memberships.exists()
    memberships.welcome(programme=world.programme, by=world.staff, person=person, roles=["lived_experience"])
