"""Who came, as staff read it on the event, and as numbers of every event of a programme."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from events.day import actions as day_actions
from events.day import queries
from events.models import Event
from events.planning.tabs import CAME, tab_url
from programmes.models import Role
from tests import factories as make
from tests.helpers.database import queries_of
from tests.helpers.events import members


@pytest.fixture
def table(programme, past, staff):
    """A past event: lived experience, partner and staff came, one of them for 1.5 hours; one stayed away."""
    lived, away = members(programme, 2)
    partner = make.a_person("Petra Partner")
    group = make.a_steering_group(programme)
    group.terms.create(person=partner, seat="partner", starts_on=programme.starts_on)
    for person in (lived, away, partner):
        make.an_invitation(past, person)
    came = [lived.pk, partner.pk, staff.person.pk]
    day_actions.record(event=past, came=came, hours={lived.pk: Decimal("1.5")}, by=staff)
    return {"lived": lived, "away": away, "partner": partner, "staff": staff.person}


def rows_of(response):
    return {row.person: row for row in response.context["listing"].page}


def test_staff_read_on_the_event_who_came_in_which_part_and_for_how_long(as_staff, past, table):
    page = as_staff.get(tab_url(past, CAME))
    rows = rows_of(page)
    assert {person: (row.came, row.part) for person, row in rows.items()} == {
        table["lived"]: (True, "lived_experience"),
        table["partner"]: (True, "partner"),
        table["staff"]: (True, "staff"),
        table["away"]: (False, "lived_experience"),
    }
    assert "From start to end" in page.text
    assert "1.5" in page.text
    assert "Was not invited" in page.text, "the colleague nobody had invited"
    counts = [(count["label"], count["number"]) for count in page.context["counts"]]
    assert counts == [("came", 3), ("Lived experience", 1), ("Partners", 1), ("Staff", 1)]


def test_each_number_leads_to_the_people_behind_it(as_staff, past, table):
    counts = as_staff.get(tab_url(past, CAME)).context["counts"]
    for count in counts:
        assert len(rows_of(as_staff.get(count["url"]))) == count["number"], count["label"]


def test_the_list_is_saved_as_a_file_with_those_who_stayed_away(as_staff, past, table):
    sent = as_staff.get(tab_url(past, CAME), {"tab": CAME, "export": "csv"})
    text = b"".join(sent.streaming_content).decode()
    assert f"{table['away'].full_name},Did not come" in text
    assert f"{table['lived'].full_name},Came,1.50,Lived experience" in text


def test_the_tab_opens_with_the_event_and_says_when_nobody_has_recorded_it(as_staff, event, past):
    assert "Who came" not in [tab["label"] for tab in as_staff.get(event.get_absolute_url()).context["tabs"]]
    page = as_staff.get(tab_url(past, CAME))
    assert "Who came" in [tab["label"] for tab in page.context["tabs"]]
    assert "Nobody has recorded yet who came" in page.text


def test_a_part_is_the_one_of_the_day_of_the_event(programme, past, table):
    table["lived"].memberships.update(ends_on=past.day - dt.timedelta(days=1))
    assert [part for part, _number in queries.came_by_part(past)] == ["partner", "staff", "other"]


def test_every_event_of_a_programme_in_numbers_without_names(as_staff, programme, past, table):
    page = as_staff.get(reverse("attendance", args=[programme.slug]))
    (row,) = page.context["listing"].page
    assert (row.asked, row.came, row.hours) == (3, 3, Decimal("7.5")), "two for three hours, one for one and a half"
    assert (row.coming, row.did_not_come, row.in_part) == (0, 1, 1)
    assert queries.parts_of(Event.objects.filter(pk=past.pk)) == {
        (past.pk, "lived_experience"): queries.InPart(1, Decimal("1.50")),
        (past.pk, "partner"): queries.InPart(1, Decimal(3)),
        (past.pk, "staff"): queries.InPart(1, Decimal(3)),
    }
    assert table["lived"].full_name not in page.text
    sent = as_staff.get(reverse("attendance", args=[programme.slug]), {"export": "csv"})
    assert ",3,0,3,1,1,1,1,1,0,7.5,1.5,3.0,3.0,0.0" in b"".join(sent.streaming_content).decode()


def test_the_steering_group_reads_how_many_came_and_not_in_which_part(client, programme, past, table):
    client.force_login(make.with_role(programme, Role.STEERING))
    page = client.get(reverse("attendance", args=[programme.slug]))
    labels = [column["label"] for column in page.context["listing"].columns]
    assert labels[2:] == ["Invited", "Said yes", "Came", "Did not come", "Hours in all"]
    assert "Partners" not in page.text


def test_events_are_narrowed_by_period_kind_and_group(as_staff, programme, staff, past, table):
    group = make.a_steering_group(programme)
    old = make.an_event(programme, organiser=staff.person, days=-200, kind="meeting", group=group, title="Long ago")
    day_actions.record(event=old, came=[table["lived"].pk], by=staff)
    address = reverse("attendance", args=[programme.slug])
    for query, found in [
        ({}, [past, old]),
        ({"since": "quarter"}, [past]),
        ({"since": "year"}, [past, old]),
        ({"since": "this_year"}, [past, old]),
        ({"since": "last_year"}, []),
        ({"kind": "meeting"}, [old]),
        ({"group": group.pk}, [old]),
    ]:
        assert list(as_staff.get(address, query).context["listing"].page) == found, query
    totals = as_staff.get(address).context["listing"].totals
    assert totals[totals.index("All") :][2:7] == ["3", "0", "4", "1", "1"], "nobody was of the programme long ago"
    other = make.a_steering_group(make.a_programme())
    assert f'value="{other.pk}"' not in as_staff.get(address).text, "groups of other programmes are not offered"


def test_the_lists_ask_the_same_number_of_queries_however_long_they_are(as_staff, programme, staff, past, table):
    lists = [tab_url(past, CAME), reverse("attendance", args=[programme.slug])]
    for address in lists:
        as_staff.get(address)
    few = [len(queries_of(lambda address=address: as_staff.get(address))) for address in lists]
    for person in members(programme, 12):
        make.an_attendance(past, person)
    for days in range(4, 10):
        each = make.an_event(programme, organiser=staff.person, days=-days)
        day_actions.record(event=each, came=[table["lived"].pk], by=staff)
    assert [len(queries_of(lambda address=address: as_staff.get(address))) for address in lists] == few


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("kind", [["Co-production day", 1, 3, 0, 3, 1, 1, "7.5"], ["Meeting", 1, 0, 0, 1, 0, 0, "3.0"]]),
        ("group", [["Steering group", 1, 0, 0, 1, 0, 0, "3.0"], ["No group", 1, 3, 0, 3, 1, 1, "7.5"]]),
        ("quarter", [["from 1 April 2026", 1, 0, 0, 1, 0, 0, "3.0"], ["from 1 October 2026", 1, 3, 0, 3, 1, 1, "7.5"]]),
    ],
)
def test_the_events_of_the_list_are_put_together(as_staff, programme, staff, past, table, by, rows):
    group = make.a_steering_group(programme)
    group.name = "Steering group"
    group.save()
    old = make.an_event(programme, organiser=staff.person, days=-200, kind="meeting", group=group, title="Long ago")
    day_actions.record(event=old, came=[table["lived"].pk], by=staff)
    together = as_staff.get(reverse("attendance", args=[programme.slug]), {"by": by}).context["together"]
    assert [[str(c["text"]) for c in row["cells"]] for row in together["rows"]] == [
        [str(v) for v in row] for row in rows
    ]
    meetings = as_staff.get(reverse("attendance", args=[programme.slug]), {"by": by, "kind": "meeting"})
    assert len(meetings.context["together"]["rows"]) == 1, "only those of the list"
