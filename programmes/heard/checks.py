"""Lock a contribution, under whose lock everything about it changes, and check who said it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.heard.models import Contribution
from programmes.programme import queries as programme_queries
from programmes.programme.models.programmes import Programme
from wellbeing.lib.errors import ActionError


def locked(contribution: Contribution) -> Contribution:
    """Return `contribution` as it is now, with its programme, and lock it alone."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("programme", "outcome")
    return rows.get(pk=contribution.pk)


def check_people(programme: Programme, people: Iterable[Person], field: str) -> None:
    """Raise ActionError, for the form field `field`, unless `programme` has added all of `people`."""
    keys = {person.pk for person in people}
    known = Person.objects.filter(programme_queries.took_part(programme), pk__in=keys)
    if known.count() < len(keys):
        raise ActionError(_("Choose people of this programme."), field=field)
