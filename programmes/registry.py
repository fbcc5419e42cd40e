"""Where the apps above plug into programmes.

Each app's `contributions.register()` appends plain functions here. Nothing in this file knows an app above.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from people.registry import Panel
from wellbeing.lib.types import User

if TYPE_CHECKING:
    from programmes.programme.models import Programme

# Return the panel an app adds to a programme's page (its next events), or None.
programme_panels: list[Callable[[User, Programme], Panel | None]] = []


def panels_for(user: User, programme: Programme) -> list[Panel]:
    """Return the panels of every app for the page of `programme`, in their order."""
    panels = [make(user, programme) for make in programme_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
