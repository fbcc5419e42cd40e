"""Check the rows of an import: read their cells, and compare each with the programme and the rows before it."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _

from people.directory.likeness import Likeness, as_known, in_words
from people.models import Person
from programmes.importing import queries, storing
from programmes.importing.calculations.cells import Reading, RowReader
from programmes.importing.calculations.columns import Target
from programmes.importing.models import ImportRow, PeopleImport, RowStatus
from programmes.importing.storing import Found
from programmes.members.queries import directory_of
from programmes.programme.queries import took_part
from wellbeing.lib.names import name_key

AT_ONCE = 500
# Named in the problem of a row; more would help nobody.
MOST_LIKE = 3

Progress = Callable[[int, int], None]


def check(
    people_import: PeopleImport, *, only: Collection[int] | None = None, progress: Progress | None = None
) -> None:
    """Check rows of an import again, all or `only` those with these keys, and write what is found of each.

    A row that staff left out stays so. `progress` is told now and then how many rows are done, and of how many.
    """
    _Check(people_import).run(only, progress)


class _Check:
    def __init__(self, people_import: PeopleImport) -> None:
        programme = people_import.programme
        self.people_import = people_import
        self.reader = RowReader(people_import.headings, people_import.mapping, queries.choices_of(people_import))
        self.directory = directory_of(programme)
        self.said_no = queries.said_no_at(programme)
        self.by_name = queries.brought_by_name_alone(programme)
        named = list(people_import.rows.exclude(same_as=None).values_list("same_as", flat=True))
        self.chosen = set(Person.objects.filter(took_part(programme), pk__in=named).values_list("pk", flat=True))

    def run(self, only: Collection[int] | None, progress: Progress | None) -> None:
        rows = self.people_import.rows.order_by("number", "part")
        total = rows.count()
        found: list[Found] = []
        for done, row in enumerate(rows.iterator(chunk_size=AT_ONCE), 1):
            wanted = only is None or row.pk in only
            one = self._check(row) if wanted else Found(row.pk, row.status, row.details, row.problems, row.person_id)
            if wanted:
                found.append(one)
            if one.status in {RowStatus.READY, RowStatus.PROBLEM} and one.details.get("full_name"):
                self.directory.add(as_known(one.details, row=row.number))
            if len(found) >= AT_ONCE:
                storing.write_found(found)
                found = []
                if progress:
                    progress(done, total)
        storing.write_found(found)

    def _check(self, row: ImportRow) -> Found:
        reading = self.reader.read(row.cells)
        details = reading.details
        if row.status == RowStatus.LEFT_OUT:
            return Found(row.pk, RowStatus.LEFT_OUT, details, reading.problems)
        if row.same_as_id in self.chosen:
            return Found(row.pk, RowStatus.HERE, details, [], row.same_as_id)
        if details["email"] in self.said_no and details["email"]:
            sentence = _("At this address we were told no before, so we do not ask there again. Leave this row out.")
            self._add(reading, Target.EMAIL, sentence)
        person = None
        if details["full_name"] and not row.is_somebody_else:
            person = self._compare(reading)
        if person is not None:
            return Found(row.pk, RowStatus.HERE, details, [], person)
        status = RowStatus.PROBLEM if reading.problems else RowStatus.READY
        return Found(row.pk, status, details, reading.problems)

    def _compare(self, reading: Reading) -> int | None:
        """Return the person of the programme whom a row surely is, or None after adding who it may be as problems."""
        details = reading.details
        like = self.directory.like(as_known(details))
        for one in like:
            if one.sure and one.who.person is not None:
                return one.who.person
        if not (details["email"] or details["phone"] or details["postal_address"]):
            person = self.by_name.get(name_key(details["full_name"]))
            if person is not None:
                return person
        for one in like[:MOST_LIKE]:
            column = self._column(Target.FULL_NAME, Target.FIRST_NAME, Target.LAST_NAME)
            reading.problems.append({"column": column, "text": _sentence(one), "like": one.who.person or 0})
        return None

    def _column(self, *targets: str) -> int | None:
        return next((self.reader.columns[target][0] for target in targets if target in self.reader.columns), None)

    def _add(self, reading: Reading, target: str, sentence: str) -> None:
        problem: dict[str, Any] = {"column": self._column(target), "text": sentence}
        reading.problems.append(problem)


def _sentence(like: Likeness) -> str:
    values = {"same": in_words(like.same), "name": like.who.name, "row": like.who.row}
    if like.who.person is None:
        return (
            _("This may be the person of row %(row)s, %(name)s (same %(same)s). Leave one out, or say they are two.")
            % values
        )
    return (
        _("This may be %(name)s, who is in the programme already (same %(same)s). Say whether they are one person.")
        % values
    )
