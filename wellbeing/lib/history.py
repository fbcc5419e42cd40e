"""Say in the history who makes the changes of a block, apart from what surrounds it."""

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pghistory
from pghistory import runtime

# What a context says of a person, their request and the work around: nothing of it holds for a task of its own.
OF_OTHERS = ("user", "action", "path", "job")


@contextmanager
def own_context(*, without: tuple[str, ...] = (), **metadata: Any) -> Iterator[None]:
    """Write every change of the block to the history under a context of its own.

    It says what the surrounding context says, but for the keys in `without`, and `metadata`. pghistory keeps one row of
    metadata for the outermost context and all inside it, so of two actions of one request or task the second would
    rename the first; it has no public way to another row, so its tracker is set here, and nowhere else.
    """
    with pghistory.context():
        around = runtime._tracker.value
        kept = {key: value for key, value in around.metadata.items() if key not in without}
        runtime._tracker.value = runtime.Context(id=uuid.uuid4(), metadata={**kept, **metadata})
        try:
            yield
        finally:
            runtime._tracker.value = around


def automatic(**metadata: str | None) -> AbstractContextManager[None]:
    """Write every change of the block as work that no person did; `metadata` names it, such as `task` or `job`."""
    return own_context(without=OF_OTHERS, **metadata)


def current() -> dict[str, Any]:
    """What the context says of a change made now; empty outside every context."""
    value = getattr(runtime._tracker, "value", None)
    return {} if value is None else dict(value.metadata)
