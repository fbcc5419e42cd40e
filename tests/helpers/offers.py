"""People invited under one version of the policy, and the next version that changes what they were told."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from events.inviting import sending
from events.inviting.actions import invitations as invitation_actions
from events.models import Invitation
from payments.policy import actions as policy_actions
from payments.policy.actions import ActivityFee, ExpenseTerms
from payments.policy.calculations import half_or_full_day
from programmes.models import Role
from tests import factories

# The day is far enough away for a version that starts before it.
DAYS = 30


def invited(scene, *people, event=None):
    """Invite `people` (the scene's person unless told) to an event in a month, each told as the product tells them."""
    event = event or factories.an_event(scene.programme, days=DAYS, organiser=scene.staff.person)
    invitation_actions.invite(event=event, people=people or [scene.person.person], by=scene.staff)
    unsent = list(event.invitations.unsent().select_related("person"))
    if unsent:
        sending._write_invitations(event, unsent, None)
    return event


def members(scene, *names, **fields):
    """People with lived experience in the scene's programme."""
    return [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name, **fields).person for name in names]


def next_version(scene, *, half=3000, full=6000, days=10, **more):
    """Save the draft of a version that starts in `days`: less for time, unless told, and parking and driving."""
    expenses = more.pop("expenses", [ExpenseTerms("parking", cap_pence=1000), ExpenseTerms("public_transport")])
    return policy_actions.save_draft(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate() + dt.timedelta(days=days),
        fees=[ActivityFee(half_or_full_day(half, full, Decimal(4)))],
        expenses=expenses,
        pence_per_mile=more.pop("pence_per_mile", Decimal(30)),
        pay_within_working_days=more.pop("pay_within_working_days", 20),
        claim_window_months=more.pop("claim_window_months", 2),
        **more,
    )


def said_yes(event, person):
    """Let `person` say yes to `event`."""
    Invitation.objects.filter(event=event, person=person).update(reply="coming", replied_at=timezone.now())
