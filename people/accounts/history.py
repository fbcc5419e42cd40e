"""Name the task that makes a change in the history of every row it writes."""

from contextlib import AbstractContextManager

from celery import signals

from wellbeing import logs
from wellbeing.lib import history

_open: dict[str | None, AbstractContextManager[None]] = {}


@signals.task_prerun.connect
def open_context(task_id=None, task=None, **kwargs):
    """Write every change from now on as work of this task, which no person did.

    An action it calls adds its own name and, where it acts for somebody, the user.
    """
    context = history.automatic(task=task.name, task_id=task_id, request_id=logs.request_id.get() or "")
    context.__enter__()
    _open[task_id] = context


@signals.task_postrun.connect
def close_context(task_id=None, **kwargs):
    """End the task's context, however the task ended."""
    context = _open.pop(task_id, None)
    if context is not None:
        context.__exit__(None, None, None)
