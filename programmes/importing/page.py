"""Parts that the page of an import shows."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.jobs.models import Job
from programmes.importing import queries, rules
from programmes.importing.models import ImportStatus, PeopleImport, RowStatus
from programmes.importing.transitions import WELCOME, WORK
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.types import User

TONES = {
    RowStatus.PROBLEM: "bad",
    RowStatus.READY: "good",
    RowStatus.ADDED: "good",
    RowStatus.STAYED: "attention",
}


class ImportPage:
    """One import, for staff of its programme."""

    def __init__(self, people_import: PeopleImport, user: User) -> None:
        self.people_import, self.user = people_import, user

    @cached_property
    def counts(self) -> Any:
        """Return how many rows there are of each status, 0 for the others."""
        return queries.counts_of(self.people_import)

    @property
    def problems(self) -> int:
        """Return how many rows have to be put right."""
        return self.counts[RowStatus.PROBLEM]

    @property
    def ready(self) -> int:
        """Return how many people would be brought in."""
        return self.counts[RowStatus.READY]

    @property
    def stayed(self) -> int:
        """Return how many people stayed when it was undone."""
        return self.counts[RowStatus.STAYED]

    @cached_property
    def job(self) -> Job | None:
        """Return the long work that goes on for it, or that stopped; None while staff have something to do."""
        kind = WORK.get(ImportStatus(self.people_import.status))
        unfinished = [Job.Status.WAITING, Job.Status.RUNNING, Job.Status.FAILED]
        jobs = Job.objects.filter(subject_id=self.people_import.pk, status__in=unfinished).order_by("-pk")
        return jobs.filter(kind=kind).first() if kind else jobs.filter(kind=WELCOME).first()

    @cached_property
    def to_welcome(self) -> int:
        """Return how many people were brought in and have not been told."""
        return queries.to_welcome(self.people_import).count() if self.is_done else 0

    @property
    def is_checked(self) -> bool:
        return self.people_import.status == ImportStatus.CHECKED

    @property
    def is_done(self) -> bool:
        return self.people_import.status == ImportStatus.DONE

    @property
    def is_undone(self) -> bool:
        return self.people_import.status == ImportStatus.UNDONE

    @property
    def is_unreadable(self) -> bool:
        return self.people_import.status == ImportStatus.UNREADABLE

    @property
    def shows_rows(self) -> bool:
        """Return whether the rows can be looked at: once they were checked, until they are deleted."""
        checked = {ImportStatus.CHECKED, ImportStatus.DONE, ImportStatus.UNDONE}
        return self.people_import.status in checked and self.people_import.cleared_at is None

    @property
    def may_undo(self) -> bool:
        return bool(rules.can_be_undone(self.people_import))

    @property
    def may_discard(self) -> bool:
        return bool(rules.can_be_discarded(self.people_import))

    @property
    def may_bring_in(self) -> bool:
        return bool(rules.can_be_brought_in(self.people_import))

    @cached_property
    def came_before(self) -> PeopleImport | None:
        """Return an import of the same file of which people were brought in, or None."""
        return queries.same_file(self.people_import)

    @property
    def summary(self) -> list[str]:
        """Say in sentences what the rows come to."""
        here, out = self.counts[RowStatus.HERE], self.counts[RowStatus.LEFT_OUT]
        said = []
        if self.is_checked:
            said.append(
                ngettext(
                    "%(n)s person is ready to be brought in.", "%(n)s people are ready to be brought in.", self.ready
                )
                % {"n": self.ready}
            )
        if self.is_done:
            added = self.counts[RowStatus.ADDED]
            said.append(
                ngettext("%(n)s person was brought in", "%(n)s people were brought in", added) % {"n": added}
                + self._by(self.people_import.brought_by, self.people_import.brought_at)
            )
        if self.is_undone:
            removed = self.counts[RowStatus.REMOVED]
            said.append(
                ngettext("%(n)s person was taken out again", "%(n)s people were taken out again", removed)
                % {"n": removed}
                + self._by(self.people_import.undone_by, self.people_import.undone_at)
            )
        if here:
            said.append(
                ngettext(
                    "%(n)s is in the programme already, and is not added again.",
                    "%(n)s are in the programme already, and are not added again.",
                    here,
                )
                % {"n": here}
            )
        if out:
            said.append(ngettext("%(n)s row is left out.", "%(n)s rows are left out.", out) % {"n": out})
        return said

    @staticmethod
    def _by(person: Any, moment: Any) -> str:
        if person is None or moment is None:
            return "."
        values = {"name": person.full_name, "day": long_date(moment), "time": time_of_day(moment)}
        return " " + _("by %(name)s on %(day)s, %(time)s.") % values
