"""Ticks of a list stay through search, filters, pages, Back and another tab, and never hold what cannot be ticked."""

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.template.loader import render_to_string
from django.test import RequestFactory

from people.models import Organisation
from wellbeing.lib.tables import Column
from wellbeing.lib.ticked_lists import TickColumn, TickedListing
from wellbeing.lib.ticks import MAX_LISTS, MAX_TICKS, Ticks

pytestmark = pytest.mark.django_db

BOXES = TickColumn(
    key="organisations",
    allowed=lambda rows: rows.exclude(kind="funder"),
    label=lambda row: f"Choose {row.name}",
    action="Go on",
)


class Memory(SessionBase):
    """A session of one reader, over several requests and tabs."""

    def load(self):
        return {}


@pytest.fixture
def session():
    return Memory()


@pytest.fixture
def rows():
    return [Organisation.objects.create(name=f"Trust {n}") for n in range(5)] + [
        Organisation.objects.create(name="Amber Fund", kind="funder")
    ]


@pytest.fixture
def listing(session):
    def make(query="", data=None):
        factory = RequestFactory()
        request = factory.get(f"/x/?{query}") if data is None else factory.post(f"/x/?{query}", data)
        request.session = session
        return TickedListing(
            request,
            Organisation.objects.all(),
            columns=[Column("name", "Name", sort="name")],
            boxes=BOXES,
            name="organisations",
            caption="Organisations",
            search=["name"],
            default_sort="name",
            per_page=2,
        )

    return make


def test_a_tick_stays_on_the_next_page_after_a_search_and_on_coming_back(listing, rows):
    turned = listing("page=2", {"tick": [rows[0].pk], "go": "?page=3"}).answer()
    assert turned.url == "/x/?page=3"
    searched = listing("page=3", {"tick": [rows[4].pk], "ticks": "show", "q": "trust 2", "act": ""}).answer()
    assert searched.url.startswith("/x/?q=trust+2")
    for query in ("q=trust+2", "page=2", "", "sort=-name"):
        assert listing(query).chosen == {rows[0].pk, rows[4].pk}
    assert listing("q=trust+2").ticked_elsewhere == sorted([rows[0].pk, rows[4].pk])
    assert [row.name for row in listing("chosen=yes").page] == ["Trust 0", "Trust 4"]


def test_unticking_takes_a_row_out_and_a_page_without_it_does_not(listing, rows):
    listing(data={"tick": [rows[0].pk, rows[1].pk], "ticks": "save"}).answer()
    listing("page=3", {"before": "", "ticks": "save"}).answer()
    assert listing().chosen == {rows[0].pk, rows[1].pk}
    listing(data={"before": f"{rows[0].pk} {rows[1].pk}", "tick": [rows[1].pk], "ticks": "save"}).answer()
    assert listing().chosen == {rows[1].pk}


def test_two_tabs_of_a_list_add_to_each_other(listing, rows):
    first, second = {"before": "", "tick": [rows[0].pk]}, {"before": "", "tick": [rows[1].pk]}
    listing(data={**first, "ticks": "save"}).answer()
    listing(data={**second, "ticks": "save"}).answer()
    assert listing().chosen == {rows[0].pk, rows[1].pk}


def test_an_action_is_for_what_its_page_said_whatever_another_tab_ticked(listing, rows):
    listing(data={"tick": [rows[3].pk], "ticks": "save"}).answer()
    acting = listing(data={"tick": [rows[0].pk], "elsewhere": str(rows[1].pk), "act": "yes"})
    assert acting.answer() is None
    assert acting.chosen == {rows[0].pk, rows[1].pk}


def test_all_that_match_are_ticked_across_pages_and_none_that_cannot_be(listing, rows):
    assert listing().matching_count == 5
    assert listing(data={"ticks": "all"}).answer().url == "/x/"
    assert listing().chosen == {row.pk for row in rows[:5]}
    listing(data={"tick": [rows[5].pk], "ticks": "save"}).answer()
    assert rows[5].pk not in listing().chosen
    listing("q=trust+1", {"ticks": "none"}).answer()
    assert listing().chosen == set()
    listing("q=trust+1", {"ticks": "all"}).answer()
    assert listing().chosen == {rows[1].pk}


def test_a_row_that_can_no_longer_be_ticked_leaves_the_choice(listing, rows):
    listing(data={"tick": [rows[0].pk, rows[1].pk], "ticks": "save"}).answer()
    Organisation.objects.filter(pk=rows[0].pk).update(kind="funder")
    assert listing().chosen == {rows[1].pk}
    Organisation.objects.filter(pk=rows[1].pk).delete()
    assert listing().chosen == set()


def test_the_page_says_how_many_are_chosen_and_offers_the_rest(listing, rows):
    listing(data={"tick": [rows[0].pk, rows[4].pk], "ticks": "save"}).answer()
    shown = listing()
    html = render_to_string("components/listing.html", {"listing": shown, "request": shown.request})
    assert "<strong data-ticks-count>2</strong> chosen" in html
    assert "(1 not on this page)" in html
    assert "Choose all 5 that can be chosen" in html
    assert html.count("checked") == 1
    assert f'name="elsewhere" value="{rows[4].pk}"' in html


def test_a_save_answers_without_a_page(listing, rows):
    assert listing(data={"ticks": "save"}).answer().status_code == 204


@pytest.mark.parametrize("go", ["?//evil.example.org", "//evil.example.org", "https://evil.example.org/"])
def test_a_button_leads_nowhere_but_to_the_list(listing, go):
    assert listing(data={"go": go}).answer().url.startswith("/x/?")


def test_a_session_keeps_so_many_lists_and_so_many_ticks(session):
    request = RequestFactory().get("/x/")
    request.session = session
    for number in range(MAX_LISTS + 3):
        Ticks(request, f"list-{number}").keep({number})
    assert Ticks(request, "list-0").kept is None
    assert Ticks(request, f"list-{MAX_LISTS + 2}").ids == {MAX_LISTS + 2}
    Ticks(request, "long").keep(range(MAX_TICKS + 5))
    assert len(Ticks(request, "long").ids) == MAX_TICKS


def test_only_the_ticks_of_what_was_done_are_forgotten(session):
    request = RequestFactory().get("/x/")
    request.session = session
    ticks = Ticks(request, "list")
    ticks.keep({1, 2, 3})
    ticks.forget([2])
    assert ticks.kept == {1, 3}
    ticks.forget()
    assert ticks.kept is None
