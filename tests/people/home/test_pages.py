"""Home, the frame around every page, and the pages anyone may read."""

import datetime as dt

import pytest
from django.test import Client

from people import registry
from people.home import queries as home_queries
from people.home.context import MAX_IN_LINE, MAX_IN_WIDE_LINE
from people.models import AccessNeed
from people.needs.flags import need_flags
from people.needs.forms import GROUPS
from people.registry import NavigationLink, Panel, Task
from programmes.models import Role
from tests.factories import a_programme, a_user, an_administrator, with_role
from tests.helpers.client import page_text
from wellbeing.lib.form_pages import page_above

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(monkeypatch):
    """Replaces a list of the registry for this test: `registers("home_tasks", fn)`."""
    return lambda name, *functions: monkeypatch.setattr(registry, name, list(functions))


def test_visitors_are_welcomed_and_told_how_to_begin(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/")
    for words in ("People with lived experience", "Programme staff", "Finance", "Sign in"):
        assert words in page.text
    assert "Look around as" not in page.text


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/contact/"])
def test_pages_for_everybody_need_no_account_and_no_query(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(address)
    assert page.status_code == 200
    assert "service user" not in page.text


def test_the_pages_on_privacy_accessibility_and_contact_say_what_the_law_asks(client, settings):
    settings.DEFAULT_FROM_EMAIL = "Wellbeing <help@example.org>"
    assert "six years" in client.get("/privacy/").text
    assert "version 2.2" in client.get("/accessibility/").text
    assert "mailto:help@example.org" in client.get("/contact/").text


def test_the_worklist_puts_the_urgent_first_then_the_earliest_then_by_name(registers):
    later, sooner = dt.date(2026, 5, 8), dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
    registers(
        "home_tasks",
        lambda user: [Task("Whenever", "/a/"), Task("Later", "/b/", due=later)],
        lambda user: [
            Task("Now", "/c/", due=later, urgent=True),
            Task("Sooner", "/d/", due=sooner),
            Task("Any", "/e/"),
        ],
    )
    titles = [task.title for task in home_queries.worklist(a_user())]
    assert titles == ["Now", "Sooner", "Later", "Any", "Whenever"]


def test_home_shows_the_worklist_and_panels_in_their_order(registers, with_second_factor):
    registers("home_tasks", lambda user: [Task("Answer the invitation", "/invitations/1/", urgent=True)])
    card = "components/card.html"
    registers(
        "home_panels",
        lambda user: [Panel(card, {"title": "Your money"}, order=60), Panel(card, {"title": "Coming up"}, order=10)],
    )
    page = with_second_factor(a_user("Ann Invented")).get("/")
    assert "Hello Ann" in page.text
    assert 'href="/invitations/1/"' in page.text
    assert page.text.index("Coming up") < page.text.index("Your money")


def test_home_with_nothing_to_do_is_kind(registers, with_second_factor):
    registers("home_tasks")
    registers("home_panels")
    assert "Nothing is waiting for you" in with_second_factor(a_user()).get("/").text


def test_navigation_comes_from_the_apps_and_marks_where_one_is(registers, with_second_factor):
    registers(
        "navigation",
        lambda user, programme: [
            NavigationLink("Your details", "/you/", order=20),
            NavigationLink("What you need", "/you/access-needs/", order=10),
        ],
    )
    client = with_second_factor(a_user())
    links = client.get("/you/access-needs/").context["navigation"]
    assert [(link["label"], link["current"]) for link in links] == [
        ("Home", False),
        ("What you need", True),
        ("Your details", False),
    ]
    assert [link["current"] for link in client.get("/you/edit/").context["navigation"]] == [False, False, True]
    assert [link["current"] for link in client.get("/").context["navigation"]] == [True, False, False]


def test_the_menu_names_the_reader_and_offers_the_list_of_messages_to_those_who_may(with_second_factor):
    page = with_second_factor(with_role(a_programme(), Role.STAFF, "Stella Staff")).get("/")
    assert "Stella Staff" in page.text
    assert 'href="/messages/"' in page.text
    page = with_second_factor(with_role(a_programme(), Role.LIVED_EXPERIENCE)).get("/")
    assert 'href="/messages/"' not in page.text


def test_a_persons_page_draws_what_each_app_adds(registers, with_second_factor):
    user = a_user("Ann Invented")
    registers(
        "person_panels",
        lambda reader, person: None,
        lambda reader, person: Panel("components/card.html", {"title": f"About {person.short_name}"}),
    )
    assert "About Ann" in with_second_factor(user).get(f"/people/{user.person.pk}/").text


def test_panels_of_administrators_pages_and_home_hold_together(with_second_factor):
    assert with_second_factor(an_administrator()).get("/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/", "/privacy/", "/demo/mailbox/"])
def test_pages_to_read_take_no_other_method(method, address):
    assert getattr(Client(), method)(address).status_code == 405


@pytest.mark.django_db
def test_a_reader_whose_language_we_do_not_have_gets_one_language_and_not_two():
    page = Client().get("/contact/", headers={"Accept-Language": "cy,fr;q=0.5"})
    assert 'lang="en-gb"' in page.text.lower()


def test_what_an_address_does_not_do_has_a_page_that_knows_who_is_signed_in(with_second_factor):
    answer = with_second_factor(an_administrator()).post("/privacy/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "This address cannot do that" in answer.text
    assert "Sign out" in answer.text
    plain = Client().post("/privacy/", headers={"Accept": "application/json"})
    assert plain.content == b""


@pytest.mark.parametrize(
    ("path", "above"),
    [("/claims/42/submit/", "/claims/42/"), ("/you/signed-in/end/", "/you/signed-in/"), ("/no/such/page/", "/")],
)
def test_the_page_above_a_button_is_the_nearest_that_can_be_opened(path, above):
    assert page_above(path) == above


def test_every_kind_of_need_has_its_box_in_one_group():
    boxes = [kind for _title, kinds in GROUPS for kind in kinds]
    assert sorted(boxes) == sorted(AccessNeed.Kind.values)


@pytest.mark.parametrize(
    ("needs", "labels"),
    [
        ([("bsl", "")], ["British Sign Language interpreter"]),
        ([("other", "A chair with arms")], ["A chair with arms"]),
        (
            [("large_print", "18 point"), ("braille", ""), ("audio", ""), ("diet", "")],
            ["Large print", "Braille", "2 more"],
        ),
        ([], []),
    ],
)
def test_flags_of_needs_fit_the_line_of_a_row(needs, labels):
    rows = [AccessNeed(kind=kind, detail=detail) for kind, detail in needs]
    assert [flag["label"] for flag in need_flags(rows)] == labels


@pytest.mark.parametrize(
    ("count", "places", "more"),
    [
        (MAX_IN_LINE, {""}, {}),
        (MAX_IN_WIDE_LINE, {"", "wide"}, "wide"),
        (MAX_IN_WIDE_LINE + 3, {"", "wide", "more"}, "more"),
    ],
)
def test_links_that_fit_no_line_stand_under_more(registers, with_second_factor, count, places, more):
    links = [NavigationLink(f"Page {n}", f"/page-{n}/", order=n) for n in range(1, count)]
    registers("navigation", lambda user, programme: links)
    context = with_second_factor(a_user("Ola Ordinary")).get("/").context
    assert len(context["navigation"]) == count
    assert {link["place"] for link in context["navigation"]} == places
    assert context["navigation_more"].get("place", {}) == more
    assert [link["label"] for link in context["navigation_more"].get("links", [])] == [
        f"Page {n}" for n in range(MAX_IN_LINE, count)
    ]


@pytest.mark.parametrize(
    ("here", "marked"), [(2, ""), (MAX_IN_LINE + 1, "here"), (MAX_IN_WIDE_LINE + 2, 'aria-current="true"')]
)
def test_more_is_marked_only_where_the_link_of_the_page_is_not_in_the_line(registers, with_second_factor, here, marked):
    links = [NavigationLink(f"Page {n}", f"/page-{n}/", order=n) for n in range(1, MAX_IN_WIDE_LINE + 3)]
    links[here - 2] = NavigationLink("Details", "/you/", order=here - 1)
    registers("navigation", lambda user, programme: links)
    html = page_text(with_second_factor(a_user("Ola Ordinary")).get("/you/"))
    more = html[html.index("wb-menu__more") : html.index("</summary>", html.index("wb-menu__more"))]
    assert [words in more for words in ("wb-menu__more--here", 'aria-current="true"')] == [
        marked == "here",
        marked.startswith("aria"),
    ]


def test_the_header_changes_to_every_programme_one_works_in_and_to_no_other(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = with_role(a_programme("Wellbeing First"), Role.STAFF)
    with_role(a_programme("Wellbeing Second"), Role.FINANCE, user=user)
    a_programme("Wellbeing Elsewhere")
    client.force_login(user)
    assert [link["label"] for link in client.get("/").context["programmes"]] == ["Wellbeing First", "Wellbeing Second"]
    client.force_login(with_role(a_programme("Wellbeing Third"), Role.LIVED_EXPERIENCE))
    assert list(client.get("/").context["programmes"]) == []
