"""Record the needs of a person to take part: once, by them or by somebody they told."""

from collections.abc import Iterable

from people import registry
from people.directory.models import Person
from people.needs import rules
from people.needs.models import AccessNeed
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def set(*, person: Person, by: User, needs: Iterable[tuple[str, str]]) -> list[AccessNeed]:
    """Replace the person's access needs by `needs`, (kind, detail) pairs, and return the rows.

    Raises ActionError when `by` may not change them. Locks the person.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    rules.can_set_needs(by, person).insist()
    before = {(AccessNeed.Kind(row.kind), row.detail) for row in person.access_needs.all()}
    wanted = {(AccessNeed.Kind(kind), " ".join(detail.split())) for kind, detail in needs}
    for row in person.access_needs.all():
        if (row.kind, row.detail) not in wanted:
            row.delete()
    AccessNeed.objects.bulk_create(
        [AccessNeed(person=person, kind=kind, detail=detail) for kind, detail in sorted(wanted - before)]
    )
    for hear in registry.needs_changed if wanted != before else ():
        hear(person, by)
    return list(person.access_needs.all())
