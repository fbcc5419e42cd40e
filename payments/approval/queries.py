"""Questions about approval: who is asked, what happened to a claim."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.approval.models import ApproverAssignment
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.models.notes import ClaimNote
from programmes.models import Membership, Role


@dataclass
class CurrentApprovers:
    """Those who are asked to check the claims of a programme on one day, and for whom each of them deputises."""

    people: dict = field(default_factory=dict)
    # By the id of the deputy.
    deputies: dict = field(default_factory=dict)
    is_everybody: bool = True


def who_is_asked(programmes, on):
    """{programme id: CurrentApprovers} for `programmes` (ids) on the date `on`, in two queries.

    Asked are those on duty, or their deputies; without a duty, or where nobody is left, all staff.
    A duty of somebody who is no longer staff counts for nothing.
    """
    asked, staff = {}, {programme: {} for programme in programmes}
    held = Membership.objects.effective_on(on).filter(
        programme__in=programmes, role=Role.STAFF, person__user__is_active=True
    )
    for membership in held.select_related("person").order_by("person__full_name", "person_id"):
        staff[membership.programme_id][membership.person_id] = membership.person
    duties = {programme: [] for programme in programmes}
    found = ApproverAssignment.objects.effective_on(on).filter(programme__in=programmes)
    for duty in found.select_related("person", "deputises_for").order_by("person__full_name", "pk"):
        if duty.person_id in staff[duty.programme_id]:
            duties[duty.programme_id].append(duty)
    for programme in programmes:
        asked[programme] = _asked(staff[programme], duties[programme])
    return asked


def _asked(staff, duties):
    on_duty = {duty.person_id: duty.person for duty in duties if duty.deputises_for_id is None}
    asked = CurrentApprovers(people=on_duty or dict(staff), is_everybody=not on_duty)
    cover = [duty for duty in duties if duty.deputises_for_id in asked.people]
    people = {pk: person for pk, person in asked.people.items() if pk not in {duty.deputises_for_id for duty in cover}}
    for duty in cover:
        people[duty.person_id] = duty.person
        asked.deputies.setdefault(duty.person_id, []).append(duty)
    if not people:
        return CurrentApprovers(people=dict(staff))
    asked.people = people
    return asked


def claims_asked_of(user, programmes, on):
    """Claims waiting to be checked in `programmes` (ids) that `user` is asked to check on the date `on`.

    That is, where they are asked, every claim they may decide on; elsewhere only what nobody who is asked may decide.
    """
    mine, wanted = user.person.pk, Q(pk__in=[])
    for programme, asked in who_is_asked(programmes, on).items():
        if mine in asked.people:
            wanted |= Q(programme=programme)
            continue
        for_nobody = Q(programme=programme)
        for person in asked.people:
            for_nobody &= _not_theirs(person)
        wanted |= for_nobody
    waiting = Claim.objects.filter(programme__in=programmes, status=Claim.Status.SUBMITTED)
    return waiting.filter(wanted).exclude(_not_theirs(mine))


def _not_theirs(person):
    """Claims on which the person (an id) does not decide."""
    return (
        Q(person=person)
        | Q(submitted_by=person)
        | Q(entered_by=person)
        | Q(first_approved_by=person)
        | Q(declined_by=person)
    )


def duties_of(programme):
    """The duties of a programme that hold today or later, in their order."""
    return (
        ApproverAssignment.objects.current_and_coming(timezone.localdate())
        .filter(programme=programme)
        .select_related("person", "deputises_for")
        .order_by("starts_on", "pk")
    )


@dataclass(frozen=True)
class HistoryEntry:
    """Something that happened on a claim: when, who did what, and their words if there are any."""

    at: object
    sentence: str
    words: str = ""
    staff_only: bool = False


def history(claim, with_staff_notes=False):
    """List the history of a claim (from `pages.queries.whole_claim`) as [HistoryEntry, …], the oldest first."""
    found = []
    if claim.submitted_at:
        found.append(HistoryEntry(claim.submitted_at, _("%(who)s sent it") % {"who": claim.submitted_by.full_name}))
    for note in claim.notes.all():
        found.append(HistoryEntry(note.written_at, _said(note, claim), note.body))
    if claim.first_approved_at:
        sentence = _("%(who)s approved it once") % {"who": claim.first_approved_by.full_name}
        words = "" if claim.approved_at else _despite(claim)
        found.append(HistoryEntry(claim.first_approved_at, sentence, words))
    if claim.approved_at:
        in_part = any((line.approved_pence or 0) < line.amount_pence for line in claim.lines.all())
        words = _("%(who)s approved part of it") if in_part else _("%(who)s approved it")
        sentence = words % {"who": claim.approved_by.full_name}
        found.append(HistoryEntry(claim.approved_at, sentence, _despite(claim)))
    if with_staff_notes:
        for note in claim.staff_notes.select_related("by"):
            sentence = _("%(who)s noted for staff") % {"who": note.by.full_name}
            found.append(HistoryEntry(note.written_at, sentence, note.body, staff_only=True))
    return sorted(found, key=lambda each: each.at)


def _said(note, claim):
    words = {"who": note.by.full_name}
    if note.kind == ClaimNote.Kind.DECLINE:
        return _("%(who)s did not approve it") % words
    if note.kind == ClaimNote.Kind.ASK_AGAIN:
        return _("%(who)s asked us to look again") % words
    if note.by_id in {claim.person_id, claim.entered_by_id}:
        return _("%(who)s answered") % words
    return _("%(who)s asked") % words


def _despite(claim):
    if not claim.duplicate_reason:
        return ""
    return _("It looks like another claim, and is right because: %(why)s") % {"why": claim.duplicate_reason}


def claims_to_decide(rows):
    """The claims of `rows` (a queryset) with what a decision on each needs, in a fixed number of queries."""
    lines = ClaimLine.objects.order_by("-category", "pk").prefetch_related("receipts")
    return (
        rows.select_related("person", "programme", "policy")
        .prefetch_related(Prefetch("lines", lines), "policy__expense_rules", "policy__fee_rules")
        .order_by("submitted_at", "pk")
    )
