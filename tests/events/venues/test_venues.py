"""The venue book: facts about access, when they were checked, and the events planned at a venue."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Venue, VenueCheckRule
from events.planning import actions as planning_actions
from events.venues import actions, queries
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import queries_of, refused
from tests.helpers.events import a_date, filled
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

FACTS = {"step_free": ("yes", "By the ramp"), "parking": ("no", "")}


@pytest.fixture
def venue(programme, staff):
    return actions.add(
        programme=programme,
        name="The Invented Ropeworks",
        address="2 Plain Street\nExampleton",
        how_to_find="The blue door under the clock.",
        station="Exampleton, 400 metres",
        facts=FACTS,
        checked_on=today(),
        by=staff,
    )


def posted(**changed):
    answers = dict.fromkeys(("step_free", "toilet", "hearing_loop", "quiet_room", "parking"), "not_known")
    return {"name": "The Invented Mill", "address": "", **answers, **changed}


def test_a_venue_is_added_with_what_is_known_and_who_checked_it(as_staff, programme, staff):
    values = posted(step_free="yes", step_free_note="By the ramp", **a_date("checked_on", today()))
    response = as_staff.post(reverse("venue_new", args=[programme.slug]), values)
    venue = Venue.objects.get()
    assert response.url == venue.get_absolute_url()
    assert venue.checked_by == staff.person
    page = page_text(as_staff.get(response.url))
    assert "Yes. By the ramp" in page
    assert "Checked on Monday 23 November 2026 by Stella Staff." in page
    listed = page_text(as_staff.get(reverse("venues", args=[programme.slug])))
    assert "Step-free way in: Yes. By the ramp" in listed


def test_two_venues_of_a_name_and_a_check_to_come_are_refused(as_staff, programme, venue):
    again = as_staff.post(reverse("venue_new", args=[programme.slug]), posted(name="the invented ropeworks"))
    assert "The book has a venue of this name" in page_text(again)
    later = posted(**a_date("checked_on", today() + dt.timedelta(days=1)))
    assert "The date must be" in page_text(as_staff.post(reverse("venue_new", args=[programme.slug]), later))
    assert "one_venue_of_a_name_in_use" in refused(
        "INSERT INTO events_venue (programme_id, name, address, how_to_find, station, created_at)"
        " VALUES (%s, 'THE INVENTED ROPEWORKS', '', '', '', now())",
        programme.pk,
    )


def test_an_archived_venue_is_chosen_for_no_new_event_and_can_be_taken_back(as_staff, programme, venue):
    as_staff.post(reverse("venue_archive", args=[venue.pk]))
    venue.refresh_from_db()
    assert venue.archived_at
    form = as_staff.get(reverse("event_new", args=[programme.slug])).context["form"]
    assert venue not in form.fields["venue"].queryset
    assert as_staff.get(reverse("venue_edit", args=[venue.pk])).url == venue.get_absolute_url()
    as_staff.post(reverse("venue_archive", args=[venue.pk]))
    venue.refresh_from_db()
    assert venue.archived_at is None


def test_the_facts_are_to_be_checked_again_after_the_months_of_the_rule_in_force(venue, staff, as_staff, programme):
    assert VenueCheckRule.objects.months_on(today()) == 12
    assert not queries.check_is_due(venue, queries.months_in_force())
    Venue.objects.filter(pk=venue.pk).update(checked_on=today() - dt.timedelta(days=365))
    venue.refresh_from_db()
    assert queries.check_is_due(venue, queries.months_in_force())
    event = make.an_event(programme, organiser=staff.person, days=10, venue=venue)
    assert "check them again" in page_text(as_staff.get(event.get_absolute_url() + "?tab=about"))
    VenueCheckRule.objects.create(effective_from=today(), months=24)
    assert not queries.check_is_due(venue, queries.months_in_force())


def test_an_event_at_a_venue_has_its_name_and_shows_its_facts_to_those_invited(client, programme, staff, venue, member):
    day = timezone.now() + dt.timedelta(days=20)
    event = planning_actions.create(
        programme=programme,
        by=staff,
        organiser=staff.person,
        venue=venue,
        title="Tea",
        kind="workshop",
        purpose="To meet.",
        starts_at=day,
        ends_at=day + dt.timedelta(hours=2),
        reply_by=today(),
    )
    assert event.place_lines == ["The Invented Ropeworks", "2 Plain Street", "Exampleton"]
    invitation = make.an_invitation(event, member.person, reply="coming", replied_at=timezone.now())
    for name in ("reply", "reply_done"):
        page = page_text(client.get(reverse(name, args=[invitation.link_key])))
        assert "About the place" in page
        assert "Yes. By the ramp" in page
        assert "The blue door under the clock." in page
        assert "Stella Staff" not in page.split("About the place")[1].split("</details>")[0]


def test_a_new_name_goes_to_the_events_to_come_and_not_to_those_of_the_past(as_staff, programme, staff, venue):
    at_it = {"venue": venue, "venue_name": venue.name, "venue_address": venue.address}
    before = make.an_event(programme, organiser=staff.person, days=-3, **at_it)
    later = make.an_event(programme, organiser=staff.person, days=10, **at_it)
    values = posted(name="The Invented Ropery", address="2 Plain Street\nExampleton")
    assert "1 event to come has the new place" in page_text(
        as_staff.post(reverse("venue_edit", args=[venue.pk]), values, follow=True)
    )
    before.refresh_from_db()
    later.refresh_from_db()
    assert (before.venue_name, later.venue_name) == ("The Invented Ropeworks", "The Invented Ropery")
    assert later.sequence == 1


def test_a_place_that_was_typed_is_kept_in_the_book(as_staff, programme, staff):
    as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff, keep_in_book="on"))
    event = Event.objects.get()
    assert (event.venue.name, event.venue.address) == ("The Invented Hall", "1 Plain Street\nExampleton")


def test_a_venue_is_chosen_in_the_form_instead_of_what_stands_in_the_boxes(as_staff, programme, staff, venue):
    as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff, venue=venue.pk, keep_in_book="on"))
    event = Event.objects.get()
    assert (event.venue, event.venue_name) == (venue, "The Invented Ropeworks")
    values = filled(staff, venue="", venue_name="Somewhere else")
    as_staff.post(reverse("event_edit", args=[event.pk]), values)
    event.refresh_from_db()
    assert (event.venue, event.venue_name) == (None, "Somewhere else")


def test_a_venue_of_another_programme_is_refused(staff, venue, event):
    theirs = Venue.objects.create(programme=make.a_programme(), name="Theirs")
    with pytest.raises(ActionError, match="another programme"):
        planning_actions.edit(event=event, by=staff, venue=theirs)
    assert "in the book of its programme" in refused(
        "UPDATE events_event SET venue_id = %s WHERE id = %s", theirs.pk, event.pk
    )


@pytest.mark.parametrize("role", [Role.FINANCE, Role.STEERING, Role.LIVED_EXPERIENCE])
def test_only_staff_keep_the_book(programme, venue, role):
    other = make.with_role(programme, role)
    for attempt in (
        lambda: actions.add(programme=programme, name="Mine", by=other),
        lambda: actions.edit(venue=venue, name="Mine", by=other),
        lambda: actions.archive(venue=venue, by=other),
        lambda: actions.take_back(venue=venue, by=other),
    ):
        with pytest.raises(ActionError, match="Only staff of this programme keep its venue book"):
            attempt()


def test_the_list_asks_the_database_as_often_for_thirty_venues_as_for_three(as_staff, programme, staff):
    def venues(*numbers):
        for number in numbers:
            actions.add(programme=programme, name=f"Hall {number}", facts=FACTS, checked_on=today(), by=staff)

    address = reverse("venues", args=[programme.slug])
    venues(*range(3))
    few = len(queries_of(lambda: as_staff.get(address)))
    venues(*range(3, 30))
    assert len(queries_of(lambda: as_staff.get(address))) == few
