"""What the directory refuses and says, its empty states and its files."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, Person
from programmes.directory.actions import notes, organisations, tags
from programmes.members.actions import joining as joining_actions
from programmes.members.actions import memberships
from programmes.models import Joining, Partnership, PersonNote, PersonTag, Role, Tag
from tests import factories as make
from tests.factories import directory
from tests.helpers.client import page_text, words_of
from wellbeing.lib.errors import ActionError


@pytest.fixture
def staff(scene, signed_in):
    return signed_in(scene.staff)


@pytest.fixture
def colleague(scene):
    return make.with_role(scene.programme, Role.STAFF, "Sue Staffwell")


def rows_in(response):
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_a_tag_is_made_renamed_and_ended_on_its_pages(scene, staff):
    place = reverse("programme_tags", args=["wow"])
    page = words_of(staff.post(place, {"kind": "tag", "name": " Speaks  at events "}, follow=True))
    assert "“Speaks at events” is there. You can give it to people now." in page
    tag = Tag.objects.get()
    assert "“Speaks at events” is there already." in words_of(
        staff.post(place, {"kind": "tag", "name": "speaks at events"})
    )
    directory.a_tag(scene.programme, "Chairs", by=scene.staff.person)
    rename = reverse("tag_rename", args=["wow", tag.pk])
    assert "Another one has this name. Choose another." in page_text(staff.post(rename, {"name": "Chairs"}))
    assert "The name is saved." in words_of(staff.post(rename, {"name": "Speaks"}, follow=True))
    tags.give(tag=tag, people=[scene.lived.person], by=scene.staff)
    ended = words_of(staff.post(reverse("tag_end", args=["wow", tag.pk]), follow=True))
    assert "“Speaks” has ended. It is taken from 1 person." in ended
    again = tags.make(programme=scene.programme, kind="tag", name="speaks", by=scene.staff)
    assert (again, PersonTag.objects.filter(taken_at=None).count()) == (tag, 0)
    with pytest.raises(ActionError, match="Enter a name"):
        tags.make(programme=scene.programme, kind="tag", name=" ", by=scene.staff)


def test_where_there_is_no_tag_the_page_of_a_persons_tags_leads_to_making_one(scene, staff):
    place = reverse("person_tags", args=["wow", scene.lived.person.pk])
    assert "There are no tags or areas yet. Add the first one here." in words_of(staff.get(place, follow=True))


def test_a_persons_tags_and_area_are_given_and_taken_on_one_page(scene, staff):
    lived, by = scene.lived.person, scene.staff.person
    kept, taken = (directory.a_tag(scene.programme, name, lived, by=by) for name in ("Chairs", "Writes"))
    new, area = directory.a_tag(scene.programme, "Speaks", by=by), directory.an_area(scene.programme, by=by)
    place = reverse("person_tags", args=["wow", lived.pk])
    assert "Larkhampton" in page_text(staff.get(place))
    page = words_of(staff.post(place, {"area": area.pk, "tags": [kept.pk, new.pk]}, follow=True))
    assert "The tags of Lena Lived are saved." in page
    held = PersonTag.objects.filter(person=lived, taken_at=None)
    assert {row.tag for row in held} == {kept, new, area}
    staff.post(place, {"area": "", "tags": [kept.pk, new.pk]})
    assert {row.tag for row in held.all()} == {kept, new}
    assert PersonTag.objects.get(tag=taken).taken_by == by


def test_only_areas_or_only_tags_are_asked_for_where_there_are_no_others(scene, staff):
    directory.an_area(scene.programme, "Larkhampton", scene.lived.person, by=scene.staff.person)
    place = reverse("person_tags", args=["wow", scene.lived.person.pk])
    assert 'name="tags"' not in page_text(staff.get(place))
    staff.post(place, {"area": ""})
    assert not PersonTag.objects.filter(taken_at=None).exists()


def test_a_note_needs_words_and_names_colleagues_of_the_programme_alone(scene, colleague):
    about = {"programme": scene.programme, "person": scene.lived.person, "by": scene.staff}
    with pytest.raises(ActionError, match="Enter the note"):
        notes.write(**about, words=" ", readers="staff")
    for outside in (scene.elsewhere, scene.finance):
        with pytest.raises(ActionError, match="Only staff of this programme can be named to read it"):
            notes.write(**about, words="Hello", readers="named", named=[colleague.person, outside.person])
    with pytest.raises(ActionError, match="Choose at least one colleague"):
        notes.write(**about, words="Hello", readers="named", named=[scene.staff.person])
    assert not PersonNote.objects.exists()


def test_a_note_is_changed_on_its_page_and_once_taken_away_no_more(scene, staff, colleague):
    note = directory.a_note(scene.programme, scene.lived.person, by=scene.staff.person)
    place = reverse("person_note_edit", args=[note.pk])
    assert "Change this note about Lena Lived" in page_text(staff.get(place))
    page = page_text(staff.post(place, {"words": "", "readers": "staff"}))
    assert "Change this note about Lena Lived" in page
    staff.post(reverse("person_note_remove", args=[note.pk]))
    assert staff.get(place).status_code == 404
    with pytest.raises(ActionError, match="This note was taken away"):
        notes.change(note=note, words="Later", readers="staff", by=scene.staff)


def test_who_works_alone_writes_notes_for_all_staff_or_for_themselves(scene, staff):
    page = page_text(staff.get(reverse("person_note_new", args=["wow", scene.lived.person.pk])))
    assert "Only the colleagues I name" not in page.replace("“Only the colleagues I name”", "")
    assert "Colleagues who may read it" not in page


def test_a_note_is_not_read_by_who_sees_the_programme_no_more(scene, signed_in, colleague):
    note = directory.a_note(scene.programme, scene.lived.person, by=colleague.person)
    client = signed_in(colleague)
    assert client.get(reverse("person_note_edit", args=[note.pk])).status_code == 200
    colleague.person.memberships.update(starts_on=timezone.localdate() - dt.timedelta(days=9))
    colleague.person.memberships.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(reverse("person_note_edit", args=[note.pk])).status_code == 404


def test_organisations_are_filtered_by_partner_and_leave_as_files(scene, staff, signed_in):
    partner = Organisation.objects.create(name="Partner Place")
    Partnership.objects.create(programme=scene.programme, organisation=partner)
    directory.an_organisation(scene.programme, "Quiet House", by=scene.staff.person)
    place = reverse("organisations", args=["wow"])
    only = page_text(staff.get(place, {"partner": "yes"}))
    assert "Partner Place" in only
    assert "Quiet House" not in only
    found = {row["Organisation"]: row["Partner"] for row in rows_in(staff.get(place, {"export": "csv"}))}
    assert found == {"Partner Place": "Partner", "Quiet House": ""}
    Person.objects.filter(pk=scene.lived.person.pk).update(organisation=partner)
    people = rows_in(staff.get(reverse("organisation", args=["wow", partner.pk]), {"export": "csv"}))
    assert [row["Name"] for row in people] == ["Lena Lived"]
    assert signed_in(scene.lived).get(place).status_code == 403
    assert signed_in(scene.lived).get(reverse("organisation", args=["wow", partner.pk])).status_code == 403


def test_a_partner_is_shown_and_changed_before_anything_was_written_of_it(scene, staff):
    partner = Organisation.objects.create(name="Partner Place")
    Partnership.objects.create(programme=scene.programme, organisation=partner)
    page = page_text(staff.get(reverse("organisation", args=["wow", partner.pk])))
    assert "Named as a partner of the programme" in page
    place = reverse("organisation_edit", args=["wow", partner.pk])
    assert "Change Partner Place" in page_text(staff.post(place, {"kind": "funder", "email": "nobody"}))
    staff.post(place, {"kind": "funder", "email": "hello@example.org"})
    assert partner.entries.get().email == "hello@example.org"


def test_an_organisation_needs_a_name_and_is_of_this_directory(scene):
    with pytest.raises(ActionError, match="Enter the name of the organisation"):
        organisations.add(programme=scene.programme, name=" ", kind="other", by=scene.staff)
    theirs = directory.an_organisation(scene.other, "Quiet House", by=scene.elsewhere.person).organisation
    with pytest.raises(ActionError, match="This organisation is not in your directory"):
        organisations.edit(programme=scene.programme, organisation=theirs, kind="other", by=scene.staff)


@pytest.mark.parametrize("name", ["people_write", "people_group", "people_tag"])
def test_what_is_done_with_many_begins_with_ticking_somebody(scene, staff, name):
    for response in (
        staff.get(reverse(name, args=["wow"]), follow=True),
        staff.post(reverse(name, args=["wow"]), {"elsewhere": str(scene.elsewhere.person.pk)}, follow=True),
    ):
        assert "Tick at least one person in the list." in words_of(response)


def test_the_files_of_the_list_say_groups_first_days_and_large_print(scene, staff):
    Person.objects.filter(pk=scene.chair.person.pk).update(letter_size="24")
    columns = ["groups", "since", "letters"]
    staff.post(reverse("people_columns", args=["wow"]), {"columns": columns})
    rows = {
        row["Name"]: row for row in rows_in(staff.get(reverse("programme_people", args=["wow"]), {"export": "csv"}))
    }
    said = " ".join(rows["Charlie Chair"].values())
    assert scene.group.name in said
    assert Person(letter_size="24").get_letter_size_display() in said
    assert Person(letter_size="24").get_letter_size_display() not in " ".join(rows["Lena Lived"].values())


def test_the_history_says_that_a_seat_was_given_and_ends_and_a_role_that_moved_along_goes_on(scene, staff):
    term = scene.chair.person.terms.get()
    term.ends_on = timezone.localdate()
    term.save()
    text = words_of(staff.get(reverse("person_history", args=[scene.chair.person.pk])))
    assert f"Seat given on {scene.group.name}, from" in text
    assert f"Seat on {scene.group.name} ends, last day 23 November 2026" in text


def test_what_came_with_a_record_of_theirs_is_no_end_in_their_history(scene, staff):
    known = make.a_user("Vera Known")
    record = memberships.add(
        programme=scene.programme, role="lived_experience", by=scene.staff, full_name="V Typed", email=known.email
    ).person
    tag = directory.a_tag(scene.programme, "Speaks", by=scene.staff.person)
    tags.give(tag=tag, people=[record], by=scene.staff)
    joining_actions.accept(joining=Joining.objects.get(person=record), by=None)
    text = words_of(staff.get(reverse("person_history", args=[known.person.pk])))
    assert "Role given: Person with lived experience, Wellbeing Our Way, from" in text
    assert "Tagged: Speaks" in text
    assert "Role ends" not in text
    assert "Tag taken away" not in text
