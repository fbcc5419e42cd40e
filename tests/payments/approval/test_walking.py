"""A claim leads to the next of the list it was opened from, with its search, filters and order."""

import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def three(scene):
    return [
        factories.a_claim(scene.programme, factories.a_person(f"Pia Person {n}"), "submitted", policy=scene.policy)
        for n in range(3)
    ]


def opened(claim, query="status=submitted&sort=person"):
    return claim.get_absolute_url(), {"list": query}


def test_the_list_hands_its_filters_on(scene, signed_in, three):
    page = signed_in(scene.staff).get(
        reverse("claims", args=[scene.programme.slug]), {"status": "submitted", "sort": "person", "page": "1"}
    )
    assert f'href="{three[0].get_absolute_url()}?list=status%3Dsubmitted%26sort%3Dperson"' in page.text


def test_a_claim_names_its_place_and_its_neighbours(scene, signed_in, three):
    client = signed_in(scene.staff)
    first, middle, last = (client.get(*opened(claim)) for claim in three)
    assert "1 of 3" in first.text and "Previous claim" not in first.text
    assert first.context["walk"].next == f"{three[1].get_absolute_url()}{first.context['walk'].suffix}"
    assert middle.context["walk"].previous.startswith(f"{three[0].get_absolute_url()}?")
    assert "Approve £50.00 and go to the next" in middle.text
    assert last.context["walk"].next is None and "and go to the next" not in last.text


def test_approving_leads_to_the_next_and_at_the_end_back_to_the_list(scene, signed_in, three):
    client = signed_in(scene.staff)
    walk = client.get(*opened(three[1])).context["walk"]
    done = client.post(reverse("claim_approve", args=[three[1].pk]) + walk.suffix)
    assert done.url == walk.next
    last = client.get(done.url).context["walk"]
    assert (last.position, last.count) == (2, 2)
    done = client.post(reverse("claim_approve", args=[three[2].pk]) + last.suffix)
    assert done.url == f"{reverse('claims', args=[scene.programme.slug])}?status=submitted&sort=person"


def test_declining_and_asking_go_on_as_well(scene, signed_in, three):
    client = signed_in(scene.staff)
    walk = client.get(*opened(three[0])).context["walk"]
    done = client.post(reverse("claim_decline", args=[three[0].pk]) + walk.suffix, {"reason": "It was cancelled."})
    assert done.url == walk.next
    done = client.post(reverse("claim_return", args=[three[1].pk]) + walk.suffix, {"question": "Which train?"})
    assert done.url.startswith(three[2].get_absolute_url())


def test_a_claim_opened_from_elsewhere_has_no_neighbours(scene, signed_in, three):
    page = signed_in(scene.staff).get(three[0].get_absolute_url())
    assert page.context["walk"] is None
    assert "Next claim" not in page.text
    done = signed_in(scene.staff).post(reverse("claim_approve", args=[three[0].pk]))
    assert done.url == f"{reverse('claims', args=[scene.programme.slug])}?status=submitted&sort=submitted_at"


@pytest.mark.parametrize("query", ["", "status=paid", "page=7&list=x&export=csv", "sort=-zebra&q=%00"])
def test_whatever_stands_in_the_address_is_read(scene, signed_in, three, query):
    assert signed_in(scene.staff).get(*opened(three[0], query)).status_code == 200
