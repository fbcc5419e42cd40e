"""Keep which columns a reader chose."""

from collections.abc import Iterable

from programmes.directory.models import ColumnChoice
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def choose(*, columns: Iterable[str], by: User) -> ColumnChoice:
    """Keep the columns in which `by` reads lists of people, in every programme of theirs. Return the choice."""
    choice, _is_new = ColumnChoice.objects.update_or_create(person=by.person, defaults={"columns": list(columns)})
    return choice


@action
def choose_usual(*, by: User) -> None:
    """Forget which columns `by` chose, so that they read the usual ones."""
    ColumnChoice.objects.filter(person=by.person).delete()
