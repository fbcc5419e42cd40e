"""Policies that promise a fee for events cancelled late, and events to which people have said yes."""

from decimal import Decimal

from django.utils import timezone

from payments.policy.actions import ActivityFee
from payments.policy.calculations import half_or_full_day
from tests import factories
from tests.helpers.policies import publish_at_once


def promise_cancellation_fee(scene, days=2, percent=50, **more):
    """Publish a policy that pays `percent` of the fee for an event cancelled less than `days` days before."""
    more.setdefault("fees", [ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))])
    return publish_at_once(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        pay_within_working_days=10,
        claim_window_months=3,
        cancel_within_days=days,
        cancel_share_percent=percent,
        **more,
    )


def an_event_with_a_yes(scene, days=2, **fields):
    """Make an event in `days` days, to which the scene's person has said yes."""
    event = factories.an_event(scene.programme, scene.staff.person, days=days, **fields)
    say_yes(event, scene.person.person)
    return event


def say_yes(event, person, reply="coming"):
    """Invite `person` to `event`, with their reply."""
    return factories.an_invitation(event, person, reply=reply, replied_at=timezone.now())
