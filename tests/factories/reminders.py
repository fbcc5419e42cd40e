"""Makers of rows for tests of reminders: things that people are silent about, and rules."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from payments.claims import queries as claim_queries
from programmes.models import ReminderRule
from tests import factories
from tests.helpers.messages import a_message


def an_invitation_to_answer(programme, person, reply_by_in, event_in=None, told_days_ago=10, **fields):
    """An invitation that went to `person` some days ago; replies are wanted in `reply_by_in` days from today.

    `status` is that of its message, when it did not go.
    """
    today = timezone.localdate()
    event_in = reply_by_in + 7 if event_in is None else event_in
    day = today + dt.timedelta(days=reply_by_in)
    event = factories.an_event(programme, days=event_in, reply_by=day, title=fields.pop("title", "Tea and talk"))
    told_at = timezone.now() - dt.timedelta(days=told_days_ago)
    state = {"status": "sent", "sent_at": told_at} if "status" not in fields else {"status": fields.pop("status")}
    message = a_message(to=person.email, person=person, kind="invitation", **state)
    return factories.an_invitation(event, person, notice=message.notice, **fields)


def a_claim_to_send(programme, person, ends_in, **fields):
    """An unsent claim of long ago whose time to claim ends in `ends_in` days."""
    today = timezone.localdate()
    claim = factories.a_claim(
        programme,
        person,
        activity_date=today + dt.timedelta(days=ends_in) - relativedelta(months=3),
        created_at=timezone.now() - dt.timedelta(days=70),
        **fields,
    )
    # Months are of different lengths: what counts is the day itself.
    claim.activity_date += dt.timedelta(days=ends_in) - (claim_queries.claim_until(claim) - today)
    claim.save()
    return claim


def a_decision_to_review(programme, recorded_by, review_in, decided_days_ago=100, **fields):
    """A decision that is to be looked at again in `review_in` days."""
    today = timezone.localdate()
    return factories.a_decided_proposal(
        programme,
        days_ago=decided_days_ago,
        recorded_by=recorded_by,
        review_on=today + dt.timedelta(days=review_in),
        **fields,
    )


def a_rule(programme, subject, *, days, again_after=None, at_most=1, **fields):
    """A rule that `programme` has set for a subject, in force since a year ago unless told."""
    fields.setdefault("effective_from", timezone.localdate() - dt.timedelta(days=365))
    return ReminderRule.objects.create(
        programme=programme,
        subject=subject,
        days=days,
        again_after=again_after,
        at_most=at_most,
        set_by=factories.a_person("Sally Setter"),
        **fields,
    )
