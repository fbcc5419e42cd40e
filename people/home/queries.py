"""Gather from every app the parts of a person's pages and of the home page."""

import datetime as dt

from people import registry
from people.directory.models import Person
from people.registry import DemoRole, Panel, Task
from wellbeing.lib.types import User


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
