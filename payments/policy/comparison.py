"""Two versions of the policy side by side: line by line for those who decide, and for one person at one event."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.policy import wording
from payments.policy.models.fees import FeeRule
from payments.policy.models.kinds import Activity, CapPer
from payments.policy.terms import Terms
from payments.shared.wording import months, pence, working_days
from wellbeing.lib.money import pounds


@dataclass(frozen=True)
class Compared:
    """One line of two versions: the subject, its words in each, and how they differ."""

    what: str
    now: str
    new: str
    difference: str

    @property
    def is_changed(self):
        return self.now != self.new


@dataclass(frozen=True)
class Change:
    """The change of one thing that an invited person was told."""

    what: str
    was: str
    now: str


def compare(old, new, on):
    """Compare two PolicyVersions line by line; `old` is None for the first. HMRC's rates are those of the day `on`."""
    return [
        *_fees(old, new),
        _line(_("Time to prepare"), old and _preparation(old), _preparation(new)),
        *_expenses(old, new, on),
        _line(
            _("When we pay"),
            old and _("Within %(days)s") % {"days": working_days(old.pay_within_working_days)},
            _("Within %(days)s") % {"days": working_days(new.pay_within_working_days)},
            _later(old, new),
        ),
        _line(
            _("Time to send a claim"),
            old and months(old.claim_window_months),
            months(new.claim_window_months),
            _longer(old, new),
        ),
        _line(_("If we cancel"), old and _if_cancelled(old), _if_cancelled(new)),
        _line(_("Reminders of unsent claims"), old and _reminders(old), _reminders(new)),
        _line(_("Without a receipt"), old and _without_receipt(old), _without_receipt(new)),
        _line(_("Two people approve"), old and _two_approve(old), _two_approve(new)),
    ]


def offer_changes(event, offered, version, roles):
    """List the Changes from `offered` to `version` for somebody with `roles` invited to `event`; [] for none."""
    was, now = _offered(event, offered, roles), _offered(event, version, roles)
    changes = []
    for what in dict.fromkeys([*was, *now]):
        before, after = was.get(what, _("Not covered")), now.get(what, _("Not covered"))
        if before != after:
            changes.append(Change(what, before, after))
    return changes


def _offered(event, version, roles):
    return {
        _("Your time"): wording.time_at(event, Terms(version), roles),
        **{
            str(each.get_kind_display()): wording.expense_conditions(each, event.day)
            for each in version.expense_rules.all()
        },
        _("Without a receipt"): _without_receipt(version),
        _("When we pay"): wording.when_paid(version),
        _("Time to send a claim"): wording.claim_window(version),
        _("If we cancel"): _if_cancelled(version),
    }


def _line(what, now, new, difference=""):
    if now is None:
        return Compared(str(what), _("Not set"), new, _("New"))
    return Compared(str(what), now, new, _("No change") if now == new else difference or _("Changed"))


def _fees(old, new):
    before = {(rule.activity, rule.role): rule for rule in old.fee_rules.all()} if old else {}
    after = {(rule.activity, rule.role): rule for rule in new.fee_rules.all()}
    keys = sorted({*before, *after}, key=lambda key: (key[0] == "", key[1] == "", key))
    for key in keys:
        was, now = before.get(key), after.get(key)
        label = (was or after[key]).label
        what = _("Time: %(what)s") % {"what": label} if label else _("Time: everything else")
        if len(keys) == 1 and not label:
            what = _("Time")
        if was is None or now is None:
            # Without a rule of its own the general one counts.
            none = _("No rate of its own") if label else _("Not paid")
            yield Compared(
                what,
                _fee_in_words(was) if was else none,
                _fee_in_words(now) if now else none,
                _("New") if was is None else _("No longer"),
            )
        else:
            yield _line(what, _fee_in_words(was), _fee_in_words(now), _fee_difference(was, now))


def _fee_in_words(rule):
    return " ".join(wording.rule_sentences(rule))


def _fee_difference(was, now):
    if was.method != now.method or was.unit_hours != now.unit_hours:
        return _("Worked out in another way")
    if was.method != FeeRule.Method.HALF_OR_FULL_DAY:
        return _more_or_less(was.unit_pence, now.unit_pence)
    parts = [
        _("%(part)s: %(difference)s") % {"part": part, "difference": _more_or_less(before, after)}
        for part, before, after in (
            (_("Half a day"), was.half_day_pence, now.half_day_pence),
            (_("A full day"), was.full_day_pence, now.full_day_pence),
        )
        if before != after
    ]
    if (was.half_day_hours, was.limit_is_half_day) != (now.half_day_hours, now.limit_is_half_day):
        parts.append(_("Half a day ends elsewhere"))
    return ". ".join(parts)


def _more_or_less(before, after):
    """Say a difference in pence: "£5.00 more", "£5.00 less" or "No change"."""
    if before == after:
        return _("No change")
    text = _("%(sum)s more") if after > before else _("%(sum)s less")
    return text % {"sum": pounds(abs(after - before))}


def _preparation(version):
    if version.preparation_included:
        return _("Part of the payment")
    return _("Paid on top") if version.fee_rule_for(Activity.PREPARATION) else _("Not paid")


def _expenses(old, new, on):
    before = {rule.kind: rule for rule in old.expense_rules.all()} if old else {}
    after = {rule.kind: rule for rule in new.expense_rules.all()}
    for kind in dict.fromkeys([*before, *after]):
        was, now = before.get(kind), after.get(kind)
        what = str((now or before[kind]).label)
        if was is None or now is None:
            yield Compared(
                what,
                wording.expense_conditions(was, on) if was else _("Not covered"),
                wording.expense_conditions(now, on) if now else _("Not covered"),
                _("New") if was is None else _("No longer covered"),
            )
        else:
            yield _line(
                what,
                wording.expense_conditions(was, on),
                wording.expense_conditions(now, on),
                _expense_difference(was, now),
            )


def _expense_difference(was, now):
    parts = []
    if was.pence_per_mile is not None and now.pence_per_mile is not None and was.pence_per_mile != now.pence_per_mile:
        by = pence(abs(now.pence_per_mile - was.pence_per_mile))
        text = _("%(by)s a mile more") if now.pence_per_mile > was.pence_per_mile else _("%(by)s a mile less")
        parts.append(text % {"by": by})
    if was.cap_per == now.cap_per and was.cap_per != CapPer.HOURS_AWAY and was.cap_pence != now.cap_pence:
        if was.cap_pence is None:
            parts.append(_("A limit where there was none"))
        elif now.cap_pence is None:
            parts.append(_("No limit any more"))
        else:
            parts.append(_("Limit: %(difference)s") % {"difference": _more_or_less(was.cap_pence, now.cap_pence)})
    return ". ".join(parts)


def _if_cancelled(version):
    return wording.if_cancelled(version) or _("Nothing is paid for what we cancel.")


def _without_receipt(version):
    return wording.without_receipt(version) or _("Every receipt is needed.")


def _reminders(version):
    days = ", ".join(map(str, version.remind_days_before))
    return _("%(days)s days before the time ends") % {"days": days} if days else _("None")


def _two_approve(version):
    if version.second_approval_above_pence is None:
        return _("Never")
    return _("Above %(sum)s") % {"sum": pounds(version.second_approval_above_pence)}


def _later(old, new):
    days = new.pay_within_working_days - old.pay_within_working_days if old else 0
    if days > 0:
        return ngettext("%(n)s working day later", "%(n)s working days later", days) % {"n": days}
    return ngettext("%(n)s working day sooner", "%(n)s working days sooner", -days) % {"n": -days}


def _longer(old, new):
    by = new.claim_window_months - old.claim_window_months if old else 0
    return (_("%(months)s more") if by > 0 else _("%(months)s less")) % {"months": months(abs(by))}
