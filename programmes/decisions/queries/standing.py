"""How a proposal stands on a day: whose voice counts, who was heard, what its rules still ask for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.directory.models import Person
from programmes.decisions.calculations import passes
from programmes.decisions.models import OPPOSES, SUPPORTS, Decision, Objection, Position
from programmes.groups.models import GroupRules
from programmes.heard.queries import fewest_for_members
from programmes.programme.models.groups import Term
from wellbeing.lib.dates import short_date


@dataclass(frozen=True)
class Voice:
    """A member whose voice counts, the kind of seat they hold, and the view of theirs that counts, if any."""

    member: Person
    seat: str
    position: Position | None

    @property
    def seat_label(self) -> str:
        return str(Term.Seat(self.seat).label)


def fewest_shown(decision: Decision, on: dt.date) -> int:
    """Return the smallest count of members that is shown: by its group's rules; without any, as for all on `on`."""
    return decision.rules.fewest_inside if decision.rules else fewest_for_members(on)


class Standing:
    """How `decision` stands on the day `on`. Ask the database once, however much of it a page shows."""

    def __init__(self, decision: Decision, on: dt.date) -> None:
        self.decision, self.on = decision, on

    @cached_property
    def voices(self) -> list[Voice]:
        """Return who counts and what of theirs does, as Postgres says it (programmes_decision_voices), by name."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM programmes_decision_voices(%s, %s)", [self.decision.pk, self.on])
            rows = cursor.fetchall()
        people = Person.objects.in_bulk([row[0] for row in rows])
        positions = Position.objects.select_related("person", "member").in_bulk([row[2] for row in rows if row[2]])
        voices = [Voice(people[member], seat, positions.get(position)) for member, seat, position in rows]
        return sorted(voices, key=lambda voice: (voice.member.sort_key, voice.member.pk))

    @property
    def rules(self) -> GroupRules | None:
        return self.decision.rules

    @cached_property
    def heard(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.position]

    @cached_property
    def not_heard(self) -> list[Voice]:
        return [voice for voice in self.voices if not voice.position]

    @cached_property
    def positions(self) -> list[Position]:
        """Return the views that count."""
        return [voice.position for voice in self.voices if voice.position]

    @property
    def lived(self) -> int:
        """Return how many members with lived experience were heard."""
        return sum(1 for voice in self.heard if voice.seat == Term.Seat.LIVED_EXPERIENCE)

    @property
    def support(self) -> int:
        return sum(1 for position in self.positions if position.stance in SUPPORTS)

    @property
    def against(self) -> int:
        return sum(1 for position in self.positions if position.stance in OPPOSES)

    @property
    def last_day(self) -> dt.date:
        """Return the last day for views: the one that was set, or later where the words changed since."""
        decision, version = self.decision, self.decision.version
        asked, began = version.asked_on if version else None, decision.deciding_from
        if self.rules and version and version.number > 1 and asked and began and asked > began:
            return max(decision.closes_on, version.asked_on + dt.timedelta(days=self.rules.amended_days))
        return decision.closes_on

    @property
    def all_heard(self) -> bool:
        return bool(self.voices) and not self.not_heard

    @cached_property
    def objections(self) -> list[Objection]:
        """Return the objections and the reservations that ask for an answer, in the order they were raised."""
        rows = self.decision.objections.select_related("position__person", "position__member", "version")
        return list(rows.prefetch_related("replies__person", "replies__version"))

    @property
    def unanswered(self) -> list[Objection]:
        return [one for one in self.objections if not one.closed_as and not one.replies.all()]

    @property
    def _counted(self) -> list[Objection]:
        members = {voice.member.pk for voice in self.voices}
        return [one for one in self.objections if one.is_objection and one.member_id in members]

    @property
    def standing(self) -> list[Objection]:
        """Return objections whose member has not said that the answer is enough."""
        return [one for one in self._counted if one.closed_as != Objection.Close.ENOUGH]

    @property
    def blocking(self) -> list[Objection]:
        """Return objections that stop consent: they still stand, or there is time left to say so."""
        return [one for one in self.standing if one.closed_as or self._may_still_answer(one)]

    def _may_still_answer(self, objection: Objection) -> bool:
        answered = [reply.answered_on for reply in objection.replies.all()]
        days = dt.timedelta(days=self.rules.answer_days if self.rules else 0)
        return bool(answered) and max(answered) + days > self.on

    @property
    def passes(self) -> bool:
        """Return whether it is agreed by the rule it was put under, as things are."""
        return self.rules is not None and passes(
            self.decision.method,
            support=self.support,
            against=self.against,
            percent=self.rules.support_percent,
            blocking=len(self.blocking),
        )

    def lacks(self, *, urgency_reason: str = "") -> list[str]:
        """List what must happen before anything can be decided on this day: translated sentences, most basic first."""
        rules = self.rules
        if rules is None:
            return [_("This proposal was made before the group had rules. Make it again.")]
        return [
            *self._lacks_time(rules, urgency_reason),
            *self._lacks_people(rules),
            *_lacks_answers(self.unanswered),
        ]

    def _lacks_time(self, rules: GroupRules, urgency_reason: str) -> list[str]:
        if self.on >= self.last_day or self.all_heard:
            return []
        may_be_urgent = rules.urgency_rule and self.decision.relation != Decision.Relation.RATIFIES
        if may_be_urgent and urgency_reason.strip():
            return []
        date = short_date(self.last_day)
        if may_be_urgent:
            return [
                _(
                    "Views are wanted until %(date)s. To decide sooner, everyone must have been heard, or the group's"
                    " rule for urgent decisions must apply."
                )
                % {"date": date}
            ]
        return [_("Views are wanted until %(date)s, unless everyone is heard sooner.") % {"date": date}]

    def _lacks_people(self, rules: GroupRules) -> list[str]:
        sentences = []
        if len(self.heard) < rules.quorum:
            sentences.append(
                ngettext(
                    "%(number)s member must take part for the group to decide.",
                    "%(number)s members must take part for the group to decide.",
                    rules.quorum,
                )
                % {"number": rules.quorum}
            )
        if self.lived < rules.lived_experience_minimum:
            sentences.append(
                ngettext(
                    "%(number)s member with lived experience must take part for the group to decide.",
                    "%(number)s members with lived experience must take part for the group to decide.",
                    rules.lived_experience_minimum,
                )
                % {"number": rules.lived_experience_minimum}
            )
        return sentences

    def why_not(self, *, agreed: bool) -> str:
        """Say why the rule it was put under does not allow this outcome; empty where it does."""
        if agreed and not self.passes:
            if self.decision.method == Decision.Method.CONSENT:
                return _("By consent it is agreed when no objection stands. At least one still does.")
            return _("It does not have the support that the group's rule asks for.")
        vote = self.decision.method == Decision.Method.VOTE
        if not agreed and self.passes and (vote or not self.standing):
            return _("By the group's rule this proposal is agreed.")
        return ""


def _lacks_answers(unanswered: Sequence[Objection]) -> list[str]:
    if not unanswered:
        return []
    return [
        ngettext(
            "%(number)s objection or request has no answer yet. Each is answered before the group decides.",
            "%(number)s objections or requests have no answer yet. Each is answered before the group decides.",
            len(unanswered),
        )
        % {"number": len(unanswered)}
    ]
