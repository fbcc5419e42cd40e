"""Gather from every app the parts of a person's pages and of the home page."""

import datetime as dt
from dataclasses import dataclass

from people import registry
from people.directory.models import Person
from people.registry import DemoRole, Found, Panel, Task
from wellbeing.lib.tables import found_in, words_of
from wellbeing.lib.types import Text, User

# Of each kind; who wants the others says more.
MAX_SHOWN = 10


@dataclass(frozen=True)
class FoundKind:
    """The first of one kind that a search found, and how many there are. `nearly`: their names only come near."""

    title: Text
    count: int
    shown: list[Found]
    nearly: bool


def may_find(user: User) -> bool:
    """Return whether `user` may search across kinds: one of the apps above says so, or they are an administrator."""
    return user.is_administrator or any(may(user) for may in registry.searchers)


def exactly(user: User, text: str) -> str:
    """Return the address of the thing `user` may see whose reference is `text`; "" without one."""
    text = " ".join(words_of(text))
    return next((url for finder in _finders() if text and (url := finder.exact(user, text))), "")


def find(user: User, text: str) -> list[FoundKind]:
    """Return what `user` may see that has every word of `text`, kind by kind; leave out kinds without any."""
    kinds = []
    for finder in _finders() if words_of(text) else []:
        rows, nearly = found_in(finder.rows(user), text, finder.fields)
        if count := rows.count():
            kinds.append(FoundKind(finder.title, count, finder.show(list(rows[:MAX_SHOWN])), nearly))
    # Where the words themselves are found, near matches are left out.
    if any(not kind.nearly for kind in kinds):
        kinds = [kind for kind in kinds if not kind.nearly]
    return kinds


def _finders() -> list[registry.Finder]:
    return sorted(registry.finders, key=lambda finder: finder.order)


def worklist(user: User) -> list[Task]:
    """Return the tasks of `user` from every app: the urgent first, then the earliest due, then by title."""
    tasks = [task for contribute in registry.home_tasks for task in contribute(user)]
    return sorted(tasks, key=lambda task: (not task.urgent, _day(task.due) or dt.date.max, str(task.title)))


def home_panels(user: User) -> list[Panel]:
    """Return the panels of the home page, from every app, in their order."""
    panels = [panel for contribute in registry.home_panels for panel in contribute(user)]
    return sorted(panels, key=lambda panel: panel.order)


def person_panels(user: User, person: Person) -> list[Panel]:
    """Return the panels every app adds to the page of `person` for `user`, in their order."""
    panels = [panel for contribute in registry.person_panels if (panel := contribute(user, person))]
    return sorted(panels, key=lambda panel: panel.order)


def own_details_panels(user: User) -> list[Panel]:
    """Return the panels every app adds to the page of the reader's own details, in their order."""
    panels = [panel for contribute in registry.own_details_panels if (panel := contribute(user))]
    return sorted(panels, key=lambda panel: panel.order)


def demo_roles() -> list[DemoRole]:
    """Return the people the demo offers to look around as, in their order."""
    roles = [role for contribute in registry.demo_roles for role in contribute()]
    return sorted(roles, key=lambda role: (role.order, str(role.label)))


def _day(value: dt.date | None) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value
