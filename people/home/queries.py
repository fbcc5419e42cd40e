"""Gather from every app what a page shows of a person."""

import datetime as dt

from people import registry


def worklist(user):
    """What needs doing by `user`, from every app: the urgent first, then the earliest due, then by title."""
    tasks = [task for contribute in registry.home_tasks for task in contribute(user)]
    return sorted(tasks, key=lambda task: (not task.urgent, _day(task.due) or dt.date.max, str(task.title)))


def home_panels(user):
    """The panels of the home page, from every app, in their order."""
    panels = [panel for contribute in registry.home_panels for panel in contribute(user)]
    return sorted(panels, key=lambda panel: panel.order)


def person_panels(user, person):
    """What every app adds to a person's page for this reader, in their order."""
    panels = [panel for contribute in registry.person_panels if (panel := contribute(user, person))]
    return sorted(panels, key=lambda panel: panel.order)


def own_details_panels(user):
    """What every app adds to the page of the reader's own details, in their order."""
    panels = [panel for contribute in registry.own_details_panels if (panel := contribute(user))]
    return sorted(panels, key=lambda panel: panel.order)


def demo_roles():
    """Whom the demo offers to look around as, in their order."""
    roles = [role for contribute in registry.demo_roles for role in contribute()]
    return sorted(roles, key=lambda role: (role.order, str(role.label)))


def _day(value):
    return value.date() if isinstance(value, dt.datetime) else value
