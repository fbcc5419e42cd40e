"""Adds what people ask about their data to the home page and to pages of people, and the work behind it."""

import logging
import smtplib
from typing import Any

import pgtrigger
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people import registry
from people.directory.rules import can_edit_person
from people.due_work import DueWork
from people.jobs.running import progress
from people.privacy import documents, hooks, keeping, making, rules, telling, timed
from people.privacy.actions import requests
from people.privacy.models import (
    Complaint,
    DueForRetention,
    EmergencyLook,
    Erasure,
    FileToRemove,
    Look,
    PrivacyRequest,
    PrivacyRule,
)
from wellbeing.lib import stored_files
from wellbeing.lib.triggers import guards_of

logger = logging.getLogger(__name__)


def register():
    """Register them once, when the app is ready."""
    registry.add_notice_kinds(
        registry.NoticeKind(
            telling.KIND,
            gettext_lazy("Your data"),
            legal=True,
        )
    )
    registry.job_kinds[making.COPY_JOB] = registry.JobKind(
        run=make_copy, can_see=can_see_job, title=making.COPY_TITLE, url=page_of_job
    )
    registry.job_kinds[making.ERASURE_JOB] = registry.JobKind(
        run=remove_somebody, can_see=can_see_job, title=making.ERASURE_TITLE, url=page_of_job
    )
    registry.home_tasks += [requests_to_answer, complaints_to_answer, due_to_be_removed, emergencies_to_know]
    registry.own_details_panels.append(lambda _user: registry.Panel("people/privacy/own_panel.html", {}, order=95))
    registry.person_panels.append(person_panel)
    hooks.add_retention_kinds(*keeping.KINDS)
    stored_files.not_removed.append(timed.keep_in_mind)
    registry.due_work.append(DueWork("files_due", gettext_lazy("Files to remove"), FileToRemove.objects))
    registry.before_take_over.append(one_request_and_one_look)


def one_request_and_one_look(record, person):
    """Take back open requests and leave out looks of a record that its person has as well, so that both fit.

    Raises IntegrityError while the record is being removed: it would take the whole person with it.
    """
    removed = PrivacyRequest.objects.filter(person=record, kind=PrivacyRequest.Kind.ERASURE)
    if removed.filter(status=PrivacyRequest.Status.CONFIRMED).exists():
        raise IntegrityError("the record is being removed")
    kinds = PrivacyRequest.objects.open().filter(person=person).values_list("kind", flat=True)
    asked = PrivacyRequest.objects.filter(person=record, kind__in=list(kinds), status=PrivacyRequest.Status.ASKED)
    asked.update(status=PrivacyRequest.Status.WITHDRAWN)
    with pgtrigger.ignore(*guards_of(Look)), transaction.atomic():
        for one, other in (("person", "reader"), ("reader", "person")):
            known = Look.objects.filter(
                **{one: person, other: OuterRef(other)}, on=OuterRef("on"), kind=OuterRef("kind")
            )
            Look.objects.filter(Exists(known), **{one: record}).delete()


def make_copy(job):
    """Do a `privacy_copy` job: make the files, and say that they are there."""
    request = making.make_files(job)
    requests.copy_made(request=request, by=None)


def remove_somebody(job):
    """Do a `privacy_erasure` job: remove the person, then send the certificate to where they could last be reached."""
    request = PrivacyRequest.objects.select_related("person__user", "decided_by__user").get(pk=job.subject_id)
    decided_by: Any = request.decided_by
    erasure, address = requests.carry_out(request=request, by=decided_by.user)
    if address:
        try:
            telling.send_certificate(erasure, address, documents.certificate(erasure))
        except (OSError, smtplib.SMTPException):
            # Their address is gone: the page of the request says that the certificate is to be handed over.
            logger.warning("The certificate of erasure %s could not be sent.", erasure.pk)
        else:
            Erasure.objects.filter(pk=erasure.pk).update(told_at=timezone.now())
    progress(job, 1, 1)


def can_see_job(user, job):
    """Return whether `user` may watch the work: the person of a copy, and who handles what they ask."""
    request = PrivacyRequest.objects.select_related("person__user").filter(pk=job.subject_id)[0]
    own = request.person.user_id == user.pk and request.kind == "copy"
    return own or bool(rules.can_handle(user, request.person))


def page_of_job(job):
    """Return the page to go to when the work is done."""
    request = PrivacyRequest.objects.filter(pk=job.subject_id)[0]
    if request.kind == "copy" and request.asked_by_id is None:
        return reverse("what_we_hold")
    return reverse("privacy_request", args=[job.subject_id])


def requests_to_answer(user):
    """Return a task for each request that `user` may confirm or refuse."""
    if not user.is_administrator:
        return []
    rows = PrivacyRequest.objects.filter(status=PrivacyRequest.Status.ASKED).exclude(person__user=user)
    length = rules.time_for(PrivacyRule.Kind.ANSWER).length
    return [
        registry.Task(
            title=_("%(name)s asks: %(what)s") % {"name": row.person.full_name, "what": row.get_kind_display()},
            url=reverse("privacy_request", args=[row.pk]),
            detail=_("The law gives %(length)s to answer.") % {"length": length},
            due=row.due_on,
            urgent=row.due_on <= timezone.localdate(),
        )
        for row in rows.select_related("person")
    ]


def complaints_to_answer(user):
    """Return a task for each complaint that `user` may answer."""
    rows = rules.complaints_handled(user).exclude(status=Complaint.Status.ANSWERED).select_related("person")
    return [
        registry.Task(
            title=_("%(name)s complains about their data") % {"name": row.person.full_name},
            url=reverse("complaint", args=[row.pk]),
            detail=row.get_status_display(),
            due=row.acknowledge_by if row.status == Complaint.Status.MADE else None,
            urgent=row.status == Complaint.Status.MADE and row.acknowledge_by <= timezone.localdate(),
        )
        for row in (rows if _handles(user) else ())
    ]


def _handles(user):
    return user.is_administrator or any(privileged(user) for privileged in registry.privileged)


def due_to_be_removed(user):
    """Return a task for administrators where something is due to be removed."""
    if not user.is_administrator:
        return []
    listed = DueForRetention.objects.listed()
    first = listed.order_by("removed_on").first()
    if first is None:
        return []
    number = listed.count()
    title = ngettext("%(n)s thing is due to be removed", "%(n)s things are due to be removed", number) % {"n": number}
    return [registry.Task(title=title, url=reverse("due_for_retention"), due=first.removed_on)]


def emergencies_to_know(user):
    """Tell administrators of access needs that are open in an emergency."""
    if not user.is_administrator:
        return []
    rows = EmergencyLook.objects.open(timezone.now()).select_related("reader", "person")
    return [
        registry.Task(
            title=_("%(reader)s opened the access needs of %(name)s in an emergency")
            % {"reader": row.reader.full_name, "name": row.person.full_name},
            url=reverse("needs_in_emergency", args=[row.person_id]),
            detail=row.reason,
        )
        for row in rows
    ]


def person_panel(user, person):
    """Lead colleagues to what a person asks about their data."""
    can_handle = bool(rules.can_handle(user, person))
    emergency = bool(rules.can_open_in_emergency(user, person)) and not can_edit_person(user, person)
    if not can_handle and not emergency:
        return None
    context = {"person": person, "can_handle": can_handle, "emergency": emergency}
    return registry.Panel("people/privacy/person_panel.html", context, order=96)
