"""Questions about policies: the version in force, its fees and closed days."""

from events.models import Invitation
from payments.policy.models.closed_days import ClosedDay
from payments.policy.models.kinds import ActivityRole
from payments.policy.models.versions import PolicyVersion
from programmes.models import Group, Term


# The policy
def policies(programme):
    """The published versions of a programme's policy with their rules, the newest first."""
    return (
        PolicyVersion.objects.filter(programme=programme, published_at__isnull=False)
        .prefetch_related("fee_rules", "expense_rules__bands")
        .order_by("-effective_from", "-number")
    )


def policy_in_force(programme, on):
    """The version that holds on the date `on` with its rules, or None."""
    return policies(programme).filter(effective_from__lte=on).first()


def draft_of(programme):
    """The draft of a programme's next version with its rules, or None."""
    return (
        PolicyVersion.objects.filter(programme=programme, published_at=None)
        .prefetch_related("fee_rules", "expense_rules__bands")
        .first()
    )


def roles_on(programme, people, on, event=None):
    """What each of `people` (ids) is on the date `on` besides somebody taking part: {person id: {ActivityRole, …}}.

    Whoever serves on a steering group of `programme` that day is a steering group member at every activity. At `event`
    the chairs of its group chair it, and those so marked on their invitation help to run it. Two queries at most.
    """
    roles = {}
    terms = Term.objects.effective_on(on).filter(person__in=people, group__programme=programme).select_related("group")
    for term in terms:
        roles.setdefault(term.person_id, set()).update(roles_by_term(term, event))
    if event is not None:
        helping = Invitation.objects.filter(event=event, person__in=people, facilitates=True)
        for person_id in helping.values_list("person", flat=True):
            roles.setdefault(person_id, set()).add(ActivityRole.FACILITATING)
    return roles


def fee_rule_of(policy, person, activity, on, event=None):
    """The FeeRule that `policy` has for `person` (an id) at `activity` on the date `on`, by their roles then, or None.

    `event` is where it was, None for work that is not tied to one. Three queries at most.
    """
    return policy.fee_rule_for(activity, roles_on(policy.programme_id, [person], on, event).get(person, ()))


def roles_by_term(term, event=None):
    """The ActivityRoles that a Term, with its group, gives at `event`, or at what is no event."""
    roles = set()
    if term.group.kind == Group.Kind.STEERING:
        roles.add(ActivityRole.STEERING)
    chairs = term.office in {Term.Office.CHAIR, Term.Office.CO_CHAIR}
    if chairs and event is not None and event.group_id == term.group_id:
        roles.add(ActivityRole.CHAIRING)
    return roles


def closed_days(programme, after=None):
    """The dates on which `programme` (or its id) is closed, after the date `after` when told."""
    days = ClosedDay.objects.filter(programme=programme)
    return set((days.filter(day__gt=after) if after else days).values_list("day", flat=True))


def needs_prior_approval(rule, person):
    """Whether `person` must have asked before they spend what `rule` covers: not where a need of theirs is enough."""
    return rule.needs_prior_approval and not rule.is_covered_by(person.access_needs.all())
