"""Add those who would like to get involved to the home page of staff, and what they wrote to what ends in time."""

import pgtrigger
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from people import registry
from people.privacy import hooks
from people.privacy.models import PrivacyRule
from people.privacy.taking_away import delete_rows
from people.registry import NoticeKind, Task
from programmes.involved import actions, queries
from programmes.involved.models import InterestStatus, InvolvementInterest
from wellbeing.lib.dates import long_date


def register():
    """Register them once, when the app is ready."""
    registry.home_tasks.append(interests_to_answer)
    registry.add_notice_kinds(
        NoticeKind(
            actions.ANSWER,
            gettext_lazy("An answer to somebody who would like to get involved"),
            # It goes to the address they wrote, as they are nobody's record.
            legal=True,
            fixed=gettext_lazy("A colleague writes every word of it."),
        )
    )
    hooks.add_retention_kinds(
        hooks.RetentionKind(
            "interests",
            gettext_lazy("People who wrote and did not join"),
            PrivacyRule.Kind.UNANSWERED,
            _kept_long_enough,
            _forget,
            _named,
        )
    )


def interests_to_answer(user):
    """List for staff the programmes to which somebody wrote who waits for an answer."""
    return [
        Task(
            title=ngettext(
                "%(number)s person would like to get involved in %(programme)s",
                "%(number)s people would like to get involved in %(programme)s",
                number,
            )
            % {"number": number, "programme": programme},
            url=reverse("interests", args=[programme.slug]),
            detail=long_date(first),
        )
        for programme, number, first in queries.programmes_to_answer(user)
    ]


def _kept_long_enough(rule, on, key):
    """Yield what people wrote who did not join, long enough before the day `on`."""
    rows = InvolvementInterest.objects.exclude(status=InterestStatus.WELCOMED).order_by("pk")
    for row in rows if key is None else rows.filter(pk=key):
        since = timezone.localdate(row.answered_at or row.sent_at)
        if since < on - rule.delta:
            yield row.pk, since


def _forget(pk):
    """Delete what somebody wrote, with its history."""
    with pgtrigger.ignore(), transaction.atomic():
        delete_rows(InvolvementInterest._base_manager.filter(pk=pk))


def _named(keys):
    return {row.pk: row.full_name for row in InvolvementInterest.objects.filter(pk__in=list(keys))}
