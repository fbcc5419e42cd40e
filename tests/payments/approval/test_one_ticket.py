"""One ticket claimed twice, with another fare and another picture."""

import datetime as dt

import pytest
from django.utils import timezone

from payments.approval.warnings import warnings_of
from payments.models import Claim
from programmes.models import Role
from tests import factories


@pytest.fixture
def fare(scene):
    """fn(what, pence, user=…, days=…) -> a sent claim with a train fare, which has no picture that looks alike."""

    def send(what, pence, user=None, days=5):
        user = user or scene.person
        day = timezone.localdate() - dt.timedelta(days=days)
        claim = factories.a_claim(scene.programme, user.person, policy=scene.policy, activity_date=day)
        claim.lines.create(
            category="expense", expense_kind="public_transport", description=what, on=day, amount_pence=pence
        )
        claim.status, claim.submitted_at, claim.submitted_by = Claim.Status.SUBMITTED, timezone.now(), user.person
        claim.pay_by = timezone.localdate()
        claim.save()
        return claim

    return send


def test_one_ticket_number_on_one_day_with_another_fare_needs_a_reason(scene, fare):
    peer = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    theirs = fare("Train to York, ticket 48213377", 1850, user=peer)
    mine = fare("train to york - ticket 48213377", 2140)
    [warning] = warnings_of(mine, scene.staff)
    assert (warning.kind, warning.reference, warning.needs_reason) == ("same_ticket", theirs.reference, True)
    assert "the same journey and ticket number" in warning.text
    assert "£18.50" in warning.text


@pytest.mark.parametrize(
    ("what", "days"),
    [
        ("Train to York, ticket 48213378", 5),
        ("Train to Leeds, ticket 48213377", 5),
        ("Train to York, ticket 48213377", 6),
        ("Train to York", 5),
    ],
)
def test_another_number_journey_or_day_is_another_ticket(scene, fare, what, days):
    peer = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    fare("Train to York, ticket 48213377" if what != "Train to York" else what, 1850, user=peer)
    assert warnings_of(fare(what, 2140, days=days), scene.staff) == []
