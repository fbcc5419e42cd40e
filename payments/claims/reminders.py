"""Remind people of claims they have not sent, before the time to claim ends, as the payment policy says."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.claims import queries
from payments.claims.models.claim import Claim
from payments.policy import queries as policy_queries
from people.messages.emails import absolute_url
from programmes.models import Programme
from programmes.registry import ReminderSubject, SetElsewhere, ToRemind
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.money import pounds
from wellbeing.lib.types import PersonId


def _people(programme: Programme, _rule: None, on: dt.date) -> Iterable[PersonId]:
    return queries.claims_to_remind(programme, on).values_list("person", flat=True)


def _find(programme: Programme, _rule: None, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    rows = queries.claims_to_remind(programme, on)
    rows = rows.select_related("person", "policy", "offered").prefetch_related("lines")
    if people is not None:
        rows = rows.filter(person__in=people)
    return [_to_remind(claim) for claim in rows if queries.claim_until(claim) >= on]


def _to_remind(claim: Claim) -> ToRemind:
    until, started = queries.claim_until(claim), timezone.localdate(claim.created_at)
    days = [until - dt.timedelta(days=days) for days in claim.policy.remind_days_before]
    amount = pounds(sum(line.amount_pence for line in claim.lines.all()))
    params = {"what": claim.description, "amount": amount, "day": long_date(until)}
    return ToRemind(
        person=claim.person,
        subject=SUBJECT.key,
        thing=f"claim:{claim.pk}",
        due=until,
        # A claim that was started on the day, or later, was news enough.
        occasions=sorted(day for day in days if day > started),
        at_most=len(days),
        title=_("Send your claim by %(day)s") % params,
        heading=_("Your claim is not sent yet"),
        sentence=_("Your claim for %(what)s is not sent yet. There is %(amount)s on it.") % params,
        ask=_("Please send it by %(day)s. If you do not want to claim, you do not need to do anything.") % params,
        label=_("Look at your claim"),
        link=absolute_url("claim", claim.pk),
    )


def _elsewhere(programme: Programme) -> SetElsewhere:
    """Say on which days the policy in force reminds people: it is a part of what they agreed."""
    version = policy_queries.policy_in_force(programme, today())
    if version is None:
        words = _("No payment policy is in force, so there are no claims to send.")
    elif version.remind_days_before:
        numbers = get_text_list([str(days) for days in sorted(version.remind_days_before, reverse=True)], _("and"))
        words = _("%(days)s days before the time to claim ends.") % {"days": numbers}
    else:
        words = _("Nobody is reminded.")
    return SetElsewhere(
        words, _("The payment policy"), _("See the payment policy"), reverse("policy", args=[programme.slug])
    )


SUBJECT = ReminderSubject(
    key="claims",
    title=gettext_lazy("Claims not sent"),
    detail=gettext_lazy("People whose claim has an amount on it and has not been sent."),
    due=gettext_lazy("the end of the time to claim"),
    order=10,
    people=_people,
    find=_find,
    elsewhere=_elsewhere,
)
