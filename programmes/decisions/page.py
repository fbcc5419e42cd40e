"""The page of one proposal, as its reader sees it."""

import datetime as dt
import itertools
from collections.abc import Hashable
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.decisions import rules
from programmes.decisions.calculations import Said, names_held_back, seats_can_be_shown
from programmes.decisions.may import ReaderMay
from programmes.decisions.models import (
    DISSENT,
    STANCES,
    Decision,
    DecisionFile,
    Position,
    Question,
    Stance,
    Thought,
    Version,
)
from programmes.decisions.queries.standing import Standing, fewest_shown
from programmes.decisions.shown import TONES, ShownObjection, Words, in_order_of_the_scale, late_order, said_by
from programmes.heard.models import Contribution
from programmes.programme.models.groups import Term
from wellbeing.lib.dates import short_date
from wellbeing.lib.types import User
from wellbeing.lib.word_changes import Part, changes


class DecisionPage(ReaderMay):
    """One proposal for the reader `user` on the day `on`. Names stand only where they give nobody else away."""

    def __init__(self, decision: Decision, user: User, on: dt.date) -> None:
        self.decision, self.user, self.on = decision, user, on
        self.few = fewest_shown(decision, on)

    @cached_property
    def is_inside(self) -> bool:
        """Return whether the reader works on proposals; others read what was made of them."""
        return rules.is_inside(self.user, self.decision.programme)

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.decision, self.decision.closed_on or self.on)

    @cached_property
    def mine(self) -> Position | None:
        """Return the reader's own view on the newest wording."""
        return next((one for one in self.newest if one.person_id == self.user.person.pk), None)

    @cached_property
    def shows_views(self) -> bool:
        """Return whether the reader may see what members think now: not before their own, where the group chose so."""
        if not self.decision.is_open:
            return True
        waits = self.decision.hides_views and self.may_speak and self.mine is None
        return self.is_inside and not waits

    # Views and other words

    @cached_property
    def all_positions(self) -> list[Position]:
        return list(self.decision.positions.select_related("person", "member", "recorded_by", "version"))

    @cached_property
    def newest(self) -> list[Position]:
        return [one for one in self.all_positions if one.version_id == self.decision.version_id]

    @cached_property
    def held_back(self) -> dict[int, set[Hashable]]:
        """Return, for each wording, whose names are not shown though they chose to be named."""
        eligible = len(self.standing.voices)
        by_version: dict[int, list[Position]] = {}
        for one in self.all_positions:
            by_version.setdefault(one.version_id, []).append(one)
        return {
            version: names_held_back(said_by(positions), eligible, self.few)
            for version, positions in by_version.items()
        }

    def name_of(self, position: Position) -> str:
        """Return who said it, as the reader sees it: nothing where they are not named, or their name is left out."""
        if not position.named or position.person_id in self.held_back[position.version_id]:
            return ""
        seat = position.get_seat_display()
        if position.by_deputy:
            return _("%(name)s, deputy for %(member)s, %(seat)s") % {
                "name": position.person,
                "member": position.member,
                "seat": seat,
            }
        return f"{position.person}, {seat}"

    def _shown(self, position: Position) -> Words:
        name = self.name_of(position)
        note = ""
        if name and position.recorded_by:
            note = _("%(way)s, written down by %(who)s") % {
                "way": position.get_way_display(),
                "who": position.recorded_by,
            }
        return Words(
            label=position.get_stance_display(),
            words=position.reason,
            matters=position.matters,
            name=name,
            note=note,
            dissents=position.is_dissent,
        )

    @cached_property
    def views(self) -> list[Words]:
        """Return the views on the newest wording, from agreement to veto."""
        return [self._shown(one) for one in in_order_of_the_scale(self.newest, self.name_of)]

    @cached_property
    def dissent(self) -> list[Words]:
        return [one for one in self.views if one.dissents]

    @cached_property
    def names_are_held_back(self) -> bool:
        return any(self.held_back.values())

    @cached_property
    def earlier(self) -> list[tuple[Version, list[Part], list[Words]]]:
        """Return each earlier wording, latest first: [(version, what the next one changed, what was said of it), …]."""
        versions = list(self.decision.versions.all())
        rows = []
        for version, following in itertools.pairwise(versions):
            said = [one for one in self.all_positions if one.version_id == version.pk]
            shown = [self._shown(one) for one in in_order_of_the_scale(said, self.name_of)]
            rows.append((version, changes(version.wording, following.wording), shown if self.shows_views else []))
        return rows[::-1]

    @cached_property
    def last_change(self) -> Version | None:
        """Return the newest wording where it replaced another."""
        version = self.decision.version
        return version if version and version.number > 1 else None

    @cached_property
    def counts(self) -> dict | None:
        """Count each kind of member by position, as components/table.html wants it; None before anyone spoke.

        Kinds of members stand side by side only where that gives nobody away.
        """
        counted = self.standing.positions
        if not counted:
            return None
        seats = [seat for seat in Term.Seat if any(voice.seat == seat for voice in self.standing.voices)]
        by_seat = seats_can_be_shown(said_by(counted), [voice.seat for voice in self.standing.voices], self.few)
        shown = seats if by_seat else []
        rows = []
        for stance in STANCES[Decision.Method(self.decision.method)]:
            taken = [voice for voice in self.standing.heard if voice.position and voice.position.stance == stance]
            if not taken:
                continue
            cells = [Stance(stance).label, *(sum(voice.seat == seat for voice in taken) for seat in shown), len(taken)]
            rows.append({"cells": [{"text": text} for text in cells]})
        totals = [sum(voice.seat == seat for voice in self.standing.heard) for seat in shown]
        return {
            "columns": [
                {"label": _("Position")},
                *({"label": seat.label, "numeric": True} for seat in shown),
                {"label": _("All"), "numeric": True},
            ],
            "rows": rows,
            "totals": [_("All"), *totals, len(counted)],
            "by_seat": by_seat,
        }

    @cached_property
    def objections(self) -> list[ShownObjection]:
        return [ShownObjection(one, self) for one in self.standing.objections] if self.shows_views else []

    @cached_property
    def questions(self) -> list[tuple[Question, str]]:
        """Return [(question, name of who asked or nothing), …]."""
        rows = list(self.decision.questions.select_related("person", "answered_by"))
        hidden = {one.person_id for one in rows if not one.named}
        return [(one, "" if one.person_id in hidden else str(one.person)) for one in rows]

    @cached_property
    def thoughts(self) -> list[Words]:
        """Return the members' first thoughts on the newest wording they spoke of, in order of their words."""
        rows = list(self.decision.thoughts.select_related("person"))
        held_back = names_held_back(
            [Said(one.person_id, one.seat, "", one.named) for one in rows], len(self.standing.voices), self.few
        )
        return sorted(
            (
                Words(
                    label=_("Passes for now") if one.passes and not one.words else "",
                    words=one.words,
                    matters=one.matters,
                    name=str(one.person) if one.named and one.person_id not in held_back else "",
                )
                for one in rows
            ),
            key=lambda one: (not one.name, one.name, one.words),
        )

    @cached_property
    def my_thought(self) -> Thought | None:
        return self.decision.thoughts.filter(person=self.user.person, version=self.decision.version).first()

    @cached_property
    def late_views(self) -> list[Words]:
        rows = list(self.decision.late_views.select_related("person"))
        held_back = names_held_back(
            [Said(one.person_id, "", one.stance, one.named, one.stance in DISSENT) for one in rows],
            len(self.standing.voices),
            self.few,
        )
        return [
            Words(
                label=one.get_stance_display(),
                words=one.reason,
                name=str(one.person) if one.named and one.person_id not in held_back else "",
                note=short_date(one.said_at.date()) if one.named else "",
            )
            for one in sorted(rows, key=late_order)
        ]

    # Who was heard

    @cached_property
    def heard_text(self) -> str:
        heard, eligible = len(self.standing.heard), len(self.standing.voices)
        return ngettext(
            "%(heard)s of %(eligible)s members has given a view",
            "%(heard)s of %(eligible)s members have given a view",
            heard,
        ) % {"heard": heard, "eligible": eligible}

    @cached_property
    def silent(self) -> list[tuple[str, str]]:
        """Return [(name, kind of seat), …] of those not heard, for those who ask them; not once a view has no name.

        Anyone missing from the list would be the one who gave it.
        """
        if (
            not self.may_close
            or not self.decision.deciding_from
            or not all(position.named for position in self.standing.positions)
        ):
            return []
        return [(str(voice.member), voice.seat_label) for voice in self.standing.not_heard]

    @cached_property
    def interests(self) -> list[tuple[str, str, str, bool]]:
        """Return [(name, kind, outline, declared before?), …] of interests in this decision."""
        rows = self.decision.declared_interests.filter(taken_back_on=None).select_related("person")
        return [(str(one.person), one.get_nature_display(), one.outline, one.in_advance) for one in rows]

    @cached_property
    def my_interest(self):
        return self.decision.declared_interests.filter(person=self.user.person, taken_back_on=None).first()

    @cached_property
    def quorate_text(self) -> str:
        """Say how a quorate decision was made, as conflict minutes do."""
        group_rules = self.decision.rules
        if not self.decision.is_made or group_rules is None:
            return ""
        sentence = _(
            "%(heard)s of the %(eligible)s members whose voice counted took part. The rules ask for %(quorum)s, and"
            " %(lived)s with lived experience."
        ) % {
            "heard": len(self.standing.heard),
            "eligible": len(self.standing.voices),
            "quorum": group_rules.quorum,
            "lived": group_rules.lived_experience_minimum,
        }
        if self.interests:
            sentence += " " + _("Members with an interest in it took no part and were not counted.")
        return sentence

    @cached_property
    def lacks(self) -> list[str]:
        """List what must happen before the group can decide."""
        return self.standing.lacks() if self.decision.takes_views else []

    @cached_property
    def days_text(self) -> str:
        if not self.decision.takes_views:
            return ""
        last_day = self.standing.last_day
        days = (last_day - self.on).days
        if days < 0:
            return _("Views were wanted by %(date)s") % {"date": short_date(last_day)}
        if days == 0:
            return _("Last day for views: today")
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}

    @cached_property
    def stage_text(self) -> str:
        """Name the stage: of one that was agreed, whether it is in force, reversed or looked at again."""
        decision = self.decision
        if decision.status != Decision.Status.DECIDED:
            return str(decision.get_status_display())
        ratified = self.ratification
        if ratified and ratified.status == Decision.Status.NOT_AGREED:
            return _("Reversed")
        if self.reviews:
            return _("Looked at again")
        if decision.in_force_on and decision.in_force_on <= self.on:
            return _("In force")
        return str(decision.get_status_display())

    @property
    def tone(self) -> str:
        return TONES[Decision.Status(self.decision.status)]

    # Before and after it

    @cached_property
    def files(self) -> list[DecisionFile]:
        return list(self.decision.files.all())

    @cached_property
    def heard(self) -> list[Contribution]:
        """Return the contributions it rests on that the reader may read."""
        return list(Contribution.objects.visible_to(self.user).filter(decisions=self.decision).order_by("pk"))

    @cached_property
    def options(self) -> list:
        return list(self.decision.options.prefetch_related("made_from").select_related("added_by"))

    @cached_property
    def later(self) -> list[Decision]:
        return list(Decision.objects.visible_to(self.user).filter(earlier=self.decision).order_by("pk"))

    @cached_property
    def ratification(self) -> Decision | None:
        """Return the proposal that confirms or reverses this urgent decision."""
        return next((one for one in self.later if one.relation == Decision.Relation.RATIFIES), None)

    @cached_property
    def reviews(self) -> list:
        return list(self.decision.reviews.select_related("recorded_by"))

    @cached_property
    def points(self) -> list:
        return list(self.decision.action_points.select_related("owner"))

    @cached_property
    def facts(self) -> list[dict]:
        decision = self.decision
        facts = [
            {"label": _("Group"), "value": decision.group.name},
            {
                "label": _("Proposed on"),
                "value": _("%(date)s by %(name)s")
                % {"date": short_date(decision.opened_on), "name": decision.proposed_by},
            },
            {"label": _("How it is decided"), "value": decision.get_method_display()},
            {"label": _("Views wanted by"), "value": short_date(self.standing.last_day)},
        ]
        if decision.withdrawn_on:
            facts.append(
                {
                    "label": _("Withdrawn"),
                    "value": _("%(date)s by %(name)s")
                    % {"date": short_date(decision.withdrawn_on), "name": decision.recorded_by},
                }
            )
            if decision.outcome_reason:
                facts.append({"label": _("Why it was withdrawn"), "value": decision.outcome_reason})
        return facts
