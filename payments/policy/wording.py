"""The reward and recognition policy in sentences."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.policy.calculations import blocks, fee, hours_each_day, is_half_day, miles_by_band, most_repaid
from payments.policy.models.fees import FeeRule
from payments.policy.models.kinds import Activity, CapPer
from payments.policy.models.mileage_rates import MileageRate
from payments.shared.wording import hours_in_words, miles_in_words, months, pence, plain_number, working_days
from programmes.models import Role
from wellbeing.lib.dates import short_date, week_day
from wellbeing.lib.money import pounds


def part_of_day(rule, hours):
    """ "half a day" or "a full day" for a rule that knows them, otherwise the hours in words."""
    if rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        return _("half a day") if is_half_day(rule.terms, hours) else _("a full day")
    return hours_in_words(hours)


def time_offered(version, rule, hours):
    """Say the pay for a session of `hours`, before anyone says yes: "£50.00 for this session (half a day)…"."""
    params = {"amount": pounds(fee(rule.terms, hours)), "part": part_of_day(rule, hours)}
    if version.preparation_included:
        return _("%(amount)s for this session (%(part)s), including preparation") % params
    if version.fee_rule_for(Activity.PREPARATION):
        return _("%(amount)s for this session (%(part)s). Time to prepare is paid on top") % params
    return _("%(amount)s for this session (%(part)s)") % params


def time_at(event, terms, roles):
    """Say the pay for the time at an event; of one over several days, for each of them."""
    hours = hours_each_day((day.starts_at, day.ends_at) for day in event.days)
    if event.has_several_days:
        days = [(day.date, each) for day, each in zip(event.days, hours, strict=True)]
        return time_offered_over_days(terms, event.kind, roles, days) or _("Expenses only for these days")
    rule = terms.fee_rule_for(event.kind, roles, hours[0])
    return time_offered(rule.version, rule, hours[0]) if rule else _("Expenses only for this session")


def time_offered_over_days(terms, activity, roles, days):
    """Say the pay for an event over several `days`, (date, hours) pairs: "£200.00 for these 2 days: £100.00 for …".

    Return "" where the time is not paid.
    """
    parts, total, version = [], 0, None
    for date, hours in days:
        if rule := terms.fee_rule_for(activity, roles, hours):
            pence, version = fee(rule.terms, hours), rule.version
            total += pence
            parts.append(
                _("%(amount)s for %(day)s (%(part)s)")
                % {"amount": pounds(pence), "day": week_day(date), "part": part_of_day(rule, hours)}
            )
    if version is None:
        return ""
    params = {"amount": pounds(total), "n": len(days), "parts": ", ".join(parts)}
    if version.preparation_included:
        return _("%(amount)s for these %(n)s days, including preparation: %(parts)s") % params
    if version.fee_rule_for(Activity.PREPARATION):
        return _("%(amount)s for these %(n)s days: %(parts)s. Time to prepare is paid on top") % params
    return _("%(amount)s for these %(n)s days: %(parts)s") % params


def if_cancelled(version):
    """Say the pay for what we cancel late: "If you said yes and we cancel on the day itself, we still pay …" or ""."""
    if version.cancel_within_days is None:
        return ""
    params = {"share": share_of_it(version.cancel_share_percent), "n": version.cancel_within_days}
    if version.cancel_within_days == 0:
        return _("If you said yes and we cancel on the day itself, we will still pay you %(share)s.") % params
    return (
        ngettext(
            "If you said yes and we cancel less than a day before the event, we will still pay you %(share)s.",
            "If you said yes and we cancel less than %(n)s days before the event, we will still pay you %(share)s.",
            version.cancel_within_days,
        )
        % params
    )


def share_of_it(percent):
    """Say a percentage of the payment: "half of the payment for your time"."""
    if percent == 100:
        return _("all of the payment for your time")
    if percent == 50:
        return _("half of the payment for your time")
    return _("%(percent)s%% of the payment for your time") % {"percent": percent}


def cancelled_used(days_before, percent, pence):
    """Say how the line of a cancelled activity was worked out: "Cancelled 2 days before: half of £50.00"."""
    params = {"n": days_before, "amount": pounds(pence), "percent": percent}
    if days_before == 0:
        when = _("Cancelled on the day")
    else:
        when = ngettext("Cancelled %(n)s day before", "Cancelled %(n)s days before", days_before) % params
    if percent == 100:
        share = _("all of %(amount)s") % params
    elif percent == 50:
        share = _("half of %(amount)s") % params
    else:
        share = _("%(percent)s%% of %(amount)s") % params
    return f"{when}: {share}"


def rate_used(rule, hours):
    """Say how the amount of a time line was worked out; it is kept with the line."""
    terms, amount = rule.terms, pounds(fee(rule.terms, hours))
    if rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        params = {"hours": plain_number(rule.half_day_hours), "amount": amount}
        if is_half_day(terms, hours):
            if rule.limit_is_half_day:
                return _("Half a day, up to %(hours)s hours: %(amount)s") % params
            return _("Half a day, under %(hours)s hours: %(amount)s") % params
        if rule.limit_is_half_day:
            return _("A full day, more than %(hours)s hours: %(amount)s") % params
        return _("A full day, %(hours)s hours or more: %(amount)s") % params
    if rule.method == FeeRule.Method.PER_HOUR:
        return _("%(rate)s an hour for %(hours)s") % {"rate": pounds(rule.unit_pence), "hours": hours_in_words(hours)}
    if rule.method == FeeRule.Method.PER_PART:
        return _("%(rate)s for each %(block)s or part of it, %(n)s in all") % {
            "rate": pounds(rule.unit_pence),
            "block": hours_in_words(rule.unit_hours),
            "n": blocks(terms, hours),
        }
    return _("%(rate)s, whatever the hours") % {"rate": pounds(rule.unit_pence)}


def with_version(note, offered):
    """Add to `note`, how an amount was worked out, that it goes by the version `offered`, if there is one."""
    if offered is None:
        return note
    promise = _("As offered when you were invited, by version %(number)s") % {"number": offered.number}
    return f"{note}. {promise}" if note else promise


def mileage_used(rule, miles):
    """Say how the amount of a mileage line was worked out: "24 miles at 40p a mile"."""
    return _("%(miles)s at %(pence)s a mile") % {"miles": miles_in_words(miles), "pence": pence(rule.pence_per_mile)}


def hmrc_mileage_used(rate, miles, miles_before=0, passengers=0):
    """Say how a line at HMRC's rate was worked out: "24 miles at 55p and 5p a mile for 1 passenger. Car or van, …"."""
    parts = []
    first, after = miles_by_band(rate.terms, miles, miles_before)
    for band, band_pence in ((first, rate.first_band_pence), (after, rate.after_pence)):
        if band:
            parts.append(_("%(miles)s at %(pence)s") % {"miles": miles_in_words(band), "pence": pence(band_pence)})
    if passengers and rate.passenger_pence:
        parts.append(
            ngettext("%(pence)s a mile for %(n)s passenger", "%(pence)s a mile for %(n)s passengers", passengers)
            % {"pence": pence(rate.passenger_pence), "n": passengers}
        )
    return _("%(sum)s. %(vehicle)s, HMRC rate from %(day)s") % {
        "sum": _(" and ").join(parts),
        "vehicle": rate.get_vehicle_display(),
        "day": short_date(rate.effective_from),
    }


def hmrc_rates(on):
    """Say HMRC's rates on the day `on`, one sentence a vehicle."""
    sentences = []
    for rate in MileageRate.objects.effective_on(on).values():
        params = {
            "vehicle": rate.get_vehicle_display(),
            "first": pence(rate.first_band_pence),
            "miles": f"{rate.first_band_miles or 0:,}",
            "after": pence(rate.after_pence or 0),
            "passenger": pence(rate.passenger_pence),
        }
        if rate.first_band_miles:
            sentence = _(
                "%(vehicle)s: %(first)s a mile for the first %(miles)s miles from one 6 April to the next,"
                " then %(after)s a mile."
            )
        else:
            sentence = _("%(vehicle)s: %(first)s a mile.")
        sentences.append(sentence % params)
        if rate.passenger_pence:
            sentences.append(_("%(passenger)s a mile more for each passenger.") % params)
    return sentences


def fee_sentences(version):
    """Say the pay for time, one sentence a rule of the version; the rule for everything else comes last."""
    sentences = []
    rules = sorted(version.fee_rules.all(), key=lambda rule: (rule.activity == "", rule.role == ""))
    for rule in rules:
        kind = rule.label
        if not kind and len(rules) > 1:
            kind = _("Everything else")
        for sentence in rule_sentences(rule):
            sentences.append(f"{kind}: {sentence}" if kind else sentence)
    if not any(rule.activity == rule.role == "" for rule in rules):
        sentences.append(_("For everything else we pay back what you spend, but not your time."))
    if version.preparation_included:
        sentences.append(_("This includes the time you take to prepare."))
    elif not version.fee_rule_for(Activity.PREPARATION):
        sentences.append(_("We do not pay for the time you take to prepare."))
    else:
        sentences.append(_("The time you take to prepare is paid on top. Claim it as “Preparation”."))
    return sentences


def rule_sentences(rule):
    """Say the pay by one rule in whole sentences: ["We pay £25.00 for each hour."]."""
    if rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        params = {
            "half": pounds(rule.half_day_pence),
            "full": pounds(rule.full_day_pence),
            "hours": plain_number(rule.half_day_hours),
        }
        if rule.limit_is_half_day:
            return [
                _("We pay %(half)s for half a day. Half a day is up to %(hours)s hours.") % params,
                _("We pay %(full)s for a full day. A full day is more than %(hours)s hours.") % params,
            ]
        return [
            _("We pay %(half)s for half a day. Half a day is less than %(hours)s hours.") % params,
            _("We pay %(full)s for a full day. A full day is %(hours)s hours or more.") % params,
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


def limit_sentences(rule):
    """Say the most we repay: ["Up to £120.00 a night."], a sentence for each band of hours away, or [] for no limit."""
    if rule.cap_per == CapPer.HOURS_AWAY:
        bands = sorted((band.from_hours, band.cap_pence) for band in rule.bands.all())
        return [
            _("Away for %(hours)s or more: up to %(cap)s.") % {"hours": hours_in_words(hours), "cap": pounds(cap)}
            for hours, cap in bands
        ]
    if rule.cap_pence is None:
        return []
    cap = {"cap": pounds(rule.cap_pence)}
    if rule.cap_per == CapPer.NIGHT:
        return [_("Up to %(cap)s a night.") % cap]
    if rule.cap_per == CapPer.HOUR:
        return [_("Up to %(cap)s an hour.") % cap]
    return [_("Up to %(cap)s each time.") % cap]


def limit_used(rule, nights=None, hours=None):
    """Say the limit of a line counted by nights or hours, kept with it: "2 nights, up to £120.00 a night"."""
    if rule.cap_per == CapPer.NIGHT:
        text = ngettext("%(n)s night, up to %(cap)s a night", "%(n)s nights, up to %(cap)s a night", nights)
        return text % {"n": nights, "cap": pounds(rule.cap_pence)}
    params = {"hours": hours_in_words(hours)}
    if rule.cap_per == CapPer.HOUR:
        return _("%(hours)s, up to %(cap)s an hour") % {**params, "cap": pounds(rule.cap_pence)}
    most = most_repaid(rule.cap, hours=hours)
    assert most is not None, "a limit by hours away has its bands"
    return _("Away for %(hours)s, up to %(cap)s") % {**params, "cap": pounds(most)}


def ask_first(rule):
    """Say whom to ask before spending it: "Ask us before you pay for this."."""
    if rule.agreed_by == Role.FINANCE:
        return _("Ask finance before you pay for this.")
    if rule.agreed_by == Role.STEERING:
        return _("Ask the steering group before you pay for this.")
    return _("Ask us before you pay for this.")


def agreement_missing(rule):
    """Tell somebody who has not said who agreed to say it: whole sentences."""
    if rule.agreed_by == Role.FINANCE:
        return _("This has to be agreed with finance before. Say who agreed, and when. If nobody did, ask them first.")
    if rule.agreed_by == Role.STEERING:
        return _(
            "This has to be agreed with the steering group before. Say who agreed, and when."
            " If nobody did, ask them first."
        )
    return _("This has to be agreed with us before. Say who agreed, and when. If nobody did, ask us first.")


def expense_conditions(rule, on=None):
    """Say the conditions of one kind of expense: "Up to £15.00. We need your receipt." Whole sentences, or "" for none.

    HMRC's rates are those of the day `on`, today unless told.
    """
    sentences = []
    if rule.hmrc_rates:
        sentences += [_("We pay HMRC's approved rates."), *hmrc_rates(on or timezone.localdate())]
    if rule.pence_per_mile is not None:
        sentences.append(_("We pay %(pence)s a mile.") % {"pence": pence(rule.pence_per_mile)})
    sentences += limit_sentences(rule)
    if rule.needs_prior_approval:
        sentences.append(ask_first(rule))
        if rule.need_is_enough:
            sentences.append(_("You do not have to ask if you have told us about this need."))
    if rule.receipt_needed and rule.receipt_above_pence:
        sentences.append(
            _("We need your receipt if you spent more than %(limit)s.") % {"limit": pounds(rule.receipt_above_pence)}
        )
    elif rule.receipt_needed:
        sentences.append(_("We need your receipt."))
    else:
        sentences.append(_("You do not need a receipt."))
    return " ".join(sentences)


def conditions_of_all(rules, on=None):
    """Say the conditions of the better of `rules` for one kind of expense, that of the policy in force first."""
    first, *others = dict.fromkeys(expense_conditions(rule, on) for rule in rules)
    if not others:
        return first
    return _("%(now)s If it is better for you, what we offered when we invited you still applies: %(offered)s") % {
        "now": first,
        "offered": " ".join(others),
    }


def expenses_offered(terms, on=None):
    """Say what is covered on the day `on`, a line a kind: "Parking. Up to £15.00 each time. We need your receipt."."""
    return [f"{rules[0].label}. {conditions_of_all(rules, on)}" for rules in terms.expense_rules()]


def without_receipt(version):
    """Say what a version, or Terms, repay without a receipt, and who approves it; "" where every one is needed."""
    if version.no_receipt_up_to_pence is None:
        return ""
    most = {"most": pounds(version.no_receipt_up_to_pence)}
    sentences = [_("If you have no receipt, tell us why. We can then pay back up to %(most)s for each expense.") % most]
    if version.no_receipt_second_above_pence == 0:
        sentences.append(_("Where a receipt is needed and there is none, two people check the claim."))
    elif version.no_receipt_second_above_pence is not None:
        above = {"above": pounds(version.no_receipt_second_above_pence)}
        sentences.append(_("Where receipts for more than %(above)s are missing, two people check the claim.") % above)
    return " ".join(sentences)


def offered_in_short(time, *, paid, expenses):
    """Say an offer for somebody who reads no further: "We pay you £50.00 for this session. You also get back …"."""
    if not paid:
        return _("You get back what you spend to take part, such as fares.") if expenses else f"{time}."
    if expenses:
        return _("We pay you %(time)s. You also get back what you spend to take part, such as fares.") % {"time": time}
    return _("We pay you %(time)s.") % {"time": time}


def when_paid(version):
    """Say the promise of a version, or of Terms: "We aim to pay you within 10 working days of your claim."."""
    return _("We aim to pay you within %(days)s after you send your claim.") % {
        "days": working_days(version.pay_within_working_days)
    }


def claim_window(version):
    """Say until when people may claim: "Send your claim within 3 months of the event."."""
    return _("Send your claim within %(months)s of the event.") % {"months": months(version.claim_window_months)}


def in_words(version):
    """Say a whole version in sentences, by the parts of its page."""
    return {
        "version": version,
        "fees": fee_sentences(version),
        "expenses": [
            (rule.label, expense_conditions(rule, max(timezone.localdate(), version.effective_from)))
            for rule in version.expense_rules.all()
        ],
        "without_receipt": without_receipt(version),
        "when_paid": when_paid(version),
        "claim_window": claim_window(version),
        "if_cancelled": if_cancelled(version),
    }
