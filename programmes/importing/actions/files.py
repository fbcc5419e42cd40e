"""Take a file with people, read it, and throw it away."""

import logging

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from people.jobs import actions as jobs
from programmes.importing import queries, rules
from programmes.importing.calculations import columns
from programmes.importing.models import ImportRow, ImportRule, ImportStatus, PeopleImport
from programmes.importing.models.imports import file_path
from programmes.importing.transitions import READ, ImportRefusedError, lock, move
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.sent_files import fingerprint, write
from wellbeing.lib.sheets.table import Table
from wellbeing.lib.stored_files import delete_after_commit
from wellbeing.lib.types import User
from wellbeing.lib.uploads import size_words

logger = logging.getLogger(__name__)


@action
def send(*, programme: Programme, file: UploadedFile, by: User) -> PeopleImport:
    """Keep a file with people for `programme` and have a worker read it. Return the import.

    Raises ActionError when `by` may not; ImportRefusedError for an empty or too large file, and when the disk does not
    take it.
    """
    rules.can_import(by, programme).insist()
    rule = ImportRule.objects.in_force_on(programme, today())
    if not file.size:
        raise ImportRefusedError(_("This file is empty. Choose another file."), field="file")
    if file.size > rule.most_bytes:
        sizes = {"size": size_words(file.size), "limit": size_words(rule.most_bytes)}
        raise ImportRefusedError(
            _("This file is %(size)s. The most we can take is %(limit)s. Send it in several files.") % sizes,
            field="file",
        )
    people_import = PeopleImport(
        programme=programme,
        rule=rule,
        original_name=(file.name or _("spreadsheet"))[:200],
        sha256=fingerprint(file),
        size=file.size,
        sent_by=by.person,
    )
    try:
        people_import.file = write(file_path(programme), File(file))
    except OSError:
        logger.exception("A file with people could not be stored.")
        raise ImportRefusedError(_("We could not keep your file just now. Try again later."), field="file") from None
    people_import.save()
    jobs.start(kind=READ, subject_id=people_import.pk, by=by)
    return people_import


@action
def read_differently(
    *,
    people_import: PeopleImport,
    by: User,
    sheet: int | None = None,
    encoding: str = "",
    separator: str = "",
    heading_row: int | None = None,
) -> PeopleImport:
    """Have the file read again as staff say: another sheet, letters, separator or row with the headings. Return it.

    Raises ActionError when `by` may not, ImportRefusedError when it is past that. Locks the import.
    """
    rules.can_import(by, people_import.programme).insist()
    people_import = lock(people_import)
    rules.can_say_columns(people_import).insist(ImportRefusedError)
    people_import.sheet, people_import.encoding, people_import.separator = sheet, encoding, separator
    people_import.heading_row = heading_row
    move(people_import, ImportStatus.READING)
    jobs.start(kind=READ, subject_id=people_import.pk, by=by)
    return people_import


@action
def keep(*, people_import: PeopleImport, table: Table, by: User | None) -> PeopleImport:
    """Keep the rows that a worker read, with what each column looks like. Return the import; harmless when it is late.

    Locks the import.
    """
    people_import = lock(people_import)
    if people_import.status != ImportStatus.READING:
        return people_import
    number = people_import.heading_row
    if number is None or number > len(table.rows):
        number = columns.heading_row(table.rows)
    rows = [(index, cells) for index, cells in enumerate(table.rows, 1) if index > number and any(cells)]
    most = people_import.rule.most_rows
    if not rows or len(rows) > most:
        sentence = (
            _("This sheet has more than %(limit)s rows. Send it in several files.") % {"limit": most}
            if rows
            else _("There are no rows below the headings.")
        )
        return refuse(people_import=people_import, problem=sentence, by=by)
    people_import.rows.all().delete()
    people_import.kind, people_import.sheets, people_import.sheet = table.kind, table.sheets, table.sheet
    people_import.encoding, people_import.separator = table.encoding, table.separator
    people_import.heading_row, people_import.headings = number, columns.headings_of(table.rows, number)
    people_import.mapping = columns.guess(
        people_import.headings, [cells for _index, cells in rows], queries.remembered(people_import.programme)
    )
    ImportRow.objects.bulk_create(
        [ImportRow(people_import=people_import, number=index, cells=cells) for index, cells in rows], batch_size=2_000
    )
    move(people_import, ImportStatus.COLUMNS)
    return people_import


@action
def refuse(*, people_import: PeopleImport, problem: str, by: User | None) -> PeopleImport:
    """Say why the file of an import could not be read, and delete it. Return the import. Locks it."""
    people_import = lock(people_import)
    if people_import.status == ImportStatus.READING:
        people_import.problem = problem[:500]
        _delete_file(people_import)
        move(people_import, ImportStatus.UNREADABLE)
    return people_import


@action
def discard(*, people_import: PeopleImport, by: User) -> PeopleImport:
    """Throw an import away before anybody was brought in: its file and its rows are deleted. Return it.

    Raises ActionError when `by` may not or it is too late. Locks the import.
    """
    rules.can_import(by, people_import.programme).insist()
    people_import = lock(people_import)
    rules.can_be_discarded(people_import).insist(ImportRefusedError)
    return _throw_away(people_import)


@action
def clear(*, people_import: PeopleImport, by: User | None) -> PeopleImport:
    """Delete the file of an import and what its rows say, once their time is over. Return it. Locks the import."""
    people_import = lock(people_import)
    if people_import.status in {ImportStatus.DONE, ImportStatus.UNDONE}:
        _delete_file(people_import)
        people_import.rows.update(cells=[], details={}, stayed_because="")
        people_import.headings, people_import.cleared_at = [], timezone.now()
        people_import.save()
    elif rules.can_be_discarded(people_import):
        _throw_away(people_import)
    return people_import


def _throw_away(people_import: PeopleImport) -> PeopleImport:
    _delete_file(people_import)
    people_import.rows.all().delete()
    people_import.headings, people_import.cleared_at = [], timezone.now()
    move(people_import, ImportStatus.DISCARDED)
    return people_import


def _delete_file(people_import: PeopleImport) -> None:
    """Take the file off the disk once this is committed."""
    delete_after_commit(people_import.file)
    people_import.file = ""
