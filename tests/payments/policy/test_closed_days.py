"""The days a programme is closed do not count to the day it promises to pay by."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from payments.claims.actions import sending
from payments.models import ClosedDay
from payments.policy import actions as policy_actions
from payments.policy.actions import PolicyError

WEDNESDAY = dt.date(2026, 12, 23)


def close(scene, day, name="Office closed", by=None):
    return policy_actions.add_closed_day(programme=scene.programme, by=by or scene.staff, day=day, name=name)


@pytest.mark.parametrize(
    ("closed", "pay_by"),
    [
        # 25 and 28 December and 1 January are bank holidays.
        ([], dt.date(2027, 1, 11)),
        ([dt.date(2026, 12, 24)], dt.date(2027, 1, 12)),
        ([dt.date(2026, 12, day) for day in (24, 29, 30, 31)], dt.date(2027, 1, 15)),
        # Closed anyway.
        ([dt.date(2026, 12, 25), dt.date(2026, 12, 26)], dt.date(2027, 1, 11)),
    ],
)
def test_the_promise_leaves_out_bank_holidays_and_our_own_closed_days(scene, claim_in, closed, pay_by):
    claim = claim_in("draft")
    for day in closed:
        close(scene, day)
    with time_machine.travel(dt.datetime(2026, 12, 23, 12, tzinfo=dt.UTC)):
        sending.submit(claim=claim, by=scene.person)
    assert claim.__class__.objects.get(pk=claim.pk).pay_by == pay_by


def test_closed_days_of_another_programme_do_not_count(scene, claim_in):
    policy_actions.add_closed_day(programme=scene.other, by=scene.elsewhere, day=dt.date(2026, 12, 24), name="Closed")
    claim = claim_in("draft")
    with time_machine.travel(dt.datetime(2026, 12, 23, 12, tzinfo=dt.UTC)):
        assert sending.submit(claim=claim, by=scene.person).pay_by == dt.date(2027, 1, 11)


def test_a_day_is_on_the_list_once_and_has_a_name(scene):
    close(scene, WEDNESDAY)
    with pytest.raises(PolicyError, match="on the list") as refusal:
        close(scene, WEDNESDAY, "Again")
    assert refusal.value.field == "day"
    with pytest.raises(PolicyError) as refusal:
        close(scene, dt.date(2026, 12, 24), "  ")
    assert refusal.value.field == "name"
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedDay.objects.create(programme=scene.programme, day=WEDNESDAY, name="Twice")


def test_only_staff_change_the_list(scene):
    closed = close(scene, WEDNESDAY)
    for user in (scene.person, scene.finance, scene.elsewhere):
        with pytest.raises(PolicyError):
            close(scene, dt.date(2026, 12, 24), by=user)
        with pytest.raises(PolicyError):
            policy_actions.remove_closed_day(closed_day=closed, by=user)
    policy_actions.remove_closed_day(closed_day=closed, by=scene.staff)
    assert not ClosedDay.objects.exists()


def test_staff_add_and_remove_days_on_the_page_and_anyone_reads_them(scene, signed_in):
    address = reverse("closed_days", args=[scene.programme.slug])
    client = signed_in(scene.staff)
    assert "No closed days to come" in client.get(address).text
    told = {"day_day": "24", "day_month": "12", "day_year": "2098", "name": "Christmas Eve"}
    assert client.post(address, told).url == address
    again = client.post(address, told)
    assert again.status_code == 200
    assert "This day is on the list already." in again.text
    assert 'value="Christmas Eve"' in again.text
    assert "Wednesday 24 December 2098" in client.get(address).text
    public = reverse("policy", args=[scene.programme.slug])
    assert "Wednesday 24 December 2098: Christmas Eve" in signed_in(None).get(public).text
    closed = ClosedDay.objects.get()
    client = signed_in(scene.staff)
    assert client.post(reverse("closed_day_remove", args=[scene.other.slug, closed.pk])).status_code == 404
    assert client.post(reverse("closed_day_remove", args=[scene.programme.slug, closed.pk])).url == address
    assert not ClosedDay.objects.exists()


def test_days_that_have_passed_are_listed_apart(scene, signed_in):
    close(scene, dt.date(2020, 12, 24), "Long ago")
    page = signed_in(scene.staff).get(reverse("closed_days", args=[scene.programme.slug])).text
    assert "Days that have passed" in page
    assert "Long ago" in page
    assert "Long ago" not in signed_in(None).get(reverse("policy", args=[scene.programme.slug])).text
