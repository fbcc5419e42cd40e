"""Staff and finance: proposed by one person, confirmed by another, told to all, and new in finance for a while."""

import datetime as dt

import pytest
import time_machine
from django.db import InternalError, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Notice, Person
from programmes.members import contributions as member_contributions
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Appointment, Membership, Role, has_role, new_in_finance_until
from tests import factories as make
from tests.helpers.roles import fresh
from wellbeing.lib.errors import ActionError


@pytest.fixture
def nora(scene):
    """Somebody of the programme with an account, who is to be more."""
    return make.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Nora Next")


def propose(scene, person, role=Role.FINANCE, by=None):
    return appointments.propose(programme=scene.programme, person=person, role=role, by=by or scene.staff)


@pytest.mark.parametrize("role", Appointment.ROLES)
def test_a_proposed_role_counts_once_finance_confirms_it(scene, nora, role):
    appointment = propose(scene, nora.person, role)
    assert not has_role(fresh(nora), scene.programme, role)
    membership = appointments.confirm(appointment=appointment, by=scene.finance)
    assert has_role(fresh(nora), scene.programme, role)
    appointment.refresh_from_db()
    assert (membership.appointment, appointment.way) == (appointment, "finance")


@pytest.mark.parametrize("who", ["staff", "nora", "lived", "member", "elsewhere", "stranger"])
def test_nobody_but_another_of_finance_or_an_administrator_confirms_it(scene, nora, who):
    appointment = propose(scene, nora.person)
    user = nora if who == "nora" else getattr(scene, who)
    with pytest.raises(ActionError):
        appointments.confirm(appointment=appointment, by=user)
    assert not Membership.objects.filter(person=nora.person, role=Role.FINANCE).exists()


def test_an_administrator_who_proposed_it_does_not_confirm_it_and_another_does(scene, nora):
    appointment = propose(scene, nora.person, by=scene.administrator)
    with pytest.raises(ActionError, match="You proposed this"):
        appointments.confirm(appointment=appointment, by=scene.administrator)
    appointments.confirm(appointment=appointment, by=make.an_administrator("Abe Administrator"))
    assert has_role(fresh(nora), scene.programme, Role.FINANCE)


def test_all_staff_and_finance_are_told_when_it_is_proposed_and_when_it_counts(scene, nora):
    appointment = propose(scene, nora.person)
    told = Notice.objects.filter(subject="Nora Next is proposed for a role in Wellbeing Our Way")
    assert {notice.messages.get().to for notice in told} == {scene.finance.email}
    appointments.confirm(appointment=appointment, by=scene.finance)
    told = Notice.objects.filter(subject="Nora Next has a new role in Wellbeing Our Way")
    assert {notice.messages.get().to for notice in told} == {scene.staff.email, scene.finance.email}
    assert "Proposed by Stella Staffordly; confirmed by finance of the programme." in told[0].text_body
    assert Notice.objects.filter(person=nora.person, subject="You have a new role in Wellbeing Our Way").exists()


def test_who_can_confirm_finds_it_on_their_home_page_and_does_it_there(scene, nora, signed_in):
    appointment = propose(scene, nora.person)
    assert not member_contributions.appointments_to_confirm(fresh(scene.staff))
    assert [task.title for task in member_contributions.appointments_to_confirm(fresh(scene.finance))] == [
        "Confirm a role: Nora Next, Finance"
    ]
    address = reverse("appointment", args=[appointment.pk])
    page = signed_in(scene.staff).get(address).text
    assert "Confirm this role" not in page
    assert "somebody else has to confirm it" in page
    assert signed_in(scene.staff).post(address, {"answer": "confirm"}).status_code == 403
    client = signed_in(scene.finance)
    assert "Confirm this role" in client.get(address).text
    client.post(address, {"answer": "confirm"})
    assert has_role(fresh(nora), scene.programme, Role.FINANCE)
    assert "This has been decided" not in client.get(address).text


def test_a_refused_or_withdrawn_proposal_gives_nothing_and_can_be_made_again(scene, nora, signed_in):
    appointment = propose(scene, nora.person)
    with pytest.raises(ActionError, match="already proposed"):
        propose(scene, nora.person)
    appointments.refuse(appointment=appointment, by=scene.finance)
    with pytest.raises(ActionError, match="decided"):
        appointments.confirm(appointment=appointment, by=scene.finance)
    again = propose(scene, nora.person)
    signed_in(scene.staff).post(reverse("appointment", args=[again.pk]), {"answer": "refuse"})
    again.refresh_from_db()
    assert again.status == Appointment.Status.WITHDRAWN
    assert not has_role(fresh(nora), scene.programme, Role.FINANCE)


def test_somebody_new_in_finance_confirms_nothing_for_three_days(scene, nora):
    appointments.confirm(appointment=propose(scene, nora.person), by=scene.finance)
    user = fresh(nora)
    until = new_in_finance_until(user, scene.programme)
    assert dt.timedelta(hours=71) < until - timezone.now() <= dt.timedelta(hours=72)
    other = make.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Otto Other")
    appointment = propose(scene, other.person)
    with pytest.raises(ActionError, match="You are new in finance"):
        appointments.confirm(appointment=appointment, by=user)
    with time_machine.travel(until + dt.timedelta(minutes=1)):
        appointments.confirm(appointment=appointment, by=fresh(nora))


# The first ones of a programme


@pytest.fixture
def first(scene, settings):
    """A new programme without anybody, and the person the only administrator of the installation proposes."""
    settings.HOST_CONTACT_EMAIL = "host@example.org"
    programme = make.a_programme("Breathing Space", contact_email="mine@example.org")
    return programme, make.of_programme(programme, name="Fay First", email="fay@example.org", joined=True)


def test_the_only_administrator_proposes_and_the_hosts_contact_confirms_by_mail(scene, first):
    programme, person = first
    appointment = appointments.propose(programme=programme, person=person, role=Role.FINANCE, by=scene.administrator)
    message = Notice.objects.get(messages__to="host@example.org")
    address = reverse("appointment_link", args=[appointment.key])
    assert address in message.text_body
    page = Client().get(address)
    assert "Fay First" in page.text
    assert not Membership.objects.filter(programme=programme).exists()
    Client().post(address, {"answer": "yes"})
    assert Membership.objects.get(programme=programme).person == person
    assert "Confirmed" in Client().post(address, {"answer": "yes"}).text
    assert Membership.objects.filter(programme=programme).count() == 1


def test_the_hosts_contact_refuses_by_mail_and_the_proposer_is_told(scene, first):
    programme, person = first
    appointment = appointments.propose(programme=programme, person=person, role=Role.STAFF, by=scene.administrator)
    Client().post(reverse("appointment_link", args=[appointment.key]), {"answer": "no"})
    appointment.refresh_from_db()
    assert appointment.status == Appointment.Status.REFUSED
    assert Notice.objects.filter(person=scene.administrator.person, subject__contains="was refused").exists()


def test_nobody_confirms_what_somebody_they_proposed_themselves_proposes(scene, first):
    """Two mailboxes of one administrator: the first proposes the second."""
    programme, person = first
    second = make.of_programme(programme, joined=True)
    appointments.give_creator_right(person=person, by=scene.administrator)
    made = Appointment.objects.create(
        person=person,
        programme=programme,
        role="staff",
        proposed_by=scene.administrator.person,
        status="confirmed",
        way="host_contact",
        decided_at=timezone.now(),
    )
    Membership.objects.create(person=person, programme=programme, role="staff", appointment=made)
    make.a_user(email=person.email)
    person.refresh_from_db()
    appointment = appointments.propose(programme=programme, person=second, role=Role.FINANCE, by=person.user)
    with pytest.raises(ActionError, match="You proposed the person who proposes this"):
        appointments.confirm(appointment=appointment, by=scene.administrator)
    assert appointment.key, "the host's contact is asked"
    appointments.confirm(appointment=appointment, by=make.an_administrator("Abe Administrator"))


def test_a_role_is_confirmed_only_once_its_person_has_joined(scene):
    person = make.of_programme(scene.programme, name="Nell Notyet")
    appointment = propose(scene, person)
    with pytest.raises(ActionError, match="have not said yes"):
        appointments.confirm(appointment=appointment, by=scene.finance)
    joining.accept(joining=person.joining, by=None)
    appointments.confirm(appointment=appointment, by=scene.finance)


@pytest.mark.parametrize("why", ["another administrator", "finance", "own address", "their address", "staff proposes"])
def test_the_hosts_contact_is_asked_only_where_nobody_else_could_confirm(scene, first, why, settings):
    programme, person = first
    by = scene.administrator
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


def test_a_link_of_the_hosts_contact_stops_working_once_somebody_else_can_confirm(scene, first):
    programme, person = first
    appointment = appointments.propose(programme=programme, person=person, role=Role.FINANCE, by=scene.administrator)
    make.with_role(programme, Role.FINANCE)
    page = Client().post(reverse("appointment_link", args=[appointment.key]), {"answer": "yes"})
    assert "somebody else can confirm it by now" in page.text
    assert not Membership.objects.filter(person=person).exists()


# Who sets up programmes


def test_an_administrator_gives_and_ends_the_right_to_set_up_programmes(scene, signed_in):
    client = signed_in(scene.administrator)
    page = client.post(reverse("creators"), {"email": "nobody@example.org"})
    assert "Nobody signs in with this address" in page.text
    client.post(reverse("creators"), {"email": scene.staff.email})
    page = client.get(reverse("creators")).text
    assert "Stella Staffordly" in page
    right = scene.staff.person.creator_rights.get()
    assert signed_in(scene.staff).get(reverse("programme_new")).status_code == 200
    signed_in(scene.administrator).post(reverse("creator_end", args=[right.pk]))
    assert signed_in(scene.staff).get(reverse("programme_new")).status_code == 403


def test_no_administrator_is_made_by_a_click(scene, signed_in):
    signed_in(scene.administrator).post(
        f"/admin/people/user/{scene.staff.pk}/change/", {"is_superuser": "on", "is_active": "on"}
    )
    assert not fresh(scene.staff).is_superuser


# The database refuses first


@pytest.mark.parametrize("role", Appointment.ROLES)
def test_postgres_refuses_staff_and_finance_nobody_confirmed(scene, nora, role):
    waiting = propose(scene, nora.person, role)
    others = appointments.confirm(appointment=propose(scene, scene.lived.person, role), by=scene.finance).appointment
    row = {"person": nora.person, "programme": scene.programme, "role": role}
    for appointment in (None, waiting, others):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            Membership.objects.create(**row, appointment=appointment)
    with pytest.raises(InternalError), transaction.atomic():
        nora.person.memberships.update(role=role)


def test_postgres_refuses_an_appointment_confirmed_by_its_proposer_or_its_person(scene, nora):
    appointment = propose(scene, nora.person)
    confirmed = {"status": "confirmed", "decided_at": timezone.now()}
    for fields in (
        {"way": "finance", "decided_by": scene.staff.person},
        {"way": "administrator", "decided_by": nora.person},
        {"way": "finance", "decided_by": None},
        {"way": "", "decided_by": scene.finance.person},
        {"way": "new_programme", "decided_by": scene.staff.person},
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            Appointment.objects.filter(pk=appointment.pk).update(**confirmed, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(person=nora.person, programme=scene.programme, role="staff", proposed_by=nora.person)


def test_a_decided_appointment_never_changes(scene, nora):
    appointment = propose(scene, nora.person)
    appointments.refuse(appointment=appointment, by=scene.finance)
    with pytest.raises(InternalError), transaction.atomic():
        Appointment.objects.filter(pk=appointment.pk).update(status="waiting", decided_at=None)
    with pytest.raises(InternalError), transaction.atomic():
        Appointment.objects.filter(pk=appointment.pk).delete()


def test_somebody_added_as_finance_is_proposed_and_their_page_says_so(scene, signed_in):
    client = signed_in(scene.staff)
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
    memberships.welcome(programme=scene.programme, by=scene.staff, person=person, roles=["lived_experience"])
