"""Bringing the people of a file in: all or nobody, twice without harm, told when staff choose, undone for a week."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from people.messages.models import Message, Notice
from people.models import AccessNeed, Person
from people.privacy import erasing
from people.privacy.models import Look
from programmes.importing import queries, rules
from programmes.importing.actions import bringing, files, rows
from programmes.importing.models import ImportRow, ImportStatus, PeopleImport, RowStatus
from programmes.importing.timed import clear_imports
from programmes.members.actions import joining as joinings
from programmes.models import Joining, Membership, Role, Term
from tests import factories as make
from tests.factories import importing as import_factories
from tests.helpers import importing
from tests.helpers.database import queries_of, refused
from wellbeing.lib.errors import ActionError

TWO = (
    "Name,Email,Phone,Needs,Group,From\n"
    "Ana Example,ana@example.org,,BSL; quiet room,{group},01/05/2026\n"
    "Ben Example,,020 7946 0102,,,\n"
)


@pytest.fixture
def two(scene):
    return TWO.format(group=scene.group.name)


def test_people_come_in_with_role_seat_needs_and_first_day_and_nobody_is_told(scene, two):
    told = Notice.objects.count()
    people_import = importing.brought(scene, two)
    assert people_import.status == ImportStatus.DONE
    ana, ben = Person.objects.filter(full_name__endswith=" Example").order_by("full_name")
    assert (ana.email, ana.channel, ben.phone, ben.channel) == ("ana@example.org", "email", "+442079460102", "phone")
    assert {(need.kind, need.detail) for need in ana.access_needs.all()} == {("bsl", ""), ("quiet_room", "")}
    assert ana.terms.get().group == scene.group
    day = dt.date(2026, 5, 1)
    assert (ana.memberships.get().starts_on, ana.memberships.get().role) == (day, Role.LIVED_EXPERIENCE)
    assert ben.memberships.get().starts_on == timezone.localdate()
    assert (ana.joining.asked_at, ana.joining.answer, ana.joined_at, ana.user) == (None, "", None, None)
    assert Notice.objects.count() == told


def test_history_says_who_brought_people_in(scene, two):
    importing.brought(scene, two)
    event = Person.pgh_event_model.objects.get(full_name="Ana Example")
    assert event.pgh_context.metadata["user"] == scene.staff.pk
    assert event.pgh_context.metadata["action"] == "importing.bringing.bring_in"


def test_nothing_is_brought_in_while_a_row_has_a_problem(scene):
    people_import = importing.checked(scene, "Name,Email\nAna Example,ana@example.org\nBen Example,ben\n")
    with pytest.raises(ActionError, match="put right or leave out first: 1"):
        bringing.ask_to_bring_in(people_import=people_import, by=scene.staff)
    rows.leave_out_problems(people_import=people_import, by=scene.staff)
    bringing.ask_to_bring_in(people_import=people_import, by=scene.staff)
    bringing.bring_in(people_import=people_import, by=scene.staff)
    assert queries.counts_of(people_import) == {RowStatus.ADDED: 1, RowStatus.LEFT_OUT: 1}


def test_the_database_refuses_half_a_file(scene):
    people_import = import_factories.an_import(scene.programme, scene.staff.person, status="bringing")
    import_factories.a_row(people_import, status="ready")
    with pytest.raises(InternalError, match="all rows of a file"), transaction.atomic():
        PeopleImport.objects.filter(pk=people_import.pk).update(status="done", brought_at=timezone.now())
    with pytest.raises(IntegrityError, match="a_ready_row_has_no_problem"), transaction.atomic():
        ImportRow.objects.update(problems=[{"column": 0, "text": "Enter their name."}])


def test_a_file_that_fails_half_way_leaves_nobody(scene, two):
    people_import = importing.checked(scene, two)
    bringing.ask_to_bring_in(people_import=people_import, by=scene.staff)

    def stop(done, total):
        raise RuntimeError("The worker was killed")

    with pytest.raises(RuntimeError):
        bringing.bring_in(people_import=people_import, by=scene.staff, progress=stop)
    assert not Person.objects.filter(full_name="Ana Example").exists()
    assert bringing.bring_in(people_import=people_import, by=scene.staff).status == ImportStatus.DONE
    bringing.bring_in(people_import=people_import, by=scene.staff)
    assert Person.objects.filter(full_name="Ana Example").count() == 1


def test_the_same_file_again_adds_nobody(scene):
    text = "Name,Email\nAna Example,ana@example.org\nCy Nobody,\n"
    importing.brought(scene, text)
    again = importing.checked(scene, text)
    assert [row.status for row in again.rows.all()] == [RowStatus.HERE, RowStatus.HERE]
    assert queries.same_file(again) is not None
    assert rules.can_be_brought_in(again).why_not == "There is nobody new in this file. Nothing is left to do."


def test_somebody_added_after_the_check_is_not_added_twice(scene):
    people_import = importing.checked(scene, "Name,Email\nAna Example,ana@example.org\nBen Example,ben@example.org\n")
    make.of_programme(scene.programme, name="Anna Example", email="ana@example.org")
    make.of_programme(scene.programme, name="Ben Example", email="ben@example.org")
    bringing.ask_to_bring_in(people_import=people_import, by=scene.staff)
    people_import = bringing.bring_in(people_import=people_import, by=scene.staff)
    assert people_import.status == ImportStatus.CHECKED
    assert "Nobody from the file has been added" in people_import.problem
    assert [row.status for row in people_import.rows.all()] == [RowStatus.PROBLEM, RowStatus.HERE]
    assert not Person.objects.filter(full_name="Ana Example").exists()


def test_an_address_known_in_another_programme_changes_nothing(scene):
    """Neither a word nor the number of questions to the database says that it is known."""
    make.of_programme(scene.other, name="Ana Example", email="ana@example.org", joined=True)
    # Questions that a process asks once are asked here.
    importing.brought(scene, "Name,Email\nAda First,ada@example.org\n")
    brought = []
    known = queries_of(lambda: brought.append(importing.brought(scene, "Name,Email\nAna Example,ana@example.org\n")))
    unknown = queries_of(lambda: brought.append(importing.brought(scene, "Name,Email\nEve Nobody,eve@example.org\n")))
    assert len(known) == len(unknown)
    assert [importing.problems(one) for one in brought] == [{}, {}]
    assert [row.status for one in brought for row in one.rows.all()] == [RowStatus.ADDED, RowStatus.ADDED]
    record = brought[0].rows.get().person
    assert (record.joined_at, record.joining.programme) == (None, scene.programme)
    assert Person.objects.filter(email="ana@example.org").count() == 2


def test_the_welcome_goes_out_in_their_way_once_staff_say_so(scene, two):
    people_import = importing.brought(scene, two)
    assert queries.ways_to_welcome(people_import) == [("Email", 1), ("Phone call", 1)]
    bringing.ask_to_welcome(people_import=people_import, by=scene.staff)
    for row in people_import.rows.all():
        bringing.welcome(row=row, by=scene.staff)
        bringing.welcome(row=row, by=scene.staff)
    told = {(one.notice.person.full_name, one.channel, one.notice.kind) for one in Message.objects.all()}
    assert told == {("Ana Example", "email", "joining"), ("Ben Example", "phone", "role")}
    assert Joining.objects.get(person__full_name="Ana Example").asked_at is not None
    assert not rules.can_be_welcomed(people_import)


def test_who_likes_letters_and_has_an_address_is_told_by_letter_and_asked_there(scene):
    text = "Name,Email,Address,Contact preference\nAna Example,ana@example.org,1 Invented Road,post\n"
    people_import = importing.brought(scene, text)
    bringing.ask_to_welcome(people_import=people_import, by=scene.staff)
    bringing.welcome(row=people_import.rows.get(), by=scene.staff)
    assert {one.channel for one in Message.objects.all()} == {"email", "letter"}


def test_an_undone_import_takes_out_those_with_whom_nothing_has_happened(scene):
    names = ("Ana", "Ben", "Cy", "Dee")
    lines = "".join(f"{name} Example,{name}@example.org,BSL,{scene.group.name}\n" for name in names)
    people_import = importing.brought(scene, f"Name,Email,Needs,Group\n{lines}")
    ana, ben, cy, dee = Person.objects.filter(full_name__endswith=" Example").order_by("full_name")
    make.an_invitation(make.an_event(scene.programme, days=20), ben)
    cy.known_as = "Cyril"
    cy.save()
    joinings.accept(joining=dee.joining, by=None)
    undone = importing.undone(scene, people_import)
    assert undone.status == ImportStatus.UNDONE
    assert not Person.objects.filter(pk=ana.pk).exists()
    assert not Membership.objects.filter(person=ana.pk).exists()
    assert not Term.objects.filter(person=ana.pk).exists()
    assert not AccessNeed.objects.filter(person=ana.pk).exists()
    said = {row.number: (row.status, row.stayed_because) for row in undone.rows.all()}
    assert said[2] == (RowStatus.REMOVED, "")
    assert said[3] == (RowStatus.STAYED, "There is by now: Invitation.")
    assert said[4] == (RowStatus.STAYED, "Their record has been changed.")
    assert said[5][0] == RowStatus.STAYED
    assert "They have said that this is them." in said[5][1]


def test_who_was_welcomed_stays(scene):
    people_import = importing.brought(scene, "Name,Email\nAna Example,ana@example.org\n")
    bringing.ask_to_welcome(people_import=people_import, by=scene.staff)
    bringing.welcome(row=people_import.rows.get(), by=scene.staff)
    row = importing.undone(scene, people_import).rows.get()
    assert row.status == RowStatus.STAYED
    assert "They have been written to." in row.stayed_because


def test_an_import_can_be_undone_for_a_week_and_then_its_rows_are_deleted(scene):
    people_import = importing.brought(scene, "Name,Email\nAna Example,ana@example.org\n")
    with time_machine.travel(timezone.now() + dt.timedelta(days=7), tick=False):
        clear_imports()
        assert rules.can_be_undone(people_import)
    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        assert "could be undone until" in rules.can_be_undone(people_import).why_not
        with transaction.atomic():
            clear_imports()
    people_import.refresh_from_db()
    row = people_import.rows.get()
    assert (people_import.file.name, people_import.headings, row.cells, row.details) == ("", [], [], {})
    assert row.person.full_name == "Ana Example"


def test_an_import_that_nobody_finishes_is_thrown_away(scene):
    people_import = importing.send(scene, "Name,Email\nAna Example,ana@example.org\n")
    with time_machine.travel(timezone.now() + dt.timedelta(days=31), tick=False):
        clear_imports()
    people_import.refresh_from_db()
    assert (people_import.status, people_import.rows.count()) == (ImportStatus.DISCARDED, 0)


def test_a_role_is_not_deleted_but_by_an_undone_import(scene):
    sql = "DELETE FROM programmes_membership WHERE person_id = %s"
    assert "Cannot delete rows" in refused(sql, scene.lived.person.pk)


@pytest.mark.parametrize("status", [status for status in ImportStatus if status != ImportStatus.CHECKED])
def test_rows_change_only_while_nobody_is_brought_in(scene, status):
    people_import = import_factories.an_import(scene.programme, scene.staff.person, status=status)
    row = import_factories.a_row(people_import)
    for act in (rows.leave_out, rows.take_back, rows.say_somebody_else, rows.make_two):
        with pytest.raises(ActionError, match="not waiting for anything to be put right"):
            act(row=row, by=scene.staff)
    with pytest.raises(ActionError, match="not waiting for anything to be put right"):
        rows.put_right(row=row, cells=["Ana", ""], by=scene.staff)


@pytest.mark.parametrize("status", ["bringing", "done", "undoing", "undone", "discarded"])
def test_an_import_is_not_thrown_away_once_people_are_brought_in(scene, status):
    people_import = import_factories.an_import(scene.programme, scene.staff.person, status=status)
    with pytest.raises(ActionError, match="cannot be thrown away"):
        files.discard(people_import=people_import, by=scene.staff)


def test_somebody_who_is_removed_goes_from_the_import_they_came_in_with(scene, two):
    people_import = importing.brought(scene, two)
    ana = Person.objects.get(full_name="Ana Example")
    waiting = importing.checked(scene, two.replace("Ben", "Bea"))
    assert waiting.rows.filter(person=ana).exists()
    with transaction.atomic():
        erasing.remove(ana, by=None)
    people_import.refresh_from_db()
    waiting.refresh_from_db()
    assert (people_import.file.name, people_import.headings) == ("", [])
    assert list(people_import.rows.values_list("cells", flat=True)) == [[]]
    assert (waiting.status, waiting.rows.count()) == (ImportStatus.DISCARDED, 0)


def test_an_import_from_which_somebody_was_removed_cannot_be_undone(scene, two):
    people_import = importing.brought(scene, two)
    with transaction.atomic():
        erasing.remove(Person.objects.get(full_name="Ana Example"), by=None)
    with pytest.raises(ActionError, match="as somebody in it was removed"):
        bringing.ask_to_undo(people_import=people_import, by=scene.staff)
    people_import.refresh_from_db()
    assert people_import.status == ImportStatus.DONE


def test_who_was_looked_at_alone_is_taken_out_again(scene, two):
    people_import = importing.brought(scene, two)
    ana = Person.objects.get(full_name="Ana Example")
    Look.objects.create(reader=scene.staff.person, person=ana, kind="needs")
    importing.undone(scene, people_import)
    assert not Person.objects.filter(pk=ana.pk).exists()
    assert not Look.objects.exists()


def test_after_an_import_is_undone_no_history_says_who_was_in_it(scene):
    text = "Name,Email,Needs\nAna Example,ana@example.org,a lift for my chair\n"
    people_import = importing.brought(scene, text)
    ana = people_import.rows.get().person
    importing.undone(scene, people_import)
    said = Person.pgh_event_model.objects.filter(pgh_obj_id=ana.pk)
    assert set(said.values_list("full_name", "email")) == {("[removed]", "")}
    assert not AccessNeed.pgh_event_model.objects.filter(person_id=ana.pk).exists()
    assert set(Joining.pgh_event_model.objects.filter(person_id=ana.pk).values_list("address", flat=True)) == {""}


def test_why_somebody_stays_says_nothing_of_their_other_programmes(scene):
    known = make.with_role(scene.other, Role.LIVED_EXPERIENCE, "Ana Elsewhere")
    make.a_claim(scene.other, known.person)
    people_import = importing.brought(scene, f"Name,Email\nAna Example,{known.email}\n")
    joinings.accept(joining=people_import.rows.get().person.joining, by=known)
    row = importing.undone(scene, people_import).rows.get()
    assert (row.person, row.stayed_because) == (known.person, "They have said that this is them.")


def test_a_file_goes_when_somebody_is_removed_whose_row_was_left_out(scene):
    person = make.a_person("Ana Example", email="ana@example.org")
    people_import = importing.checked(scene, "Name,Email,Needs\nAna,ana@example.org,my guide dog\n")
    rows.leave_out(row=people_import.rows.get(), by=scene.staff)
    with transaction.atomic():
        erasing.remove(person, by=None)
    people_import.refresh_from_db()
    assert (people_import.status, people_import.file.name) == (ImportStatus.DISCARDED, "")
