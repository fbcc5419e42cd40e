"""The personal link: what it opens, what it changes, what it never shows."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.inviting.actions import invitations
from events.models import Invitation
from events.planning import actions as planning_actions
from events.planning.transitions import EventError
from people.models import AccessNeed
from programmes.models import Role
from tests import factories as make
from tests.helpers.database import refused


@pytest.fixture
def invitation(event, member):
    """An invitation without a reply."""
    return make.an_invitation(event, member.person)


def link(invitation, name="reply"):
    return reverse(name, args=[invitation.link_key])


def test_the_link_opens_the_day_in_plain_words_without_signing_in(client, invitation, offer):
    page = client.get(link(invitation)).content.decode()
    for words in ("Hello Mina", "Curry and co-production", "The Invented Hall", offer.time, "Please tell us by"):
        assert words in page


def test_a_reply_is_taken_and_says_what_happens_next(client, invitation, offer):
    values = {"reply": "coming", "access_needs": "A lift", "question": "Is there tea?"}
    response = client.post(link(invitation), values)
    assert response.status_code == 302
    assert response.url == link(invitation, "reply_done")
    invitation.refresh_from_db()
    assert (invitation.reply, invitation.access_needs, invitation.question) == ("coming", "A lift", "Is there tea?")
    assert invitation.reply_taken_by is None
    page = client.get(response.url).content.decode()
    for words in (
        "Thank you, Mina",
        "I will come",
        "We will answer your question in the way you chose",
        "Add it to my calendar",
    ):
        assert words in page


@pytest.mark.parametrize("name", ["reply", "reply_done", "event_calendar"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing(client, invitation, name, method):
    """Mail scanners open every link of a message before its reader does."""
    before = Invitation.objects.filter(pk=invitation.pk).values().get()
    getattr(client, method)(link(invitation, name), {"reply": "coming"})
    assert Invitation.objects.filter(pk=invitation.pk).values().get() == before


def test_what_is_added_later_joins_what_was_said_before(client, invitation):
    client.post(link(invitation), {"reply": "coming", "access_needs": "A lift"})
    client.post(link(invitation), {"reply": "coming", "access_needs": "No nuts"})
    client.post(link(invitation), {"reply": "coming", "access_needs": "No nuts"})
    invitation.refresh_from_db()
    assert invitation.access_needs == "A lift\n\nNo nuts"


def test_what_is_ticked_is_written_down_with_the_words_about_it(client, invitation):
    page = client.get(link(invitation)).text
    assert "Hearing and understanding" in page and "More about it: Hearing loop" in page
    client.post(
        link(invitation),
        {"reply": "coming", "hearing_loop": "on", "diet": "on", "diet_detail": "No nuts", "access_needs": "A lift"},
    )
    invitation.refresh_from_db()
    assert invitation.access_needs == "Hearing loop; Food and drink: No nuts\nA lift"
    assert not AccessNeed.objects.exists()


def test_more_needs_than_there_is_room_for_are_refused_and_kept_on_the_page(client, invitation):
    kinds = AccessNeed.Kind.values[:8]
    values = {"reply": "coming", **{f"{kind}_detail": "W" * 300 for kind in kinds}}
    page = client.post(link(invitation), values).text
    assert "too long for us to keep" in page
    assert page.count("W" * 300) == len(kinds)
    invitation.refresh_from_db()
    assert not invitation.reply


def test_the_page_needs_no_session_no_cookie_and_no_token(invitation):
    client = Client(enforce_csrf_checks=True)
    client.get(link(invitation))
    # What a browser sends with a form of a page whose referrer policy is no-referrer.
    response = client.post(link(invitation), {"reply": "not_sure"}, headers={"Origin": "null"})
    assert response.status_code == 302
    assert not client.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["reply", "reply_done", "event_calendar"])
def test_the_pages_stay_out_of_caches_search_engines_and_other_sites_logs(client, invitation, name):
    invitations.reply(invitation=invitation, reply="coming", by=None)
    response = client.get(link(invitation, name))
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("name", ["reply", "reply_done", "event_calendar"])
@pytest.mark.parametrize("key", ["x", "A" * 22, "a" * 500])
def test_a_link_nobody_was_sent_gets_a_kind_page(client, db, name, key):
    response = client.get(reverse(name, args=[key]))
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_page_shows_nothing_recorded_about_the_person(client, invitation, member):
    AccessNeed.objects.create(person=member.person, kind="other", detail="Epilepsy")
    member.person.phone, member.person.about = "01632 960000", "Lives with pain"
    member.person.save()
    invitations.reply(
        invitation=invitation, reply="coming", access_needs="A dark room", question="Who will be there?", by=None
    )
    for name in ("reply", "reply_done"):
        page = client.get(link(invitation, name)).content.decode()
        for words in (
            "Epilepsy",
            "01632",
            "Lives with pain",
            "A dark room",
            "Who will be there?",
            member.email,
            "Member",
        ):
            assert words not in page, (name, words)


def test_the_page_is_the_same_for_whoever_is_signed_in(client, invitation, staff):
    client.force_login(staff)
    page = client.get(link(invitation)).content.decode()
    assert "Stella" not in page
    assert "Sign out" not in page
    client.post(link(invitation), {"reply": "coming"})
    invitation.refresh_from_db()
    assert invitation.reply_taken_by is None


def test_a_reply_may_be_changed_until_the_event_starts(client, invitation):
    client.post(link(invitation), {"reply": "coming"})
    page = client.get(link(invitation)).content.decode()
    assert "You told us before:" in page
    assert re.search(r'value="coming"[^>]*checked', page)
    invitations.reply(invitation=invitation, reply="coming", access_needs="A lift", by=None)
    client.post(link(invitation), {"reply": "not_coming"})
    invitation.refresh_from_db()
    assert invitation.reply == "not_coming"
    assert invitation.access_needs == "A lift"


def test_a_reply_after_the_day_it_was_wanted_is_still_welcome(client, invitation, event):
    event.reply_by = timezone.localdate() - dt.timedelta(days=1)
    event.save()
    assert "You can still tell us." in client.get(link(invitation)).content.decode()
    assert client.post(link(invitation), {"reply": "coming"}).status_code == 302


def test_after_the_event_has_started_the_link_says_so_and_takes_no_reply(client, past, member):
    invitation = make.an_invitation(past, member.person)
    page = client.post(link(invitation), {"reply": "coming"}).content.decode()
    assert "This event is over" in page
    assert "<form" not in page.split('id="main-content"')[1].split("</main>")[0]
    invitation.refresh_from_db()
    assert invitation.reply == ""


def test_a_cancelled_event_says_so_and_why(client, invitation, event, staff):
    planning_actions.cancel(event=event, by=staff, reason="A flood.")
    page = client.get(link(invitation)).content.decode()
    assert "This event is cancelled" in page
    assert "A flood." in page
    calendar = Calendar.from_ical(client.get(link(invitation, "event_calendar")).content)
    assert calendar["METHOD"] == "CANCEL"


def test_an_empty_form_is_explained_and_keeps_what_was_typed(client, invitation):
    response = client.post(link(invitation), {"access_needs": "A lift", "question": "Is there tea?"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Answer the question “Will you come?”" in page
    assert "A lift" in page
    assert "Is there tea?" in page
    assert "<title>Error:" in page


def test_a_person_who_is_not_paid_is_promised_nothing(client, programme, event, offer):
    partner = make.with_role(programme, Role.STEERING)
    page = client.get(link(make.an_invitation(event, partner.person))).content.decode()
    assert offer.time not in page


def test_the_thanks_page_before_a_reply_leads_to_the_question(client, invitation):
    assert client.get(link(invitation, "reply_done")).url == link(invitation)


def test_the_calendar_file_is_the_event_and_nothing_about_the_person(client, invitation, event):
    response = client.get(link(invitation, "event_calendar"))
    assert response["Content-Type"].startswith("text/calendar")
    entry = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert entry.decoded("DTSTART") == event.starts_at
    assert invitation.link_key not in response.content.decode()
    assert "Mina" not in response.content.decode()


def test_thirty_posts_of_long_texts_keep_what_fits_and_say_when_there_is_no_more_room(client, invitation):
    kept = []
    for number in range(31):
        posted = {
            "reply": "coming",
            "access_needs": f"{number} ".ljust(1900, "n"),
            "question": f"{number}? ".ljust(1900, "q"),
        }
        kept.append(client.post(link(invitation), posted))
        invitation.refresh_from_db()
        assert len(invitation.access_needs) <= 4000
        assert len(invitation.question) <= 4000
    assert [page.status_code for page in kept[:2]] == [302, 302]
    for page in kept[2:]:
        assert page.status_code == 200
        assert "no room for all of this" in page.text
        assert "n" * 1800 in page.text, "what was typed is still there"
    assert (invitation.access_needs[:2], invitation.question[:2]) == ("0 ", "0?")
    assert invitation.history.count() == 3, "one when invited, one for each reply that was kept"
    # A short reply that adds nothing still goes through, and so does a change of mind.
    assert client.post(link(invitation), {"reply": "not_coming"}).status_code == 302
    invitation.refresh_from_db()
    assert invitation.reply == "not_coming"


def test_a_reply_changed_by_a_script_all_day_stops_growing_its_history(client, invitation):
    answers = [
        client.post(link(invitation), {"reply": ("coming", "not_coming")[number % 2]}).status_code
        for number in range(40)
    ]
    # A reply that says the same as the kept one changes nothing, and is not refused.
    assert answers == [302] * 30 + [200, 302] * 5
    assert invitation.history.count() == 31
    page = client.post(link(invitation), {"reply": "not_sure"})
    assert "changed many times today" in page.text
    assert invitation.event.programme.contact_email in page.text


def test_the_same_reply_again_changes_nothing(client, invitation):
    posted = {"reply": "coming", "access_needs": "A lift", "question": "Is there parking?"}
    for _time in range(3):
        assert client.post(link(invitation), posted).status_code == 302
    assert invitation.history.count() == 2


@pytest.mark.parametrize("field", ["access_needs", "question", "answer"])
def test_postgres_keeps_no_more_of_a_reply_than_fits(invitation, field):
    change = (
        f"UPDATE events_invitation SET {field} = %s, answered_at = now(), answered_by_id = invited_by_id WHERE id = %s"
    )
    with pytest.raises(IntegrityError, match=f"{field}_fits"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, ["x" * 4001, invitation.pk])


def test_staff_can_write_down_a_reply_for_somebody_who_said_a_lot(client, invitation, staff):
    for number in range(2):
        client.post(link(invitation), {"reply": "coming", "access_needs": f"{number}".ljust(1900, "n")})
    client.force_login(staff)
    address = reverse("invitation_reply_for", args=[invitation.pk])
    invitation.refresh_from_db()
    assert client.post(address, {"reply": "not_sure", "access_needs": invitation.access_needs}).status_code == 302


# How they come: in person or online, for all of it or a part


@pytest.fixture
def both_ways(invitation):
    """The event can be joined at its place and online."""
    invitation.event.online_link = "https://meet.example.org/curry"
    invitation.event.save()
    return invitation


def test_in_person_or_online_is_asked_where_both_are_possible(client, invitation):
    assert 'name="joins"' not in client.get(link(invitation)).text
    invitation.event.online_link = "https://meet.example.org/curry"
    invitation.event.save()
    assert 'name="joins"' in client.get(link(invitation)).text


def test_how_somebody_comes_is_kept_shown_and_changed(client, both_ways, staff):
    client.post(link(both_ways), {"reply": "coming", "joins": "online", "part_of_day": " until 1pm "})
    both_ways.refresh_from_db()
    assert (both_ways.joins, both_ways.part_of_day) == ("online", "until 1pm")
    words = "Online, for part of it: until 1pm"
    assert words in client.get(link(both_ways, "reply_done")).text
    assert 'value="until 1pm"' in client.get(link(both_ways)).text
    client.force_login(staff)
    assert words in client.get(both_ways.event.get_absolute_url()).text
    sent = client.get(both_ways.event.get_absolute_url(), {"tab": "replies", "export": "csv"})
    assert ",Online,until 1pm," in b"".join(sent.streaming_content).decode()
    for query, number in [("online", 1), ("in_person", 0)]:
        listing = client.get(both_ways.event.get_absolute_url(), {"joins": query}).context["listing"]
        assert listing.count == number, query
    client.post(link(both_ways), {"reply": "not_sure", "joins": "in_person", "part_of_day": ""})
    both_ways.refresh_from_db()
    assert (both_ways.joins, both_ways.part_of_day) == ("in_person", "")


def test_nothing_of_how_they_come_stays_when_somebody_cannot_come(client, both_ways):
    client.post(link(both_ways), {"reply": "coming", "joins": "online", "part_of_day": "until 1pm"})
    client.post(link(both_ways), {"reply": "not_coming", "joins": "online", "part_of_day": "until 1pm"})
    both_ways.refresh_from_db()
    assert (both_ways.reply, both_ways.joins, both_ways.part_of_day) == ("not_coming", "", "")
    said = refused("UPDATE events_invitation SET joins = 'online' WHERE id = %s", both_ways.pk)
    assert "how_they_come_is_of_those_who_may" in said


def test_a_reply_by_text_or_of_a_colleague_leaves_how_they_come_as_it_was(both_ways, staff, worker):
    invitations.reply(invitation=both_ways, reply="coming", by=None, joins="online", part_of_day="until 1pm")
    with worker():
        invitations.reply(invitation=both_ways, reply="not_sure", by=staff)
    both_ways.refresh_from_db()
    assert both_ways.how_they_come == "Online, for part of it: until 1pm"


def test_a_way_to_come_that_the_event_no_longer_has_is_not_said(client, both_ways):
    invitations.reply(invitation=both_ways, reply="coming", by=None, joins="online", part_of_day="until 1pm")
    type(both_ways.event).objects.filter(pk=both_ways.event_id).update(online_link="")
    assert "Online" not in client.get(link(both_ways, "reply_done")).text
    client.post(link(both_ways), {"reply": "coming", "part_of_day": "until 1pm", "question": "Is there tea?"})
    both_ways.refresh_from_db()
    assert (both_ways.joins, both_ways.part_of_day) == ("", "until 1pm")


def test_a_way_to_come_that_the_event_does_not_have_is_not_kept(invitation):
    invitations.reply(invitation=invitation, reply="coming", by=None, joins="online")
    invitation.refresh_from_db()
    assert invitation.joins == ""
    with pytest.raises(EventError, match="in person or online"):
        invitations.reply(invitation=invitation, reply="coming", by=None, joins="by boat")


# The page of an invitation says little before it asks


def test_the_page_asks_before_it_tells_all(client, invitation, offer):
    page = client.get(link(invitation)).text
    order = [page.index(words) for words in (offer.in_short, 'name="reply"', "What do you need on the day?")]
    assert order == sorted(order)
    assert page.count("<details") == 4, "what a supporter needs, what it is for, where it is, and all that we pay"
    assert "<details open" not in page
