"""Adds the offer of pay to an event and to its invitations."""

from django.utils.translation import gettext as _

from events import registry as events_registry
from payments.policy import calculations, queries, wording


def offer(event):
    """Return the offer of pay for `event`, by the policy in force on its day; None where there is none."""
    version = queries.policy_in_force(event.programme, event.day)
    return _offer(event, version, ()) if version else None


def personal_offers(event, people):
    """Return the offers to those of `people` who are paid otherwise for their role there, by person id."""
    version = queries.policy_in_force(event.programme, event.day)
    if version is None:
        return {}
    usual = version.fee_rule_for(event.kind)
    return {
        person_id: _offer(event, version, roles)
        for person_id, roles in queries.roles_on(event.programme_id, people, event.day, event).items()
        if version.fee_rule_for(event.kind, roles) != usual
    }


def _offer(event, version, roles):
    rule = version.fee_rule_for(event.kind, roles)
    hours = calculations.hours_between(event.starts_at, event.ends_at)
    return events_registry.Offer(
        time=wording.time_offered(version, rule, hours) if rule else _("Expenses only for this session"),
        expenses=wording.expenses_offered(version, event.day),
        when_paid=wording.when_paid(version),
        if_cancelled=wording.if_cancelled(version) if rule else "",
    )


def register():
    """Called once, when the app is ready."""
    events_registry.offers.append(offer)
    events_registry.personal_offers.append(personal_offers)
