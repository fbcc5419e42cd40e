"""Adds the tasks of a budget to the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from payments.budgets import forecast as budget_forecast
from payments.budgets import queries, rules
from payments.budgets.models import BudgetLine
from payments.budgets.views.budget import how_worked_out
from payments.claims import hooks as claim_hooks
from people import registry
from programmes import registry as programmes_registry
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


def event_panel(user, event):
    """Show those who see the budget what an event to come is likely to cost, what that rests on, and who pays it."""
    if not rules.can_see_budget(user, event.programme):
        return None
    forecast = budget_forecast.forecast_of(event)
    if forecast is None:
        return None
    context = {
        "forecast": forecast,
        "fees_pence": forecast.people * forecast.fee_pence,
        "expenses_pence": forecast.people * forecast.expenses_pence,
        "rests_on": how_worked_out(forecast),
    }
    return registry.Panel("payments/budgets/event_forecast.html", context, order=55)


def _line_to_charge(claim):
    return {"budget_line": queries.line_for(claim)}


def _with_a_line(programmes):
    return BudgetLine.objects.filter(programme__in=programmes)


FIRST_LINE = programmes_registry.SetupStep(
    title=gettext_lazy("Add a budget line"),
    detail=gettext_lazy("Claims are paid from it, and what is left is shown."),
    who=gettext_lazy("Finance"),
    order=40,
    done=_with_a_line,
    url=lambda programme: reverse("budget_line_new", args=[programme.slug]),
    may=rules.can_set_budget,
)


def register():
    """Called once, when the app is ready."""
    programmes_registry.setup_steps.append(FIRST_LINE)
    claim_hooks.on_sending.append(_line_to_charge)
    events_registry.event_panels.append(event_panel)
