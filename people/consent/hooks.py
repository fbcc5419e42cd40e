"""Where the apps above plug into what people agree to."""

from __future__ import annotations

from collections.abc import Callable

from people.directory.models import Person
from wellbeing.lib.types import User

# Return whether the user may take a yes of the person back for them, although they may not note a new one.
may_take_back: list[Callable[[User, Person], bool]] = []
