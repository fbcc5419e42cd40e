"""Record in the history who makes the changes of a block, apart from the work around it."""

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pghistory
from pghistory import runtime

# Keys about a person, their request and the work around it. A task of its own has none of them.
OF_OTHERS = ("user", "action", "path", "job")


@contextmanager
def own_context(*, without: tuple[str, ...] = (), **metadata: Any) -> Iterator[None]:
    """Write every change of the block to the history under a context of its own.

    The new context copies the surrounding one, except the keys in `without`, and adds `metadata`. pghistory keeps one
    row of metadata for the outermost context and all inside it, so of two actions in one request or task the second
    would rename the first. It has no public way to start another row: its tracker is set here, and nowhere else.
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
    """Write every change of the block to the history as automatic work; `metadata` names it, as `task` or `job`."""
    return own_context(without=OF_OTHERS, **metadata)


def current() -> dict[str, Any]:
    """Return the metadata of the history's context at this moment; empty outside every context."""
    value = getattr(runtime._tracker, "value", None)
    return {} if value is None else dict(value.metadata)
