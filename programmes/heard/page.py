"""Contributions as pages show them: to everybody in the programme, to those who said them, and to staff."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.consent.models import Purpose
from people.consent.queries import last_answer
from people.messages.page import tag as message_tag
from programmes import registry
from programmes.heard import calculations, queries, rules
from programmes.heard.models import Contribution, ContributionOutcome, ToldBack
from programmes.programme import rules as programme_rules
from wellbeing.lib.dates import long_date, short_date, today

TONES = {
    ContributionOutcome.Kind.CHANGED: "good",
    ContributionOutcome.Kind.PARTLY: "waiting",
    ContributionOutcome.Kind.NOT_CHANGED: "quiet",
}
# Fetched with many contributions, so that it asks the database a fixed number of times.
PREFETCH = (
    "contributors__person__consents",
    "outcome__told_back__contributor__person__consents",
)


@dataclass(frozen=True)
class ShownReply:
    """A reply as everybody in the programme reads it; `by` is empty for somebody who is not named."""

    label: str
    words: str
    by: str
    is_not_true: bool
    response: str


def state_tag(contribution):
    """Return what became of a contribution, as a tag."""
    if contribution.outcome:
        return {"label": contribution.outcome.get_kind_display(), "tone": TONES[contribution.outcome.kind]}
    return {"label": Contribution.Status.OPEN.label, "tone": "waiting"}


class Card:
    """One contribution as everybody in the programme reads it, read from what was prefetched.

    `fewest` is the smallest count of people that is shown.
    """

    def __init__(self, contribution, fewest):
        self.contribution, self.fewest = contribution, fewest
        self.outcome = contribution.outcome
        self.tag = state_tag(contribution)

    @cached_property
    def contributors(self):
        return list(self.contribution.contributors.all())

    @cached_property
    def told_back(self):
        return list(self.outcome.told_back.all()) if self.outcome else []

    @property
    def named(self):
        """Return the names of those who want theirs shown with what they said, and do not refuse it on the whole."""
        return [row.person.full_name for row in self.contributors if _is_named(row)]

    @property
    def said(self):
        """Say when and where it was said."""
        said = self.contribution
        where = [said.said_at, said.group.name if said.group else ""]
        return ", ".join([long_date(said.said_on), *filter(None, dict.fromkeys(where)), said.get_way_display().lower()])

    @cached_property
    def replies(self):
        """Return what those who said it say about the answer, without what would show who it was."""
        # In the order in which they came: that of the names would help to guess them.
        given = sorted((row for row in self.told_back if row.reply), key=lambda row: row.replied_at)
        named = {row.contributor_id for row in given if _reply_is_named(row)}
        may_have_said_it = [_is_named(row) for row in self.contributors if row.pk not in named]
        open_to_all = calculations.can_be_anyones(may_have_said_it, self.fewest)
        return [_shown(row) for row in given if row.contributor_id in named or open_to_all]

    @property
    def held_back(self):
        """Return whether somebody replied whose reply would show who they are."""
        return len(self.replies) < sum(bool(row.reply) for row in self.told_back)


class ContributionPage(Card):
    """One contribution with what this reader may see of it, and may do."""

    def __init__(self, contribution, user):
        super().__init__(contribution, queries.fewest_for_members(today()))
        self.user, self.programme = user, contribution.programme
        self.is_staff = bool(rules.can_record(user, contribution.programme))
        self.is_in_programme = programme_rules.can_see_programme(user, contribution.programme)

    @cached_property
    def contributors(self):
        return list(self.contribution.contributors.select_related("person").prefetch_related("person__consents"))

    @cached_property
    def mine(self):
        """Return the reader as one of those who said it, or None."""
        return next((row for row in self.contributors if row.person_id == self.user.person.pk), None)

    @cached_property
    def places(self):
        """Return the name and address of where it was said, such as an event, which the reader may see."""
        links = (place.link(self.user, self.contribution) for place in registry.said_places)
        return [link for link in links if link]

    @cached_property
    def my_reply(self):
        """Return what the reader was told of the answer that counts and said about it, or None."""
        return next((row for row in self.told_back if self.mine and row.contributor_id == self.mine.pk), None)

    @property
    def my_reply_is_named(self):
        """Return whether the reader's name stands with their reply."""
        return self.my_reply is not None and _reply_is_named(self.my_reply)

    @cached_property
    def told_back(self):
        return queries.told_back_of(self.outcome)

    @property
    def may(self):
        """Return what the reader may do, by name."""
        user, said = self.user, self.contribution
        return {
            "answer": bool(rules.can_answer(user, said)),
            "reopen": bool(rules.can_reopen(user, said)),
            "correct": self.is_staff,
            "reply": bool(rules.can_reply(user, said))
            and (self.my_reply is None or bool(rules.can_change_reply(self.my_reply))),
            "take_off": bool(rules.can_take_off(user, said)) and not said.is_hidden,
            "put_back": bool(rules.can_take_off(user, said)) and said.is_hidden,
        }

    @cached_property
    def files(self):
        """Return the files that show what became of it; staff also see those that could not be read."""
        if self.outcome is None:
            return []
        return [row for row in self.outcome.files.all() if row.status != row.Status.REFUSED or self.is_staff]

    @property
    def told_in_words(self):
        """Say how many were told, in numbers only where they are no longer small or the reader is staff."""
        asked = [row for row in self.told_back if row.notice_id]
        told = sum(row.told_at is not None for row in asked)
        if not asked:
            return ""
        if self.is_staff or len(asked) >= self.fewest:
            return ngettext("%(told)s of %(asked)s told.", "%(told)s of %(asked)s told.", len(asked)) % {
                "told": told,
                "asked": len(asked),
            }
        if told == len(asked):
            last = max(row.told_at for row in asked)
            return _("Those who said it and wanted to know were told by %(day)s.") % {"day": long_date(last)}
        return _("Not everybody who said it and wanted to know has been told yet.")

    @property
    def people(self):
        """Return for staff who said it, how they were told and what they say about the answer."""
        if not self.is_staff:
            return []
        told = {row.contributor_id: row for row in self.told_back}
        return [_for_staff(row, told.get(row.pk)) for row in self.contributors]

    @property
    def earlier_words(self):
        """Return what it said before corrections, for those who said it and staff: it may name somebody."""
        return queries.earlier_words(self.contribution) if self.is_staff or self.mine else []

    @property
    def earlier_outcomes(self):
        return list(queries.earlier_outcomes(self.contribution))

    @property
    def facts(self):
        """Return for staff the facts about it, as components/summary_list.html takes its rows."""
        said = self.contribution
        facts = [
            {"label": _("Ladder of co-production"), "value": said.get_rung_display() if said.rung else ""},
            {"label": _("Who sees to it"), "value": said.owner.full_name if said.owner else _("Nobody yet")},
            {"label": _("Answer due"), "value": short_date(said.due_on) if said.due_on else ""},
            {
                "label": _("Recorded"),
                "value": _("%(day)s by %(name)s") % {"day": short_date(said.recorded_at), "name": said.recorded_by},
            },
        ]
        if said.is_hidden:
            taken_off = {"day": short_date(said.hidden_at), "name": said.hidden_by, "how": said.hidden_how}
            words = _("%(day)s by %(name)s: %(how)s") if said.hidden_how else _("%(day)s by %(name)s")
            facts.append({"label": _("Taken off the page"), "value": words % taken_off})
        return facts


def _is_named(contributor):
    """Return whether the name of somebody stands with what they said: they want it, and do not refuse it in general."""
    return contributor.named and last_answer(contributor.person, Purpose.QUOTES) is not False


def _reply_is_named(told_back):
    return told_back.reply_named and last_answer(told_back.contributor.person, Purpose.QUOTES) is not False


def _shown(row):
    return ShownReply(
        label=row.get_reply_display(),
        words=row.reply_words,
        by=row.contributor.person.full_name if _reply_is_named(row) else "",
        is_not_true=row.is_not_true,
        response=row.response,
    )


def _for_staff(contributor, told):
    message = told.notice.latest if told and told.notice else None
    return {
        "contributor": contributor,
        "told": told,
        "message": message,
        "message_tag": message_tag(message) if message else None,
        "reply_tone": "attention" if told and told.waits_for_response else "quiet",
        "reply_how": ToldBack.How(told.reply_how).label if told and told.reply_how else "",
        "may_remove": told is None,
    }
