"""Who changed what, when a worker did it: the history of a change made in a task names the task and its request."""

import pghistory
from celery import signals

from wellbeing import logs

_open = {}


@signals.task_prerun.connect
def open_context(task_id=None, task=None, **kwargs):
    """From here on, changes belong to this task."""
    context = pghistory.context(task=task.name, task_id=task_id, request_id=logs.request_id.get() or "")
    context.__enter__()
    _open[task_id] = context


@signals.task_postrun.connect
def close_context(task_id=None, **kwargs):
    """The task is over, however it ended."""
    context = _open.pop(task_id, None)
    if context is not None:
        context.__exit__(None, None, None)
