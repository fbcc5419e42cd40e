"""State machines, written once: a table of steps says what the code allows and makes the trigger of the database."""

from collections.abc import Iterable, Mapping
from typing import Any

import pgtrigger


def steps_trigger(name: str, steps: Mapping[Any, Iterable[Any]], field: str = "status") -> pgtrigger.FSM:
    """Return the trigger `name` that refuses every change of `field` that is not in `steps`.

    `steps` is {state: (states that may follow, …)}; the order is that of the trigger's text, so a table whose order
    changes needs a migration.
    """
    pairs = [(str(before.value), str(after.value)) for before, then in steps.items() for after in then]
    return pgtrigger.FSM(name=name, field=field, transitions=pairs)
