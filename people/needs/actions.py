"""Record the needs of a person to take part, and that somebody said that they are still right."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.needs import queries, rules
from people.needs.models import AccessNeed, NeedsReview, Whose
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

Kind = AccessNeed.Kind


class NeedsError(ActionError):
    """Needs cannot be recorded or reviewed like this."""


class Said(NamedTuple):
    """One need as somebody said it. `print_size` is one of PRINT_SIZES, for large print."""

    kind: str
    detail: str = ""
    whose: str = Whose.PERSON
    print_size: str = ""


@action
def record(*, person: Person, by: User, needs: Iterable[tuple[str, ...]]) -> list[AccessNeed]:
    """Replace the person's access needs by `needs`, each a `Said` or its first parts, and return the rows.

    For somebody who is being added: that they are right nobody has said yet. Raises NeedsError when `by` may not
    change them. Locks the person.
    """
    person = _locked(person, by)
    _write(person, by, [Said(*need) for need in needs])
    return list(person.access_needs.all())


@action
def set(*, person: Person, by: User, needs: Iterable[tuple[str, ...]], how: str = "") -> list[AccessNeed]:
    """Do the same, and note that they are right: the person said so, or told a colleague, who says `how`.

    A need of a supporter says that a supporter comes, too. The person is told of what a colleague noted. Raises
    NeedsError also for a colleague without `how`. Locks the person.
    """
    person = _locked(person, by)
    _check_how(person, by, how)
    has_changed = _write(person, by, [Said(*need) for need in needs])
    _note(person, by, how, has_changed=has_changed)
    return list(person.access_needs.all())


@action
def still_right(*, person: Person, by: User, how: str = "", seen: str | None = None) -> NeedsReview:
    """Note that what is recorded of a person's needs, or that they have none, is still right. Return the review.

    `seen` is what `queries.seen_of` said when the page was opened. Said twice on a day, it is noted once. The person
    is told of what a colleague noted. Raises NeedsError when `by` may not, for a colleague without `how`, and when
    the needs have changed since. Locks the person.
    """
    person = _locked(person, by)
    _check_how(person, by, how)
    if seen is not None and seen != queries.seen_of(person):
        raise NeedsError(_("What we know has changed since you opened the page. Please look at it again."))
    return _note(person, by, how)


def _locked(person: Person, by: User) -> Person:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_set_needs(by, person).insist(NeedsError)
    return person


def _check_how(person: Person, by: User, how: str) -> None:
    if not rules.is_own(by, person) and not how.strip():
        raise NeedsError(_("Say how they told you."), field="how")


def _write(person: Person, by: User, said: list[Said]) -> bool:
    """Make the rows of `person` what was said, and their letters as large as they said; tell those who arrange it.

    Return whether anything changed.
    """
    # The size of a person's own large print is that of their letters.
    size = next((one.print_size for one in said if (one.whose, one.kind) == (Whose.PERSON, Kind.LARGE_PRINT)), None)
    wanted = {_cleaned(one) for one in said}
    if any(one.whose == Whose.SUPPORTER for one in wanted):
        comes = any((one.whose, one.kind) == (Whose.PERSON, Kind.SUPPORTER) for one in wanted)
        wanted |= frozenset() if comes else {Said(Kind.SUPPORTER)}
    rows = list(person.access_needs.all())
    before = {Said(row.kind, row.detail, row.whose, row.print_size) for row in rows}
    has_resized = _resize(person, size, read_large=any(_is_own_large(one) for one in before))
    for row in rows:
        if Said(row.kind, row.detail, row.whose, row.print_size) not in wanted:
            row.delete()
    AccessNeed.objects.bulk_create([AccessNeed(person=person, **one._asdict()) for one in sorted(wanted - before)])
    has_changed = wanted != before or has_resized
    for hear in registry.needs_changed if has_changed else ():
        hear(person, by)
    return has_changed


def _cleaned(said: Said) -> Said:
    size = said.print_size if said.whose == Whose.SUPPORTER and said.kind == Kind.LARGE_PRINT else ""
    return Said(str(Kind(said.kind)), " ".join(said.detail.split()), str(Whose(said.whose)), size)


def _is_own_large(said: Said) -> bool:
    return said.whose == Whose.PERSON and said.kind == Kind.LARGE_PRINT


def _resize(person: Person, size: str | None, *, read_large: bool) -> bool:
    """Print letters in the `size` of large print somebody chose, or no longer large. Return whether that is new.

    None where they do not need large print; "" where they did not choose a size. `read_large`: they needed it before.
    """
    new = person.letter_size
    if size:
        new = size
    elif size is None and read_large and Person.LetterSize(person.letter_size).is_large:
        new = Person.LetterSize.STANDARD
    if new == person.letter_size:
        return False
    person.letter_size = new
    person.save(update_fields=["letter_size"])
    return True


def _note(person: Person, by: User, how: str, *, has_changed: bool = False) -> NeedsReview:
    own = rules.is_own(by, person)
    noted_by, how = (None, "") if own else (by.person, how.strip())
    has_needs = person.access_needs.exists()
    last = NeedsReview.objects.filter(person=person, reviewed_at__date=today()).order_by("-pk").first()
    if last and not has_changed and (last.noted_by, last.how, last.has_needs) == (noted_by, how, has_needs):
        return last
    review = NeedsReview.objects.create(person=person, has_needs=has_needs, noted_by=noted_by, how=how)
    for hear in registry.needs_noted if not own else ():
        hear(person, by, how, f"needs:{review.pk}")
    return review
