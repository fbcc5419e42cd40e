"""Putting two records together while somebody else works on what is held for one of them."""

import time
from functools import partial

import pytest
from django.db import transaction

from payments.approval.actions import decisions
from payments.models import Claim
from people.models import Person
from programmes.doubles import actions
from tests import factories as make
from tests.helpers.threads import at_once


@pytest.mark.django_db(transaction=True)
def test_claims_are_decided_while_two_records_are_put_together_and_taken_apart(scene, pair):
    older, newer = pair
    policy = make.a_policy(scene.programme)
    first, second = (
        make.a_claim(scene.programme, newer, Claim.Status.SUBMITTED, policy=policy, amount_pence=7500)
        for _each in range(2)
    )

    def decide(claim):
        with transaction.atomic():
            Claim.objects.select_for_update().get(pk=claim.pk)
            time.sleep(1)
            decisions.decline(claim=claim, reason="It is somebody else's.", by=scene.staff)

    def put_together():
        return actions.put_together(programme=scene.programme, one=older, other=newer, details=[], by=scene.staff)

    _none, merge = at_once(partial(decide, first), put_together, expected=())
    first.refresh_from_db()
    assert (first.person, first.status) == (older, Claim.Status.DECLINED)
    assert not Person.objects.filter(pk=newer.pk).exists()
    at_once(partial(decide, second), partial(actions.undo, merge=merge, by=scene.staff), expected=())
    second.refresh_from_db()
    assert second.status == Claim.Status.DECLINED
    assert Person.objects.filter(pk=newer.pk).exists()
