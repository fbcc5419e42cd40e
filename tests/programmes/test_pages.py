"""The pages: who may open which, what a bad form keeps, how many queries a list takes."""

import csv
import datetime as dt
import io

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import AccessNeed, Organisation, Person
from programmes.decisions import actions as decision_actions
from programmes.members.actions import appointments, memberships
from programmes.models import AgreedTerm, Decision, Group, Membership, Partnership, Programme, Role, Term
from tests import factories as make
from tests.helpers.client import outcome
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


def address(name, scene):
    slug = scene.programme.slug
    if name in {"programmes", "programme_new"}:
        return reverse(name)
    if name == "membership_new":
        return reverse(name, args=[slug, scene.lived.person.pk])
    if name == "membership_end":
        return reverse(name, args=[scene.lived.person.memberships.get().pk])
    if name == "term_end":
        return reverse(name, args=[Term.objects.get(person=scene.chair.person).pk])
    if name in {"group", "group_edit", "term_new"}:
        return reverse(name, args=[slug, scene.group.pk])
    if name == "agreed_term_edit":
        words = AgreedTerm.objects.create(
            programme=scene.programme, term="People", replaces="Users", agreed_on=dt.date(2026, 5, 4)
        )
        return reverse(name, args=[words.pk])
    if name.startswith("decision") and name not in {"decisions", "decision_new"}:
        return reverse(name, args=[make.a_decision(scene.programme, proposed_by=scene.staff.person).pk])
    return reverse(name, args=[slug])


@pytest.mark.parametrize("name", PAGES)
def test_a_chair_opens_what_members_open_and_the_page_of_an_outcome(scene, signed_in, name):
    members = next(statuses for asked, method, *statuses in rows(TABLE) if (asked, method) == (name, "GET"))
    expected = "200" if name == "decision_outcome" else members[VISITORS.index("steer")]
    assert outcome(signed_in(scene.chair).get(address(name, scene))) == expected


@pytest.mark.parametrize("who", WHO)
def test_only_staff_remove_a_partner_and_only_by_pressing_a_button(scene, signed_in, who):
    partnership = Partnership.objects.create(
        programme=scene.programme, organisation=Organisation.objects.create(name="Quiet Minds")
    )
    url = reverse("partnership_remove", args=[scene.programme.slug, partnership.pk])
    client = signed_in(getattr(scene, who, None))
    assert outcome(client.get(url)) == "405"
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


def people_listed(client, **query):
    response = client.get(reverse("programme_people", args=["wow"]), {"export": "csv", **query})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row["Name"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_people_list_is_searched_filtered_and_exported_as_shown(scene, signed_in, today):
    old = make.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Olga Old")
    Membership.objects.filter(person=old.person).update(ends_on=today - dt.timedelta(days=3))
    client = signed_in(scene.staff)
    everyone = people_listed(client)
    assert set(everyone) == {"Stella Staffordly", "Finn Ledger", "Lena Lived", "Molly Member", "Charlie Chair"}
    assert everyone["Charlie Chair"]["Roles"] == "Steering group (Chair)"
    assert set(people_listed(client, role="steering")) == {"Molly Member", "Charlie Chair"}
    assert set(people_listed(client, role="lived_experience")) == {"Lena Lived"}
    assert set(people_listed(client, when="past")) == {"Olga Old"}
    assert set(people_listed(client, role="lived_experience", when="ever")) == {"Lena Lived", "Olga Old"}
    assert set(people_listed(client, q="stella")) == {"Stella Staffordly"}
    assert people_listed(client, q="Elsie") == {}


def test_a_person_with_many_roles_is_listed_once(scene, signed_in):
    for role in (Role.STAFF, Role.FINANCE, Role.STEERING):
        make.with_role(scene.programme, role, user=scene.lived)
    page = signed_in(scene.staff).get(reverse("programme_people", args=["wow"]))
    assert [row.full_name for row in page.context["listing"].page].count("Lena Lived") == 1


def many(scene, number):
    """`number` more of everything that stands in a list of this app."""
    for each in range(number):
        user = make.with_role(scene.programme, Role.LIVED_EXPERIENCE)
        Term.objects.create(group=scene.group, person=user.person, seat="partner", starts_on=scene.programme.starts_on)
        AccessNeed.objects.create(person=user.person, kind="bsl")
        Group.objects.create(programme=scene.programme, name=f"Group {each} of {number}", kind="working")
        make.with_role(make.a_programme(), Role.STAFF, user=scene.staff)
        decision = make.a_decision(scene.programme)
        decision_actions.take_position(decision=decision, stance="veto", by=scene.member)
        AgreedTerm.objects.create(
            programme=scene.programme, term=f"T{each} of {number}", replaces="x", agreed_on=dt.date(2026, 5, 4)
        )
        Partnership.objects.create(
            programme=scene.programme, organisation=Organisation.objects.create(name=f"O{each} of {number}")
        )


LISTS = ["programmes", "programme", "programme_people", "groups", "group", "decisions", "agreed_language"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_number_of_queries_with_3_and_30_rows(scene, signed_in, name):
    client, url = signed_in(scene.staff), address(name, scene)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    many(scene, 3)
    queries()
    few = queries()
    many(scene, 27)
    assert queries() == few


def test_one_decision_takes_the_same_number_of_queries_with_3_and_30_positions(scene, signed_in):
    decision = make.a_decision(scene.programme)
    client = signed_in(scene.staff)

    def speak(number):
        for _each in range(number):
            decision_actions.take_position(
                decision=decision, stance="veto", by=make.with_role(scene.programme, Role.STEERING)
            )

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("decision", args=[decision.pk]))
        return len(captured)

    speak(3)
    queries()
    few = queries()
    speak(27)
    assert queries() == few


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


@pytest.fixture
def creator(scene):
    """The member of staff, to whom an administrator gave the right to set up programmes."""
    appointments.give_creator_right(person=scene.staff.person, by=scene.administrator)
    return scene.staff


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


def person_data(**changes):
    values = {
        "full_name": "Nora New",
        "known_as": "Nor",
        "email": "nora@example.org",
        "channel": "email",
        "letter_size": "large",
        "roles": ["lived_experience"],
        "access_needs": ["bsl", "diet"],
        "access_details": "No nuts",
    }
    return values | changes


def test_a_new_person_is_added_with_all_that_was_typed(scene, signed_in):
    url = reverse("programme_person_new", args=["wow"])
    response = signed_in(scene.staff).post(
        url, person_data(group=scene.group.pk, seat="lived_experience", roles=["lived_experience", "finance"])
    )
    person = Person.objects.get(email="nora@example.org")
    assert response.url == reverse("person", args=[person.pk])
    assert (person.known_as, person.letter_size) == ("Nor", "large")
    assert [row.role for row in (*person.memberships.all(), *person.appointments.all())] == [
        "lived_experience",
        "finance",
    ]
    assert person.terms.get().group == scene.group
    assert {(need.kind, need.detail) for need in person.access_needs.all()} == {
        ("bsl", ""),
        ("diet", ""),
        ("other", "No nuts"),
    }


def test_words_about_one_need_stay_with_it(scene, signed_in):
    signed_in(scene.staff).post(reverse("programme_person_new", args=["wow"]), person_data(access_needs=["diet"]))
    assert str(AccessNeed.objects.get()) == "Food and drink: No nuts"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"full_name": ""}, "Enter full name"),
        ({"roles": []}, "Choose what they are to the programme"),
        ({"email": ""}, "Enter their email address"),
        ({"channel": "sms"}, "Enter their phone number"),
        ({"channel": "letter"}, "Enter their postal address"),
        ({"group": "GROUP"}, "Choose what kind of member"),
        ({"email": "nora@"}, "Enter an email address, like"),
    ],
)
def test_a_bad_person_form_says_what_is_wrong_and_keeps_what_was_typed(scene, signed_in, changes, sentence):
    if changes.get("group"):
        changes = {"group": scene.group.pk}
    response = signed_in(scene.staff).post(
        reverse("programme_person_new", args=["wow"]), person_data(**{"access_details": "No nuts please", **changes})
    )
    page = response.content.decode()
    assert sentence in page
    assert "No nuts please" in page
    assert not Person.objects.filter(known_as="Nor").exists()


def test_someone_the_reader_may_see_is_offered_instead_of_a_second_one(scene, signed_in):
    scene.lived.person.memberships.update(ends_on=dt.date(2026, 1, 1))
    client, url = signed_in(scene.staff), reverse("programme_person_new", args=["wow"])
    data = person_data(email=scene.lived.email.upper())
    page = client.post(url, data).content.decode()
    assert "We know this email address" in page
    assert "Lena Lived" in page
    assert 'value="Nora New"' in page
    response = client.post(url, data | {"use_existing": scene.lived.person.pk})
    assert [str(each) for each in get_messages(response.wsgi_request)] == ["Lena Lived has the new role."]
    assert response.url == reverse("person", args=[scene.lived.person.pk])
    assert Person.objects.filter(email__iexact=scene.lived.email).count() == 1
    assert scene.lived.person.memberships.count() == 2


def test_an_offer_is_not_taken_up_for_somebody_else(scene, signed_in):
    """A forged `use_existing` gives no role to whoever it names: the address decides."""
    client, url = signed_in(scene.staff), reverse("programme_person_new", args=["wow"])
    client.post(url, person_data(email=scene.lived.email, use_existing=scene.elsewhere.person.pk))
    assert not Membership.objects.filter(programme=scene.programme, person=scene.elsewhere.person).exists()


def test_a_role_already_held_is_said_beside_the_roles(scene, signed_in):
    response = signed_in(scene.staff).post(
        reverse("membership_new", args=["wow", scene.lived.person.pk]), {"roles": ["lived_experience"]}
    )
    assert "already has every role" in str(response.context["form"].errors["roles"])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"when": ""}, "Answer the question"),
        ({"when": "later"}, "Enter the last day"),
        ({"when": "later", "last_day_day": "1", "last_day_month": "1", "last_day_year": "2001"}, "It began on"),
    ],
)
def test_ending_a_role_asks_for_a_day_that_makes_sense(scene, signed_in, data, sentence):
    membership = scene.lived.person.memberships.get()
    response = signed_in(scene.staff).post(reverse("membership_end", args=[membership.pk]), data)
    assert sentence in response.content.decode()
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_a_role_and_a_term_are_ended_from_the_persons_page(scene, signed_in):
    client = signed_in(scene.staff)
    term = Term.objects.get(person=scene.chair.person)
    page = client.get(reverse("person", args=[scene.chair.person.pk])).content.decode()
    assert reverse("term_end", args=[term.pk]) in page
    client.post(reverse("term_end", args=[term.pk]), {"when": "now"})
    page = client.get(reverse("person", args=[scene.chair.person.pk])).content.decode()
    assert reverse("term_end", args=[term.pk]) not in page
    assert "Steering group" in page


def test_the_persons_page_tells_staff_nothing_of_other_programmes(scene, signed_in):
    make.with_role(scene.programme, Role.LIVED_EXPERIENCE, user=scene.elsewhere)
    page = signed_in(scene.staff).get(reverse("person", args=[scene.elsewhere.person.pk])).content.decode()
    assert "Wellbeing Our Way" in page
    assert reverse("programme", args=[scene.other.slug]) not in page


def test_the_last_member_of_staff_gets_a_sentence_not_an_error_page(scene, signed_in):
    membership = scene.staff.person.memberships.get()
    response = signed_in(scene.staff).post(reverse("membership_end", args=[membership.pk]), {"when": "now"})
    assert "is the only member of staff" in response.content.decode()


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


def test_a_proposal_goes_from_words_to_outcome_on_the_pages(scene, signed_in, today):
    closes = today + dt.timedelta(days=3)
    day = {"closes_on_day": closes.day, "closes_on_month": closes.month, "closes_on_year": closes.year}
    signed_in(scene.member).post(
        reverse("decision_new", args=["wow"]),
        {"group": scene.group.pk, "title": "Evenings", "wording": "We meet in the evening.", **day},
    )
    decision = Decision.objects.get()
    url = reverse("decision", args=[decision.pk])
    dashboard = signed_in(scene.member).get(reverse("decisions", args=["wow"])).content.decode()
    assert "You have not said yet" in dashboard
    assert "0 of 2 members have spoken" in dashboard
    signed_in(scene.member).post(
        reverse("decision_position", args=[decision.pk]), {"stance": "veto", "reason": "I care for my mother."}
    )
    page = signed_in(scene.chair).get(url).content.decode()
    assert "I care for my mother." in page
    assert "A member who chose not to be named" in page
    assert "1 of 2 members has spoken" in page
    assert "Not heard from yet" not in page
    outcome = reverse("decision_outcome", args=[decision.pk])
    page = signed_in(scene.chair).get(outcome).content.decode()
    assert "Objections to answer" in page
    assert "I care for my mother." in page
    decided = {"decided_on_day": today.day, "decided_on_month": today.month, "decided_on_year": today.year}
    bad = signed_in(scene.chair).post(outcome, {"outcome": "not_agreed", "what_changes": "Nothing.", **decided})
    assert "Say why, and how each objection was answered" in bad.content.decode()
    assert "Nothing." in bad.content.decode()
    signed_in(scene.chair).post(
        outcome, {"outcome": "not_agreed", "reason": "Carers cannot come.", "what_changes": "Nothing.", **decided}
    )
    page = signed_in(scene.staff).get(url).content.decode()
    assert "Not agreed" in page
    assert "Carers cannot come." in page
    assert "I care for my mother." in page
    record = signed_in(scene.staff).get(reverse("decisions", args=["wow"]), {"status": "decided"})
    assert record.context["listing"].count == 1


def test_a_position_form_without_a_stance_keeps_the_words(scene, signed_in):
    decision = make.a_decision(scene.programme)
    response = signed_in(scene.member).post(
        reverse("decision_position", args=[decision.pk]), {"reason": "Long thoughts.", "named": "on"}
    )
    assert "Choose where you stand" in response.content.decode()
    assert "Long thoughts." in response.content.decode()


def test_an_unnamed_member_is_named_on_no_page(scene, signed_in):
    decision = make.a_decision(scene.programme)
    decision_actions.take_position(decision=decision, stance="veto", reason="No.", named=False, by=scene.member)
    for who in (scene.staff, scene.chair, scene.administrator):
        for name in ("decision", "decision_outcome"):
            page = signed_in(who).get(reverse(name, args=[decision.pk])).content.decode()
            assert "Molly Member" not in page


def test_a_proposal_needs_a_steering_group_first(scene, signed_in, client):
    empty = make.a_programme(slug="empty")
    make.with_role(empty, Role.STAFF, user=scene.staff)
    response = signed_in(scene.staff).get(reverse("decision_new", args=["empty"]), follow=True)
    assert "Set one up first" in response.content.decode()


def test_agreed_words_are_added_and_changed_by_staff_and_read_by_all(scene, signed_in):
    day = {"agreed_on_day": 4, "agreed_on_month": 5, "agreed_on_year": 2026}
    signed_in(scene.staff).post(
        reverse("agreed_term_new", args=["wow"]),
        {"term": "People with lived experience", "replaces": "Service users", "agreed_at": "Curry day", **day},
    )
    page = signed_in(scene.lived).get(reverse("agreed_language", args=["wow"])).content.decode()
    assert "People with lived experience" in page
    assert "Agreed on Monday 4 May 2026 at: Curry day" in page
    bad = signed_in(scene.staff).post(
        reverse("agreed_term_new", args=["wow"]),
        {"term": "people with lived experience", "replaces": "Patients", **day},
    )
    assert "already on the page" in bad.content.decode()
    assert 'value="Patients"' in bad.content.decode()
