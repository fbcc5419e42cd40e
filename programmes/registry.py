"""Where the apps above plug into programmes.

Each app's `contributions.register()` appends plain functions here. Nothing in this file knows an app above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from people.registry import Panel
from wellbeing.lib.types import ProgrammeId, Text, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from programmes.programme.models import Programme

# Return the panel an app adds to a programme's page (its next events), or None.
programme_panels: list[Callable[[User, Programme], Panel | None]] = []
# The steps that set a new programme up, from every app.
setup_steps: list[SetupStep] = []


@dataclass(frozen=True)
class SetupStep:
    """A step that sets a programme up.

    `done(programmes)` returns a queryset of rows with a `programme`: it is done in each programme that has one.
    `url(programme)` is where it is done, by those whom `may(user, programme)` lets; `who` names them for everybody
    else. `order` sorts, lowest first.
    """

    title: Text
    detail: Text
    who: Text
    order: int
    done: Callable[[Iterable[ProgrammeId]], QuerySet[Any]]
    url: Callable[[Programme], str]
    may: Callable[[User, Programme], object]


def panels_for(user: User, programme: Programme) -> list[Panel]:
    """Return the panels of every app for the page of `programme`, in their order."""
    panels = [make(user, programme) for make in programme_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
