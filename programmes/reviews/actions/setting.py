"""Set what a programme's reviews ask, and the rule for what is shown: from a day on."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from programmes.programme.models.programmes import Programme
from programmes.reviews import rules
from programmes.reviews.models import ReviewRule, ReviewStatement, Section
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class Words(NamedTuple):
    """A statement of a section, and the same for staff where it has to be said differently."""

    section: str
    words: str
    staff_words: str = ""


@action
def use_statements(
    *, programme: Programme, effective_from: dt.date, statements: Sequence[Words], by: User
) -> list[ReviewStatement]:
    """Let `programme` ask its own statements from a day on, in the order given. Return them.

    A set that no round has asked yet is replaced by one from the same day. Raises ActionError for a day that has gone,
    a section without a statement, and a set from that day that was asked already. Locks the programme.
    """
    rules.can_run_reviews(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    if effective_from < today():
        raise ActionError(_("Choose today or a later day."), field="effective_from")
    for section, label in Section.choices:
        if not any(one.section == section and one.words.strip() for one in statements):
            raise ActionError(
                _("Write at least one statement for “%(section)s”.") % {"section": label}, field=f"{section}_words"
            )
    there = ReviewStatement.objects.filter(programme=programme, effective_from=effective_from)
    if there.filter(tallies__isnull=False).exists():
        raise ActionError(
            _("A review has asked the statements of that day. Choose a later one."), field="effective_from"
        )
    there.delete()
    places: dict[str, int] = {}
    rows = []
    for one in statements:
        places[one.section] = places.get(one.section, 0) + 1
        rows.append(
            ReviewStatement(
                programme=programme,
                effective_from=effective_from,
                section=one.section,
                position=places[one.section],
                words=one.words,
                staff_words=one.staff_words,
            )
        )
    return ReviewStatement.objects.bulk_create(rows)


@action
def set_rule(
    *, programme: Programme, effective_from: dt.date, fewest: int, low_mean: Decimal, open_days: int, by: User
) -> ReviewRule:
    """Set from how many answers on `programme` shows a group, and return the ReviewRule.

    It counts for reviews opened from that day on. Raises ActionError for a day that has gone or has a rule, fewer
    answers than the installation allows, and numbers out of range. Locks the programme.
    """
    rules.can_run_reviews(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    least = max(
        ReviewRule.objects.filter(programme=None, effective_from__lte=effective_from),
        key=lambda rule: rule.effective_from,
    )
    if effective_from < today():
        raise ActionError(_("Choose today or a later day."), field="effective_from")
    if ReviewRule.objects.filter(programme=programme, effective_from=effective_from).exists():
        raise ActionError(_("There is a rule from that day. Choose a later one."), field="effective_from")
    if fewest < least.fewest:
        raise ActionError(
            _("Enter %(number)s or more, so that nobody can be recognised.") % {"number": least.fewest}, field="fewest"
        )
    if not 1 <= low_mean <= 5:
        raise ActionError(_("Enter a number from 1 to 5."), field="low_mean")
    if open_days < 1:
        raise ActionError(_("Enter 1 or more."), field="open_days")
    return ReviewRule.objects.create(
        programme=programme,
        effective_from=effective_from,
        fewest=fewest,
        low_mean=low_mean,
        open_days=open_days,
        set_by=by.person,
    )
