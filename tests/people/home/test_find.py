"""The search box in the header: it finds what its reader may see, whatever kind of thing it is, and nothing else."""

import pytest
from django.urls import reverse

from payments.models import Payment, PaymentRun
from people.home import queries
from people.models import Person
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in_is_enough(settings):
    """Here the question is who finds what, not how well they showed who they are."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def programme():
    return make.a_programme("Wellbeing Our Way", short_code="WOW")


@pytest.fixture
def owner(programme):
    user = make.with_role(programme, Role.LIVED_EXPERIENCE, "Siobhán O’Brien")
    Person.objects.filter(user=user).update(phone="07700 900123")
    user.person.refresh_from_db()
    return user


@pytest.fixture
def claim(programme, owner):
    return make.a_claim(programme, owner.person, "submitted", policy=make.a_policy(programme))


@pytest.fixture
def event(programme):
    return make.an_event(programme, title="Curry with the O’Briens")


@pytest.fixture
def decision(programme):
    return make.a_decision(programme, title="What the O’Briens asked for")


@pytest.fixture
def readers(programme):
    """An account for each role that searches, and one of another programme."""
    elsewhere = make.a_programme("Elsewhere", short_code="ELS")
    steering = make.with_role(programme, Role.LIVED_EXPERIENCE, "Stefan Steering")
    make.a_steering_group(programme).terms.create(
        person=steering.person, seat="lived_experience", starts_on=programme.starts_on
    )
    return {
        "staff": make.with_role(programme, Role.STAFF, "Stella Staff"),
        "finance": make.with_role(programme, Role.FINANCE, "Fiona Finance"),
        "steering": steering,
        "elsewhere": make.with_role(elsewhere, Role.STAFF, "Elsa Elsewhere"),
        "administrator": make.an_administrator(),
    }


def kinds_found(user, text):
    return {str(kind.title): kind.count for kind in queries.find(user, text)}


@pytest.mark.parametrize(
    ("reader", "kinds"),
    [
        ("staff", {"People": 1, "Events": 1, "Decisions": 1, "Claims": 1}),
        ("finance", {"People": 1, "Events": 1, "Decisions": 1, "Claims": 1}),
        ("steering", {"Events": 1, "Decisions": 1}),
        ("elsewhere", {}),
        ("administrator", {"People": 1, "Events": 1, "Decisions": 1, "Claims": 1}),
    ],
)
def test_each_reader_finds_what_they_may_see(readers, claim, event, decision, signed_in, reader, kinds):
    assert kinds_found(readers[reader], "BRIEN") == kinds
    page = page_text(signed_in(readers[reader]).get(reverse("find"), {"q": "brien"}))
    for kind, title in (("People", "Siobhán O’Brien"), ("Events", event.title), ("Decisions", decision.title)):
        assert (title in page) == (kind in kinds or (kind == "People" and "Claims" in kinds)), kind
    assert (claim.reference in page) == ("Claims" in kinds)
    assert ("Nothing found" in page) == (not kinds)


def test_an_exact_reference_leads_straight_to_the_thing_for_who_may_see_it(readers, programme, owner, claim, signed_in):
    run = PaymentRun.objects.create(
        programme=programme, reference="WOW-R0001", made_by=readers["finance"].person, status=PaymentRun.Status.OPEN
    )
    Payment.objects.create(run=run, person=owner.person, reference="WOW00010001", amount_pence=100)
    finance, staff = signed_in(readers["finance"]), signed_in(readers["staff"])
    for text, url in (
        (f" {claim.reference.lower()}\u200b", claim.get_absolute_url()),
        ("wow-r0001", run.get_absolute_url()),
        ("WOW00010001", run.get_absolute_url()),
        ("07700900123", reverse("person", args=[owner.person.pk])),
        (owner.email.upper(), reverse("person", args=[owner.person.pk])),
    ):
        assert finance.get(reverse("find"), {"q": text}).get("Location") == url, text
    assert staff.get(reverse("find"), {"q": "WOW-R0001"}).status_code == 200
    elsewhere = signed_in(readers["elsewhere"]).get(reverse("find"), {"q": claim.reference})
    assert (elsewhere.status_code, "Nothing found" in elsewhere.text) == (200, True)


def test_an_address_that_two_records_have_leads_to_neither(readers, programme, signed_in):
    for name in ("Jo Example", "Kim Example"):
        make.of_programme(programme, make.a_person(name, email="family@example.org"))
    page = page_text(signed_in(readers["staff"]).get(reverse("find"), {"q": "family@example.org"}))
    assert "Jo Example" in page
    assert "Kim Example" in page


def test_names_that_come_near_are_called_so_and_shown_only_where_nothing_else_is_found(readers, owner, signed_in):
    client = signed_in(readers["staff"])
    near = page_text(client.get(reverse("find"), {"q": "Siobhann"}))
    assert "These names come near" in near
    assert "Siobhán O’Brien" in near
    assert "come near" not in page_text(client.get(reverse("find"), {"q": "Siobhan"}))


@pytest.mark.parametrize("text", ["", " ", "\0", "%", "x" * 5000, "a " * 500])
def test_odd_searches_are_answered(readers, claim, signed_in, text):
    assert signed_in(readers["staff"]).get(reverse("find"), {"q": text}).status_code == 200


def test_only_who_sees_what_others_do_has_the_box(readers, owner, signed_in):
    for user in readers.values():
        assert 'id="find"' in signed_in(user).get("/").text
    assert 'id="find"' not in signed_in(owner).get("/").text
    assert signed_in(owner).get(reverse("find"), {"q": "x"}).status_code == 403


def test_the_number_of_queries_does_not_grow_with_what_is_found(readers, programme, claim, event, decision):
    def search():
        return kinds_found(readers["staff"], "o")

    search()
    few = len(queries_of(search))
    for n in range(4):
        person = make.with_role(programme, Role.LIVED_EXPERIENCE, f"Olive O’Brien {n}").person
        make.a_claim(programme, person, "submitted", policy=claim.policy)
        make.an_event(programme, title=f"Our event {n}")
        make.a_decision(programme, title=f"Our decision {n}")
    assert len(queries_of(search)) == few
    assert search()["Claims"] == 5


def test_the_first_of_many_are_shown_with_how_many_there_are(readers, programme, signed_in):
    for n in range(12):
        make.of_programme(programme, make.a_person(f"Wilma Example {n:02}"))
    page = page_text(signed_in(readers["staff"]).get(reverse("find"), {"q": "wilma"}))
    assert 'People <span class="wb-quiet">(12)</span>' in page
    assert "The first 10 of 12" in page
    assert "Wilma Example 09" in page
    assert "Wilma Example 10" not in page
