"""Record the needs of a person to take part: once, by them or by somebody they told."""

from people.directory.models import Person
from people.needs import rules
from people.needs.models import AccessNeed
from wellbeing.lib.actions import action


@action
def set(*, person, by, needs):
    """Make the person's access needs exactly `needs`: an iterable of (AccessNeed.Kind, detail).

    Raises ActionError when `by` may not change them. Returns the rows as they now are.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    rules.can_set_needs(by, person).insist()
    wanted = {(AccessNeed.Kind(kind), " ".join(detail.split())) for kind, detail in needs}
    for row in person.access_needs.all():
        if (row.kind, row.detail) in wanted:
            wanted.discard((row.kind, row.detail))
        else:
            row.delete()
    AccessNeed.objects.bulk_create(
        [AccessNeed(person=person, kind=kind, detail=detail) for kind, detail in sorted(wanted)]
    )
    return list(person.access_needs.all())
