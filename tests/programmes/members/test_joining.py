"""Adding somebody: the programme knows what it typed, and the person says at their own address whether it is them."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Attendance, Invitation
from payments.models import Claim
from people.accounts.actions import accounts, addresses
from people.messages.queries import earlier_contacts
from people.messages.views import telling
from people.models import AccessNeed, Message, Notice, Person, User
from programmes.members import queries as member_queries
from programmes.members.actions import joining, memberships
from programmes.models import Joining, Membership, Role
from tests import factories as make
from tests.helpers.roles import fresh
from wellbeing.lib.errors import ActionError

VICTIM = "vera@example.org"


@pytest.fixture
def vera(scene):
    """Somebody known in another programme, with details its staff typed and roles there."""
    user = make.with_role(scene.other, Role.LIVED_EXPERIENCE, user=make.a_user("Vera Victim", email=VICTIM))
    Person.objects.filter(pk=user.person.pk).update(phone="01632 960555", about="I live with long illness.")
    AccessNeed.objects.create(person=user.person, kind="bsl")
    return user


def add(scene, email=VICTIM, **changes):
    details = {"full_name": "V Typed", "roles": ["lived_experience"], "email": email, **changes}
    return memberships.welcome(programme=scene.programme, by=scene.staff, **details)


def link_to(email):
    """The address of the page in the newest message to `email` that asks whether somebody joins."""
    return reverse("joining_link", args=[Joining.objects.filter(person__email=email).latest("asked_at").key])


def what_staff_see(client, email):
    """Every page and file staff can look somebody up on, with the parts that differ by person taken out."""
    person = Person.objects.get(email=email, joining__isnull=False)
    found = [client.get(reverse("person", args=[person.pk])).text]
    people = reverse("programme_people", args=["wow"])
    for query in (f"?q={email}", "", "?export=csv", f"?q={person.full_name}"):
        response = client.get(people + query)
        found.append(b"".join(response.streaming_content).decode() if response.streaming else response.content.decode())
    found.append(client.get(reverse("messages")).text)
    text = "\n".join(found)
    return text.replace(email, "ADDRESS").replace(f"/{person.pk}/", "/PK/")


def test_somebody_known_elsewhere_is_added_as_typed_and_nothing_of_them_is_shown(scene, vera, signed_in):
    person = add(scene)
    assert person != vera.person
    assert (person.full_name, person.phone, person.user) == ("V Typed", "", None)
    assert not person.access_needs.exists()
    seen = what_staff_see(signed_in(scene.staff), VICTIM)
    for secret in ("Vera Victim", "01632 960555", "long illness", "British Sign Language interpreter</td>"):
        assert secret not in seen
    assert signed_in(scene.staff).get(reverse("person", args=[vera.person.pk])).status_code == 404
    vera.person.refresh_from_db()
    assert not vera.person.memberships.filter(programme=scene.programme).exists()


def test_no_page_list_search_or_export_tells_a_known_address_from_an_unknown_one(scene, vera, signed_in):
    client = signed_in(scene.staff)
    seen = {}
    for email in (VICTIM, "unknown@example.org"):
        add(scene, email)
        seen[email] = what_staff_see(client, email)
        Membership.objects.filter(person__email=email, programme=scene.programme).update(
            ends_on=timezone.localdate() - dt.timedelta(days=1), starts_on=timezone.localdate() - dt.timedelta(days=1)
        )
        Joining.objects.filter(person__email=email).update(asked_at=timezone.now())
    known, unknown = seen.values()
    assert known.count("ADDRESS") == unknown.count("ADDRESS")
    assert "Has not joined yet" in known
    assert "Has not joined yet" in unknown


def test_adding_a_known_address_asks_the_database_as_often_as_an_unknown_one(scene, vera):
    counts = []
    for email in ("first@example.org", VICTIM, "unknown@example.org"):
        with CaptureQueriesContext(connection) as asked:
            add(scene, email)
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_everybody_added_is_told_and_asked_by_a_link_staff_cannot_read(scene, signed_in):
    add(scene, "nora@example.org")
    message = Notice.objects.get(messages__to="nora@example.org")
    assert "Stella Staffordly has added you to Wellbeing Our Way as: Person with lived experience" in message.text_body
    assert link_to("nora@example.org") in message.text_body
    assert not Notice.objects.visible_to(fresh(scene.staff)).filter(pk=message.pk).exists()
    page = signed_in(scene.administrator).get(reverse("message", args=[message.messages.get().pk]))
    assert link_to("nora@example.org") not in page.text


def test_opening_the_link_changes_nothing_and_the_page_is_kept_nowhere(scene, vera):
    add(scene)
    response = Client().get(link_to(VICTIM))
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store, private")
    assert response["Referrer-Policy"] == "no-referrer"
    assert Joining.objects.get().answer == ""
    assert "Vera Victim" not in response.text
    assert Client().get(reverse("joining_link", args=["nothing"])).status_code == 404


def test_a_yes_by_the_link_puts_the_record_and_all_it_holds_into_the_persons_own(scene, vera):
    record = add(scene, group=scene.group, seat="lived_experience", needs=[("diet", "No nuts"), ("bsl", "")])
    event = make.an_event(scene.programme, organiser=scene.staff.person)
    make.an_invitation(event, record)
    make.an_attendance(event, record)
    paid = make.a_claim(scene.programme, record, Claim.Status.PAID)
    sent = make.a_claim(scene.programme, record, Claim.Status.SUBMITTED)
    page = Client().post(link_to(VICTIM), {"answer": "yes", "sure": "yes"})
    assert "You have joined Wellbeing Our Way" in page.text
    person = vera.person
    person.refresh_from_db()
    assert not Person.objects.filter(pk=record.pk).exists()
    assert (person.full_name, person.phone) == ("Vera Victim", "+441632960555")
    assert {need.kind for need in person.access_needs.all()} == {"bsl", "diet"}
    assert person.memberships.filter(programme=scene.programme).exists()
    assert person.terms.get().group == scene.group
    assert Invitation.objects.get(event=event).person == person
    assert Attendance.objects.get(event=event).person == person
    assert set(Claim.objects.filter(person=person)) == {paid, sent}
    assert Notice.objects.filter(person=person).exists()


def test_after_a_yes_staff_see_the_person_and_not_before(scene, vera, signed_in):
    add(scene)
    address = reverse("person", args=[vera.person.pk])
    assert signed_in(scene.staff).get(address).status_code == 404
    Client().post(link_to(VICTIM), {"answer": "yes", "sure": "yes"})
    assert "01632 960555" in signed_in(scene.staff).get(address).text


def test_the_person_is_asked_on_their_home_page_and_answers_signed_in(scene, vera, signed_in):
    record = add(scene)
    client = signed_in(vera)
    assert "Wellbeing Our Way has added you. Is this you?" in client.get(reverse("home")).text
    page = client.get(reverse("joinings")).text
    assert "Stella Staffordly added “V Typed”" in page
    client.post(reverse("joinings"), {"joining": record.joining.pk, "answer": "yes"})
    assert vera.person.memberships.filter(programme=scene.programme).exists()
    assert "has added you. Is this you?" not in client.get(reverse("home")).text


def test_nobody_else_answers_for_them(scene, vera, signed_in):
    record = add(scene)
    client = signed_in(scene.stranger)
    answer = {"joining": record.joining.pk, "answer": "yes"}
    assert client.post(reverse("joinings"), answer).status_code == 404
    with pytest.raises(ActionError, match="another email address"):
        joining.accept(joining=record.joining, by=scene.stranger)
    with pytest.raises(ActionError, match="another email address"):
        joining.decline(joining=record.joining, by=scene.stranger)
    assert Joining.objects.get().answer == ""


def test_a_no_ends_the_roles_takes_the_address_off_and_is_told_to_staff(scene, vera):
    record = add(scene, group=scene.group, seat="lived_experience")
    Client().post(link_to(VICTIM), {"answer": "no"})
    record.refresh_from_db()
    assert record.email == ""
    assert not Membership.objects.effective_on(timezone.localdate()).filter(person=record).exists()
    assert not record.terms.effective_on(timezone.localdate()).exists()
    told = Notice.objects.filter(subject="V Typed does not join Wellbeing Our Way")
    assert {notice.messages.get().to for notice in told} == {scene.staff.email, scene.finance.email}
    assert vera.person.memberships.count() == 1


def test_a_first_sign_in_joins_the_only_programme_that_added_them_and_asking_for_a_code_does_not(scene):
    person = add(scene, "nora@example.org")
    Client().post(reverse("account_login"), {"login": "NORA@example.org"})
    user = accounts.account_for(email="nora@example.org", by=None)
    assert user.person == person
    person.refresh_from_db()
    assert (person.joined_at, person.joining.answer) == (None, "")
    assert "Is this you?" in Client().get(link_to("nora@example.org")).text
    joining.answer_by_signing_in(by=user)
    person.refresh_from_db()
    assert person.joined_at
    assert Joining.objects.get(person=person).answer == "yes"


def test_a_no_after_somebody_asked_for_a_code_takes_the_account_that_nobody_signed_in_to(scene):
    person = add(scene, "nora@example.org")
    accounts.account_for(email="nora@example.org", by=None)
    Client().post(link_to("nora@example.org"), {"answer": "no"})
    person.refresh_from_db()
    assert (person.user, person.email) == (None, "")
    assert not User.objects.filter(email="nora@example.org").exists()


def test_an_address_that_said_no_is_not_asked_again(scene):
    add(scene, "nora@example.org")
    Client().post(link_to("nora@example.org"), {"answer": "no"})
    with pytest.raises(ActionError, match="told no before"):
        add(scene, "NORA@example.org")


def test_a_link_and_a_code_count_for_the_address_they_were_sent_to_alone(scene, vera):
    """Staff add a mailbox of their own, move the record to somebody else's address, and try the old link and code."""
    record = add(scene, "mine@example.org")
    old, code = link_to("mine@example.org"), member_queries.code_of(record.joining)
    change = addresses.ask(person=record, new_address=VICTIM, how="x", by=scene.staff)
    addresses.agree_from_old_address(change=change, by=None)
    record.refresh_from_db()
    assert record.email == VICTIM
    assert Client().post(old, {"answer": "yes"}).status_code == 404
    now = Joining.objects.get(person=record)
    with pytest.raises(ActionError, match="not the code"):
        joining.accept_in_person(joining=now, code=code, by=scene.staff)
    assert Message.objects.filter(to=VICTIM, notice__subject__contains="Is this you?").exists()
    assert not vera.person.memberships.filter(programme=scene.programme).exists()


@pytest.mark.parametrize("address", ["vera@maıl.example", "ſera@mail.example", "véra@mail.example"])
def test_an_address_that_only_looks_like_anothers_is_refused_everywhere(scene, address):
    person = add(scene, "vera@mail.example")
    with pytest.raises(ActionError, match="letters a to z"):
        add(scene, address)
    page = Client().post(reverse("account_login"), {"login": address})
    assert "letters a to z" in page.text
    assert accounts.account_for(email=address, by=None) is None
    person.refresh_from_db()
    assert person.user is None


def test_a_change_of_address_asked_for_the_record_does_not_follow_into_the_account(scene, vera):
    record = add(scene)
    change = addresses.ask(person=record, new_address="mine@example.org", how="x", by=scene.staff)
    addresses.agree(change=change, how="x", by=scene.finance)
    Client().post(link_to(VICTIM), {"answer": "yes", "sure": "yes"})
    change.refresh_from_db()
    assert change.status == "stopped"


def test_a_phone_number_a_programme_knew_stays_known_after_two_records_are_one(scene, vera):
    add(scene, phone="01632 960777")
    Client().post(link_to(VICTIM), {"answer": "yes", "sure": "yes"})
    known = {contact.value for contact in earlier_contacts(vera.person, timezone.now() - dt.timedelta(days=1))}
    assert "+441632960777" in known


def test_whom_two_programmes_added_before_they_ever_signed_in_is_asked_about_each(scene, signed_in):
    first = add(scene, "nora@example.org", full_name="Nora New", phone="0123")
    second = memberships.welcome(
        programme=scene.other,
        by=scene.elsewhere,
        full_name="N. Newish",
        email="nora@example.org",
        roles=["lived_experience"],
    )
    user = accounts.account_for(email="nora@example.org", by=None)
    assert user.person not in {first, second}
    assert [each.programme for each in member_queries.joinings_offered_to(user)] == [scene.programme, scene.other]
    client = signed_in(user)
    client.post(reverse("joinings"), {"joining": first.joining.pk, "answer": "yes"})
    client.post(reverse("joinings"), {"joining": second.joining.pk, "answer": "no"})
    person = Person.objects.get(user=user)
    assert (person.full_name, person.phone) == ("Nora New", "0123")
    held = Membership.objects.effective_on(timezone.localdate())
    assert [each.programme for each in held.filter(person=person)] == [scene.programme]
    assert not held.filter(person=second).exists()


def test_a_colleague_beside_them_types_the_code_that_only_their_link_shows(scene, vera, signed_in):
    record = add(scene)
    code = member_queries.code_of(record.joining)
    assert member_queries.code_in_two(record.joining) in Client().get(link_to(VICTIM)).text
    client, address = signed_in(scene.staff), reverse("joining_in_person", args=[record.joining.pk])
    assert code not in client.get(address).text
    assert code not in client.get(reverse("person", args=[record.pk])).text
    page = client.post(address, {"code": "WRONGONE"})
    assert "This is not the code" in page.text
    assert "WRONGONE" in page.text
    response = client.post(address, {"code": f"{code[:4].lower()} {code[4:]}"})
    assert response.url == reverse("person", args=[vera.person.pk])
    assert vera.person.memberships.filter(programme=scene.programme).exists()


def test_after_five_wrong_codes_the_right_one_no_longer_works_until_the_message_is_sent_again(scene, vera):
    record = add(scene)
    for _try in range(Joining.MAX_TRIES):
        with pytest.raises(ActionError, match="not the code"):
            joining.accept_in_person(joining=record.joining, code="AAAAAAAA", by=scene.staff)
    code = member_queries.code_of(record.joining)
    for odd in ("Ä", "", "\0"):
        with pytest.raises(ActionError, match="Too many"):
            joining.accept_in_person(joining=record.joining, code=odd, by=scene.staff)
    with pytest.raises(ActionError, match="Too many"):
        joining.accept_in_person(joining=record.joining, code=code, by=scene.staff)
    Joining.objects.update(asked_at=timezone.now() - joining.SEND_AGAIN_AFTER)
    again = joining.send_again(joining=record.joining, by=scene.staff)
    with pytest.raises(ActionError, match="not the code"):
        joining.accept_in_person(joining=again, code=code, by=scene.staff)
    joining.accept_in_person(joining=again, code=member_queries.code_of(again), by=scene.staff)


def test_the_message_is_sent_again_once_an_hour_and_its_old_link_stops_working(scene, signed_in):
    record = add(scene, "nora@example.org")
    old = link_to("nora@example.org")
    address = reverse("joining_send_again", args=[record.joining.pk])
    signed_in(scene.staff).post(address)
    assert Client().get(old).status_code == 200
    Joining.objects.update(asked_at=timezone.now() - joining.SEND_AGAIN_AFTER)
    signed_in(scene.staff).post(address)
    assert Client().get(old).status_code == 404
    assert Message.objects.filter(to="nora@example.org").count() == 2


def test_somebody_without_an_address_is_rung_by_staff_who_write_down_how(scene, signed_in):
    person = add(scene, "", phone="01632 960001", channel="phone")
    message = Message.objects.get(notice__person=person)
    assert "added you to Wellbeing Our Way" in message.notice.text_body
    staff = fresh(scene.staff)
    assert [task.title for task in telling.tasks(staff)] == ["Ring V Typed"]
    client, address = signed_in(scene.staff), reverse("message_call", args=[message.pk])
    assert "01632 960001" in client.get(address).text
    assert "Error: " in client.post(address, {"outcome": ""}).text
    client.post(address, {"outcome": "told", "note": "I rang her."})
    message.refresh_from_db()
    assert (message.told_by, message.told_how) == (scene.staff.person, "I rang her.")
    assert not telling.tasks(fresh(scene.staff))


def test_two_records_are_not_put_together_where_somebody_would_have_approved_their_own(scene, vera):
    record = add(scene)
    claim = make.a_claim(scene.programme, record, Claim.Status.SUBMITTED)
    claim.lines.update(approved_pence=5000)
    Claim.objects.filter(pk=claim.pk).update(
        status="approved",
        approved_by=vera.person,
        approved_at=timezone.now(),
        approved_pence=5000,
        money_pence=5000,
        payroll_pence=0,
        voucher_pence=0,
        donation_pence=0,
        waived_pence=0,
        advance_recovered_pence=0,
    )
    page = Client().post(link_to(VICTIM), {"answer": "yes", "sure": "yes"})
    assert "We could not put this programme" in page.text
    assert Person.objects.filter(pk=record.pk).exists()
    assert Joining.objects.get().answer == ""


def test_given_and_ended_roles_are_told_to_their_person(scene):
    membership = memberships.add(programme=scene.programme, person=scene.member.person, by=scene.staff)
    memberships.end(membership=membership, by=scene.staff)
    told = Notice.objects.filter(person=scene.member.person).order_by("pk").values_list("subject", flat=True)
    assert list(told) == ["You have a new role in Wellbeing Our Way", "Your role in Wellbeing Our Way ends"]
