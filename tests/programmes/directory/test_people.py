"""The list of a programme's people: filters, columns, saved lists, and what is done with many at once."""

import csv
import datetime as dt
import io

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from events.choosing.models import InvitationLimit, SavedList
from events.models import Invitation
from people.consent import actions as consents
from people.models import AccessNeed, Look, Mailing
from programmes.models import ColumnChoice, Membership, PersonTag, Role, Term
from tests import factories as make
from tests.factories import directory
from tests.factories.places import a_saved_list
from tests.helpers.client import words_of


@pytest.fixture
def people(scene):
    """Three people with lived experience beside the one of the scene."""
    names = ("Ada Applegarth", "Bo Birchmere", "Cal Clovergate")
    return [make.with_role(scene.programme, Role.LIVED_EXPERIENCE, name).person for name in names]


def listed(client, **query):
    response = client.get(reverse("programme_people", args=["wow"]), {"export": "csv", **query})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row["Name"]: row for row in csv.DictReader(io.StringIO(text))}


def chosen(*people):
    return {"elsewhere": " ".join(str(person.pk) for person in people)}


def test_people_are_found_by_area_tag_need_experience_and_organisation(scene, signed_in, people):
    ada, bo, _cal = people
    by, client = scene.staff.person, signed_in(scene.staff)
    area = directory.an_area(scene.programme, "Larkhampton", ada, by=by)
    tag = directory.a_tag(scene.programme, "Speaks", bo, by=by)
    AccessNeed.objects.create(person=bo, kind="bsl")
    ada.about = "I looked after my mother for years."
    ada.organisation = directory.an_organisation(scene.programme, by=by).organisation
    ada.save()
    assert set(listed(client, area=area.pk)) == {"Ada Applegarth"}
    assert set(listed(client, tag=tag.pk)) == {"Bo Birchmere"}
    assert set(listed(client, need="bsl")) == {"Bo Birchmere"}
    assert set(listed(client, about="my mother")) == {"Ada Applegarth"}
    assert set(listed(client, organisation=ada.organisation_id)) == {"Ada Applegarth"}
    assert set(listed(client, q="otterby living")) == {"Ada Applegarth"}
    assert set(listed(client, group=scene.group.pk)) == {"Molly Member", "Charlie Chair"}


def test_people_are_found_by_when_they_were_last_involved(scene, signed_in, people):
    ada, bo, cal = people
    for person, days in ((ada, -10), (bo, -500)):
        event = make.an_event(scene.programme, organiser=scene.staff.person, days=days)
        make.an_attendance(event, person)
    client = signed_in(scene.staff)
    assert set(listed(client, last="3")) == {"Ada Applegarth"}
    assert set(listed(client, last="before")) == {"Bo Birchmere"}
    assert {"Cal Clovergate", "Lena Lived"} <= set(listed(client, last="never"))
    shown = listed(client)
    assert shown["Ada Applegarth"]["Last involved"] == str(timezone.localdate() - dt.timedelta(days=10))
    assert shown["Cal Clovergate"]["Last involved"] == ""
    other = make.an_event(scene.other, organiser=scene.elsewhere.person, days=-2)
    make.an_attendance(other, cal)
    assert "Cal Clovergate" in listed(client, last="never")


def test_people_who_wish_to_rest_are_found_as_not_available(scene, signed_in, people):
    InvitationLimit.objects.create(person=people[0], number=0, months=6, set_by=people[0])
    client = signed_in(scene.staff)
    assert set(listed(client, wish="past")) == {"Ada Applegarth"}
    assert "Ada Applegarth" not in listed(client, wish="open")


def test_finance_sees_no_needs_tags_or_wishes_and_cannot_filter_by_them(scene, signed_in, people):
    by = scene.staff.person
    area = directory.an_area(scene.programme, "Larkhampton", people[0], by=by)
    AccessNeed.objects.create(person=people[0], kind="bsl")
    client = signed_in(scene.finance)
    page = client.get(reverse("programme_people", args=["wow"]))
    assert "Larkhampton" not in page.content.decode()
    assert "Access need" not in words_of(page)
    assert not {"need", "area", "tag", "about", "list", "wish"} & set(page.context["listing"].form.fields)
    assert len(listed(client, need="bsl", area=area.pk)) == len(listed(client))
    assert listed(client)["Ada Applegarth"].keys().isdisjoint({"Access needs", "Area", "Tags"})


def test_the_columns_one_chooses_are_on_the_page_and_in_the_files(scene, signed_in, people):
    client, address = signed_in(scene.staff), reverse("people_columns", args=["wow"])
    client.post(address, {"columns": ["phone", "tags", "came"]})
    assert list(listed(client)["Ada Applegarth"]) == ["Name", "Phone number", "Tags", "Came, 12 months"]
    other = signed_in(scene.finance)
    assert "Best way to reach" in listed(other)["Ada Applegarth"]
    other.post(address, {"columns": ["needs"]})
    assert list(listed(other)["Ada Applegarth"]) == ["Best way to reach"] or "columns" in str(
        other.post(address, {"columns": ["needs"]}).context["form"].errors
    )
    client.post(address, {"usual": "yes"})
    assert not ColumnChoice.objects.filter(person=scene.staff.person).exists()


def test_a_list_found_by_filters_finds_the_same_people_here_and_when_inviting(scene, signed_in, people):
    ada, bo, _cal = people
    area = directory.an_area(scene.programme, "Larkhampton", ada, bo, by=scene.staff.person)
    AccessNeed.objects.create(person=bo, kind="bsl")
    client = signed_in(scene.staff)
    address = reverse("people_list", args=["wow"])
    response = client.post(f"{address}?area={area.pk}&need=bsl", {"save": "yes", "name": "BSL in Larkhampton"})
    saved = SavedList.objects.get(name="BSL in Larkhampton")
    assert f"list={saved.pk}" in response["Location"]
    assert set(listed(client, list=saved.pk)) == {"Bo Birchmere"}
    event = make.an_event(scene.programme, organiser=scene.staff.person, days=20)
    page = client.get(reverse("event_invite", args=[event.pk]), {"list": saved.pk})
    assert [row.full_name for row in page.context["listing"].page] == ["Bo Birchmere"]
    area.ended_at = timezone.now()
    area.save()
    assert listed(client, list=saved.pk) == {}


def test_those_ticked_are_saved_as_a_list_that_colleagues_share(scene, signed_in, people):
    client = signed_in(scene.staff)
    address = reverse("people_list", args=["wow"])
    assert "2 people" in words_of(client.post(address, chosen(*people[:2])))
    client.post(address, {**chosen(*people[:2]), "save": "yes", "name": "Speakers"})
    colleague = make.with_role(scene.programme, Role.STAFF, "Sue Staffwell")
    saved = SavedList.objects.get(name="Speakers")
    assert set(listed(signed_in(colleague), list=saved.pk)) == {"Ada Applegarth", "Bo Birchmere"}
    assert (
        "Speakers"
        not in signed_in(scene.elsewhere).get(reverse("programme_people", args=["elsewhere"])).content.decode()
    )


def test_those_who_are_on_a_group_already_are_named_and_left_out(scene, signed_in, people):
    ada, bo, _cal = people
    working = scene.programme.groups.create(name="Readers", kind="working")
    Term.objects.create(group=working, person=bo, seat="lived_experience", starts_on=timezone.localdate())
    client, address = signed_in(scene.staff), reverse("people_group", args=["wow"])
    page = client.post(address, {**chosen(ada, bo), "group": working.pk})
    assert "1 person cannot be included" in words_of(page)
    assert "Bo Birchmere: is on this group already" in words_of(page)
    today = timezone.localdate()
    first = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    client.post(
        address, {**chosen(ada, bo), "group": working.pk, "confirm": "yes", "seat": "lived_experience", **first}
    )
    assert set(working.terms.values_list("person", flat=True)) == {ada.pk, bo.pk}
    assert working.terms.count() == 2


def test_those_who_cannot_be_invited_are_named_with_the_reason(scene, signed_in, people):
    ada, bo, cal = people
    event = make.an_event(scene.programme, organiser=scene.staff.person, days=20)
    make.an_invitation(event, bo)
    Membership.objects.filter(person=cal).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    client, address = signed_in(scene.staff), reverse("people_invite", args=["wow"])
    assert "Choose an event" in words_of(client.post(address, chosen(ada, bo, cal)))
    said = words_of(client.post(address, {**chosen(ada, bo, cal), "event": event.pk}))
    assert "Bo Birchmere: is invited already" in said
    assert "Cal Clovergate: has no role in the programme on that day" in said
    response = client.post(address, {**chosen(ada, bo, cal), "event": event.pk, "confirm": "yes"})
    page = client.get(response["Location"])
    assert [row.full_name for row in page.context["listing"].page] == ["Ada Applegarth"]
    assert Invitation.objects.filter(event=event).count() == 1


def test_writing_goes_on_with_those_who_hold_a_role_and_names_the_others(scene, signed_in, people):
    ada, _bo, cal = people
    Membership.objects.filter(person=cal).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    client, address = signed_in(scene.staff), reverse("people_write", args=["wow"])
    page = client.post(address, chosen(ada, cal))
    assert "Cal Clovergate: has no role in the programme today" in words_of(page)
    assert page.context["chosen"].included_ids == str(ada.pk)
    response = client.post(address, chosen(ada))
    assert (response.status_code, response["Location"]) == (307, reverse("write_to", args=["programme", "wow"]))
    assert "Write to 1 person" in words_of(client.post(response["Location"], chosen(ada)))
    assert not Mailing.objects.filter(title="Hello").exists()


def test_writing_goes_on_with_those_who_left_and_agreed_to_hear_from_us(scene, signed_in, people):
    ada, _bo, cal = people
    Membership.objects.filter(person=cal).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    consents.answer(person=cal, answers={"contact": True}, by=scene.administrator, how="On the phone")
    client, address = signed_in(scene.staff), reverse("people_write", args=["wow"])
    response = client.post(address, chosen(ada, cal))
    assert "Write to 2 people" in words_of(client.post(response["Location"], chosen(ada, cal)))


def test_a_tag_is_given_to_many_and_says_who_had_it(scene, signed_in, people):
    ada, bo, cal = people
    tag = directory.a_tag(scene.programme, "Speaks", bo, by=scene.staff.person)
    client, address = signed_in(scene.staff), reverse("people_tag", args=["wow"])
    assert "Never tag health" in words_of(client.post(address, chosen(ada, bo)))
    response = client.post(address, {**chosen(ada, bo), "tag": tag.pk, "what": "give"})
    said = [str(each) for each in get_messages(response.wsgi_request)]
    assert said == ["1 person now has “Speaks”. Had it already: Bo Birchmere."]
    client.post(address, {**chosen(ada, cal), "tag": tag.pk, "what": "take"})
    assert list(PersonTag.objects.filter(tag=tag, taken_at=None).values_list("person", flat=True)) == [bo.pk]


def test_people_of_another_programme_are_never_among_those_chosen(scene, signed_in, people):
    tag = directory.a_tag(scene.programme, "Speaks", by=scene.staff.person)
    client = signed_in(scene.staff)
    data = {**chosen(people[0], scene.elsewhere.person), "tag": tag.pk, "what": "give"}
    page = client.post(reverse("people_tag", args=["wow"]), chosen(people[0], scene.elsewhere.person))
    assert "Elsie" not in page.content.decode()
    client.post(reverse("people_tag", args=["wow"]), data)
    assert not PersonTag.objects.filter(person=scene.elsewhere.person).exists()


def test_boxes_ticked_before_an_action_are_ticked_still_on_coming_back(scene, signed_in, people):
    client, address = signed_in(scene.staff), reverse("programme_people", args=["wow"])
    client.post(
        reverse("people_tag", args=["wow"]), {"act": "yes", "tick": [people[0].pk], "before": "", "elsewhere": ""}
    )
    assert client.get(address, {"q": "Bo"}).context["listing"].chosen == {people[0].pk}


def test_the_filters_of_the_list_are_not_taken_for_answers(scene, signed_in, people):
    """The form around the list sends its filters along, of which two are called as the questions that follow."""
    tag = directory.a_tag(scene.programme, "Speaks", by=scene.staff.person)
    sent = {"act": "yes", "tick": [people[0].pk], "before": "", "elsewhere": "", "tag": tag.pk, "group": scene.group.pk}
    client = signed_in(scene.staff)
    for name in ("people_tag", "people_group"):
        page = client.post(reverse(name, args=["wow"]), sent)
        assert not page.context["form"].is_bound
        assert "Ada Applegarth" in words_of(page)


def test_a_role_begins_on_the_day_that_was_typed(scene, signed_in):
    data = {
        "full_name": "Edith Earlier",
        "email": "edith@example.org",
        "channel": "email",
        "letter_size": "standard",
        "roles": ["lived_experience"],
        "starts_on_day": "1",
        "starts_on_month": "3",
        "starts_on_year": "2025",
    }
    signed_in(scene.staff).post(reverse("programme_person_new", args=["wow"]), data)
    assert Membership.objects.get(person__full_name="Edith Earlier").starts_on == dt.date(2025, 3, 1)


def test_saved_lists_that_hold_people_are_found_in_the_directory(scene, signed_in, people):
    saved = a_saved_list(scene.programme, people[1], by=scene.staff.person)
    assert set(listed(signed_in(scene.staff), list=saved.pk)) == {"Bo Birchmere"}
    theirs = a_saved_list(scene.other, people[1], by=scene.elsewhere.person, name="Theirs")
    assert len(listed(signed_in(scene.staff), list=theirs.pk)) > 1


def looks_at(person):
    return set(Look.objects.filter(person=person).values_list("reader", "kind"))


def test_who_reads_needs_in_the_list_or_a_file_and_notes_on_a_page_is_recorded(scene, signed_in, people):
    ada, bo, _cal = people
    by, client = scene.staff.person, signed_in(scene.staff)
    AccessNeed.objects.create(person=ada, kind="bsl")
    client.get(reverse("programme_people", args=["wow"]), {"q": "Bo"})
    assert looks_at(ada) == looks_at(bo) == set()
    client.get(reverse("programme_people", args=["wow"]))
    assert (looks_at(ada), looks_at(bo)) == ({(by.pk, "needs")}, set())
    directory.a_note(scene.programme, bo, by=by)
    client.get(reverse("person", args=[bo.pk]))
    assert looks_at(bo) == {(by.pk, "notes")}
    colleague = make.with_role(scene.programme, Role.STAFF)
    listed(signed_in(colleague))
    assert (colleague.person.pk, "needs") in looks_at(ada)
    reader = signed_in(scene.finance)
    reader.get(reverse("programme_people", args=["wow"]))
    listed(reader)
    assert scene.finance.person.pk not in {who for who, _kind in looks_at(ada)}
