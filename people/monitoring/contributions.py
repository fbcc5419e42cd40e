"""Adds questions about fairness to the home page, once and gently, and to the page of one's own details."""

from people import registry
from people.monitoring import rules
from people.monitoring.renewing import take_over


def register():
    """Register them once, when the app is ready."""
    registry.home_panels.append(ask_gently)
    registry.own_details_panels.append(lambda _user: registry.Panel("people/monitoring/own_panel.html", {}, order=90))
    registry.before_take_over.append(take_over)


def ask_gently(user):
    """Ask somebody who takes part, until they answered or said “not now”."""
    return [registry.Panel("people/monitoring/home_panel.html", {}, order=95)] if rules.is_asked_at_home(user) else []
