"""Choosing whom to invite: filters, how often people were asked, and the page to check."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from events.choosing import actions, queries
from events.choosing.calculations import LimitStanding, months_before
from events.models import Invitation, InvitationLimit, SavedList
from events.planning.transitions import EventError
from people.models import Notice
from people.privacy import erasing
from programmes.models import Membership, Role
from tests import factories as make
from tests.factories.places import a_saved_list
from tests.helpers.choosing import check_page, proof_of
from tests.helpers.client import page_text, signed_in
from tests.helpers.database import refused
from tests.helpers.events import members


def invite(event):
    return reverse("event_invite", args=[event.pk])


def names_in(response):
    return [person.full_name for person in response.context["listing"].page]


def limit(person, number, months, by):
    return actions.set_limit(person=person, number=number, months=months, by=by)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 11, 23), 6, dt.date(2026, 5, 23)),
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 15), 12, dt.date(2025, 1, 15)),
        (dt.date(2026, 1, 15), 1, dt.date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back(day, months, before):
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("number", "asked", "would_pass", "is_last"),
    [(2, 0, False, False), (2, 1, False, True), (2, 2, True, False), (0, 0, True, False)],
)
def test_a_wish_says_whether_one_more_is_too_many(number, asked, would_pass, is_last):
    standing = LimitStanding(number, 6, asked)
    assert (standing.would_pass, standing.is_last) == (would_pass, is_last)


# The list


def test_each_row_says_how_often_they_were_asked_and_came_in_a_year(as_staff, programme, past, event):
    often, seldom = members(programme, 2)
    make.an_invitation(past, often)
    make.an_attendance(past, often)
    make.an_attendance(past, seldom, came=False)
    with time_machine.travel(timezone.now() - dt.timedelta(days=400)):
        make.an_invitation(make.an_event(programme, organiser=past.organiser, days=3), seldom)
    rows = {person.pk: (person.asked, person.came) for person in queries.people_to_choose(event)}
    assert (rows[often.pk], rows[seldom.pk]) == ((1, 1), (0, 0))
    first = names_in(as_staff.get(f"{invite(event)}?sort=-asked"))[0]
    assert first == often.full_name
    assert names_in(as_staff.get(f"{invite(event)}?sort=asked"))[-1] == often.full_name


def test_the_organiser_is_asked_only_to_events_of_their_own_group(as_staff, programme, staff, event):
    members(programme, 1)
    assert staff.person.full_name not in names_in(as_staff.get(invite(event)))
    group = make.a_steering_group(programme)
    group.terms.create(person=staff.person, seat="staff", starts_on=programme.starts_on)
    event.group = group
    event.save()
    assert staff.person.full_name in names_in(as_staff.get(invite(event)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("place=LS1", ["Ada Attended"]),
        ("place=leeds", ["Ada Attended", "Abe Asked"]),
        ("place=eeds", []),
        ("place=S1", []),
        ("place=(", []),
        ("about=allotment", ["Abe Asked"]),
        ("past=not_asked", ["Neil New"]),
        ("past=asked", ["Abe Asked"]),
        ("past=came", ["Ada Attended"]),
        ("came_to={past}", ["Ada Attended"]),
        ("list={list}", ["Neil New"]),
        ("list={filters}", ["Abe Asked"]),
    ],
)
def test_people_are_found_by_where_they_live_what_they_say_and_what_was_before(
    as_staff, programme, staff, past, event, query, found
):
    ada, abe, neil = (
        members(programme, 1, name="Ada Attended", postal_address="1 Made Up Row\nLeeds\nLS1 4AP"),
        members(programme, 1, name="Abe Asked", postal_address="2 Made Up Row\nLeeds", about="The allotment"),
        members(programme, 1, name="Neil New", postal_address="York"),
    )
    for (person,) in (ada, abe):
        make.an_invitation(past, person)
    make.an_attendance(past, ada[0])
    chosen = actions.save_list(programme=programme, name="New ones", people=neil, by=staff)
    filters = actions.save_list(programme=programme, name="Never came", query="past=asked", by=staff)
    query = query.format(past=past.pk, list=chosen.pk, filters=filters.pk)
    assert set(names_in(as_staff.get(f"{invite(event)}?{query}"))) == set(found)


def test_who_was_asked_as_often_as_they_wish_is_left_out_and_shown_apart(as_staff, programme, staff, past, event):
    (tired,), (fresh,) = members(programme, 1), members(programme, 1)
    make.an_invitation(past, tired)
    limit(tired, 1, 6, staff)
    page = as_staff.get(invite(event))
    assert names_in(page) == [fresh.full_name]
    assert "1 person is left out: they take a break, or were asked as often as they wish." in page_text(page)
    apart = as_staff.get(f"{invite(event)}?wish=past")
    assert names_in(apart) == [tired.full_name]
    assert "Asked often enough" in apart.text
    assert set(names_in(as_staff.get(f"{invite(event)}?wish=any"))) == {tired.full_name, fresh.full_name}


def test_invitations_of_every_programme_count_for_a_wish(programme, staff, event):
    (person,) = members(programme, 1)
    make.an_invitation(make.an_event(make.a_programme(), organiser=staff.person, days=4), person)
    limit(person, 1, 3, staff)
    assert queries.who_would_pass() == [person.pk]
    with time_machine.travel(timezone.now() + dt.timedelta(days=100)):
        assert queries.who_would_pass() == []


# The page to check


def test_the_page_to_check_names_each_with_how_they_are_told(as_staff, programme, staff, event):
    (reached,), (lost,) = members(programme, 1), members(programme, 1, email="")
    limit(reached, 1, 6, staff)
    page = page_text(check_page(as_staff, event, reached, lost))
    assert f"Email: {reached.email}" in page
    assert "1 person cannot be reached by any way we have." in page
    assert "This is the last they wish for now." in page
    assert not Invitation.objects.exists()


def test_nothing_is_sent_without_the_page_to_check(as_staff, programme, event):
    seen, unseen = members(programme, 2)
    for confirm in ("yes", "", proof_of(event, seen)["confirm"]):
        answer = as_staff.post(invite(event), {"elsewhere": f"{seen.pk} {unseen.pk}", "confirm": confirm})
        assert "Invite 2 people?" in page_text(answer)
    assert "Look at everyone you chose first." in answer.text
    assert not Invitation.objects.exists()
    as_staff.post(invite(event), proof_of(event, seen, unseen))
    assert Invitation.objects.count() == 2


def test_somebody_past_their_wish_is_invited_only_with_a_press_that_says_so(as_staff, programme, staff, event):
    (tired,), (fresh,) = members(programme, 1), members(programme, 1)
    limit(tired, 0, 1, staff)
    page = page_text(check_page(as_staff, event, tired, fresh))
    assert f"Invite {tired.full_name} all the same" in page
    assert "Wishes no invitations at present" in page
    sent = proof_of(event, tired, fresh)
    as_staff.post(invite(event), sent)
    assert [row.person for row in Invitation.objects.all()] == [fresh]
    as_staff.post(invite(event), {**sent, "although": [tired.pk]})
    assert Invitation.objects.count() == 2


def test_the_action_refuses_who_would_be_asked_too_often(programme, staff, event):
    (tired,) = members(programme, 1)
    limit(tired, 0, 1, staff)
    with pytest.raises(EventError, match="Asked as often as they wish already"):
        actions.invite_chosen(event=event, people=[tired], by=staff)
    assert actions.invite_chosen(event=event, people=[tired], although=[tired.pk], by=staff)


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("email", "The link shown is an example"),
        ("sms", "You are invited: Curry and co-production"),
        ("phone", "What a colleague says on the phone"),
        ("letter", "The letter as it is printed (PDF)"),
    ],
)
def test_the_invitation_is_shown_as_somebody_gets_it(as_staff, programme, event, offer, settings, channel, words):
    settings.TEXT_PROVIDER = "demo"
    (person,) = members(
        programme,
        1,
        channel=channel,
        phone="+447700900123",
        postal_address="1 Made Up Row\nLeeds",
        email="a@example.org",
    )
    page = page_text(as_staff.get(reverse("invite_preview", args=[event.pk, person.pk])))
    assert words in page
    assert "Nothing has been sent" in page
    assert not Invitation.objects.exists()
    assert not Notice.objects.exists()


def test_the_letter_is_drawn_with_the_invitation(as_staff, programme, event):
    (person,) = members(programme, 1, channel="letter", postal_address="1 Made Up Row\nLeeds")
    letter = as_staff.get(reverse("invite_preview_letter", args=[event.pk, person.pk]))
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")


def test_nobody_of_another_programme_is_previewed(as_staff, event):
    address = reverse("invite_preview", args=[event.pk, make.a_person().pk])
    assert as_staff.get(address).status_code == 404


# Saved lists


def test_a_choice_is_saved_used_added_to_and_deleted(as_staff, programme, event, staff):
    first, second, third = members(programme, 3)
    address = reverse("event_invite_save", args=[event.pk])
    ids = f"{first.pk} {second.pk}"
    assert "2 people are put on it." in page_text(as_staff.post(address, {"elsewhere": ids, "confirm": "x"}))
    assert "Enter a name for the list" in page_text(as_staff.post(address, {"elsewhere": ids, "save": "yes"}))
    answer = as_staff.post(address, {"elsewhere": ids, "save": "yes", "name": "Good speakers"}, follow=True)
    assert set(names_in(answer)) == {first.full_name, second.full_name}
    saved = SavedList.objects.get()
    again = {"elsewhere": str(third.pk), "save": "yes", "saved_list": saved.pk}
    as_staff.post(address, again)
    assert saved.entries.count() == 3
    as_staff.post(reverse("saved_list_remove", args=[saved.pk, first.pk]))
    page = page_text(as_staff.get(reverse("saved_list", args=[saved.pk])))
    assert first.full_name in page.partition("Add somebody")[2]
    as_staff.post(reverse("saved_list", args=[saved.pk]), {"add": "yes", "person": first.pk})
    assert saved.entries.count() == 3
    as_staff.post(reverse("saved_list_rename", args=[saved.pk]), {"name": "Speakers"})
    assert "Speakers" in page_text(as_staff.get(reverse("saved_lists", args=[programme.slug])))
    as_staff.post(reverse("saved_list_delete", args=[saved.pk]))
    assert not SavedList.objects.exists()


def test_filters_are_saved_and_find_people_anew(as_staff, programme, event, staff):
    members(programme, 1)
    address = f"{reverse('event_invite_save', args=[event.pk])}?past=not_asked"
    assert "Who they find is looked up anew each time." in page_text(as_staff.get(address))
    as_staff.post(address, {"save": "yes", "name": "Never asked"})
    saved = SavedList.objects.get()
    assert saved.filters == {"past": "not_asked"}
    (late,) = members(programme, 1)
    assert late.full_name in names_in(as_staff.get(f"{invite(event)}?list={saved.pk}"))
    with pytest.raises(EventError, match="found by its filters"):
        actions.add_to_list(saved_list=saved, people=[late], by=staff)


def test_two_lists_of_a_programme_never_have_one_name(programme, staff):
    people = members(programme, 1)
    saved = actions.save_list(programme=programme, name="Speakers", people=people, by=staff)
    with pytest.raises(EventError, match="Another list has this name"):
        actions.save_list(programme=programme, name="speakers ", people=people, by=staff)
    assert "one_saved_list_of_a_name" in refused(
        "INSERT INTO events_savedlist (programme_id, name, query, made_by_id, made_at) VALUES (%s, 'SPEAKERS', '', %s,"
        " now())",
        programme.pk,
        staff.person.pk,
    )
    filters = actions.save_list(programme=programme, name="Filters", query="past=came", by=staff)
    assert "no people of its own" in refused(
        "UPDATE events_savedlistperson SET saved_list_id = %s WHERE saved_list_id = %s", filters.pk, saved.pk
    )


def test_lists_are_for_staff_of_the_programme(programme, staff, member):
    saved = actions.save_list(programme=programme, name="Speakers", people=members(programme, 1), by=staff)
    elsewhere = make.with_role(make.a_programme(), Role.STAFF)
    address = reverse("saved_list", args=[saved.pk])
    assert signed_in(elsewhere).get(address).status_code == 404
    assert signed_in(member).get(address).status_code == 403
    with pytest.raises(EventError, match="Only programme staff"):
        actions.delete_list(saved_list=saved, by=member)


# How often somebody wishes to be asked


def test_somebody_says_how_often_they_wish_to_be_asked(member):
    client, address = signed_in(member), reverse("your_invitation_limit")
    assert "Enter in how many months" in page_text(client.post(address, {"number": "2"}))
    client.post(address, {"number": "2", "months": "6"})
    assert "At most 2 invitations in 6 months" in page_text(client.get(reverse("your_details")))
    assert not Notice.objects.exists()
    client.post(address, {"number": "0"})
    assert "No invitations at present" in page_text(client.get(reverse("your_details")))
    client.post(address, {"number": "", "months": ""})
    assert not InvitationLimit.objects.exists()


def test_staff_note_it_for_somebody_who_is_told(as_staff, member):
    address = reverse("person_invitation_limit", args=[member.person.pk])
    as_staff.post(address, {"number": "1", "months": "3"})
    as_staff.post(address, {"number": "1", "months": "3"})
    notice = Notice.objects.get(person=member.person)
    assert "At most 1 invitation in 3 months" in notice.text_body
    assert "noted by Stella Staff" in page_text(as_staff.get(reverse("person", args=[member.person.pk])))


def test_a_stranger_sets_no_wish(programme, member):
    address = reverse("person_invitation_limit", args=[member.person.pk])
    assert signed_in(make.with_role(make.a_programme(), Role.STAFF)).get(address).status_code == 404
    with pytest.raises(EventError, match="Only they themselves"):
        limit(member.person, 1, 1, make.a_user())
    assert "invitation_limit_has_its_months" in refused(
        "INSERT INTO events_invitationlimit (person_id, number, months, set_by_id, set_at)"
        " VALUES (%s, 1, 0, %s, now())",
        member.person.pk,
        member.person.pk,
    )


def test_a_saved_list_stays_when_who_saved_it_is_removed(programme, staff, member):
    saved = a_saved_list(programme, member.person, by=staff.person)
    other = a_saved_list(programme, name="Second list", by=staff.person)
    make.with_role(programme, "staff", "Another Staffer")
    Membership.objects.filter(person=staff.person).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    with transaction.atomic():
        erasing.remove(staff.person, by=make.an_administrator())
    assert set(SavedList.objects.values_list("pk", "name")) == {(saved.pk, saved.name), (other.pk, "Second list")}
