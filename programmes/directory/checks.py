"""Checks that actions on several people of a programme share."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from people.models import Person
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import took_part
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import PersonId


def lock_chosen(programme: Programme, keys: Collection[PersonId]) -> list[Person]:
    """Lock the people with `keys` and return them. Raises ActionError when one is not in `programme`.

    Others may go on to write what points to these people: of many, somebody may hold some and wait for the others.
    """
    here = Person.objects.filter(took_part(programme), pk__in=keys)
    locked = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=here.values("pk"))
    found = list(locked.order_by("pk"))
    if len(found) < len(keys):
        raise ActionError(_("Somebody you chose is not in this programme. Choose again."))
    return found
