"""The work of a copy: make its files in a worker, and say that they are there."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from people.jobs.models import Job
from people.jobs.running import progress
from people.privacy import documents, export
from people.privacy.models import CopyFile, PrivacyRequest
from wellbeing.lib.stored_files import fill_once

COPY_JOB, ERASURE_JOB = "privacy_copy", "privacy_erasure"
COPY_TITLE, ERASURE_TITLE = _("Your copy of what we hold"), _("Removing somebody")


def make_files(job: Job) -> PrivacyRequest:
    """Make the files of a copy, each once. Safe to run twice and to be killed half-way. Return the request.

    Nothing is kept once its person was removed meanwhile.
    """
    request = PrivacyRequest.objects.select_related("person__user").get(pk=job.subject_id)
    person: Person = request.person
    held = export.gather(person)
    draws = {
        CopyFile.Format.JSON: partial(export.as_json, person, held),
        CopyFile.Format.PDF: partial(documents.copy_to_read, person, held),
        CopyFile.Format.ZIP: partial(export.as_zip, person),
    }
    rows = {row.format: row for row in request.files.all()}
    for number, (kind, draw) in enumerate(draws.items(), start=1):
        row = rows.get(kind) or _place_for(request, kind)
        if row is None:
            break
        if not row.is_made:
            fill_once(row, f"copy-{row.pk}.{kind}", draw())
        progress(job, number, len(draws))
    return request


def _place_for(request: PrivacyRequest, kind: str) -> CopyFile | None:
    """Return a new row for one file of a copy; None once it is not to be made any more. Locks the request."""
    with transaction.atomic():
        if PrivacyRequest.objects.select_for_update().get(pk=request.pk).status != PrivacyRequest.Status.CONFIRMED:
            return None
        return CopyFile.objects.create(request=request, format=kind)
