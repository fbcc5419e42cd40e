"""Add positions to give and outcomes to record to the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.registry import Finder, Found, Task
from programmes.decisions import queries
from programmes.decisions.models import Decision
from programmes.groups import queries as group_queries
from programmes.programme.models.programmes import Role, programmes_where
from wellbeing.lib.dates import short_date, today


def positions_to_give(user):
    """List open proposals of the reader's groups on which they have taken no position."""
    now = today()
    return [
        Task(
            title=_("Say what you think: %(title)s") % {"title": decision.title},
            url=reverse("decision", args=[decision.pk]),
            detail=decision.programme.name,
            due=decision.closes_on,
            urgent=decision.closes_on <= now + group_queries.LAST_DAYS,
        )
        for decision in queries.waiting_for_position(user, now)
    ]


def outcomes_to_record(user):
    """List for staff the proposals whose last day for views has gone and that have no outcome."""
    return [
        Task(
            title=_("Record what was decided: %(title)s") % {"title": decision.title},
            url=reverse("decision", args=[decision.pk]),
            detail=_("Views were wanted by %(date)s") % {"date": short_date(decision.closes_on)},
            urgent=True,
        )
        for decision in queries.past_closing_day(programmes_where(user, Role.STAFF), today())
    ]


def _found_decisions(decisions):
    return [
        Found(
            label=decision.title,
            url=reverse("decision", args=[decision.pk]),
            detail=f"{decision.programme}, {decision.get_status_display()}, {short_date(decision.opened_on)}",
        )
        for decision in decisions
    ]


DECISIONS = Finder(
    title=gettext_lazy("Decisions"),
    rows=lambda user: Decision.objects.visible_to(user).select_related("programme").order_by("-opened_on", "-pk"),
    fields=("title", "wording"),
    show=_found_decisions,
    order=30,
)
