"""Lock an import and move it from state to state."""

from programmes.importing.models import ImportStatus, PeopleImport
from wellbeing.lib.errors import ActionError

# The kinds of long work that a worker does for an import.
READ, CHECK, BRING, UNDO, WELCOME = "people_read", "people_check", "people_bring", "people_undo", "people_welcome"
WORK = {
    ImportStatus.READING: READ,
    ImportStatus.CHECKING: CHECK,
    ImportStatus.BRINGING: BRING,
    ImportStatus.UNDOING: UNDO,
}


class ImportRefusedError(ActionError):
    """A rule about imports said no."""


def lock(people_import: PeopleImport | int) -> PeopleImport:
    """Lock an import until the transaction ends, and return it read afresh, with its programme and rule."""
    pk = people_import if isinstance(people_import, int) else people_import.pk
    rows = PeopleImport.objects.select_for_update(of=("self",)).select_related("programme", "rule")
    return rows.get(pk=pk)


def move(people_import: PeopleImport, status: ImportStatus) -> None:
    """Give a locked import, of which its rule said that it can, its next status, and save it."""
    people_import.status = status
    people_import.save()
