"""Adds the offer of pay to an event and to its invitations."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from payments.policy import calculations, queries, rules, wording
from payments.policy.models.versions import PolicyVersion
from programmes import registry as programmes_registry


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


def _with_a_policy(programmes):
    published = PolicyVersion.objects.filter(programme__in=programmes, published_at__isnull=False)
    return set(published.values_list("programme", flat=True))


PUBLISHED = programmes_registry.SetupStep(
    title=gettext_lazy("Publish the payment policy"),
    detail=gettext_lazy("What people are paid, which expenses they get back, and when."),
    who=gettext_lazy("Staff"),
    order=30,
    done=_with_a_policy,
    url=lambda programme: reverse("policy_draft", args=[programme.slug]),
    may=rules.can_set_policy,
)


def register():
    """Called once, when the app is ready."""
    programmes_registry.setup_steps.append(PUBLISHED)
    events_registry.offers.append(offer)
    events_registry.personal_offers.append(personal_offers)
