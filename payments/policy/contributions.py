"""Adds the offer of pay to an event and to its invitations, and keeps which version was offered."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from payments.policy import queries, rules, wording
from payments.policy.actions import keep_offers
from payments.policy.models.versions import PolicyVersion
from payments.policy.terms import Terms
from programmes import registry as programmes_registry


def offer(event):
    """Return the offer of pay for `event`, by the policy in force on its day; None where there is none."""
    version = queries.policy_in_force(event.programme, event.day)
    return _offer(event, Terms(version), ()) if version else None


def personal_offers(event, people):
    """Return the offers to those of `people` who are paid otherwise there, by person id.

    They have another role, or were offered another version when they were invited.
    """
    people = list(people)
    terms = queries.terms_at(event, people)
    roles = queries.roles_on(event.programme_id, people, event.day, event)
    return {
        person_id: _offer(event, own, roles.get(person_id, ()))
        for person_id, own in terms.items()
        if own.offered or own.in_force.fee_rule_for(event.kind, roles.get(person_id, ())) != _usual(event, own)
    }


def _usual(event, terms):
    return terms.in_force.fee_rule_for(event.kind)


def _offer(event, terms, roles):
    hours = queries.hours_each_day(event)
    rule = terms.fee_rule_for(event.kind, roles, hours[0])
    late = dict.fromkeys(filter(None, (wording.if_cancelled(version) for version in terms.versions)))
    time = wording.time_at(event, terms, roles)
    expenses = wording.expenses_offered(terms, event.day)
    return events_registry.Offer(
        time=time,
        expenses=expenses,
        in_short=wording.offered_in_short(time, paid=bool(rule), expenses=bool(expenses)),
        choice=_("You can choose all, part or none of the payment. Nobody asks why.") if rule else "",
        more_url=reverse("money_and_benefits") if rule else "",
        when_paid=wording.when_paid(terms),
        if_cancelled=" ".join(late) if rule else "",
    )


def offers_made(event, invitations):
    """Keep that the people of `invitations` were told what the policy in force on the day of `event` pays."""
    keep_offers(event=event, invitations=invitations, by=None)


def _with_a_policy(programmes):
    return PolicyVersion.objects.filter(programme__in=programmes, published_at__isnull=False)


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
    events_registry.after_offering.append(offers_made)
