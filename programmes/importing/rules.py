"""Say who may import people into a programme, and what may be done with an import as it is."""

import datetime as dt

from django.utils.translation import gettext as _

from programmes.importing import queries
from programmes.importing.models import IMPORT_STEPS, ImportStatus, PeopleImport, RowStatus
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_import(user: User, programme: Programme) -> Ruling:
    """May `user` import people into `programme`? Yes for its staff and administrators, who may add each of them."""
    return can_manage_programme(user, programme)


def can_be_changed(people_import: PeopleImport) -> Ruling:
    """May rows of an import be put right or left out? Yes while they are checked and nobody is brought in."""
    if people_import.status == ImportStatus.CHECKED:
        return YES
    return Ruling(_("This import is not waiting for anything to be put right: %s.") % _now(people_import))


def can_say_columns(people_import: PeopleImport) -> Ruling:
    """May staff say which column is which? Yes once the file was read, until people are brought in."""
    if people_import.status in {ImportStatus.COLUMNS, ImportStatus.CHECKED}:
        return YES
    return Ruling(_("The columns of this file cannot be changed now: %s.") % _now(people_import))


def can_be_brought_in(people_import: PeopleImport) -> Ruling:
    """May the people of an import be brought in? Yes once nothing is wrong with any row that is not left out."""
    ruling = can_be_changed(people_import)
    if not ruling:
        return ruling
    counts = queries.counts_of(people_import)
    if wrong := counts[RowStatus.PROBLEM] + counts[RowStatus.UNCHECKED]:
        return Ruling(_("Rows to put right or leave out first: %(number)s.") % {"number": wrong})
    if not counts[RowStatus.READY]:
        return Ruling(_("There is nobody new in this file. Nothing is left to do."))
    return YES


def can_be_undone(people_import: PeopleImport) -> Ruling:
    """May an import be undone? Yes once people were brought in, until the last day for it.

    Its rows are deleted before that day where somebody of the file was removed: then nothing is known of it any more.
    """
    if people_import.status != ImportStatus.DONE:
        return Ruling(_("Only an import that has brought people in can be undone: %s.") % _now(people_import))
    if people_import.cleared_at is not None and today() <= _last_day(people_import):
        return Ruling(
            _("The file and its rows are deleted, as somebody in it was removed. It cannot be undone any more.")
        )
    until = _last_day(people_import)
    if today() > until:
        return Ruling(_("This could be undone until %(day)s.") % {"day": long_date(until)})
    return YES


def can_be_discarded(people_import: PeopleImport) -> Ruling:
    """May an import be thrown away? Yes until its people are being brought in."""
    if ImportStatus.DISCARDED in IMPORT_STEPS.get(ImportStatus(people_import.status), ()):
        return YES
    return Ruling(_("This import cannot be thrown away any more: %s.") % _now(people_import))


def can_be_welcomed(people_import: PeopleImport) -> Ruling:
    """May a welcome go out? Yes once people were brought in, while some of them have not been told."""
    if people_import.status != ImportStatus.DONE:
        return Ruling(_("A welcome goes out once the people are brought in: %s.") % _now(people_import))
    if not queries.to_welcome(people_import).exists():
        return Ruling(_("Everybody from this file has been told, or has answered."))
    return YES


def _last_day(people_import: PeopleImport) -> dt.date:
    until = people_import.undo_until
    assert until is not None
    return until


def _now(people_import: PeopleImport) -> str:
    return str(people_import.get_status_display())
