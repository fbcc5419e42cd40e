"""The pages: who may open which, what a bad form keeps, how many queries a list takes."""

import datetime as dt

import pytest
from django.urls import reverse

from people.models import AccessNeed, Organisation
from programmes.members.actions import memberships
from programmes.models import Group, Partnership, Programme, Role
from tests import factories as make
from tests.helpers.client import outcome
from tests.helpers.programmes import page_address
from tests.permissions import TABLE, VISITORS, rows

WHO = ["out", "stranger", "elsewhere", "lived", "member", "chair", "finance", "staff", "administrator"]
# Only what a chair gets is tried here: tests/permissions.py says what everybody else gets.
PAGES = (
    "programmes",
    "programme_new",
    "programme",
    "programme_edit",
    "partnership_new",
    "programme_people",
    "programme_person_new",
    "membership_new",
    "membership_end",
    "term_end",
    "groups",
    "group_new",
    "group",
    "group_edit",
    "term_new",
    "decisions",
    "decision_new",
    "decision",
    "decision_edit",
    "decision_position",
    "decision_outcome",
    "decision_withdraw",
    "agreed_language",
    "agreed_term_new",
    "agreed_term_edit",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_chair_opens_what_members_open_and_the_page_of_an_outcome(scene, signed_in, name):
    members = next(statuses for asked, method, *statuses in rows(TABLE) if (asked, method) == (name, "GET"))
    expected = "200" if name == "decision_outcome" else members[VISITORS.index("steer")]
    assert outcome(signed_in(scene.chair).get(page_address(name, scene))) == expected


@pytest.mark.parametrize("who", WHO)
def test_only_staff_remove_a_partner_and_only_by_pressing_a_button(scene, signed_in, who):
    partnership = Partnership.objects.create(
        programme=scene.programme, organisation=Organisation.objects.create(name="Quiet Minds")
    )
    url = reverse("partnership_remove", args=[scene.programme.slug, partnership.pk])
    client = signed_in(getattr(scene, who, None))
    assert client.get(url).status_code == 302
    assert Partnership.objects.exists(), "looking changes nothing"
    client.post(url)
    assert Partnership.objects.exists() == (who not in {"staff", "administrator"})


def test_a_group_or_partner_of_another_programme_is_not_found_under_this_one(scene, signed_in):
    group = Group.objects.create(programme=scene.other, name="Theirs", kind="working")
    assert signed_in(scene.staff).get(reverse("group", args=["wow", group.pk])).status_code == 404


def test_an_ended_role_closes_the_doors_at_once(scene, signed_in):
    make.with_role(scene.programme, Role.STAFF)
    client = signed_in(scene.staff)
    url = reverse("programme_people", args=["wow"])
    assert client.get(url).status_code == 200
    memberships.end(membership=scene.staff.person.memberships.get(), by=scene.staff)
    assert client.get(url).status_code == 404


def test_the_list_of_programmes_holds_only_ones_own(scene, signed_in):
    page = signed_in(scene.lived).get(reverse("programmes")).content.decode()
    assert "Wellbeing Our Way" in page
    assert "Elsewhere" not in page
    assert "You are not in a programme yet" in signed_in(scene.stranger).get(reverse("programmes")).content.decode()


@pytest.mark.parametrize(("who", "sees"), [("staff", True), ("finance", True), ("lived", False), ("member", False)])
def test_the_cost_code_is_for_staff_and_finance(scene, signed_in, who, sees):
    page = signed_in(getattr(scene, who)).get(reverse("programme", args=["wow"])).content.decode()
    assert (scene.programme.cost_code in page) == sees


@pytest.mark.parametrize(("who", "sees"), [("staff", True), ("finance", False)])
def test_access_needs_are_for_staff_and_no_search_of_finance_finds_them(scene, signed_in, who, sees):
    AccessNeed.objects.create(person=scene.lived.person, kind="bsl")
    AccessNeed.objects.create(person=scene.member.person, kind="other", detail="A chair with arms")
    client = signed_in(getattr(scene, who))
    page = client.get(reverse("programme_people", args=["wow"])).content.decode()
    assert ("A chair with arms" in page) == sees
    narrowed = client.get(reverse("programme_people", args=["wow"]), {"need": "bsl"}).content.decode()
    assert ("Molly Member" in narrowed) != sees


@pytest.mark.parametrize(
    ("who", "sees"), [("staff", True), ("finance", True), ("member", True), ("lived", False), ("administrator", True)]
)
def test_names_on_a_group_are_for_its_members_and_those_who_run_the_programme(scene, signed_in, who, sees):
    page = signed_in(getattr(scene, who)).get(reverse("group", args=["wow", scene.group.pk])).content.decode()
    assert ("Charlie Chair" in page) == sees


def test_members_do_not_open_each_others_pages(scene, signed_in):
    assert signed_in(scene.member).get(reverse("person", args=[scene.chair.person.pk])).status_code == 404
    assert signed_in(scene.staff).get(reverse("person", args=[scene.chair.person.pk])).status_code == 200
    assert signed_in(scene.elsewhere).get(reverse("person", args=[scene.chair.person.pk])).status_code == 404


def programme_data(**changes):
    values = {
        "name": "Breathing Space",
        "short_code": "bs",
        "purpose": "To breathe.",
        "funder": "The Invented Fund",
        "cost_code": "CC-77",
        "contact_name": "Connie Contact",
        "contact_email": "connie@example.org",
    }
    for field, day in (("starts_on", (1, 4, 2026)), ("ends_on", (31, 3, 2029))):
        values |= dict(zip((f"{field}_day", f"{field}_month", f"{field}_year"), day, strict=True))
    return values | changes


def test_setting_up_a_programme_leads_to_its_page(creator, signed_in):
    response = signed_in(creator).post(reverse("programme_new"), programme_data(), follow=True)
    assert response.redirect_chain == [("/programmes/breathing-space/", 302)]
    assert Programme.objects.get(slug="breathing-space").ends_on == dt.date(2029, 3, 31)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "Elsewhere"}, "There is already a programme with this name"),
        ({"short_code": "W1"}, "The short code is two to six letters"),
        ({"ends_on_year": "2020"}, "must come after the first day"),
        ({"contact_email": "connie"}, "Enter an email address, like"),
        ({"starts_on_month": "13"}, "The month must be"),
    ],
)
def test_a_bad_programme_form_says_what_is_wrong_and_keeps_what_was_typed(creator, signed_in, changes, sentence):
    response = signed_in(creator).post(reverse("programme_new"), programme_data(**changes))
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "<title>Error: " in page
    assert 'value="The Invented Fund"' in page
    assert "To breathe." in page


def test_a_group_is_set_up_and_given_a_member(scene, signed_in, today):
    client = signed_in(scene.staff)
    client.post(reverse("group_new", args=["wow"]), {"name": "Pain", "kind": "community", "purpose": "To learn."})
    group = Group.objects.get(name="Pain")
    start = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    client.post(
        reverse("term_new", args=["wow", group.pk]),
        {"person": scene.lived.person.pk, "seat": "lived_experience", "office": "member", **start},
    )
    assert group.terms.get().person == scene.lived.person
    outsider = client.post(
        reverse("term_new", args=["wow", group.pk]),
        {"person": scene.elsewhere.person.pk, "seat": "partner", "office": "member", **start},
    )
    assert outsider.context["form"].errors["person"]
