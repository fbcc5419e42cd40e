"""Tests of the yearly review of access needs, of the needs of supporters, and of the size of print."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people.consent import actions as consents
from people.directory import actions as person_actions
from people.models import AccessNeed, NeedsReview, NeedsReviewRule, Notice, Person
from people.needs import actions, queries
from people.needs.actions import Said
from people.privacy import erasing
from people.privacy.export import gather
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import refused
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db
HOME = reverse("home")


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def programme(db):
    return make.a_programme("Wellbeing Invented", slug="wow")


@pytest.fixture
def staff(programme):
    return make.with_role(programme, Role.STAFF, "Stella Staffordly")


@pytest.fixture
def lena(programme):
    return make.with_role(programme, Role.LIVED_EXPERIENCE, "Lena Lived")


def reviewed(person, days_ago, has_needs=None, **fields):
    """A review of the needs of `person`, as they are recorded now."""
    return NeedsReview.objects.create(
        person=person,
        reviewed_at=timezone.now() - dt.timedelta(days=days_ago),
        has_needs=person.access_needs.exists() if has_needs is None else has_needs,
        **fields,
    )


def asked(*people):
    """Return those of `people` who are asked today: as the list of people finds them, which their pages repeat."""
    found = set(Person.objects.filter(queries.to_review(today()), pk__in=[one.pk for one in people]))
    assert found == {one for one in people if queries.state_of(one, today()).is_asked(today())}
    return found


# When somebody is asked


def test_people_are_asked_three_weeks_before_a_year_is_over_and_new_people_after_four_weeks(lena):
    person = lena.person
    assert asked(person) == set()
    Person.objects.filter(pk=person.pk).update(created_at=timezone.now() - dt.timedelta(days=27))
    person.refresh_from_db()
    assert asked(person) == set()
    Person.objects.filter(pk=person.pk).update(created_at=timezone.now() - dt.timedelta(days=28))
    person.refresh_from_db()
    assert asked(person) == {person}, "no answer is not “no needs”"
    actions.still_right(person=person, by=lena)
    assert asked(person) == set()
    with time_machine.travel(timezone.now() + dt.timedelta(days=343), tick=True):
        assert asked(person) == set()
    with time_machine.travel(timezone.now() + dt.timedelta(days=344), tick=True):
        assert asked(person) == {person}
        state = queries.state_of(person, today())
        assert state.due_on - today() == dt.timedelta(days=21)


@pytest.mark.parametrize("day", ["2027-02-27", "2027-02-28", "2027-03-01", "2028-02-28", "2028-02-29", "2028-03-31"])
def test_the_list_and_the_page_agree_where_months_differ_in_length(lena, day):
    on = dt.date.fromisoformat(day)
    for rule in (NeedsReviewRule(months=12, ask_days=0), NeedsReviewRule(months=1, ask_days=27)):
        last = rule.last_asked_about(on)
        assert rule.asked_from(last) <= on < rule.asked_from(last + dt.timedelta(days=1))


def test_somebody_who_said_nothing_is_needed_is_asked_where_something_is_recorded_since(lena, staff):
    actions.still_right(person=lena.person, by=lena)
    actions.record(person=lena.person, by=staff, needs=[("bsl", "")])
    assert asked(lena.person) == {lena.person}
    actions.still_right(person=lena.person, by=lena)
    assert asked(lena.person) == set()


# Saying that it is right


def test_saving_needs_and_one_tap_both_say_that_they_are_right(lena, signed_in):
    Person.objects.filter(pk=lena.person.pk).update(created_at=timezone.now() - dt.timedelta(days=40))
    browser = signed_in(lena)
    page = page_text(browser.get(HOME))
    assert "What do you need to take part?" in page
    assert "I have no needs" in page
    browser.post(reverse("your_access_needs"), {"bsl": "on"})
    first = NeedsReview.objects.get()
    assert (first.has_needs, first.noted_by, first.how) == (True, None, "")
    assert "still right" not in page_text(browser.get(HOME))
    with time_machine.travel(timezone.now() + dt.timedelta(days=350), tick=True):
        browser = signed_in(lena)
        page = page_text(browser.get(HOME))
        assert "Is what we know about your needs still right?" in page
        assert "British Sign Language interpreter" in page
        seen = queries.seen_of(lena.person)
        for _twice in range(2):
            browser.post(reverse("your_needs_review"), {"seen": seen})
        assert NeedsReview.objects.count() == 2, "the earlier answer stays, and one day has one"
        assert "still right?" not in page_text(browser.get(HOME))
    assert not Notice.objects.filter(kind="needs-noted").exists(), "nobody is told of what they did themselves"


def test_nothing_is_said_of_needs_that_changed_since_the_page_was_opened(lena, staff, signed_in):
    seen = queries.seen_of(lena.person)
    actions.set(person=lena.person, by=staff, needs=[("bsl", "")], how="On the phone")
    page = signed_in(lena).post(reverse("your_needs_review"), {"seen": seen}, follow=True)
    assert "What we know has changed since you opened the page." in page_text(page)
    assert NeedsReview.objects.count() == 1


def test_staff_note_it_with_how_and_the_person_is_told_without_what_they_need(lena, staff, signed_in):
    lena.person.access_needs.create(kind="bsl")
    browser = signed_in(staff)
    address = reverse("person_needs_review", args=[lena.person.pk])
    page = page_text(browser.get(address))
    assert "British Sign Language interpreter" in page
    assert "Nobody has said yet that this is right." in page
    seen = queries.seen_of(lena.person)
    assert "Say how they told you." in page_text(browser.post(address, {"seen": seen}))
    page = page_text(browser.post(address, {"seen": seen, "how": "On the phone with Lena"}, follow=True))
    today_in_words = f"{timezone.localdate():%A} {timezone.localdate().day}"
    assert f"Stella Staffordly noted on {today_in_words}" in page
    assert "On the phone with Lena" in page
    review = NeedsReview.objects.get()
    assert (review.noted_by, review.how, review.has_needs) == (staff.person, "On the phone with Lena", True)
    notice = Notice.objects.get(kind="needs-noted", person=lena.person)
    assert "Stella Staffordly has noted this for you: On the phone with Lena" in notice.text_body
    assert "Sign Language" not in notice.text_body
    page = page_text(browser.get(reverse("person_history", args=[lena.person.pk])))
    assert "Access needs said to be right" in page


def test_needs_that_staff_change_twice_on_a_day_are_told_twice(lena, staff):
    for needs in ([("bsl",)], [("bsl",), ("breaks",)], [("bsl",), ("breaks",)]):
        actions.set(person=lena.person, by=staff, needs=needs, how="On the phone")
    assert Notice.objects.filter(kind="needs-noted", person=lena.person).count() == 2
    assert NeedsReview.objects.count() == 2


def test_nobody_else_says_it(lena, programme, signed_in):
    elsewhere = make.with_role(make.a_programme(), Role.STAFF)
    finance = make.with_role(programme, Role.FINANCE)
    for user in (elsewhere, finance):
        with pytest.raises(ActionError):
            actions.still_right(person=lena.person, by=user, how="On the phone")
    address = reverse("person_needs_review", args=[lena.person.pk])
    assert signed_in(elsewhere).get(address).status_code == 404
    assert signed_in(finance).get(address).status_code == 403


def test_the_database_keeps_reviews_and_refuses_one_of_what_is_not_so(lena, staff):
    actions.still_right(person=lena.person, by=lena)
    assert "Cannot update or delete" in refused("UPDATE people_needsreview SET how = 'x'")
    assert "Cannot update or delete" in refused("DELETE FROM people_needsreviewrule")
    insert = (
        "INSERT INTO people_needsreview (person_id, reviewed_at, has_needs, how, noted_by_id)"
        " VALUES (%s, now(), %s, %s, %s)"
    )
    assert "whether needs are recorded" in refused(insert, lena.person.pk, True, "", None)
    assert "a_noted_needs_review_says_how" in refused(insert, lena.person.pk, False, "", staff.person.pk)
    need = "INSERT INTO people_accessneed (person_id, whose, kind, detail, print_size) VALUES (%s, %s, %s, '', %s)"
    assert "a_supporter_brings_no_supporter" in refused(need, lena.person.pk, "supporter", "supporter", "")
    for whose, kind in (("person", "large_print"), ("supporter", "bsl")):
        assert "only_a_supporters_large_print_has_a_size" in refused(need, lena.person.pk, whose, kind, "18")


# The lists of staff, and what becomes of it


def test_staff_find_whose_needs_are_to_be_reviewed(lena, programme, staff, signed_in):
    due, _never, fine = (
        make.with_role(programme, Role.LIVED_EXPERIENCE, name).person
        for name in ("Dora Dueton", "Neva Neversaid", "Fina Finely")
    )
    reviewed(due, 400)
    reviewed(due, 401)
    reviewed(fine, 3)
    address = reverse("programme_people", args=[programme.slug])
    names = {"Dora Dueton", "Neva Neversaid", "Fina Finely"}

    def found(choice):
        page = page_text(signed_in(staff).get(address, {"review": choice}))
        return {name for name in names if name in page}

    assert found("due") == {"Dora Dueton"}
    assert found("never") == {"Neva Neversaid"}
    assert found("odd") == names
    assert "To be reviewed" in page_text(signed_in(staff).get(reverse("person", args=[due.pk])))
    finance = make.with_role(programme, Role.FINANCE)
    assert "said yet" not in page_text(signed_in(finance).get(reverse("person", args=[due.pk])))


def test_reviews_are_in_the_copy_and_go_with_their_person(lena, staff):
    actions.set(person=lena.person, by=staff, needs=[Said("diet", "vegan", "supporter")], how="At the door")
    held = {one.label: one.rows for one in gather(lena.person)}
    assert held["people.NeedsReview"][0]["how"] == "At the door"
    assert {row["kind"] for row in held["people.AccessNeed"]} >= {"diet"}
    erasing.remove(lena.person, by=make.an_administrator())
    assert not NeedsReview.objects.exists()
    assert not AccessNeed.objects.exists()


# Needs of supporters, and large print


def test_needs_of_a_supporter_are_shown_apart_and_say_that_one_comes(lena, signed_in):
    browser = signed_in(lena)
    browser.post(
        reverse("your_access_needs"),
        {
            "diet": "on",
            "for_supporter_diet_detail": "vegan",
            "for_supporter_large_print": "on",
            "for_supporter_large_print_size": "16",
        },
    )
    assert [str(need) for need in lena.person.access_needs.all()] == [
        "Food and drink",
        "Supporter or personal assistant comes too",
        "For the supporter: Food and drink: vegan",
        "For the supporter: Large print: 16 point",
    ]
    page = page_text(browser.get(reverse("your_details")))
    assert "For the supporter: Food and drink: vegan" in page
    lena.person.refresh_from_db()
    assert lena.person.letter_size == "standard", "letters are for the person, not for who comes along"
    page = browser.get(reverse("your_access_needs")).text
    assert '<details class="govuk-details" open>' in page


def test_letters_follow_the_size_of_large_print_and_needs_follow_letters(lena, signed_in):
    browser = signed_in(lena)
    address = reverse("your_access_needs")
    page = page_text(browser.post(address, {"large_print": "on"}))
    assert "Choose how large the print should be" in page
    browser.post(address, {"large_print": "on", "large_print_size": "20"})
    lena.person.refresh_from_db()
    assert lena.person.letter_size == "20"
    assert [str(need) for need in lena.person.access_needs.all()] == ["Large print: 20 point"]
    person_actions.edit(person=lena.person, by=lena, letter_size="14")
    assert [str(need) for need in Person.objects.get(pk=lena.person.pk).access_needs.all()] == ["Large print: 14 point"]
    browser.post(address, {})
    lena.person.refresh_from_db()
    assert lena.person.letter_size == "standard"


def test_an_easy_read_layout_stays_where_somebody_keeps_it(lena, signed_in):
    Person.objects.filter(pk=lena.person.pk).update(letter_size="easy_read")
    lena.person.access_needs.create(kind="large_print")
    browser = signed_in(lena)
    assert "Easy Read layout" in browser.get(reverse("your_access_needs")).text
    browser.post(reverse("your_access_needs"), {"large_print": "on", "large_print_size": "easy_read"})
    lena.person.refresh_from_db()
    assert lena.person.letter_size == "easy_read"
    assert [str(need) for need in lena.person.access_needs.all()] == ["Large print"]


# Who reads them


def test_the_page_says_who_reads_it_and_that_changes_with_consent(lena, signed_in):
    browser = signed_in(lena)
    page = page_text(browser.get(reverse("your_access_needs")))
    assert "Staff of Wellbeing Invented" in page
    assert "without your name, as you have not agreed" in page
    assert f"{reverse('what_we_hold')}#looks" in browser.get(reverse("your_access_needs")).text
    consents.answer(person=lena.person, answers={"sharing": True}, by=lena)
    assert "with your name, as you agreed" in page_text(browser.get(reverse("your_access_needs")))
