"""Several people get a seat on a group at once: all of those ticked, or none."""

import datetime as dt

import pytest
from django.urls import reverse

from programmes.groups.actions import terms
from programmes.models import Role, Term
from tests import factories
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def people(scene):
    return [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Wilma Newcomer {n}").person for n in range(3)]


def address(scene):
    return reverse("terms_new", args=[scene.programme.slug, scene.group.pk])


def answers(**values):
    first = {"starts_on_day": TODAY.day, "starts_on_month": TODAY.month, "starts_on_year": TODAY.year}
    return {"confirm": "yes", "seat": "lived_experience", **first, **values}


def test_people_are_ticked_checked_and_added(scene, signed_in, people):
    client = signed_in(scene.staff)
    page = client.get(address(scene)).text
    assert all(f'id="tick-{person.pk}"' in page for person in people)
    assert f'id="tick-{scene.member.person.pk}"' not in page
    checked = client.post(address(scene), {"tick": [people[0].pk], "elsewhere": str(people[1].pk), "act": "yes"})
    assert "Add 2 people?" in checked.text
    assert not Term.objects.filter(person__in=people).exists()
    done = client.post(address(scene), answers(elsewhere=f"{people[0].pk} {people[1].pk}"), follow=True)
    assert "2 people are added." in done.text
    assert set(Term.objects.filter(person__in=people).values_list("person", flat=True)) == {
        people[0].pk,
        people[1].pk,
    }
    assert client.get(address(scene)).context["listing"].chosen == set()


def test_choosing_nobody_is_explained_and_a_missing_answer_keeps_the_choice(scene, signed_in, people):
    client = signed_in(scene.staff)
    assert "Tick at least one person" in client.post(address(scene), {"act": "yes"}).text
    asked_again = client.post(address(scene), answers(elsewhere=str(people[0].pk), seat=""))
    assert "Error:" in asked_again.text
    assert f'name="elsewhere" value="{people[0].pk}"' in asked_again.text
    assert not Term.objects.filter(person__in=people).exists()


def test_somebody_who_is_on_the_group_by_now_is_left_out(scene, signed_in, people):
    terms.add(group=scene.group, person=people[0], seat="partner", by=scene.staff)
    done = signed_in(scene.staff).post(address(scene), answers(elsewhere=f"{people[0].pk} {people[1].pk}"), follow=True)
    assert "1 person is added." in done.text
    assert Term.objects.filter(person=people[0]).count() == 1


def test_nobody_is_added_where_one_cannot_be(scene, people):
    terms.add(group=scene.group, person=people[1], seat="partner", by=scene.staff)
    with pytest.raises(ActionError, match=f"{people[1]} is already on this group"):
        terms.add_many(group=scene.group, people=people, seat="partner", by=scene.staff)
    assert not Term.objects.filter(person__in=[people[0], people[2]]).exists()
    with pytest.raises(ActionError, match="at least one"):
        terms.add_many(group=scene.group, people=[], seat="partner", by=scene.staff)


def test_the_list_asks_the_database_no_more_for_thirty_people_than_for_three(
    scene, signed_in, people, django_assert_max_num_queries
):
    client = signed_in(scene.staff)
    with django_assert_max_num_queries(60) as few:
        client.get(address(scene))
    for n in range(27):
        factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Winnie Newcomer {n}")
    with django_assert_max_num_queries(60) as many:
        client.get(address(scene))
    assert len(few) == len(many)
