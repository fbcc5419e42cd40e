"""Say rules of reminders in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes import registry
from programmes.registry import ReminderSubject
from programmes.reminders.models import ReminderRule
from wellbeing.lib.dates import long_date, short_date, time_of_day
from wellbeing.lib.types import Text


def rule_in_words(rule: ReminderRule | None, due: Text) -> str:
    """Say when people are reminded by `rule` of something whose days count from `due`."""
    if rule is None or not rule.is_on:
        return _("Nobody is reminded.")
    if rule.days == 0:
        first = _("On %(due)s") % {"due": due}
    elif rule.when == ReminderRule.When.AFTER:
        first = ngettext("%(days)s day after %(due)s", "%(days)s days after %(due)s", rule.days)
    else:
        first = ngettext("%(days)s day before %(due)s", "%(days)s days before %(due)s", rule.days)
    first = first % {"days": rule.days, "due": due} if rule.days else first
    if rule.at_most == 1:
        return _("%(first)s, once.") % {"first": first}
    again = ngettext("again after %(days)s day", "again after %(days)s days", rule.again_after or 0)
    return _("%(first)s, %(again)s, %(times)s times at most.") % {
        "first": first,
        "again": again % {"days": rule.again_after},
        "times": rule.at_most,
    }


def planned_in_words(rule: ReminderRule, due: Text) -> str:
    """Say from when people will be reminded by `rule`, and how."""
    return _("From %(day)s: %(rule)s") % {"day": long_date(rule.effective_from), "rule": rule_in_words(rule, due)}


def set_in_words(rule: ReminderRule) -> str:
    """Say who set `rule`, and when; that it comes with the product where nobody did."""
    if rule.set_by is None:
        return _("This service, for every programme")
    return _("%(name)s, %(day)s, %(time)s") % {
        "name": rule.set_by,
        "day": short_date(rule.set_at),
        "time": time_of_day(rule.set_at),
    }


def reminders_of_in_words(subject: ReminderSubject) -> str:
    """Say that it is about reminders of a subject, whose title goes on within the sentence."""
    title = str(subject.title)
    return _("Reminders: %(title)s") % {"title": title[:1].lower() + title[1:]}


def title_of(key: str) -> Text:
    """Return the title of the subject with this key; the key itself of one that is no more."""
    subject = registry.reminder_subjects.get(key)
    return subject.title if subject else key
