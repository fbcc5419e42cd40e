"""Say which column is which, put rows right in place, and leave rows out."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from people.jobs import actions as jobs
from people.models import Person
from programmes.importing import checking, rules
from programmes.importing.calculations import columns
from programmes.importing.calculations.cells import names_in
from programmes.importing.calculations.columns import Target
from programmes.importing.models import ImportRow, ImportStatus, PeopleImport, RememberedColumn, RowStatus
from programmes.importing.transitions import CHECK, ImportRefusedError, lock, move
from programmes.programme.models.groups import Group
from programmes.programme.queries import took_part
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def set_columns(
    *,
    people_import: PeopleImport,
    mapping: Sequence[str],
    by: User,
    role: str = "",
    group: Group | None = None,
    seat: str = "",
    starts_on: dt.date | None = None,
) -> PeopleImport:
    """Say what each column is for, remember it for the programme, and have every row checked. Return the import.

    `role`, `group`, `seat` and `starts_on` hold for rows that do not say. Raises ImportRefusedError when the columns
    cannot be read so, or it is past that; ActionError when `by` may not. Locks the import.
    """
    rules.can_import(by, people_import.programme).insist()
    people_import = lock(people_import)
    if len(mapping) != len(people_import.headings):
        raise ImportRefusedError(_("The file has been read anew meanwhile. Look at its columns again."))
    if problem := columns.problem_of(mapping):
        raise ImportRefusedError(problem)
    people_import.mapping = list(mapping)
    people_import.role, people_import.group, people_import.seat = role, group, seat
    people_import.starts_on = starts_on
    rules.can_say_columns(people_import).insist(ImportRefusedError)
    move(people_import, ImportStatus.CHECKING)
    RememberedColumn.objects.bulk_create(
        [
            RememberedColumn(programme=people_import.programme, heading=key, target=target)
            for key, target in columns.to_remember(people_import.headings, mapping).items()
        ],
        update_conflicts=True,
        unique_fields=["programme", "heading"],
        update_fields=["target"],
    )
    jobs.start(kind=CHECK, subject_id=people_import.pk, by=by, total=people_import.rows.count())
    return people_import


@action
def finish_check(*, people_import: PeopleImport, stamp: str, by: User | None) -> PeopleImport:
    """Record that every row is checked, against the programme as `stamp` says it was. Return the import. Locks it."""
    people_import = lock(people_import)
    if people_import.status == ImportStatus.CHECKING:
        people_import.checked_against = stamp
        move(people_import, ImportStatus.CHECKED)
    return people_import


@action
def put_right(*, row: ImportRow, cells: Sequence[str], by: User) -> ImportRow:
    """Write other cells into a row, and check it and those that wait for it again. Return the row.

    Raises ActionError when `by` may not, ImportRefusedError when rows cannot be changed any more. Locks the import.
    """
    row = _lock_row(row, by)
    if list(cells) != row.cells:
        row.cells, row.is_somebody_else, row.same_as = list(cells), False, None
    return _again(row, by)


@action
def say_somebody_else(*, row: ImportRow, by: User) -> ImportRow:
    """Say that the person of a row is none of those they are like, so that they are added. Return it. Locks the import.

    Raises ActionError when `by` may not, ImportRefusedError when rows cannot be changed any more.
    """
    row = _lock_row(row, by)
    row.is_somebody_else, row.same_as = True, None
    return _again(row, by)


@action
def say_same(*, row: ImportRow, person: Person, by: User) -> ImportRow:
    """Say that a row is `person` of the programme, who is not added again. Return the row. Locks the import.

    Raises ImportRefusedError for somebody who is not in the programme, and as `put_right` does.
    """
    row = _lock_row(row, by)
    if not Person.objects.filter(took_part(row.people_import.programme), pk=person.pk).exists():
        raise ImportRefusedError(_("Choose somebody of this programme."))
    row.is_somebody_else, row.same_as = False, person
    return _again(row, by)


@action
def make_two(*, row: ImportRow, by: User) -> ImportRow:
    """Make two rows of one whose cell has the names of two people; the second has the same other cells. Return it.

    Its email address and phone stay with the first alone. Raises ImportRefusedError where there are not two names, and
    as `put_right` does. Locks the import.
    """
    row = _lock_row(row, by)
    column = row.people_import.mapping.index(Target.FULL_NAME) if Target.FULL_NAME in row.people_import.mapping else -1
    names = names_in(row.cells[column]) if column >= 0 else []
    if len(names) != 2:
        raise ImportRefusedError(_("There are not two names in this row."))
    other = list(row.cells)
    row.cells[column], other[column] = names
    for index, target in enumerate(row.people_import.mapping):
        if target in {Target.EMAIL, Target.PHONE, Target.CHANNEL}:
            other[index] = ""
    part = row.people_import.rows.filter(number=row.number).count() + 1
    second = ImportRow.objects.create(
        people_import=row.people_import, number=row.number, part=part, cells=other, changed_by=by.person
    )
    _again(row, by)
    return _again(second, by)


@action
def leave_out(*, row: ImportRow, by: User) -> ImportRow:
    """Leave a row out on purpose: nobody is brought in for it. Return it. Locks the import.

    Raises ActionError when `by` may not, ImportRefusedError when rows cannot be changed any more.
    """
    row = _lock_row(row, by)
    row.status = RowStatus.LEFT_OUT
    return _again(row, by)


@action
def take_back(*, row: ImportRow, by: User) -> ImportRow:
    """Take a row back that was left out, and check it again. Return it. Locks the import; raises as `leave_out`."""
    row = _lock_row(row, by)
    if row.status == RowStatus.LEFT_OUT:
        row.status = RowStatus.UNCHECKED
    return _again(row, by)


@action
def leave_out_problems(*, people_import: PeopleImport, by: User) -> int:
    """Leave out every row that has a problem. Return how many. Locks the import; raises as `leave_out` does."""
    rules.can_import(by, people_import.programme).insist()
    people_import = lock(people_import)
    rules.can_be_changed(people_import).insist(ImportRefusedError)
    wrong = people_import.rows.filter(status=RowStatus.PROBLEM)
    return wrong.update(status=RowStatus.LEFT_OUT, changed_by=by.person)


def _lock_row(row: ImportRow, by: User) -> ImportRow:
    people_import = lock(row.people_import_id)
    rules.can_import(by, people_import.programme).insist()
    rules.can_be_changed(people_import).insist(ImportRefusedError)
    row = ImportRow.objects.get(pk=row.pk)
    row.people_import = people_import
    return row


def _again(row: ImportRow, by: User) -> ImportRow:
    """Save a changed row, and check it again with the rows that may only have waited for it."""
    row.changed_by = by.person
    row.save()
    people_import = row.people_import
    wrong = people_import.rows.filter(status=RowStatus.PROBLEM).values_list("pk", flat=True)
    checking.check(people_import, only={row.pk, *wrong})
    return ImportRow.objects.select_related("people_import").get(pk=row.pk)
