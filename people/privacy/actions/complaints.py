"""Complain about how one's data is used; acknowledge and answer a complaint."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.privacy import rules, telling
from people.privacy.models import Complaint, PrivacyRule
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

Status = Complaint.Status


class ComplaintError(ActionError):
    """A complaint cannot be made or answered as things stand."""


@action
def complain(*, person: Person, words: str, by: User, how: str = "") -> Complaint:
    """Record a complaint of `person` about their data, and until when it is acknowledged. Return the Complaint.

    For somebody else `how` says how they complained, and they are told. Raises ComplaintError without words or `how`,
    and when `by` may not.
    """
    own = person.user_id == by.pk
    if not own:
        rules.can_handle(by, person).insist(ComplaintError)
        if not how.strip():
            raise ComplaintError(_("Say how they complained, for example: on the phone, with me."), field="how")
    if not words.strip():
        raise ComplaintError(_("Say what it is about."), field="words")
    today = timezone.localdate()
    complaint = Complaint.objects.create(
        person=person,
        words=words.strip(),
        acknowledge_by=today + rules.time_for(PrivacyRule.Kind.ACKNOWLEDGE, today).delta,
        made_by=None if own else by.person,
        made_how="" if own else how.strip(),
    )
    if not own:
        telling.complaint_written_down(complaint, by)
    return complaint


@action
def acknowledge(*, complaint: Complaint, by: User) -> Complaint:
    """Say that `by` looks into a complaint. Return the Complaint; its person is told. Locks the complaint.

    Raises ComplaintError when `by` may not.
    """
    complaint = _locked(complaint)
    rules.can_answer(by, complaint).insist(ComplaintError)
    if complaint.status == Status.MADE:
        complaint.status, complaint.acknowledged_at = Status.ACKNOWLEDGED, timezone.now()
        complaint.acknowledged_by = by.person
        complaint.save(update_fields=["status", "acknowledged_at", "acknowledged_by"])
        telling.complaint_acknowledged(complaint, by)
    return complaint


@action
def answer(*, complaint: Complaint, answer: str, by: User) -> Complaint:
    """Answer a complaint. Return the Complaint; its person is told, with where else they can go. Locks the complaint.

    Raises ComplaintError when `by` may not, or without an answer.
    """
    complaint = _locked(complaint)
    rules.can_answer(by, complaint).insist(ComplaintError)
    if not answer.strip():
        raise ComplaintError(_("Write your answer."), field="answer")
    complaint.status, complaint.answer = Status.ANSWERED, answer.strip()
    complaint.answered_at, complaint.answered_by = timezone.now(), by.person
    complaint.save(update_fields=["status", "answer", "answered_at", "answered_by"])
    telling.complaint_answered(complaint, by)
    return complaint


def _locked(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).select_related("person__user").get(pk=complaint.pk)
