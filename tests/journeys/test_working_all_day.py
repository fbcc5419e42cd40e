"""Pages of staff and finance are tools for all day: ten rows in view, few presses, ticks that stay.

Measured in a real browser of 1280 x 900; the figures are printed.
"""

import re

import pytest
from django.urls import reverse

from payments.models import Claim
from payments.runs.actions import runs
from programmes.models import Role
from tests import factories as make
from tests.helpers.runs_in_bulk import approved_claims

from .conftest import PHONE

MAX_FIRST_ROW = 300
MIN_ROWS = 10
MAX_PRESSES = 5
PEOPLE = 30
ROWS = """() => [...document.querySelectorAll("main table tbody tr")].map((row) => {
    const box = row.getBoundingClientRect();
    const bar = document.querySelector("[data-ticks-bar]")?.getBoundingClientRect();
    const end = Math.min(window.innerHeight, bar ? bar.top : window.innerHeight);
    return { top: box.top, whole: box.top >= 0 && box.bottom <= end };
})"""


@pytest.fixture
def programme(transactional_db):
    """A programme with more of everything than fits a screen."""
    programme = make.a_programme("Wellbeing Invented")
    policy = make.a_policy(programme)
    programme.staff = make.with_role(programme, Role.STAFF, "Stella Staffordly")
    programme.finance = make.with_role(programme, Role.FINANCE, "Finn Ledger")
    programme.event = make.an_event(programme, organiser=programme.staff.person, days=10)
    for number in range(PEOPLE):
        member = make.with_role(programme, Role.LIVED_EXPERIENCE, f"Invented Person {number:02d}").person
        member.access_needs.create(kind="step_free")
        make.an_invitation(programme.event, member)
        make.a_claim(programme, member, "submitted", policy=policy)
        make.an_event(programme, organiser=programme.staff.person, days=20 + number, title=f"Invented day {number}")
    programme.run = runs.make_run(
        programme=programme, claims=approved_claims(programme, policy, PEOPLE), by=programme.finance
    )
    approved_claims(programme, policy, PEOPLE)
    return programme


def lists_of(programme):
    """Each list: its name, who reads it, its address."""
    slug = [programme.slug]
    return [
        ("claims", programme.staff, reverse("claims", args=slug)),
        ("people", programme.staff, reverse("programme_people", args=slug)),
        ("events", programme.staff, reverse("events", args=slug)),
        ("event", programme.staff, programme.event.get_absolute_url()),
        ("run", programme.finance, programme.run.get_absolute_url()),
        ("new run", programme.finance, reverse("payment_run_new", args=slug)),
    ]


def test_ten_rows_of_every_list_are_in_view_and_the_first_stands_high(programme, at_work):
    seats = {user: at_work(user) for user in (programme.staff, programme.finance)}
    too_low, too_few = [], []
    for name, user, address in lists_of(programme):
        visitor = seats[user]
        visitor.go(address)
        rows = visitor.page.evaluate(ROWS)
        first, whole = rows[0]["top"], sum(row["whole"] for row in rows)
        print(f"{name}: first row at {first:.0f} px, {whole} rows in view of {len(rows)}")
        too_low += [(name, first)] if first > MAX_FIRST_ROW else []
        too_few += [(name, whole)] if whole < MIN_ROWS else []
    assert not too_low, too_low
    assert not too_few, too_few
    for visitor in seats.values():
        visitor.nothing_was_wrong()


def test_the_menu_takes_one_line_and_what_does_not_fit_opens_without_a_script(programme, at_work):
    for number in range(3):
        make.with_role(make.a_programme(f"Another Programme {number}"), Role.STAFF, user=programme.staff)
    make.with_role(programme, Role.LIVED_EXPERIENCE, user=programme.staff)
    for width in (800, 1024, 1280):
        visitor = at_work(programme.staff, {"width": width, "height": 900}, java_script_enabled=False)
        page = visitor.page
        page.goto(reverse("claims", args=[programme.slug]))
        links = page.get_by_role("navigation", name="Main").locator(":scope > ul > li:visible")
        tops = {round(links.nth(at).bounding_box()["y"]) for at in range(links.count())}
        assert len(tops) == 1, (width, tops)
        page.get_by_text("More", exact=True).first.click()
        page.get_by_role("link", name="Payment policy").click()
        assert page.url.endswith(reverse("policy", args=[programme.slug]))
    page.locator("summary", has_text="Wellbeing Invented").click()
    page.get_by_role("link", name="Another Programme 1").click()
    assert "Another Programme 1" in page.locator("h1").inner_text()


def test_ten_claims_are_approved_in_five_presses_or_fewer(transactional_db, at_work):
    programme = make.a_programme("Wellbeing Invented")
    staff = make.with_role(programme, Role.STAFF, "Stella Staffordly")
    for number in range(10):
        make.a_claim(programme, make.a_person(f"Invented Person {number:02d}"), "submitted")
    visitor, presses = at_work(staff), 0
    visitor.go("/")
    for role, name in [
        ("link", "Claims"),
        ("button", "Choose all 10 that can be chosen"),
        ("button", "Approve together"),
        ("button", re.compile("Approve 10 claims")),
    ]:
        visitor.click(role, name)
        presses += 1
    print(f"ten claims approved in {presses} presses")
    assert Claim.objects.filter(status="approved", approved_by=staff.person).count() == 10
    assert presses <= MAX_PRESSES
    visitor.sees("10 claims approved")
    visitor.nothing_was_wrong()


def test_a_claim_leads_to_the_next_of_the_list_it_was_opened_from(programme, at_work):
    visitor = at_work(programme.staff)
    visitor.go(reverse("claims", args=[programme.slug]) + "?status=submitted&sort=person")
    visitor.page.locator("tbody a").first.click()
    visitor.sees("Invented Person 00", "1 of 30")
    visitor.click("link", "Next claim")
    visitor.sees("Invented Person 01", "2 of 30")
    visitor.click("link", "Previous claim")
    visitor.click("button", re.compile("Approve £.* and go to the next"))
    visitor.sees("Approved: ", "Invented Person 01", "1 of 29")
    visitor.click("link", "Claims", exact=True)
    visitor.nothing_was_wrong()


def tick(page, name, wait=True):
    """Tick a row, and wait until the server has kept it; a button that is pressed sooner waits by itself."""
    page.get_by_role("checkbox", name=re.compile(name)).check()
    if wait:
        page.locator("form[data-ticks-saving]").wait_for(state="detached")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_ticks_stay_through_search_pages_and_back(programme, at_work, script):
    visitor = at_work(programme.staff, java_script_enabled=script)
    page = visitor.page
    address = reverse("claims", args=[programme.slug])
    page.goto(f"{address}?sort=person&status=submitted")
    tick(page, "Invented Person 03")
    page.get_by_role("searchbox", name=re.compile("Search by name")).or_(
        page.get_by_label(re.compile("Search by name"))
    ).first.fill("Person 2")
    page.get_by_role("button", name="Show").click()
    assert "q=Person+2" in page.url and "sort=person" in page.url
    tick(page, "Invented Person 21")
    page.get_by_role("button", name=re.compile("^Sent")).click()
    assert page.get_by_role("checkbox", name=re.compile("Invented Person 21")).is_checked()
    assert "2 chosen" in page.locator("[data-ticks-bar]").inner_text()
    page.get_by_role("button", name="See those chosen").click()
    assert page.locator("tbody tr").count() == 2
    page.go_back()
    page.go_back()
    assert page.get_by_role("checkbox", name=re.compile("Invented Person 21")).is_checked()
    page.goto(address)
    assert page.locator("[data-ticks-bar]").get_by_role("status").inner_text().startswith("2 chosen")
    page.get_by_role("button", name="Choose none").click()
    assert page.locator("[data-ticks-bar]").get_by_role("status").inner_text().startswith("0 chosen")


def test_a_button_pressed_while_a_tick_is_on_its_way_loses_no_tick(programme, at_work):
    visitor = at_work(programme.staff)
    page = visitor.page
    on_the_way = []

    def slow_line(route):
        on_the_way.append(route.request.post_data)
        page.wait_for_timeout(1000)
        route.continue_()

    page.goto(reverse("claims", args=[programme.slug]) + "?sort=person&status=submitted")
    page.route(lambda address: "/claims/" in address, slow_line, times=1)
    tick(page, "Invented Person 03", wait=False)
    tick(page, "Invented Person 04", wait=False)
    page.get_by_role("checkbox", name=re.compile("Invented Person 03")).uncheck()
    page.get_by_role("button", name=re.compile("^Sent")).click()
    page.wait_for_url(re.compile("sort=submitted_at"))
    assert 'name="ticks"' in on_the_way[0] and "save" in on_the_way[0]
    assert page.locator("[data-ticks-bar]").get_by_role("status").inner_text().startswith("1 chosen")
    page.get_by_role("button", name="See those chosen").click()
    assert "Invented Person 04" in page.locator("tbody tr").inner_text()
    visitor.nothing_was_wrong()


def test_a_tick_is_there_after_looking_at_a_row(programme, at_work):
    visitor = at_work(programme.staff)
    page = visitor.page
    page.goto(reverse("claims", args=[programme.slug]) + "?sort=person&status=submitted")
    tick(page, "Invented Person 04")
    page.locator("tbody a").first.click()
    page.wait_for_url(re.compile(r"/claims/\d+/"))
    page.goto(reverse("claims", args=[programme.slug]) + "?sort=person&status=submitted")
    assert page.get_by_role("checkbox", name=re.compile("Invented Person 04")).is_checked()
    visitor.nothing_was_wrong()


def test_on_a_phone_what_decides_is_on_the_screen(programme, at_work):
    visitor = at_work(programme.staff, PHONE)
    for _name, user, address in lists_of(programme):
        if user != programme.staff:
            continue
        visitor.go(address)
        wide = visitor.page.evaluate(
            """() => [...document.querySelectorAll("main tbody tr")].slice(0, 5).flatMap((row) =>
                [...row.children].filter((cell) => cell.getBoundingClientRect().right > window.innerWidth)).length"""
        )
        assert wide == 0, address
    visitor.nothing_was_wrong()


def test_an_invitation_asks_its_question_on_the_first_screen_of_a_phone(programme, at_work):
    event = make.an_event(
        programme,
        title="Curry and co-production: what we do together next year",
        days=10,
        venue_address="1 Plain Street\nExampleton",
        online_link="https://meet.example.org/curry",
    )
    person = make.with_role(programme, Role.LIVED_EXPERIENCE, "Petra Person").person
    visitor = at_work(programme.staff, PHONE)
    visitor.go(f"/r/{make.an_invitation(event, person).link_key}/")
    visitor.sees("Will you come?", "We pay you £50.00")
    last = visitor.page.get_by_text("I am not sure yet").bounding_box()
    assert last["y"] + last["height"] < PHONE["height"], "the question and its three answers"
    visitor.open("All that we pay, and when")
    visitor.sees("We aim to pay you within 10 working days")
    visitor.nothing_was_wrong()
