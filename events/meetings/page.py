"""The pages of a meeting as one reader sees them: its agenda with the time of each item, and its minutes."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.day.rules import can_record
from events.meetings import rules, telling
from events.meetings.calculations import Length, Timetable, timetable
from events.meetings.models import AgendaItem, Correction, Meeting, MeetingRules, MinutesNote, Talk
from events.meetings.queries import building, lists, record
from programmes.groups import queries as group_queries
from programmes.heard import queries as heard_queries
from programmes.models import GroupRules, Term
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.types import Text, User

TONES = {
    Meeting.Minutes.NONE: "quiet",
    Meeting.Minutes.DRAFT: "waiting",
    Meeting.Minutes.TO_CORRECT: "attention",
    Meeting.Minutes.AGREED: "good",
}


@dataclass(frozen=True)
class Line:
    """An item of the agenda with the time it starts, and its place among the others."""

    item: AgendaItem
    starts_at: dt.datetime
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class OfferedTalk:
    """A talk around the meeting: the reader's own answer (None before), and for staff what each member says."""

    talk: Talk
    mine: bool | None
    is_open: bool
    may_answer: bool
    answers: list[tuple[Any, bool | None]]

    @property
    def number_who_want(self) -> int:
        return sum(1 for _member, wants in self.answers if wants)


class MeetingPage:
    """The pages of `meeting` as `user` sees them on the day `on`; with `whole`, all of them or what is published."""

    def __init__(self, meeting: Meeting, user: User, on: dt.date, *, whole: bool | None = None) -> None:
        self.meeting, self.user, self.on, self.whole = meeting, user, on, whole
        self.event, self.group = meeting.event, meeting.group

    # Who reads, and what they may do

    @cached_property
    def term(self) -> Term | None:
        return group_queries.term_of(self.user, self.group, self.on)

    @cached_property
    def reads_whole(self) -> bool:
        return rules.can_read_whole(self.user, self.meeting) if self.whole is None else self.whole

    @cached_property
    def may_prepare(self) -> bool:
        return bool(rules.can_prepare(self.user, self.meeting))

    @cached_property
    def may_add(self) -> bool:
        return bool(rules.can_add_item(self.user, self.meeting))

    @cached_property
    def may_minute(self) -> bool:
        return bool(rules.can_minute(self.user, self.meeting))

    @cached_property
    def may_correct(self) -> bool:
        return bool(rules.can_correct(self.user, self.meeting))

    @cached_property
    def may_agree(self) -> bool:
        return bool(rules.can_agree(self.user, self.meeting))

    @cached_property
    def may_publish(self) -> bool:
        return bool(rules.can_publish(self.user, self.meeting))

    @cached_property
    def may_note(self) -> bool:
        return bool(rules.can_note(self.user, self.meeting))

    @cached_property
    def may_offer(self) -> bool:
        return not self.event.is_over and bool(rules.can_offer_talk(self.user, self.meeting))

    @cached_property
    def may_record(self) -> bool:
        return bool(can_record(self.user, self.event))

    # The agenda

    @cached_property
    def how(self) -> MeetingRules:
        return MeetingRules.objects.in_force_on(self.group, self.event.day)

    @cached_property
    def _items(self) -> list[AgendaItem]:
        rows = self.meeting.items.select_related(
            "leader", "decision__rules", "decision__version", "earlier_meeting__event", "added_by"
        )
        return list(rows.order_by("position", "pk"))

    @cached_property
    def items(self) -> list[AgendaItem]:
        return [item for item in self._items if not item.is_out]

    @property
    def taken_out(self) -> list[AgendaItem]:
        return [item for item in self._items if item.is_out]

    @cached_property
    def times(self) -> Timetable:
        lengths = [Length(item.minutes, item.is_break) for item in self.items]
        return timetable(self.event.starts_at, self.event.ends_at, lengths)

    @property
    def lines(self) -> list[Line]:
        last = len(self.items) - 1
        starts = self.times.starts
        return [Line(item, starts[n], n == 0, n == last) for n, item in enumerate(self.items)]

    @property
    def warnings(self) -> list[str]:
        """Say what is wrong with the times: it runs past the end of the event, or too long without a break."""
        sentences = []
        if over := self.times.over_minutes:
            sentences.append(
                ngettext(
                    "The agenda ends at %(time)s. That is %(minutes)s minute after the end of the meeting.",
                    "The agenda ends at %(time)s. That is %(minutes)s minutes after the end of the meeting.",
                    over,
                )
                % {"time": time_of_day(self.times.ends_at), "minutes": over}
            )
        if self.times.longest_stretch > self.how.longest_stretch:
            sentences.append(
                _("There are %(minutes)s minutes without a break. The group's rule is %(most)s at most.")
                % {"minutes": self.times.longest_stretch, "most": self.how.longest_stretch}
            )
        return sentences

    @cached_property
    def points_due(self) -> list[Any]:
        return list(building.points_due(self.meeting))

    @property
    def sent_text(self) -> str:
        sent = self.meeting.agenda_sent_at
        if sent is None:
            return _("Members have not been told of the agenda yet.")
        params = {"date": long_date(sent), "time": time_of_day(sent)}
        return _("Members were told of the agenda on %(date)s, %(time)s.") % params

    @cached_property
    def members_to_invite(self) -> int:
        """Return how many members wait for staff to invite them, where the reader may: nobody is invited yet."""
        if not rules.can_invite_members(self.user, self.meeting) or self.event.invitations.exists():
            return 0
        return len(telling.members_on_the_day(self.meeting))

    # Talks around it

    @cached_property
    def talks(self) -> list[OfferedTalk]:
        """Return the talks the reader sees: those offered to them, and all for those who lead the meeting."""
        talks = list(self.meeting.talks.select_related("who").prefetch_related("answers__person", "answers__taken_by"))
        if not talks:
            return []
        members = telling.lived_experience_on_the_day(self.meeting)
        mine = any(member.pk == self.user.person.pk for member in members)
        leads = bool(rules.can_offer_talk(self.user, self.meeting))
        return [self._talk(talk, members, mine, leads) for talk in talks if mine or leads]

    def _talk(self, talk: Talk, members: list[Any], mine: bool, leads: bool) -> OfferedTalk:
        said = {answer.person_id: answer.wants for answer in talk.answers.all()}
        is_open = talk.starts_at > timezone.now()
        return OfferedTalk(
            talk,
            mine=said.get(self.user.person.pk),
            is_open=is_open,
            may_answer=mine and is_open,
            answers=[(member, said.get(member.pk)) for member in members] if leads else [],
        )

    # The minutes

    @property
    def minutes_tone(self) -> str:
        return TONES[Meeting.Minutes(self.meeting.minutes)]

    @cached_property
    def record(self) -> dict[str, Any]:
        """Return who was there, interests, decisions and actions; without what is for members only to other readers."""
        facts = dict(record.record_of(self.meeting))
        facts["actions"] = [one | {"due": dt.date.fromisoformat(one["due_on"])} for one in facts["actions"]]
        if self.reads_whole:
            return facts
        return {
            "recorded": facts["recorded"],
            "number": _how_many(len(facts["present"]), self.fewest),
            "decided": [one for one in facts["decided"] if one["public"]],
            "actions": [one | {"owner": ""} for one in facts["actions"] if one["public"]],
        }

    @cached_property
    def fewest(self) -> int:
        """Return the number of people below which none is given: by the group's rules, or those of everybody."""
        group_rules = GroupRules.objects.in_force_on(self.group, self.event.day)
        return group_rules.fewest_inside if group_rules else heard_queries.fewest_for_everybody(self.event.day)

    @property
    def minuted(self) -> list[AgendaItem]:
        """Return the items of the minutes that the reader may read, without breaks."""
        return [item for item in self.items if not item.is_break and (self.reads_whole or item.is_public)]

    @property
    def leaves_out(self) -> bool:
        """Return whether the reader is not shown all of the minutes."""
        return not self.reads_whole and any(not item.is_break and not item.is_public for item in self.items)

    @cached_property
    def corrections(self) -> list[Correction]:
        if not self.reads_whole:
            return []
        return list(self.meeting.corrections.select_related("person", "item", "settled_by"))

    @property
    def open_corrections(self) -> bool:
        return any(not one.settled_as for one in self.corrections)

    @cached_property
    def notes(self) -> list[MinutesNote]:
        notes = self.meeting.notes.select_related("written_by")
        return [note for note in notes if self.reads_whole or not note.members_only]

    @property
    def may_be_agreed_now(self) -> bool:
        """Return whether the group has met again since."""
        return self.may_agree and lists.where_agreed(self.meeting, timezone.now()).exists()

    @property
    def lacks(self) -> list[Text]:
        """List what must happen before the minutes can be sent to members."""
        lacking: list[Text] = []
        if self.meeting.minutes == Meeting.Minutes.NONE:
            lacking.append(_("Write what was said and agreed."))
        if self.event.status != self.event.Status.HELD:
            lacking.append(_("Record who came."))
        return lacking


def _how_many(number: int, fewest: int) -> str:
    """Say how many people were there; not the number where it is so few that somebody could be found by it."""
    if number < fewest:
        return _("Fewer than %(number)s people were there.") % {"number": fewest}
    return ngettext("%(number)s person was there.", "%(number)s people were there.", number) % {"number": number}
