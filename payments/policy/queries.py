"""Questions about policies: the version in force, its fees and closed days."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from events.models import Event, Invitation
from payments.policy import calculations
from payments.policy.models.closed_days import ClosedDay
from payments.policy.models.expenses import ExpenseRule
from payments.policy.models.fees import FeeRule
from payments.policy.models.kinds import ActivityRole
from payments.policy.models.offers import InvitationOffer
from payments.policy.models.versions import PolicyVersion
from payments.policy.terms import Terms
from people.models import Person
from programmes.models import Group, Programme, Term
from wellbeing.lib.types import InvitationId, PersonId, ProgrammeId


# The policy
def policies(programme: Programme) -> QuerySet[PolicyVersion]:
    """Return the versions of a programme's policy that count on some day, with their rules, the newest first.

    One that was replaced before it counted on any day is left out, as what it says never came true.
    """
    return (
        PolicyVersion.objects.in_use()
        .filter(programme=programme)
        .prefetch_related("fee_rules", "expense_rules__bands")
        .order_by("-effective_from", "-number")
    )


def policy_in_force(programme: Programme, on: dt.date) -> PolicyVersion | None:
    """Return the version that is effective on the day `on` with its rules, or None."""
    return policies(programme).filter(effective_from__lte=on).first()


def draft_of(programme: Programme) -> PolicyVersion | None:
    """Return the draft of a programme's next version with its rules, or None."""
    return (
        PolicyVersion.objects.filter(programme=programme, published_at=None)
        .prefetch_related("fee_rules", "expense_rules__bands")
        .first()
    )


def replaced_versions(programme: Programme) -> list[tuple[PolicyVersion, PolicyVersion]]:
    """List the published versions replaced before they counted, each with its replacement, the newest first."""
    published = PolicyVersion.objects.filter(programme=programme, published_at__isnull=False).order_by("-number")
    newest: dict[dt.date, PolicyVersion] = {}
    replaced = []
    for version in published:
        if version.effective_from in newest:
            replaced.append((version, newest[version.effective_from]))
        newest.setdefault(version.effective_from, version)
    return replaced


def hours_each_day(event: Event) -> list[Decimal]:
    """Return the hours of each day of an event, from its start to its end."""
    return calculations.hours_each_day((day.starts_at, day.ends_at) for day in event.days)


def offers_of(invitation: Any) -> QuerySet[InvitationOffer]:
    """Return the offers made with and after `invitation`, a row, its id or a reference to one, the first one first."""
    return InvitationOffer.objects.filter(invitation=invitation).order_by("made_at", "pk")


def offered_versions(invitations: Iterable[InvitationId]) -> dict[InvitationId, PolicyVersion]:
    """Return the version that each of `invitations` (ids) was last told of, with its rules, by id. Five queries."""
    latest = dict(
        InvitationOffer.objects.filter(invitation__in=invitations)
        .order_by("made_at", "pk")
        .values_list("invitation", "version")
    )
    versions = PolicyVersion.objects.prefetch_related("fee_rules", "expense_rules__bands").in_bulk(set(latest.values()))
    return {invitation: versions[version] for invitation, version in latest.items()}


def offers_at(event: Event, people: Iterable[PersonId]) -> dict[PersonId, PolicyVersion]:
    """Return the version that each of `people` was last told of for `event`, by person id; others are left out."""
    invited = dict(Invitation.objects.filter(event=event, person__in=people).values_list("pk", "person"))
    return {invited[pk]: version for pk, version in offered_versions(invited).items()}


def terms_at(event: Event, people: Iterable[PersonId]) -> dict[PersonId, Terms]:
    """Return the terms for each of `people` at `event`; {} where nobody was offered pay and no version is in force.

    Somebody who was offered pay for a day on which no version is in force has what they were offered.
    """
    people = list(people)
    in_force, offers = policy_in_force(event.programme, event.day), offers_at(event, people)
    terms = {}
    for person_id in people:
        offered = offers.get(person_id)
        version = in_force or offered
        if version is not None:
            terms[person_id] = Terms(version, offered if offered != version else None)
    return terms


def roles_on(
    programme: Programme | ProgrammeId, people: Iterable[PersonId], on: dt.date, event: Event | None = None
) -> dict[PersonId, set[ActivityRole]]:
    """Return the roles of `people` on the day `on`, by person id; nothing for those who only take part.

    Members of a steering group of `programme` are steering group members at every activity. At `event` the chairs of
    its group chair it, and those so marked on their invitation help to run it. Two queries at most.
    """
    roles: dict[PersonId, set[ActivityRole]] = {}
    terms = Term.objects.effective_on(on).filter(person__in=people, group__programme=programme).select_related("group")
    for term in terms:
        roles.setdefault(term.person_id, set()).update(roles_by_term(term, event))
    if event is not None:
        helping = Invitation.objects.filter(event=event, person__in=people, facilitates=True)
        for person_id in helping.values_list("person", flat=True):
            roles.setdefault(person_id, set()).add(ActivityRole.FACILITATING)
    return roles


def fee_rule_of(
    terms: Terms, person: PersonId, activity: str, on: dt.date, hours: Decimal, event: Event | None = None
) -> FeeRule | None:
    """Return the FeeRule of `terms` for `hours` of `person` at `activity` on the day `on`, by their roles, or None.

    `event` is None for work that is not tied to one. Three queries at most for each version.
    """
    roles = roles_on(terms.in_force.programme_id, [person], on, event).get(person, ())
    return terms.fee_rule_for(activity, roles, hours)


def roles_by_term(term: Term, event: Event | None = None) -> set[ActivityRole]:
    """Return the roles that a term of office gives at `event`, or at work that is not tied to one. Reads its group."""
    roles = set()
    if term.group.kind == Group.Kind.STEERING:
        roles.add(ActivityRole.STEERING)
    if term.chairs and event is not None and event.group_id == term.group_id:
        roles.add(ActivityRole.CHAIRING)
    return roles


def closed_days(programme: Programme | ProgrammeId, after: dt.date | None = None) -> set[dt.date]:
    """Return the days on which `programme` is closed, only those later than `after` where it is given."""
    days = ClosedDay.objects.filter(programme=programme)
    return set((days.filter(day__gt=after) if after else days).values_list("day", flat=True))


def needs_prior_approval(rule: ExpenseRule, person: Person) -> bool:
    """Whether `person` must have asked before they spend what `rule` covers, as no access need of theirs is enough."""
    return rule.needs_prior_approval and not rule.is_covered_by(person.access_needs.all())
