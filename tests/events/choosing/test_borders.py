"""The borders of choosing whom to invite: wishes, lists, files, and what is said where nothing can be done."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.choosing import actions, contributions
from events.choosing.models import MOST_INVITATIONS, MOST_MONTHS
from events.models import Event, InvitationLimit, SavedList
from events.planning.transitions import EventError
from programmes.models import Pause, Role
from tests import factories as make
from tests.factories.places import a_saved_list
from tests.helpers.choosing import check_page, proof_of
from tests.helpers.client import page_text, words_of
from tests.helpers.events import members

pytestmark = pytest.mark.django_db


def invite(event):
    return reverse("event_invite", args=[event.pk])


def lines_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("number", "months", "sentence"),
    [
        (-1, 6, "Enter a number from 0 to"),
        (MOST_INVITATIONS + 1, 6, "Enter a number from 0 to"),
        (2, 0, "Enter a number of months from 1 to"),
        (2, None, "Enter a number of months from 1 to"),
        (2, MOST_MONTHS + 1, "Enter a number of months from 1 to"),
    ],
)
def test_a_wish_has_numbers_that_can_be(member, number, months, sentence):
    with pytest.raises(EventError, match=sentence):
        actions.set_limit(person=member.person, number=number, months=months, by=member)


def test_both_boxes_of_a_wish_are_filled_or_neither_and_taking_none_back_changes_nothing(member, signed_in):
    client, place = signed_in(member), reverse("your_invitation_limit")
    assert "Enter how many invitations, or leave both empty" in page_text(client.post(place, {"months": "6"}))
    assert "Enter in how many months" in page_text(client.post(place, {"number": "2"}))
    assert "There is a problem" in page_text(client.post(place, {"number": "x"}))
    client.post(place, {"number": "", "months": ""})
    assert not InvitationLimit.objects.exists()
    assert actions.set_limit(person=member.person, number=None, months=None, by=member) is None


def test_staff_say_it_for_others_on_a_page_and_their_own_on_their_own(as_staff, staff, member):
    assert as_staff.get(reverse("person_invitation_limit", args=[staff.person.pk])).url == reverse(
        "your_invitation_limit"
    )
    page = page_text(as_staff.get(reverse("person_invitation_limit", args=[member.person.pk])))
    assert "How often would they like to be invited?" in page


def test_who_is_in_no_programme_is_asked_for_no_wish(member):
    assert contributions.own_limit_panel(make.a_user("Sam Stranger")) is None
    assert contributions.own_limit_panel(member) is not None


def test_of_two_records_the_wish_of_the_person_stays(programme, staff, member):
    record = make.a_person("M Typed")
    for person, number in ((record, 1), (member.person, 5)):
        actions.set_limit(person=person, number=number, months=6, by=make.an_administrator())
    saved = a_saved_list(programme, record, member.person, by=staff.person)
    contributions.one_wish_and_one_entry(record, member.person)
    assert InvitationLimit.objects.get().number == 5
    assert [entry.person for entry in saved.entries.all()] == [member.person]


def test_the_list_to_choose_from_is_filtered_by_role_group_and_who_is_invited(as_staff, programme, event, member):
    ada, bo = members(programme, 1, name="Ada Applegarth") + members(programme, 1, name="Bo Birchmere")
    make.an_invitation(event, ada)
    finance = make.with_role(programme, Role.FINANCE, "Finn Ledger")
    group = make.a_steering_group(programme)
    group.terms.create(person=bo, seat="lived_experience", starts_on=programme.starts_on)

    def found(**query):
        return {person.full_name for person in as_staff.get(invite(event), query).context["listing"].page}

    assert found(role="finance") == {finance.person.full_name}
    assert found(group=group.pk) == {"Bo Birchmere"}
    assert found(invited="yes") == {"Ada Applegarth"}
    assert "Ada Applegarth" not in found(invited="no")
    page = words_of(as_staff.get(invite(event), {"invited": "yes"}))
    assert "Invited" in page


def test_rows_say_who_takes_a_break_without_end_and_whom_one_more_is_the_last_for(as_staff, programme, staff, event):
    (near,) = members(programme, 1, name="Nell Near")
    (away,) = members(programme, 1, name="Abe Away")
    actions.set_limit(person=near, number=1, months=6, by=staff)
    Pause.objects.create(person=away, programme=programme, starts_on=timezone.localdate(), set_by=staff.person)
    page = words_of(as_staff.get(invite(event), {"wish": "any"}))
    assert "One more at most" in page
    assert "Takes a break" in page
    checked = words_of(check_page(as_staff, event, near, away))
    assert "Nell Near" in checked
    assert "Takes a break" in checked


def test_the_list_to_choose_from_leaves_as_a_file_with_needs(as_staff, programme, event):
    (ada,) = members(programme, 1, name="Ada Applegarth")
    ada.access_needs.create(kind="bsl")
    (row,) = [line for line in lines_of(as_staff.get(invite(event), {"export": "csv"})) if "Ada Applegarth" in line]
    assert "British Sign Language" in row


def test_nobody_is_invited_to_what_was_cancelled_nor_without_a_tick(as_staff, programme, event):
    page = words_of(as_staff.post(invite(event), {"act": "yes"}))
    assert "Tick at least one person who is not invited yet." in page
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)
    response = as_staff.get(invite(event))
    assert (response.status_code, response.url) == (302, event.get_absolute_url())


def test_a_break_that_began_since_the_page_was_seen_is_said_and_nobody_is_invited(as_staff, programme, staff, event):
    (ada,) = members(programme, 1, name="Ada Applegarth")
    proof = proof_of(event, ada)
    Pause.objects.create(person=ada, programme=programme, starts_on=timezone.localdate(), set_by=staff.person)
    page = words_of(as_staff.post(invite(event), proof | {"act": "yes"}))
    assert "Everybody you chose takes a break, or was asked as often as they wish." in page
    assert "Invite Ada Applegarth all the same" in page
    assert not event.invitations.exists()


def test_a_list_holds_somebody_and_has_a_name(as_staff, programme, staff, event):
    with pytest.raises(EventError, match="Choose people or filters first"):
        actions.save_list(programme=programme, name="Speakers", people=[], query="", by=staff)
    with pytest.raises(EventError, match="Enter a name for the list"):
        actions.save_list(programme=programme, name=" ", people=[staff.person], query="", by=staff)
    save = reverse("event_invite_save", args=[event.pk])
    page = words_of(as_staff.post(save, {}, follow=True))
    assert "Choose people or filters first. Then save them as a list." in page
    page = page_text(as_staff.post(f"{save}?place=leeds", {"save": "yes", "name": ""}))
    assert "Enter a name for the list" in page
    assert not SavedList.objects.exists()


def test_saved_lists_leave_as_a_file_and_are_renamed_on_a_page(as_staff, programme, staff, member):
    people = a_saved_list(programme, member.person, by=staff.person)
    a_saved_list(programme, by=staff.person, name="From Leeds", query="place=leeds")
    lines = lines_of(as_staff.get(reverse("saved_lists", args=[programme.slug]), {"export": "csv"}))
    assert any("Speakers" in line and "1 person" in line for line in lines)
    assert any("From Leeds" in line and "Filters: found anew each time" in line for line in lines)
    rename = reverse("saved_list_rename", args=[people.pk])
    assert "Change the name of this list" in page_text(as_staff.post(rename, {"name": "from leeds"}))
    as_staff.post(rename, {"name": "Those who speak"})
    people.refresh_from_db()
    assert people.name == "Those who speak"


def test_people_of_the_directory_are_found_by_what_was_before(as_staff, programme, past, event):
    (ada,) = members(programme, 1, name="Ada Attended", postal_address="1 Made Up Row\nLeeds\nLS1 4AP")
    (abe,) = members(programme, 1, name="Abe Asked")
    for person in (ada, abe):
        make.an_invitation(past, person, invited_at=timezone.now() - dt.timedelta(days=9))
    make.an_attendance(past, ada)

    def found(**query):
        lines = lines_of(as_staff.get(reverse("programme_people", args=[programme.slug]), {"export": "csv", **query}))
        return {name for name in ("Ada Attended", "Abe Asked") if any(name in line for line in lines)}

    assert found(past="came") == {"Ada Attended"}
    assert found(past="asked") == {"Abe Asked"}
    assert found(past="not_asked") == set()
    assert found(place="LS1") == {"Ada Attended"}
    assert found(came_to=past.pk) == {"Ada Attended"}
