"""Run every action of the apps the same way: in one transaction, with who did it and its name in the history."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from wellbeing.lib import history
from wellbeing.lib.errors import ActionError

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in one transaction, and record its name and its `by` in the history of every change it makes.

    All arguments are given by keyword. `by` is the User who acts, or None for a person who used a secret link without
    signing in and for automatic work (a task names itself, see `people.accounts.history`). An action that another one
    calls is a part of it: the history keeps the name and the user of the outer one. An error undoes everything, except
    an ActionError with `keeps_changes`. Raises TypeError when `function` takes anything by position, or no `by`.
    """
    name = name_of(function)
    parameters = inspect.signature(function).parameters
    by = parameters.get("by")
    if by is None or by.default is not inspect.Parameter.empty:
        raise TypeError(f"{name} must take by, without a default.")
    if any(parameter.kind not in {parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD} for parameter in parameters.values()):
        raise TypeError(f"{name} must take all arguments by keyword.")

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args or "by" not in kwargs:
            raise TypeError(f"{name} takes its arguments by keyword, by among them.")
        if "action" in history.current():
            return _in_one_transaction(function, kwargs)
        user: Any = kwargs["by"]
        with history.own_context(user=user.pk if user else None, action=name):
            return _in_one_transaction(function, kwargs)

    run.action_name = name  # type: ignore[attr-defined]
    return run


def name_of(function: Callable[..., Any]) -> str:
    """Return the name of an action in the history: wing, module where the wing has several, and function.

    `payments.claims.actions.sending.submit` is "claims.sending.submit", `payments.runs.actions.runs.make_run` is
    "runs.make_run".
    """
    _app, wing, *modules = function.__module__.split(".")
    return ".".join([wing, *(module for module in modules if module not in {"actions", wing}), function.__name__])


def _in_one_transaction(function: Callable[..., R], kwargs: dict[str, Any]) -> R:
    with transaction.atomic():
        try:
            return function(**kwargs)
        except ActionError as error:
            if not error.keeps_changes:
                raise
            refusal = error
    raise refusal
