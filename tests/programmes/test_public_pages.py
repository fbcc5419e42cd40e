"""Pages that everybody may read: a program is slowed down, a hall of people and readers of feeds are not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.models import Group, ImpactSharing
from tests import factories as make
from tests.helpers.client import signed_in
from wellbeing.lib import public_pages


@pytest.fixture
def addresses(scene):
    """The three pages of a programme that everybody may read."""
    group = Group.objects.create(programme=scene.programme, kind=Group.Kind.WORKING, name="In public")
    make.some_rules(group, reach="public")
    ImpactSharing.objects.create(programme=scene.programme, shared_by=scene.staff.person)
    return [reverse(name, args=["wow"]) for name in ("decided", "decided_feed", "impact_public")]


@pytest.fixture
def limit(settings):
    def set_to(rates):
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "public_page": rates}

    return set_to


def test_all_of_them_are_limited_together_with_a_kind_page_that_says_when_to_come_back(addresses, limit):
    limit("4/m/ip")
    client = Client()
    answers = [client.get(address) for address in [*addresses, *addresses]]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
    assert answers[-1]["Retry-After"] == str(public_pages.TRY_AGAIN)
    assert "no-store" in answers[-1]["Cache-Control"]
    assert "Please wait a minute" in answers[-1].content.decode()
    assert Client(REMOTE_ADDR="192.0.2.7").get(addresses[0]).status_code == 200


def test_readers_of_feeds_that_have_it_already_are_answered_without_a_query_and_not_counted(addresses, limit):
    limit("3/m/ip")
    for address in addresses:
        mark = Client().get(address)["ETag"]
        for _reader in range(40):
            with CaptureQueriesContext(connection) as captured:
                answer = Client().get(address, headers={"If-None-Match": f'"other", {mark}'})
            assert answer.status_code == 304 and answer["ETag"] == mark and not answer.content
            assert not captured
    assert Client().get(addresses[0]).status_code == 429


def test_ordinary_use_behind_one_address_is_far_from_the_limit(addresses):
    feed = addresses[1]
    # A hundred readers of feeds ask within one minute, and half of them know nothing of marks.
    assert {Client().get(feed).status_code for _reader in range(100)} == {200}


def test_a_page_that_changed_is_sent_once_its_mark_is_no_longer_known(addresses, scene, monkeypatch):
    monkeypatch.setattr(public_pages, "KNOWN", 0)
    client = Client()
    mark = client.get(addresses[0])["ETag"]
    scene.programme.name = "Wellbeing Another Way"
    scene.programme.save()
    answer = client.get(addresses[0], headers={"If-None-Match": mark})
    assert answer.status_code == 200 and "Wellbeing Another Way" in answer.content.decode()


def test_the_mark_of_somebody_signed_in_is_never_given_to_others(addresses, scene):
    theirs = signed_in(scene.staff).get(addresses[0])["ETag"]
    answer = Client().get(addresses[0], headers={"If-None-Match": theirs})
    assert answer.status_code == 200 and answer["ETag"] != theirs
