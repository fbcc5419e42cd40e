"""Questions about approval: who is asked, what happened to a claim."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.approval.models import ApproverAssignment
from payments.claims.models.claim import Claim, ClaimQuerySet
from payments.claims.models.lines import ClaimLine
from payments.claims.models.notes import ClaimNote
from payments.claims.models.receipts import Receipt
from people.models import Person, User
from programmes.models import Membership, Programme, Role
from wellbeing.lib.types import PersonId, ProgrammeId


@dataclass
class CurrentApprovers:
    """Those who are asked to check the claims of a programme on one day, and for whom each of them deputises."""

    people: dict[PersonId, Person] = field(default_factory=dict)
    # By the id of the deputy.
    deputies: dict[PersonId, list[ApproverAssignment]] = field(default_factory=dict)
    is_everybody: bool = True


def who_is_asked(programmes: Collection[ProgrammeId], on: dt.date) -> dict[ProgrammeId, CurrentApprovers]:
    """Return the current approvers of each of `programmes` on the day `on`, by programme id, in two queries.

    Asked are those assigned, or their deputies; without an assignment, or where nobody is left, all staff. An
    assignment of somebody who is no longer staff does not count.
    """
    staff: dict[ProgrammeId, dict[PersonId, Person]] = {programme: {} for programme in programmes}
    memberships = Membership.objects.effective_on(on).filter(
        programme__in=programmes, role=Role.STAFF, person__user__is_active=True
    )
    for membership in memberships.select_related("person").order_by("person__sort_key", "person_id"):
        staff[membership.programme_id][membership.person_id] = membership.person
    duties: dict[ProgrammeId, list[ApproverAssignment]] = {programme: [] for programme in programmes}
    rows = ApproverAssignment.objects.effective_on(on).filter(programme__in=programmes)
    for duty in rows.select_related("person", "deputises_for").order_by("person__sort_key", "pk"):
        if duty.person_id in staff[duty.programme_id]:
            duties[duty.programme_id].append(duty)
    return {programme: _approvers(staff[programme], duties[programme]) for programme in programmes}


def _approvers(staff: dict[PersonId, Person], duties: list[ApproverAssignment]) -> CurrentApprovers:
    on_duty = {duty.person_id: duty.person for duty in duties if duty.deputises_for_id is None}
    approvers = CurrentApprovers(people=on_duty or dict(staff), is_everybody=not on_duty)
    cover = [duty for duty in duties if duty.deputises_for_id in approvers.people]
    away = {duty.deputises_for_id for duty in cover}
    people = {pk: person for pk, person in approvers.people.items() if pk not in away}
    for duty in cover:
        people[duty.person_id] = duty.person
        approvers.deputies.setdefault(duty.person_id, []).append(duty)
    if not people:
        return CurrentApprovers(people=dict(staff))
    approvers.people = people
    return approvers


def claims_asked_of(user: User, programmes: Collection[ProgrammeId], on: dt.date) -> ClaimQuerySet:
    """Return the claims waiting in `programmes` that `user` is asked to check on the day `on`.

    Where they are an approver, these are all claims they may decide on; elsewhere those on which no approver may.
    """
    mine, wanted = user.person.pk, Q(pk__in=[])
    for programme, approvers in who_is_asked(programmes, on).items():
        if mine in approvers.people:
            wanted |= Q(programme=programme)
            continue
        for_nobody = Q(programme=programme)
        for person in approvers.people:
            for_nobody &= _not_theirs(person)
        wanted |= for_nobody
    waiting = Claim.objects.filter(programme__in=programmes, status=Claim.Status.SUBMITTED)
    return waiting.filter(wanted).exclude(_not_theirs(mine))


def _not_theirs(person: PersonId) -> Q:
    """Return the condition for claims on which `person` does not decide."""
    return (
        Q(person=person)
        | Q(submitted_by=person)
        | Q(entered_by=person)
        | Q(first_approved_by=person)
        | Q(declined_by=person)
        | Q(looks_again_at__approved_by=person)
        | Q(looks_again_at__first_approved_by=person)
    )


def duties_of(programme: Programme) -> QuerySet[ApproverAssignment]:
    """Return the assignments of a programme that count today or later, in their order."""
    return (
        ApproverAssignment.objects.current_and_coming(timezone.localdate())
        .filter(programme=programme)
        .select_related("person", "deputises_for")
        .order_by("starts_on", "pk")
    )


@dataclass(frozen=True)
class HistoryEntry:
    """Something that happened on a claim: when, who did what, and their words if there are any."""

    at: dt.datetime
    sentence: str
    words: str = ""
    staff_only: bool = False


def history(claim: Claim, with_staff_notes: bool = False) -> list[HistoryEntry]:
    """List the history of a claim (from `pages.queries.whole_claim`), the oldest entry first."""
    entries = []
    if claim.submitted_at:
        entries.append(HistoryEntry(claim.submitted_at, _("%(who)s sent it") % _who(claim.submitted_by)))
    for note in claim.notes.all():
        entries.append(HistoryEntry(note.written_at, _said(note, claim), note.body))
    if claim.first_approved_at:
        sentence = _("%(who)s approved it once") % _who(claim.first_approved_by)
        words = "" if claim.approved_at else _despite(claim)
        entries.append(HistoryEntry(claim.first_approved_at, sentence, words))
    if claim.approved_at:
        in_part = any((line.approved_pence or 0) < line.amount_pence for line in claim.lines.all())
        sentence = _("%(who)s approved part of it") if in_part else _("%(who)s approved it")
        entries.append(HistoryEntry(claim.approved_at, sentence % _who(claim.approved_by), _despite(claim)))
    if with_staff_notes:
        for staff_note in claim.staff_notes.select_related("by"):
            sentence = _("%(who)s noted for staff") % _who(staff_note.by)
            entries.append(HistoryEntry(staff_note.written_at, sentence, staff_note.body, staff_only=True))
    return sorted(entries, key=lambda entry: entry.at)


def _who(person: Person | None) -> dict[str, str]:
    return {"who": person.full_name if person else ""}


def _said(note: ClaimNote, claim: Claim) -> str:
    params = _who(note.by)
    if note.kind == ClaimNote.Kind.DECLINE:
        return _("%(who)s did not approve it") % params
    if note.kind == ClaimNote.Kind.ASK_AGAIN:
        return _("%(who)s asked us to look again") % params
    if note.by_id in {claim.person_id, claim.entered_by_id}:
        return _("%(who)s answered") % params
    return _("%(who)s asked") % params


def _despite(claim: Claim) -> str:
    if not claim.duplicate_reason:
        return ""
    return _("It looks like another claim, and is right because: %(why)s") % {"why": claim.duplicate_reason}


def claims_to_decide(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return the claims of `rows` with all that a decision on each reads, in a fixed number of queries."""
    lines = ClaimLine.objects.order_by("-category", "pk").prefetch_related("receipts")
    return (
        rows.select_related("person", "programme", "policy", "offered", "looks_again_at")
        .prefetch_related(
            Prefetch("lines", lines),
            "policy__expense_rules",
            "policy__fee_rules",
            "offered__expense_rules",
            "offered__fee_rules",
        )
        .order_by("submitted_at", "pk")
    )


def receipts_to_compare(user: User) -> QuerySet[Receipt]:
    """Return the receipts that can be opened, of claims `user` may see, with their claims, people and lines."""
    ready = Receipt.objects.visible_to(user).filter(status=Receipt.Status.READY)
    return ready.select_related("claim__person", "claim__programme").prefetch_related("lines")
