"""Write notes about people, change them, and take them away."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.directory import queries, rules
from programmes.directory.models import NoteReader, PersonNote
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def write(
    *,
    programme: Programme,
    person: Person,
    words: str,
    readers: str,
    by: User,
    named: Iterable[Person] = (),
) -> PersonNote:
    """Write a note about `person` for staff of `programme`, or those of them who are `named`. Return the PersonNote.

    Raises ActionError without words, for a colleague who is not staff, and where `by` may not.
    """
    rules.can_write_note(by, programme, person).insist()
    note = PersonNote(programme=programme, person=person, words=_checked(words), readers=readers, written_by=by.person)
    colleagues = _colleagues(programme, readers, named, by)
    note.save()
    _name(note, colleagues)
    return note


@action
def change(*, note: PersonNote, words: str, readers: str, by: User, named: Iterable[Person] = ()) -> PersonNote:
    """Change the words of a note or who reads it; the history keeps what it said. Return it. Raises as `write` does.

    Locks the note.
    """
    note = _locked(note, by)
    colleagues = _colleagues(note.programme, readers, named, by)
    note.words, note.readers, note.changed_at = _checked(words), readers, timezone.now()
    note.save(update_fields=["words", "readers", "changed_at"])
    note.named.all().delete()
    _name(note, colleagues)
    return note


@action
def take_away(*, note: PersonNote, by: User) -> PersonNote:
    """Take a note away: nobody reads it in the product any more. Return it. Raises as `change` does. Locks the note."""
    note = _locked(note, by)
    note.taken_at, note.taken_by = timezone.now(), by.person
    note.save(update_fields=["taken_at", "taken_by"])
    return note


def _locked(note: PersonNote, by: User) -> PersonNote:
    rows = PersonNote.objects.select_for_update(of=("self",)).select_related("programme", "written_by")
    note = rows.get(pk=note.pk)
    rules.can_change_note(by, note).insist()
    return note


def _checked(words: str) -> str:
    if not words.strip():
        raise ActionError(_("Enter the note."), field="words")
    return words.strip()


def _colleagues(programme: Programme, readers: str, named: Iterable[Person], by: User) -> list[Person]:
    """Return the colleagues who are named to read a note. Raises ActionError for others, and where nobody is."""
    if readers != PersonNote.Readers.NAMED:
        return []
    wanted = {person.pk for person in named} - {by.person.pk}
    colleagues = list(queries.staff_of(programme).filter(pk__in=wanted))
    if len(colleagues) < len(wanted):
        raise ActionError(_("Only staff of this programme can be named to read it."), field="named")
    if not colleagues:
        raise ActionError(_("Choose at least one colleague, or “Only me”."), field="named")
    return colleagues


def _name(note: PersonNote, colleagues: Iterable[Person]) -> None:
    NoteReader.objects.bulk_create([NoteReader(note=note, person=person) for person in colleagues])
