"""Set when people are reminded."""

import datetime as dt

from django.utils.translation import gettext as _

from programmes import registry
from programmes.programme import rules as programme_rules
from programmes.programme.models.programmes import Programme
from programmes.reminders import checking
from programmes.reminders.models import ReminderRule
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def set_rule(
    *,
    programme: Programme,
    subject: str,
    by: User,
    effective_from: dt.date,
    is_on: bool,
    days: int,
    at_most: int,
    when: str = ReminderRule.When.BEFORE,
    again_after: int | None = None,
) -> ReminderRule:
    """Set when people of `programme` are reminded of a `subject` (its key), from a day on. Return the new ReminderRule.

    The first reminder falls `days` before or after what is due (`when`), others `again_after` days after the one
    before, `at_most` in all. Earlier rules are kept. Raises ActionError, with its field, for a day that has gone by,
    numbers that make no sense, and a subject whose days another page sets. Locks the programme.
    """
    programme_rules.can_manage_programme(by, programme).insist()
    known = registry.reminder_subjects.get(subject)
    if known is None or known.elsewhere:
        raise ActionError(_("The days of these reminders are not set here."))
    if when == ReminderRule.When.AFTER and not known.after_too:
        raise ActionError(_("People can be reminded of this before the day only."), field="when")
    for field, sentence in checking.problems_of(days, at_most, again_after, effective_from).items():
        raise ActionError(sentence, field=field)
    # Two colleagues at once: the one who saves last has the later row, which counts.
    Programme.objects.select_for_update().get(pk=programme.pk)
    return ReminderRule.objects.create(
        programme=programme,
        subject=subject,
        effective_from=effective_from,
        is_on=is_on,
        days=days,
        when=when,
        again_after=again_after if at_most > 1 else None,
        at_most=at_most,
        set_by=by.person,
    )
