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

WHO = ["out", "stranger", "elsewhere", "lived", "member", "chair", "finance", "staff", "administrator"]
SIGN_IN, NOBODY, EVERYONE = 302, 404, 200
# What each of WHO gets on a page: signed out is sent to sign in, strangers and other programmes' people learn nothing.
STAFF_ONLY = [SIGN_IN, 404, 404, 403, 403, 403, 403, 200, 200]
WHOLE_PROGRAMME = [SIGN_IN, 404, 404, 200, 200, 200, 200, 200, 200]
STAFF_AND_FINANCE = [SIGN_IN, 404, 404, 403, 403, 403, 200, 200, 200]
STAFF_AND_STEERING = [SIGN_IN, 404, 404, 403, 200, 200, 403, 200, 200]
ONE_DECISION = [SIGN_IN, 404, 404, 404, 200, 200, 404, 200, 200]

PAGES = {
    "programmes": [SIGN_IN, 200, 200, 200, 200, 200, 200, 200, 200],
    "programme_new": [SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200],
    "programme": WHOLE_PROGRAMME,
    "programme_edit": STAFF_ONLY,
    "partnership_new": STAFF_ONLY,
    "programme_people": STAFF_AND_FINANCE,
    "programme_person_new": STAFF_ONLY,
    "membership_new": STAFF_ONLY,
    "membership_end": STAFF_ONLY,
    "term_end": STAFF_ONLY,
    "groups": WHOLE_PROGRAMME,
    "group_new": STAFF_ONLY,
    "group": WHOLE_PROGRAMME,
    "group_edit": STAFF_ONLY,
    "term_new": STAFF_ONLY,
    "decisions": STAFF_AND_STEERING,
    "decision_new": STAFF_AND_STEERING,
    "decision": ONE_DECISION,
    "decision_edit": [SIGN_IN, 404, 404, 404, 403, 403, 404, 200, 200],
    "decision_position": [SIGN_IN, 404, 404, 404, 200, 200, 404, 403, 403],
    "decision_outcome": [SIGN_IN, 404, 404, 404, 403, 200, 404, 200, 200],
    "decision_withdraw": [SIGN_IN, 404, 404, 404, 403, 403, 404, 200, 200],
    "agreed_language": WHOLE_PROGRAMME,
    "agreed_term_new": STAFF_ONLY,
    "agreed_term_edit": STAFF_ONLY,
}


def address(name, world):
    slug = world.programme.slug
    if name in {"programmes", "programme_new"}:
        return reverse(name)
    if name == "membership_new":
        return reverse(name, args=[slug, world.lived.person.pk])
    if name == "membership_end":
        return reverse(name, args=[world.lived.person.memberships.get().pk])
    if name == "term_end":
        return reverse(name, args=[Term.objects.get(person=world.chair.person).pk])
    if name in {"group", "group_edit", "term_new"}:
        return reverse(name, args=[slug, world.group.pk])
    if name == "agreed_term_edit":
        words = AgreedTerm.objects.create(
            programme=world.programme, term="People", replaces="Users", agreed_on=dt.date(2026, 5, 4)
        )
        return reverse(name, args=[words.pk])
    if name.startswith("decision") and name not in {"decisions", "decision_new"}:
        return reverse(name, args=[make.a_decision(world.programme, proposed_by=world.staff.person).pk])
    return reverse(name, args=[slug])


@pytest.mark.parametrize(("name", "expected"), PAGES.items(), ids=PAGES)
def test_who_may_open_each_page(world, as_user, name, expected):
    url = address(name, world)
    got = {who: as_user(getattr(world, who, None)).get(url).status_code for who in WHO}
    assert got == dict(zip(WHO, expected, strict=True))


@pytest.mark.parametrize("who", WHO)
def test_only_staff_remove_a_partner_and_only_by_pressing_a_button(world, as_user, who):
    partnership = Partnership.objects.create(
        programme=world.programme, organisation=Organisation.objects.create(name="Quiet Minds")
    )
    url = reverse("partnership_remove", args=[world.programme.slug, partnership.pk])
    client = as_user(getattr(world, who, None))
    assert client.get(url).status_code in {302, 405}
    client.post(url)
    assert Partnership.objects.exists() == (who not in {"staff", "administrator"})


def test_a_group_or_partner_of_another_programme_is_not_found_under_this_one(world, as_user):
    group = Group.objects.create(programme=world.other, name="Theirs", kind="working")
    assert as_user(world.staff).get(reverse("group", args=["wow", group.pk])).status_code == 404


def test_an_ended_role_closes_the_doors_at_once(world, as_user):
    make.with_role(world.programme, Role.STAFF)
    client = as_user(world.staff)
    url = reverse("programme_people", args=["wow"])
    assert client.get(url).status_code == 200
    memberships.end(membership=world.staff.person.memberships.get(), by=world.staff)
    assert client.get(url).status_code == 404


def test_the_list_of_programmes_holds_only_ones_own(world, as_user):
    page = as_user(world.lived).get(reverse("programmes")).content.decode()
    assert "Wellbeing Our Way" in page
    assert "Elsewhere" not in page
    assert "You are not in a programme yet" in as_user(world.stranger).get(reverse("programmes")).content.decode()


@pytest.mark.parametrize(("who", "sees"), [("staff", True), ("finance", True), ("lived", False), ("member", False)])
def test_the_cost_code_is_for_staff_and_finance(world, as_user, who, sees):
    page = as_user(getattr(world, who)).get(reverse("programme", args=["wow"])).content.decode()
    assert (world.programme.cost_code in page) == sees


@pytest.mark.parametrize(("who", "sees"), [("staff", True), ("finance", False)])
def test_access_needs_are_for_staff_and_no_search_of_finance_finds_them(world, as_user, who, sees):
    AccessNeed.objects.create(person=world.lived.person, kind="bsl")
    AccessNeed.objects.create(person=world.member.person, kind="other", detail="A chair with arms")
    client = as_user(getattr(world, who))
    page = client.get(reverse("programme_people", args=["wow"])).content.decode()
    assert ("A chair with arms" in page) == sees
    narrowed = client.get(reverse("programme_people", args=["wow"]), {"need": "bsl"}).content.decode()
    assert ("Molly Member" in narrowed) != sees


@pytest.mark.parametrize(
    ("who", "sees"), [("staff", True), ("finance", True), ("member", True), ("lived", False), ("administrator", True)]
)
def test_names_on_a_group_are_for_its_members_and_those_who_run_the_programme(world, as_user, who, sees):
    page = as_user(getattr(world, who)).get(reverse("group", args=["wow", world.group.pk])).content.decode()
    assert ("Charlie Chair" in page) == sees


def test_members_do_not_open_each_others_pages(world, as_user):
    assert as_user(world.member).get(reverse("person", args=[world.chair.person.pk])).status_code == 404
    assert as_user(world.staff).get(reverse("person", args=[world.chair.person.pk])).status_code == 200
    assert as_user(world.elsewhere).get(reverse("person", args=[world.chair.person.pk])).status_code == 404


def people_listed(client, **query):
    response = client.get(reverse("programme_people", args=["wow"]), {"export": "csv", **query})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row["Name"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_people_list_is_searched_filtered_and_exported_as_shown(world, as_user, today):
    old = make.with_role(world.programme, Role.LIVED_EXPERIENCE, "Olga Old")
    Membership.objects.filter(person=old.person).update(ends_on=today - dt.timedelta(days=3))
    client = as_user(world.staff)
    everyone = people_listed(client)
    assert set(everyone) == {"Stella Staffordly", "Finn Ledger", "Lena Lived", "Molly Member", "Charlie Chair"}
    assert everyone["Charlie Chair"]["Roles"] == "Steering group (Chair)"
    assert set(people_listed(client, role="steering")) == {"Molly Member", "Charlie Chair"}
    assert set(people_listed(client, role="lived_experience")) == {"Lena Lived"}
    assert set(people_listed(client, when="past")) == {"Olga Old"}
    assert set(people_listed(client, role="lived_experience", when="ever")) == {"Lena Lived", "Olga Old"}
    assert set(people_listed(client, q="stella")) == {"Stella Staffordly"}
    assert people_listed(client, q="Elsie") == {}


def test_a_person_with_many_roles_is_listed_once(world, as_user):
    for role in (Role.STAFF, Role.FINANCE, Role.STEERING):
        make.with_role(world.programme, role, user=world.lived)
    page = as_user(world.staff).get(reverse("programme_people", args=["wow"]))
    assert [row.full_name for row in page.context["listing"].page].count("Lena Lived") == 1


def many(world, number):
    """`number` more of everything that stands in a list of this app."""
    for each in range(number):
        user = make.with_role(world.programme, Role.LIVED_EXPERIENCE)
        Term.objects.create(group=world.group, person=user.person, seat="partner", starts_on=world.programme.starts_on)
        AccessNeed.objects.create(person=user.person, kind="bsl")
        Group.objects.create(programme=world.programme, name=f"Group {each} of {number}", kind="working")
        make.with_role(make.a_programme(), Role.STAFF, user=world.staff)
        decision = make.a_decision(world.programme)
        decision_actions.take_position(decision=decision, stance="veto", by=world.member)
        AgreedTerm.objects.create(
            programme=world.programme, term=f"T{each} of {number}", replaces="x", agreed_on=dt.date(2026, 5, 4)
        )
        Partnership.objects.create(
            programme=world.programme, organisation=Organisation.objects.create(name=f"O{each} of {number}")
        )


LISTS = ["programmes", "programme", "programme_people", "groups", "group", "decisions", "agreed_language"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_number_of_queries_with_3_and_30_rows(world, as_user, name):
    client, url = as_user(world.staff), address(name, world)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    many(world, 3)
    queries()
    few = queries()
    many(world, 27)
    assert queries() == few


def test_one_decision_takes_the_same_number_of_queries_with_3_and_30_positions(world, as_user):
    decision = make.a_decision(world.programme)
    client = as_user(world.staff)

    def speak(number):
        for _each in range(number):
            decision_actions.take_position(
                decision=decision, stance="veto", by=make.with_role(world.programme, Role.STEERING)
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
def creator(world):
    """The member of staff, to whom an administrator gave the right to set up programmes."""
    appointments.give_creator_right(person=world.staff.person, by=world.administrator)
    return world.staff


def test_setting_up_a_programme_leads_to_its_page(creator, as_user):
    response = as_user(creator).post(reverse("programme_new"), programme_data(), follow=True)
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
def test_a_bad_programme_form_says_what_is_wrong_and_keeps_what_was_typed(creator, as_user, changes, sentence):
    response = as_user(creator).post(reverse("programme_new"), programme_data(**changes))
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


def test_a_new_person_is_added_with_all_that_was_typed(world, as_user):
    url = reverse("programme_person_new", args=["wow"])
    response = as_user(world.staff).post(
        url, person_data(group=world.group.pk, seat="lived_experience", roles=["lived_experience", "finance"])
    )
    person = Person.objects.get(email="nora@example.org")
    assert response.url == reverse("person", args=[person.pk])
    assert (person.known_as, person.letter_size) == ("Nor", "large")
    assert [row.role for row in (*person.memberships.all(), *person.appointments.all())] == [
        "lived_experience",
        "finance",
    ]
    assert person.terms.get().group == world.group
    assert {(need.kind, need.detail) for need in person.access_needs.all()} == {
        ("bsl", ""),
        ("diet", ""),
        ("other", "No nuts"),
    }


def test_words_about_one_need_stay_with_it(world, as_user):
    as_user(world.staff).post(reverse("programme_person_new", args=["wow"]), person_data(access_needs=["diet"]))
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
def test_a_bad_person_form_says_what_is_wrong_and_keeps_what_was_typed(world, as_user, changes, sentence):
    if changes.get("group"):
        changes = {"group": world.group.pk}
    response = as_user(world.staff).post(
        reverse("programme_person_new", args=["wow"]), person_data(**{"access_details": "No nuts please", **changes})
    )
    page = response.content.decode()
    assert sentence in page
    assert "No nuts please" in page
    assert not Person.objects.filter(known_as="Nor").exists()


def test_someone_the_reader_may_see_is_offered_instead_of_a_second_one(world, as_user):
    world.lived.person.memberships.update(ends_on=dt.date(2026, 1, 1))
    client, url = as_user(world.staff), reverse("programme_person_new", args=["wow"])
    data = person_data(email=world.lived.email.upper())
    page = client.post(url, data).content.decode()
    assert "We know this email address" in page
    assert "Lena Lived" in page
    assert 'value="Nora New"' in page
    response = client.post(url, data | {"use_existing": world.lived.person.pk})
    assert [str(each) for each in get_messages(response.wsgi_request)] == ["Lena Lived has the new role."]
    assert response.url == reverse("person", args=[world.lived.person.pk])
    assert Person.objects.filter(email__iexact=world.lived.email).count() == 1
    assert world.lived.person.memberships.count() == 2


def test_an_offer_is_not_taken_up_for_somebody_else(world, as_user):
    """A forged `use_existing` gives no role to whoever it names: the address decides."""
    client, url = as_user(world.staff), reverse("programme_person_new", args=["wow"])
    client.post(url, person_data(email=world.lived.email, use_existing=world.elsewhere.person.pk))
    assert not Membership.objects.filter(programme=world.programme, person=world.elsewhere.person).exists()


def test_a_role_already_held_is_said_beside_the_roles(world, as_user):
    response = as_user(world.staff).post(
        reverse("membership_new", args=["wow", world.lived.person.pk]), {"roles": ["lived_experience"]}
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
def test_ending_a_role_asks_for_a_day_that_makes_sense(world, as_user, data, sentence):
    membership = world.lived.person.memberships.get()
    response = as_user(world.staff).post(reverse("membership_end", args=[membership.pk]), data)
    assert sentence in response.content.decode()
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_a_role_and_a_term_are_ended_from_the_persons_page(world, as_user):
    client = as_user(world.staff)
    term = Term.objects.get(person=world.chair.person)
    page = client.get(reverse("person", args=[world.chair.person.pk])).content.decode()
    assert reverse("term_end", args=[term.pk]) in page
    client.post(reverse("term_end", args=[term.pk]), {"when": "now"})
    page = client.get(reverse("person", args=[world.chair.person.pk])).content.decode()
    assert reverse("term_end", args=[term.pk]) not in page
    assert "Steering group" in page


def test_the_persons_page_tells_staff_nothing_of_other_programmes(world, as_user):
    make.with_role(world.programme, Role.LIVED_EXPERIENCE, user=world.elsewhere)
    page = as_user(world.staff).get(reverse("person", args=[world.elsewhere.person.pk])).content.decode()
    assert "Wellbeing Our Way" in page
    assert reverse("programme", args=[world.other.slug]) not in page


def test_the_last_member_of_staff_gets_a_sentence_not_an_error_page(world, as_user):
    membership = world.staff.person.memberships.get()
    response = as_user(world.staff).post(reverse("membership_end", args=[membership.pk]), {"when": "now"})
    assert "is the only member of staff" in response.content.decode()


def test_a_group_is_set_up_and_given_a_member(world, as_user, today):
    client = as_user(world.staff)
    client.post(reverse("group_new", args=["wow"]), {"name": "Pain", "kind": "community", "purpose": "To learn."})
    group = Group.objects.get(name="Pain")
    start = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    client.post(
        reverse("term_new", args=["wow", group.pk]),
        {"person": world.lived.person.pk, "seat": "lived_experience", "office": "member", **start},
    )
    assert group.terms.get().person == world.lived.person
    outsider = client.post(
        reverse("term_new", args=["wow", group.pk]),
        {"person": world.elsewhere.person.pk, "seat": "partner", "office": "member", **start},
    )
    assert outsider.context["form"].errors["person"]


def test_a_proposal_goes_from_words_to_outcome_on_the_pages(world, as_user, today):
    closes = today + dt.timedelta(days=3)
    day = {"closes_on_day": closes.day, "closes_on_month": closes.month, "closes_on_year": closes.year}
    as_user(world.member).post(
        reverse("decision_new", args=["wow"]),
        {"group": world.group.pk, "title": "Evenings", "wording": "We meet in the evening.", **day},
    )
    decision = Decision.objects.get()
    url = reverse("decision", args=[decision.pk])
    dashboard = as_user(world.member).get(reverse("decisions", args=["wow"])).content.decode()
    assert "You have not said yet" in dashboard
    assert "0 of 2 members have spoken" in dashboard
    as_user(world.member).post(
        reverse("decision_position", args=[decision.pk]), {"stance": "veto", "reason": "I care for my mother."}
    )
    page = as_user(world.chair).get(url).content.decode()
    assert "I care for my mother." in page
    assert "A member who chose not to be named" in page
    assert "1 of 2 members has spoken" in page
    assert "Not heard from yet" not in page
    outcome = reverse("decision_outcome", args=[decision.pk])
    page = as_user(world.chair).get(outcome).content.decode()
    assert "Objections to answer" in page
    assert "I care for my mother." in page
    decided = {"decided_on_day": today.day, "decided_on_month": today.month, "decided_on_year": today.year}
    bad = as_user(world.chair).post(outcome, {"outcome": "not_agreed", "what_changes": "Nothing.", **decided})
    assert "Say why, and how each objection was answered" in bad.content.decode()
    assert "Nothing." in bad.content.decode()
    as_user(world.chair).post(
        outcome, {"outcome": "not_agreed", "reason": "Carers cannot come.", "what_changes": "Nothing.", **decided}
    )
    page = as_user(world.staff).get(url).content.decode()
    assert "Not agreed" in page
    assert "Carers cannot come." in page
    assert "I care for my mother." in page
    record = as_user(world.staff).get(reverse("decisions", args=["wow"]), {"status": "decided"})
    assert record.context["listing"].count == 1


def test_a_position_form_without_a_stance_keeps_the_words(world, as_user):
    decision = make.a_decision(world.programme)
    response = as_user(world.member).post(
        reverse("decision_position", args=[decision.pk]), {"reason": "Long thoughts.", "named": "on"}
    )
    assert "Choose where you stand" in response.content.decode()
    assert "Long thoughts." in response.content.decode()


def test_an_unnamed_member_is_named_on_no_page(world, as_user):
    decision = make.a_decision(world.programme)
    decision_actions.take_position(decision=decision, stance="veto", reason="No.", named=False, by=world.member)
    for who in (world.staff, world.chair, world.administrator):
        for name in ("decision", "decision_outcome"):
            page = as_user(who).get(reverse(name, args=[decision.pk])).content.decode()
            assert "Molly Member" not in page


def test_a_proposal_needs_a_steering_group_first(world, as_user, client):
    empty = make.a_programme(slug="empty")
    make.with_role(empty, Role.STAFF, user=world.staff)
    response = as_user(world.staff).get(reverse("decision_new", args=["empty"]), follow=True)
    assert "Set one up first" in response.content.decode()


def test_agreed_words_are_added_and_changed_by_staff_and_read_by_all(world, as_user):
    day = {"agreed_on_day": 4, "agreed_on_month": 5, "agreed_on_year": 2026}
    as_user(world.staff).post(
        reverse("agreed_term_new", args=["wow"]),
        {"term": "People with lived experience", "replaces": "Service users", "agreed_at": "Curry day", **day},
    )
    page = as_user(world.lived).get(reverse("agreed_language", args=["wow"])).content.decode()
    assert "People with lived experience" in page
    assert "Agreed on Monday 4 May 2026 at: Curry day" in page
    bad = as_user(world.staff).post(
        reverse("agreed_term_new", args=["wow"]),
        {"term": "people with lived experience", "replaces": "Patients", **day},
    )
    assert "already on the page" in bad.content.decode()
    assert 'value="Patients"' in bad.content.decode()
