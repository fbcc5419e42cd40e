"""A version of the policy in Easy Read: questions, and answers of short sentences with one idea each."""

import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.policy import wording
from payments.policy.models.fees import FeeRule
from payments.policy.models.kinds import Activity
from payments.shared.wording import hours_in_words, months, plain_number, working_days
from wellbeing.lib.dates import long_date
from wellbeing.lib.money import pounds

SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z£0-9])")


@dataclass(frozen=True)
class Answer:
    """The sentences of an answer, each on a line of its own, under a bold word where they are about one thing."""

    sentences: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True)
class Question:
    """A question as a heading, with its answers."""

    words: str
    answers: tuple[Answer, ...]


def about(programme, version):
    """Ask what the paper is about, and from when `version`, the first one in it, counts."""
    return _question(
        _("What is this about?"),
        _("This is about money."),
        _("It says what %(programme)s pays people who take part.") % {"programme": programme.name},
        _("It is for events from %(day)s.") % {"day": long_date(version.effective_from)},
    )


def questions(version):
    """List the Questions that `version` answers: what is paid, and when."""
    asked = [
        *_time(version),
        _question(_("Do we pay for the time you take to prepare?"), *_preparation(version)),
        _spending(version),
        *_without_receipt(version),
        _question(_("When do you get your money?"), *_when(version)),
    ]
    if version.cancel_within_days is not None:
        asked.append(_question(_("What if we cancel an event?"), *_cancelled(version)))
    return asked


def choices(programme, contact):
    """List the Questions about what people may choose. With `contact` the last one says whom to ask."""
    asked = [
        _question(
            _("Do you have to take the money?"),
            _("No."),
            _("You can say that you do not want to be paid."),
            _("Nobody will ask you why."),
        ),
        _question(
            _("What if you get benefits?"),
            _("Money for your time can change your benefits."),
            _("Ask for advice before you take part."),
        ),
    ]
    if contact:
        asked.append(_question(_("Who can you ask?"), *_contact(programme)))
    return asked


def _question(words, *sentences):
    return Question(words, (Answer(tuple(sentences)),))


def _cut(text):
    """Cut a text into its sentences."""
    return SENTENCE_END.split(text) if text else []


def _time(version):
    rules = sorted(
        version.fee_rules.all(), key=lambda rule: (bool(rule.activity or rule.role), rule.activity, rule.role)
    )
    general = [rule for rule in rules if not rule.label]
    if general:
        yield _question(_("What do we pay for your time?"), *_fee(general[0]))
    else:
        yield _question(
            _("What do we pay for your time?"),
            _("We pay for some kinds of work only."),
            _("You can read below which ones."),
        )
    special = [rule for rule in rules if rule.label]
    if special:
        answers = tuple(Answer(tuple(_fee(rule)), rule.label) for rule in special)
        yield Question(_("Is something paid differently?"), (Answer((_("Yes."),)), *answers))


def _fee(rule):
    if rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        params = {
            "half": pounds(rule.half_day_pence),
            "full": pounds(rule.full_day_pence),
            "hours": plain_number(rule.half_day_hours),
        }
        until, after = (
            (_("Half a day is up to %(hours)s hours."), _("A full day is more than %(hours)s hours."))
            if rule.limit_is_half_day
            else (_("Half a day is less than %(hours)s hours."), _("A full day is %(hours)s hours or more."))
        )
        return [
            _("We pay %(half)s for half a day.") % params,
            until % params,
            _("We pay %(full)s for a full day.") % params,
            after % params,
        ]
    if rule.method == FeeRule.Method.PER_PART:
        block = hours_in_words(rule.unit_hours)
        return [
            _("We pay %(rate)s for each %(block)s.") % {"rate": pounds(rule.unit_pence), "block": block},
            _("You may start another %(block)s and not finish.") % {"block": block},
            _("Then we pay for all of it."),
        ]
    if rule.method == FeeRule.Method.FIXED:
        return [_("We pay %(rate)s.") % {"rate": pounds(rule.unit_pence)}, _("It does not matter how long it takes.")]
    return [_("We pay %(rate)s for each hour.") % {"rate": pounds(rule.unit_pence)}]


def _preparation(version):
    if version.preparation_included:
        return [_("You do not get more money for this."), _("The money for your time is also for preparing.")]
    if version.fee_rule_for(Activity.PREPARATION):
        return [_("Yes."), _("We pay for this as well."), _("Write it on a claim of its own.")]
    return [_("No.")]


def _spending(version):
    on = max(timezone.localdate(), version.effective_from)
    words = _("What if you spend money to take part?")
    rules = list(version.expense_rules.all())
    if not rules:
        return _question(words, _("We do not pay this back."))
    first = Answer((_("We pay money back to you."), _("This is what we pay back.")))
    kinds = (Answer(tuple(_cut(wording.expense_conditions(rule, on))), rule.label) for rule in rules)
    return Question(words, (first, *kinds))


def _without_receipt(version):
    if sentences := _cut(wording.without_receipt(version)):
        yield _question(_("What if you have no receipt?"), *sentences)


def _when(version):
    within = working_days(version.pay_within_working_days)
    return [
        _("You come to an event."),
        _("Then you send us a claim."),
        _("A claim tells us what to pay you."),
        ngettext("You have %(months)s to send it.", "You have %(months)s to send it.", version.claim_window_months)
        % {"months": months(version.claim_window_months)},
        _("We aim to pay you within %(days)s.") % {"days": within},
        _("A working day is Monday to Friday."),
        _("Bank holidays are not working days."),
    ]


def _cancelled(version):
    if version.cancel_within_days:
        late = ngettext(
            "We cancel less than a day before the event.",
            "We cancel less than %(n)s days before the event.",
            version.cancel_within_days,
        ) % {"n": version.cancel_within_days}
    else:
        late = _("We cancel on the day of the event.")
    return [
        _("You told us that you would come."),
        late,
        _("Then we still pay you %(share)s.") % {"share": wording.share_of_it(version.cancel_share_percent)},
    ]


def _contact(programme):
    lines = [
        _("You can ask %(name)s.") % {"name": programme.contact_name},
        _("Email: %(email)s") % {"email": programme.contact_email},
    ]
    if programme.contact_phone:
        lines.append(_("Phone: %(phone)s") % {"phone": programme.contact_phone})
    return lines
