"""Pages on which people join a programme, are given roles, and leave."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from people.models import AccessNeed, Person
from programmes.models import Membership, Role, Term
from tests import factories as make


def person_data(**changes):
    values = {
        "full_name": "Nora New",
        "known_as": "Nor",
        "email": "nora@example.org",
        "channel": "email",
        "letter_size": "18",
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
    assert (person.known_as, person.letter_size) == ("Nor", "18")
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
        ({"when": ""}, "Select when it ends"),
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
