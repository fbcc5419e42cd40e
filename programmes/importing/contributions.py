"""Add the long work of imports to the jobs, and imports that wait for staff to the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.registry import JobKind, Task
from programmes.importing import rules, transitions, work
from programmes.importing.models import ImportStatus, PeopleImport
from programmes.programme.models.programmes import Role, programmes_where


def _import_of(job):
    return PeopleImport.objects.select_related("programme").filter(pk=job.subject_id)[0]


def _can_see_job(user, job):
    return bool(rules.can_import(user, _import_of(job).programme))


def _page_of_import(job):
    people_import = _import_of(job)
    return reverse("people_import", args=[people_import.programme.slug, people_import.pk])


JOB_KINDS = {
    kind: JobKind(run=run, can_see=_can_see_job, title=title, url=_page_of_import)
    for kind, run, title in (
        (transitions.READ, work.read, gettext_lazy("Reading the file")),
        (transitions.CHECK, work.check, gettext_lazy("Checking every row")),
        (transitions.BRING, work.bring_in, gettext_lazy("Bringing people in")),
        (transitions.UNDO, work.undo, gettext_lazy("Undoing the import")),
        (transitions.WELCOME, work.welcome, gettext_lazy("Welcoming people")),
    )
}


def imports_to_finish(user):
    """List the imports that wait for the reader, who sent them, to say something or to put rows right."""
    waiting = PeopleImport.objects.filter(
        programme__in=programmes_where(user, Role.STAFF),
        sent_by=user.person,
        status__in=[ImportStatus.COLUMNS, ImportStatus.CHECKED, ImportStatus.UNREADABLE],
    )
    return [
        Task(
            title=_("Finish bringing people in from %(file)s") % {"file": row},
            url=reverse("people_import", args=[row.programme.slug, row.pk]),
            detail=row.programme.name,
        )
        for row in waiting.select_related("programme")
    ]
