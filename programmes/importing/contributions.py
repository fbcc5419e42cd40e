"""Add the long work of imports to the jobs, and imports that wait for staff to the home page."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.registry import JobKind, Task
from programmes.importing import rules, transitions, work
from programmes.importing.models import ImportRow, ImportStatus, PeopleImport, RowStatus
from programmes.programme.models.programmes import Role, programmes_where
from programmes.registry import PeopleFilter
from wellbeing.lib.dates import short_date
from wellbeing.lib.ticks import whole_numbers


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


# A row whose person came in with it, and is there.
_CAME = {"status__in": [RowStatus.ADDED, RowStatus.STAYED], "person__isnull": False}


def _brought_in(programme):
    """Return the imports of `programme` of which somebody is there: what was undone may have left some."""
    rows = PeopleImport.objects.filter(programme=programme, status__in=[ImportStatus.DONE, ImportStatus.UNDONE])
    came = ImportRow.objects.filter(people_import=OuterRef("pk"), **_CAME)
    return rows.filter(Exists(came)).order_by("-brought_at", "-pk")


def _choices(programme):
    return [(str(row.pk), f"{row}, {short_date(row.brought_at)}") for row in _brought_in(programme)]


def _narrow(people, programme, value):
    """Return those of `people` who came in with an import of `programme`, however long its file is gone."""
    imports = _brought_in(programme).filter(pk__in=whole_numbers([value]))
    return people.filter(pk__in=ImportRow.objects.filter(people_import__in=imports, **_CAME).values("person"))


def _called(programme, value):
    row = _brought_in(programme).filter(pk__in=whole_numbers([value])).first()
    if row is None:
        return ""
    return _("Came in with %(file)s on %(day)s") % {"file": row, "day": short_date(row.brought_at)}


CAME_IN_WITH = PeopleFilter(
    "import",
    gettext_lazy("Came in with"),
    _narrow,
    _choices,
    gettext_lazy("Any spreadsheet or none"),
    order=70,
    called=_called,
)
