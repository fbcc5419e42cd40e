"""A person's page: tags, notes and who reads them, history, and whether we know where to pay them."""

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from people.directory import actions as person_actions
from people.models import Person
from programmes.directory.actions import notes, tags
from programmes.models import PersonNote, PersonTag, Role, Tag
from tests import factories as make
from tests.factories import directory
from tests.helpers.client import words_of
from wellbeing.lib.errors import ActionError


@pytest.fixture
def colleague(scene):
    return make.with_role(scene.programme, Role.STAFF, "Sue Staffwell")


def page_of(client, person):
    return words_of(client.get(reverse("person", args=[person.pk])))


def test_a_note_is_read_by_those_whom_it_says_and_by_nobody_else(scene, signed_in, colleague):
    lived, by = scene.lived.person, scene.staff.person
    for programme, user in ((scene.other, scene.elsewhere),):
        make.a_membership(programme, lived, Role.LIVED_EXPERIENCE)
        directory.a_note(programme, lived, by=user.person, words="A note of elsewhere")
    directory.a_note(scene.programme, lived, by=by, words="For all of us")
    directory.a_note(scene.programme, lived, by=by, words="For me alone", readers="writer")
    directory.a_note(scene.programme, lived, colleague.person, by=by, words="For Sue and me")
    directory.a_note(scene.programme, lived, by=by, words="For those who pay", readers="finance")
    third = make.with_role(scene.programme, Role.STAFF, "Tess Third")
    seen = {
        name: {
            words
            for words in ("A note of elsewhere", "For all of us", "For me alone", "For Sue and me", "For those who pay")
            if words in text
        }
        for name, text in (
            (user.person.full_name, page_of(signed_in(user), lived))
            for user in (
                scene.staff,
                colleague,
                third,
                scene.finance,
                scene.administrator,
                scene.lived,
                scene.elsewhere,
            )
        )
    }
    assert seen["Stella Staffordly"] == {"For all of us", "For me alone", "For Sue and me", "For those who pay"}
    assert seen["Sue Staffwell"] == {"For all of us", "For Sue and me"}
    assert seen["Tess Third"] == {"For all of us"}
    assert seen["Finn Ledger"] == {"For those who pay"}
    assert seen["Ada Administrator"] == {"For all of us", "A note of elsewhere"}
    assert seen["Lena Lived"] == set()
    assert seen["Elsie Elsewhere"] == {"A note of elsewhere"}


def test_a_colleague_who_left_the_staff_reads_no_note_any_more(scene, colleague):
    note = directory.a_note(scene.programme, scene.lived.person, colleague.person, by=scene.staff.person)
    assert note in PersonNote.objects.readable_by(colleague)
    colleague.person.memberships.update(ends_on="2026-01-01")
    colleague.__dict__.pop("_programme_roles", None)
    assert note not in PersonNote.objects.readable_by(colleague)


def test_the_form_of_a_note_says_that_the_person_can_read_it_and_keeps_what_was_typed(scene, signed_in, colleague):
    client = signed_in(scene.staff)
    address = reverse("person_note_new", args=["wow", scene.lived.person.pk])
    assert "They can ask for everything we hold about them" in words_of(client.get(address))
    page = client.post(address, {"words": "Prefers mornings", "readers": "named"})
    assert "Choose at least one colleague" in words_of(page)
    assert "Prefers mornings" in page.content.decode()
    client.post(address, {"words": "Prefers mornings", "readers": "named", "named": [colleague.person.pk]})
    assert "Prefers mornings" in page_of(signed_in(colleague), scene.lived.person)


def test_a_note_is_changed_and_taken_away_by_its_writer_alone(scene, signed_in, colleague):
    note = directory.a_note(scene.programme, scene.lived.person, by=scene.staff.person)
    assert signed_in(colleague).get(reverse("person_note_edit", args=[note.pk])).status_code == 403
    with pytest.raises(ActionError, match="Only the person who wrote"):
        notes.take_away(note=note, by=colleague)
    client = signed_in(scene.staff)
    client.post(reverse("person_note_edit", args=[note.pk]), {"words": "Prefers afternoons", "readers": "writer"})
    note.refresh_from_db()
    assert (note.words, note.readers) == ("Prefers afternoons", "writer")
    client.post(reverse("person_note_remove", args=[note.pk]))
    assert "Prefers afternoons" not in page_of(client, scene.lived.person)


@pytest.mark.parametrize("who", ["finance", "elsewhere", "administrator", "lived"])
def test_nobody_but_staff_of_the_programme_writes_a_note(scene, who):
    with pytest.raises(ActionError):
        notes.write(
            programme=scene.programme,
            person=scene.member.person,
            words="x",
            readers="staff",
            by=getattr(scene, who),
        )


def test_nobody_writes_a_note_about_themselves_or_somebody_unknown(scene):
    for person, sentence in ((scene.staff.person, "about yourself"), (scene.stranger.person, "not in this programme")):
        with pytest.raises(ActionError, match=sentence):
            notes.write(programme=scene.programme, person=person, words="x", readers="staff", by=scene.staff)


def test_a_note_stays_with_its_writer_whatever_is_tried(scene):
    note = directory.a_note(scene.programme, scene.lived.person, by=scene.staff.person)
    with pytest.raises(InternalError), transaction.atomic():
        PersonNote.objects.filter(pk=note.pk).update(written_by=scene.finance.person)


def test_an_area_takes_the_place_of_the_one_before_and_both_are_kept_with_their_days(scene, signed_in):
    lived, by = scene.lived.person, scene.staff.person
    first = directory.an_area(scene.programme, "Larkhampton", lived, by=by)
    second = directory.an_area(scene.programme, "Otterby", by=by)
    tag = directory.a_tag(scene.programme, "Speaks", by=by)
    client = signed_in(scene.staff)
    client.post(reverse("person_tags", args=["wow", lived.pk]), {"area": second.pk, "tags": [tag.pk]})
    text = page_of(client, lived)
    assert "Area: Otterby" in text
    assert "Speaks (Stella Staffordly, 23 Nov 2026)" in text or "Speaks" in text
    before = PersonTag.objects.get(tag=first)
    assert before.taken_by == by
    assert before.taken_at is not None
    client.post(reverse("person_tags", args=["wow", lived.pk]), {"area": ""})
    assert not PersonTag.objects.filter(person=lived, taken_at=None).exists()


def test_the_database_refuses_a_second_area_in_one_programme(scene):
    lived, by = scene.lived.person, scene.staff.person
    directory.an_area(scene.programme, "Larkhampton", lived, by=by)
    with pytest.raises(InternalError, match="one area"), transaction.atomic():
        directory.an_area(scene.programme, "Otterby", lived, by=by)
    directory.an_area(scene.other, "Otterby", lived, by=by)


def test_tags_have_names_of_their_own_and_end_for_everybody(scene, signed_in):
    tag = directory.a_tag(scene.programme, "Speaks", scene.lived.person, by=scene.staff.person)
    client = signed_in(scene.staff)
    page = client.post(reverse("programme_tags", args=["wow"]), {"kind": "tag", "name": "SPEAKS"})
    assert "is there already" in words_of(page)
    page = client.post(reverse("programme_tags", args=["wow"]), {"kind": "area", "name": ""})
    assert page.context["form"].errors["name"]
    client.post(reverse("tag_rename", args=["wow", tag.pk]), {"name": "Speaks at events"})
    client.post(reverse("tag_end", args=["wow", tag.pk]))
    tag.refresh_from_db()
    assert tag.name == "Speaks at events"
    assert tag.ended_at is not None
    assert not PersonTag.objects.filter(tag=tag, taken_at=None).exists()
    with pytest.raises(ActionError, match="has ended"):
        tags.give(tag=tag, people=[scene.lived.person], by=scene.staff)
    assert tags.make(programme=scene.programme, kind=Tag.Kind.TAG, name="speaks AT events", by=scene.staff) == tag


def test_a_tag_is_not_given_to_somebody_of_another_programme(scene):
    tag = directory.a_tag(scene.programme, "Speaks", by=scene.staff.person)
    with pytest.raises(ActionError, match="not in this programme"):
        tags.give(tag=tag, people=[scene.elsewhere.person], by=scene.staff)


def test_the_history_says_what_changed_and_by_whom_but_not_what_it_was(scene, signed_in):
    lived = scene.lived.person
    person_actions.edit(person=lived, phone="07700 900123", by=scene.staff)
    tag = directory.a_tag(scene.programme, "Speaks", by=scene.staff.person)
    tags.give(tag=tag, people=[lived], by=scene.staff)
    make.a_membership(scene.other, lived, Role.LIVED_EXPERIENCE)
    theirs = directory.a_tag(scene.other, "Their own word", by=scene.elsewhere.person)
    tags.give(tag=theirs, people=[lived], by=scene.elsewhere)
    person_actions.edit(person=lived, known_as="Len", by=scene.elsewhere)
    colleague = make.with_role(scene.programme, Role.STAFF, "Sue Staffwell")
    text = words_of(signed_in(colleague).get(reverse("person_history", args=[lived.pk])))
    assert "Changed: phone number Stella Staffordly" in text
    assert "Tagged: Speaks Stella Staffordly" in text
    assert "Changed: what to call them A colleague" in text
    assert "900123" not in text
    assert "Their own word" not in text
    assert "Elsie" not in text
    own = words_of(signed_in(scene.lived).get(reverse("person_history", args=[lived.pk])))
    assert "Speaks" not in own
    assert "A colleague" in own


def test_staff_see_what_somebody_said_and_whether_we_know_where_to_pay_them(scene, signed_in):
    text = page_of(signed_in(scene.staff), scene.lived.person)
    assert "We know where to pay them" in text
    fresh = make.a_person("Nell Newcomer")
    make.a_membership(scene.programme, fresh, Role.LIVED_EXPERIENCE)
    assert "We do not know yet where to pay them" in page_of(signed_in(scene.finance), fresh)
    assert "pay them" not in page_of(signed_in(scene.lived), scene.lived.person)


def test_two_records_with_the_same_tag_and_two_areas_are_put_together(scene):
    record = make.a_person("Lena Lived")
    make.a_membership(scene.programme, record, Role.LIVED_EXPERIENCE)
    by, lived = scene.staff.person, scene.lived.person
    directory.a_tag(scene.programme, "Speaks", record, lived, by=by)
    directory.an_area(scene.programme, "Larkhampton", record, by=by)
    directory.an_area(scene.programme, "Otterby", lived, by=by)
    directory.a_note(scene.programme, record, by=by, words="Knows the hall.")
    Person.objects.filter(pk=lived.pk).update(joined_at="2026-01-01T10:00:00Z")
    person_actions.take_over(record=record, person=lived, by=None)
    given = PersonTag.objects.filter(person=lived, taken_at=None).values_list("tag__name", flat=True)
    assert sorted(given) == ["Otterby", "Speaks"]
    assert lived.notes.get().words == "Knows the hall."
