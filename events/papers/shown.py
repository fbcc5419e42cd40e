"""The papers that come with an event as one reader sees them: in their own formats first."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import ngettext

from events.meetings.models import Meeting
from events.meetings.rules import can_read_whole
from events.papers import queries, rules
from events.papers.models import AttachedPaper, MeetingPaper, PaperCopy, PaperMade
from events.papers.models.attached import FormatKey, format_label
from events.papers.queries import Lack
from events.planning.models import Event
from people.models import Person
from programmes.models import DeclaredInterest
from programmes.programme.rules import can_see_access_needs
from wellbeing.lib.types import Text, User


@dataclass(frozen=True)
class ShownPaper:
    """One paper: its newest copy in each format (the reader's own formats apart), and formats made elsewhere."""

    paper: AttachedPaper
    reads: list[FormatKey]
    # The reader declared an interest in the proposal that the paper is about.
    has_interest: bool = False

    @cached_property
    def copies(self) -> list[PaperCopy]:
        """Return the newest copy that can be read in each format."""
        newest: dict[FormatKey, PaperCopy] = {}
        for copy in self._newest_first:
            if copy.can_be_read:
                newest.setdefault(copy.key, copy)
        return sorted(newest.values(), key=lambda copy: copy.added_at)

    @property
    def older(self) -> list[PaperCopy]:
        """Return the versions that a later one has replaced, newest first."""
        return [copy for copy in self._newest_first if copy.can_be_read and copy not in self.copies]

    @property
    def not_ready(self) -> list[PaperCopy]:
        """Return the copies that are still being checked, or could not be read."""
        return [copy for copy in self._newest_first if not copy.is_ready and not copy.is_withdrawn]

    @property
    def withdrawn(self) -> list[PaperCopy]:
        return [copy for copy in self._newest_first if copy.is_withdrawn]

    @property
    def marks(self) -> list[PaperMade]:
        return list(self.paper.made_elsewhere.all())

    @property
    def mine(self) -> list[PaperCopy]:
        return [copy for copy in self.copies if copy.key in self.reads]

    @property
    def others(self) -> list[PaperCopy]:
        return [copy for copy in self.copies if copy.key not in self.reads]

    @property
    def my_marks(self) -> list[PaperMade]:
        return [mark for mark in self.marks if mark.key in self.reads]

    @property
    def other_marks(self) -> list[PaperMade]:
        return [mark for mark in self.marks if mark.key not in self.reads]

    @property
    def not_there(self) -> list[Text]:
        """Name the formats the reader reads in which the paper is not there."""
        there = {copy.key for copy in self.copies} | {mark.key for mark in self.marks}
        return [format_label(key) for key in self.reads if key not in there]

    @property
    def _newest_first(self) -> list[PaperCopy]:
        return sorted(self.paper.copies.all(), key=lambda copy: (copy.added_at, copy.pk), reverse=True)


@dataclass(frozen=True)
class ShownLack:
    """A format that is not there yet, how many people need it, and their names where the reader arranges it."""

    lack: Lack
    names: list[Person]

    @property
    def text(self) -> str:
        number = len(self.lack.people)
        return ngettext(
            "%(format)s is not there yet: %(number)s person needs it",
            "%(format)s is not there yet: %(number)s people need it",
            number,
        ) % {"format": self.lack.label, "number": number}


class EventPapers:
    """The papers that come with `event` as `user` sees them."""

    def __init__(self, event: Event, user: User) -> None:
        self.event, self.user = event, user

    @cached_property
    def meeting(self) -> Meeting | None:
        """Return the meeting that the event is, or None."""
        return queries.meeting_of(self.event)

    @property
    def back_url(self) -> str:
        """Return the page that leads here: that of the meeting to those who read it as a whole, or the event's."""
        if self.meeting is not None and can_read_whole(self.user, self.meeting):
            return self.meeting.get_absolute_url()
        return self.event.get_absolute_url()

    @cached_property
    def may_add(self) -> bool:
        return bool(rules.can_add_papers(self.user, self.event))

    @cached_property
    def may_keep(self) -> bool:
        return bool(rules.can_keep_papers(self.user, self.event))

    @cached_property
    def _all(self) -> list[AttachedPaper]:
        return queries.papers_of(self.event)

    @cached_property
    def reads(self) -> list[FormatKey]:
        return queries.formats_of(self.user.person)

    @cached_property
    def papers(self) -> list[ShownPaper]:
        """Return the papers that are there, in the order of the agenda."""
        return [self.shown(paper) for paper in self._all if not paper.is_withdrawn]

    @property
    def withdrawn(self) -> list[AttachedPaper]:
        return [paper for paper in self._all if paper.is_withdrawn]

    def shown(self, paper: AttachedPaper) -> ShownPaper:
        """Return `paper` as the reader sees it."""
        about = paper.item.decision_id if paper.item else None
        return ShownPaper(paper, self.reads, has_interest=about in self._interests)

    @cached_property
    def _interests(self) -> set[int]:
        """Return the proposals of the agenda in which the reader declared an interest."""
        about = [paper.item.decision_id for paper in self._all if paper.item and paper.item.decision_id]
        if not about:
            return set()
        declared = DeclaredInterest.objects.filter(decision__in=about, person=self.user.person, taken_back_on=None)
        return set(declared.values_list("decision", flat=True))

    @cached_property
    def lacks(self) -> list[ShownLack]:
        """Return what is not there in a format people read, for those who lead it; to staff with names."""
        if not self.may_keep or self.event.is_over:
            return []
        sees_names = can_see_access_needs(self.user, self.event.programme)
        found = queries.lacks_of(self.event, self._all)
        return [ShownLack(lack, lack.people if sees_names else []) for lack in found]


def marks_of_meeting(meeting: Meeting, user: User) -> list[PaperMade]:
    """Return what was made elsewhere of the agenda and the minutes, as far as `user` reads those."""
    allowed = [what for what in MeetingPaper.What if rules.can_have_paper(user, meeting, what)]
    return list(PaperMade.objects.filter(event=meeting.event_id, what__in=allowed))
