"""Ask for a copy of one's data or to be removed; confirm it, refuse it, take it back, and do it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.jobs import actions as jobs
from people.privacy import erasing, making, rules, telling
from people.privacy.models import Erasure, PrivacyRequest, PrivacyRule
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

Kind, Status = PrivacyRequest.Kind, PrivacyRequest.Status


class RequestError(ActionError):
    """A request about somebody's data cannot be made, confirmed or taken back as things stand."""


@action
def ask(*, person: Person, kind: str, by: User, words: str = "", how: str = "") -> PrivacyRequest:
    """Ask for a copy of what we hold, or to be removed. Return the request; an open one of the kind stays the one.

    Somebody who is signed in has proved who they are: their copy is made at once, even where a colleague wrote it down.
    For somebody else `how` says how they asked, and they are told. Raises RequestError when `by` may not, or without
    `how`. Locks the person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    own = person.user_id == by.pk
    if not own:
        rules.can_handle(by, person).insist(RequestError)
        if not how.strip():
            raise RequestError(_("Say how they asked, for example: on the phone, with me."), field="how")
    if own and kind == Kind.COPY:
        # It waits for a proof that it is them, which they give by being signed in.
        PrivacyRequest.objects.filter(person=person, kind=kind, status=Status.ASKED).update(status=Status.WITHDRAWN)
    if open_one := PrivacyRequest.objects.open().filter(person=person, kind=kind).first():
        return open_one
    if kind == Kind.ERASURE and Erasure.objects.filter(person=person).exists():
        raise RequestError(_("They have been removed already."))
    today = timezone.localdate()
    request = PrivacyRequest(
        person=person,
        kind=kind,
        words=words.strip(),
        due_on=today + rules.time_for(PrivacyRule.Kind.ANSWER, today).delta,
        asked_by=None if own else by.person,
        asked_how="" if own else how.strip(),
    )
    if own and kind == Kind.COPY:
        request.status, request.proof = Status.CONFIRMED, _("They were signed in.")
    request.save()
    if request.status == Status.CONFIRMED:
        jobs.start(kind=making.COPY_JOB, subject_id=request.pk, by=by, total=3)
    if not own:
        telling.written_down(request, by)
    return request


@action
def confirm(*, request: PrivacyRequest, by: User, proof: str) -> PrivacyRequest:
    """Confirm that the request is its person's, and start the work. Return the request.

    Raises RequestError when `by` may not, without `proof`, and when something has to be settled before somebody can be
    removed. Locks the request.
    """
    request = _locked(request)
    rules.can_confirm(by, request).insist(RequestError)
    if not proof.strip():
        raise RequestError(_("Say how you made sure that it is them."), field="proof")
    if request.kind == Kind.ERASURE and (to_settle := erasing.what_to_settle(request.person)):
        raise RequestError(" ".join(to_settle))
    request.status, request.proof = Status.CONFIRMED, proof.strip()
    request.decided_by, request.decided_at = by.person, timezone.now()
    request.save()
    kind = making.COPY_JOB if request.kind == Kind.COPY else making.ERASURE_JOB
    jobs.start(kind=kind, subject_id=request.pk, by=by, total=3 if request.kind == Kind.COPY else 1)
    return request


@action
def refuse(*, request: PrivacyRequest, by: User, ground: str, refused_why: str) -> PrivacyRequest:
    """Refuse a request for a reason that the law gives. Return the request; its person is told.

    Raises RequestError when `by` may not, or without a reason. Locks the request.
    """
    request = _locked(request)
    rules.can_confirm(by, request).insist(RequestError)
    if not ground or not refused_why.strip():
        raise RequestError(_("Say why, in words the person understands."), field="refused_why")
    request.status, request.ground, request.refused_why = Status.REFUSED, ground, refused_why.strip()
    request.decided_by, request.decided_at = by.person, timezone.now()
    request.save()
    telling.refused(request, by)
    return request


@action
def take_back(*, request: PrivacyRequest, by: User) -> PrivacyRequest:
    """Take a request back that nobody has confirmed. Return the request.

    Raises RequestError when it is somebody else's, or too late. Locks the request.
    """
    request = _locked(request)
    if request.person.user_id != by.pk:
        raise RequestError(_("Only the person who asked can take it back."))
    if request.status != Status.ASKED:
        raise RequestError(_("It is too late to take it back. It is now: %s.") % request.get_status_display())
    request.status = Status.WITHDRAWN
    request.save(update_fields=["status"])
    return request


@action
def copy_made(*, request: PrivacyRequest, by: User | None) -> PrivacyRequest:
    """Record that the files of a copy are made, and tell its person. Return the request. Locks the request."""
    request = _locked(request)
    if request.status == Status.CONFIRMED:
        request.status, request.done_at = Status.DONE, timezone.now()
        request.save(update_fields=["status", "done_at"])
        telling.copy_is_made(request)
    return request


@action
def carry_out(*, request: PrivacyRequest, by: User | None) -> tuple[Erasure, str]:
    """Remove the person of a confirmed request. Return the record of it, and the last email address, kept nowhere.

    Done before: the same record, and no address. Raises ErasureError with what has to be settled first. Locks the
    request and the person.
    """
    request = _locked(request)
    done = Erasure.objects.filter(person=request.person_id).first()
    if done or request.status != Status.CONFIRMED or request.kind != Kind.ERASURE:
        if done is None:
            raise RequestError(_("This request is not confirmed."))
        return done, ""
    address = request.person.email
    decided: Any = request.decided_by
    PrivacyRequest.objects.filter(pk=request.pk).update(status=Status.DONE, done_at=timezone.now())
    erasure = erasing.remove(request.person, by=by or decided.user, request=request)
    return erasure, address


def _locked(request: PrivacyRequest) -> PrivacyRequest:
    rows = PrivacyRequest.objects.select_for_update(of=("self",)).select_related("person__user", "decided_by__user")
    return rows.get(pk=request.pk)
