"""The policy in words: sentences made from its rows, for pages, invitations, claims and letters."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from payments.calculations import blocks, fee, is_half_day
from payments.models import FeeRule
from wellbeing.lib.money import pounds


def plain_number(value):
    """A Decimal without useless zeros: 40.00 is "40", 2.50 is "2.5"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def hours_in_words(hours):
    """Hours (Decimal) as "3 hours", "1 hour" or "2 hours 30 minutes"."""
    minutes = int(round(hours * 60))
    whole, rest = divmod(minutes, 60)
    parts = []
    if whole:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": whole})
    if rest or not whole:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)


def working_days(days):
    """ "10 working days"."""
    return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}


def months(number):
    """ "3 months"."""
    return ngettext("%(n)s month", "%(n)s months", number) % {"n": number}


def part_of_day(rule, hours):
    """ "half a day" or "a full day" for a rule that knows them, otherwise the hours in words."""
    if rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        return _("half a day") if is_half_day(rule.terms, hours) else _("a full day")
    return hours_in_words(hours)


def time_offered(version, rule, hours):
    """What a session of `hours` (Decimal) is paid, before anyone says yes: "£50.00 for this session (half a day)…"."""
    words = {"amount": pounds(fee(rule.terms, hours)), "part": part_of_day(rule, hours)}
    if version.preparation_included:
        return _("%(amount)s for this session (%(part)s), including preparation") % words
    return _("%(amount)s for this session (%(part)s)") % words


def rate_used(rule, hours):
    """How the amount of a time line was worked out, kept with the line."""
    terms, amount = rule.terms, pounds(fee(rule.terms, hours))
    if rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        words = {"hours": plain_number(rule.half_day_hours), "amount": amount}
        if is_half_day(terms, hours):
            if rule.limit_is_half_day:
                return _("Half a day, up to %(hours)s hours: %(amount)s") % words
            return _("Half a day, under %(hours)s hours: %(amount)s") % words
        if rule.limit_is_half_day:
            return _("A full day, more than %(hours)s hours: %(amount)s") % words
        return _("A full day, %(hours)s hours or more: %(amount)s") % words
    if rule.method == FeeRule.Method.PER_HOUR:
        return _("%(rate)s an hour for %(hours)s") % {"rate": pounds(rule.unit_pence), "hours": hours_in_words(hours)}
    if rule.method == FeeRule.Method.PER_PART:
        return _("%(rate)s for each %(block)s or part of it, %(n)s in all") % {
            "rate": pounds(rule.unit_pence),
            "block": hours_in_words(rule.unit_hours),
            "n": blocks(terms, hours),
        }
    return _("%(rate)s, whatever the hours") % {"rate": pounds(rule.unit_pence)}


def mileage_used(rule, miles):
    """How the amount of a mileage line was worked out: "24 miles at 40p a mile"."""
    return _("%(miles)s miles at %(pence)sp a mile") % {
        "miles": plain_number(miles),
        "pence": plain_number(rule.pence_per_mile),
    }


def fee_sentences(version):
    """What time is paid, one sentence a line, every rule of the version."""
    sentences = []
    for rule in version.fee_rules.all():
        for sentence in _fee_rule_sentences(rule):
            kind = dict(Event.Kind.choices).get(rule.activity, rule.activity)
            sentences.append(f"{kind}: {sentence}" if kind else sentence)
    if version.preparation_included:
        sentences.append(_("This includes the time you take to prepare."))
    return sentences


def _fee_rule_sentences(rule):
    if rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        words = {
            "half": pounds(rule.half_day_pence),
            "full": pounds(rule.full_day_pence),
            "hours": plain_number(rule.half_day_hours),
        }
        if rule.limit_is_half_day:
            return [
                _("We pay %(half)s for half a day. Half a day is up to %(hours)s hours.") % words,
                _("We pay %(full)s for a full day. A full day is more than %(hours)s hours.") % words,
            ]
        return [
            _("We pay %(half)s for half a day. Half a day is less than %(hours)s hours.") % words,
            _("We pay %(full)s for a full day. A full day is %(hours)s hours or more.") % words,
        ]
    rate = pounds(rule.unit_pence)
    if rule.method == FeeRule.Method.PER_HOUR:
        return [_("We pay %(rate)s for each hour.") % {"rate": rate}]
    if rule.method == FeeRule.Method.PER_PART:
        return [
            _("We pay %(rate)s for each %(block)s. A block you have started counts as a whole one.")
            % {"rate": rate, "block": hours_in_words(rule.unit_hours)}
        ]
    return [_("We pay %(rate)s, however long it takes.") % {"rate": rate}]


def expense_conditions(rule):
    """What goes with one kind of expense: "Up to £15.00. We need your receipt." Whole sentences, or "" for none."""
    sentences = []
    if rule.pence_per_mile is not None:
        sentences.append(_("We pay %(pence)sp a mile.") % {"pence": plain_number(rule.pence_per_mile)})
    if rule.cap_pence is not None:
        sentences.append(_("Up to %(cap)s each time.") % {"cap": pounds(rule.cap_pence)})
    if rule.agree_first:
        sentences.append(_("Ask us before you spend it."))
    if rule.receipt_needed and rule.receipt_above_pence:
        sentences.append(_("We need your receipt above %(limit)s.") % {"limit": pounds(rule.receipt_above_pence)})
    elif rule.receipt_needed:
        sentences.append(_("We need your receipt."))
    else:
        sentences.append(_("You do not need a receipt."))
    return " ".join(sentences)


def expenses_offered(version):
    """What is covered, one line a kind: "Parking. Up to £15.00 each time. We need your receipt."."""
    return [f"{rule.get_kind_display()}. {expense_conditions(rule)}" for rule in version.expense_rules.all()]


def when_paid(version):
    """The promise: "We aim to pay you within 10 working days of your claim."."""
    return _("We aim to pay you within %(days)s of your claim.") % {
        "days": working_days(version.pay_within_working_days)
    }


def claim_window(version):
    """Until when one may claim: "Send your claim within 3 months of the day."."""
    return _("Send your claim within %(months)s of the day.") % {"months": months(version.claim_window_months)}
