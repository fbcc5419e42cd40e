"""Adds the tasks of a budget to the home page."""

from django.utils.translation import gettext as _

from payments.budgets import queries
from payments.claims import hooks as claim_hooks
from people import registry
from wellbeing.lib.money import pounds


def budget_tasks(programmes):
    """List as tasks the budget lines of `programmes` on which more is asked for than is left."""
    return [
        registry.Task(
            title=_("More is asked for than is left: %(line)s") % {"line": line},
            detail=_("%(programme)s. Claims wait that would take it %(over)s over budget.")
            % {"programme": line.programme, "over": pounds(-line.left_pence)},
            url=line.get_absolute_url(),
        )
        for line in queries.lines_asked_for_too_much(programmes)
    ]


def _line_to_charge(claim):
    return {"budget_line": queries.line_for(claim)}


def register():
    """Called once, when the app is ready."""
    claim_hooks.on_sending.append(_line_to_charge)
