"""Questions about publishing: who was told otherwise, and which requests wait."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from events.models import Attendance, Event, Invitation
from payments.claims.models.claim import Claim
from payments.policy import queries as policy_queries
from payments.policy.comparison import Change, offer_changes
from payments.policy.models.kinds import ActivityRole
from payments.policy.models.versions import PolicyVersion
from payments.publishing.models import Publication
from people.models import Person
from programmes.models import Decision, Programme, Term
from programmes.programme.queries import holds_on
from wellbeing.lib.types import PersonId, ProgrammeId


@dataclass(frozen=True)
class Concerned:
    """The person of an invitation whose offer differs from a new version, and how."""

    invitation: Invitation
    offered: PolicyVersion
    changes: tuple[Change, ...]

    @property
    def event(self) -> Event:
        return self.invitation.event

    @property
    def person(self) -> Person:
        return self.invitation.person

    @property
    def may_be_told(self) -> bool:
        """Whether the event is still to come. Once it has begun, people gave their time for what they were offered."""
        return not self.event.has_started


def concerned(version: PolicyVersion) -> list[Concerned]:
    """List those whose invitations said otherwise than `version` pays, by the day of the event, then by name.

    Their event is on a day from which `version` counts, and is still to come, or they came and have not sent their
    claim. Those who said that they cannot come are left out: they keep what they were offered. The number of queries
    does not grow with the number of people.
    """
    invitations = list(_invitations(version))
    offers = policy_queries.offered_versions([invitation.pk for invitation in invitations])
    roles = _roles(version.programme_id, invitations)
    found = []
    for invitation in invitations:
        offered = offers[invitation.pk]
        if offered.pk == version.pk:
            continue
        changes = offer_changes(invitation.event, offered, version, roles[invitation.pk])
        if changes:
            found.append(Concerned(invitation, offered, tuple(changes)))
    return found


def _invitations(version: PolicyVersion) -> QuerySet[Invitation]:
    came = Attendance.objects.filter(event=OuterRef("event"), person=OuterRef("person"), came=True)
    sent = Claim.objects.filter(event=OuterRef("event"), person=OuterRef("person")).exclude(
        status__in=[Claim.Status.DRAFT, Claim.Status.WITHDRAWN]
    )
    to_come = Q(event__status=Event.Status.PLANNED) & ~Q(reply=Invitation.Reply.NOT_COMING)
    return (
        Invitation.objects.annotate(day=TruncDate("event__starts_at"))
        .filter(
            Exists(policy_queries.offers_of(OuterRef("pk"))),
            to_come | Q(Exists(came), event__status=Event.Status.HELD),
            ~Exists(sent),
            event__programme=version.programme_id,
            day__gte=version.effective_from,
        )
        .select_related("event__programme", "person")
        .order_by("event__starts_at", "event", "person__sort_key", "pk")
    )


def _roles(programme: ProgrammeId, invitations: Iterable[Invitation]) -> dict[int, set[ActivityRole]]:
    """Return the roles of each invited person at their event, by invitation id. One query."""
    terms: dict[PersonId, list[Term]] = defaultdict(list)
    people = {invitation.person_id for invitation in invitations}
    for term in Term.objects.filter(group__programme=programme, person__in=people).select_related("group"):
        terms[term.person_id].append(term)
    roles: dict[int, set[ActivityRole]] = {}
    for invitation in invitations:
        held = {ActivityRole.FACILITATING} if invitation.facilitates else set()
        for term in terms[invitation.person_id]:
            if holds_on(term, invitation.event.day):
                held |= policy_queries.roles_by_term(term, invitation.event)
        roles[invitation.pk] = held
    return roles


@dataclass(frozen=True)
class Group:
    """The people at one event for whom the same things change."""

    event: Event
    changes: tuple[Change, ...]
    people: tuple[Person, ...]
    may_be_told: bool


def by_event(all_concerned: Iterable[Concerned]) -> Iterator[Group]:
    """Gather those concerned by event, and there by what changes for them."""
    groups: dict[tuple[int, tuple[Change, ...]], list[Concerned]] = {}
    for one in all_concerned:
        groups.setdefault((one.event.pk, one.changes), []).append(one)
    for (_event, changes), rows in groups.items():
        yield Group(rows[0].event, changes, tuple(row.person for row in rows), rows[0].may_be_told)


def publication_of(version: PolicyVersion) -> Publication | None:
    """Return the Publication of `version` with its people and its decision, or None where nobody asked for it."""
    return (
        Publication.objects.select_related("version", "requested_by", "confirmed_by", "sent_back_by", "decision")
        .filter(version=version)
        .first()
    )


def requests(programmes: Iterable[ProgrammeId]) -> list[Publication]:
    """List the publications of drafts of `programmes`, waiting or sent back, the oldest first."""
    return list(
        Publication.objects.filter(version__programme__in=programmes, published_at=None)
        .select_related("version__programme", "requested_by", "sent_back_by")
        .order_by("requested_at", "pk")
    )


def agreed_decisions(programme: Programme) -> QuerySet[Decision]:
    """Return the decisions of `programme` on which its group agreed, the latest first."""
    agreed = [Decision.Outcome.AGREED, Decision.Outcome.AGREED_WITH_CHANGES]
    return Decision.objects.filter(programme=programme, status=Decision.Status.DECIDED, outcome__in=agreed).order_by(
        "-decided_on", "-pk"
    )


def version_before(version: PolicyVersion) -> PolicyVersion | None:
    """Return the version that would be in force on the first day of `version` without it, or None."""
    programme, on = version.programme, version.effective_from
    return policy_queries.policies(programme).exclude(pk=version.pk).filter(effective_from__lte=on).first()
