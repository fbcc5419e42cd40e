"""People brought into a programme from a spreadsheet: the file, its rows, and what became of each."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.importing.models.rules import ImportRule
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Programme, Role
from wellbeing.lib.sent_files import new_name
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField


class ImportStatus(models.TextChoices):
    READING = "reading", _("The file is being read")
    UNREADABLE = "unreadable", _("Could not be read")
    COLUMNS = "columns", _("To say which column is which")
    CHECKING = "checking", _("Every row is being checked")
    CHECKED = "checked", _("Checked, nobody brought in yet")
    BRINGING = "bringing", _("People are being brought in")
    DONE = "done", _("Brought in")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Thrown away")


IMPORT_STEPS = {
    ImportStatus.READING: (ImportStatus.COLUMNS, ImportStatus.UNREADABLE, ImportStatus.DISCARDED),
    ImportStatus.UNREADABLE: (ImportStatus.DISCARDED,),
    ImportStatus.COLUMNS: (ImportStatus.READING, ImportStatus.CHECKING, ImportStatus.DISCARDED),
    ImportStatus.CHECKING: (ImportStatus.CHECKED, ImportStatus.DISCARDED),
    ImportStatus.CHECKED: (
        ImportStatus.READING,
        ImportStatus.CHECKING,
        ImportStatus.BRINGING,
        ImportStatus.DISCARDED,
    ),
    ImportStatus.BRINGING: (ImportStatus.DONE, ImportStatus.CHECKED),
    ImportStatus.DONE: (ImportStatus.UNDOING,),
    ImportStatus.UNDOING: (ImportStatus.UNDONE,),
}


def file_path(programme: Programme) -> str:
    """Return where the file of an import is kept: under a random name, with nothing of the one it came with."""
    return f"imports/{programme.pk}/{new_name('table')}"


class PeopleImportQuerySet(models.QuerySet["PeopleImport"]):
    def shown(self) -> "PeopleImportQuerySet":
        """Return imports that were not thrown away."""
        return self.exclude(status=ImportStatus.DISCARDED)


@pghistory.track(exclude=["original_name", "headings", "mapping", "sheets", "file", "problem", "checked_against"])
class PeopleImport(models.Model):
    """One file with people for a programme, from the moment it arrives until its rows are deleted."""

    Status = ImportStatus

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="people_imports"
    )
    rule = models.ForeignKey(ImportRule, verbose_name=_("rule that holds for it"), on_delete=models.PROTECT)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.READING)
    problem = models.CharField(_("why it could not be read"), max_length=500, blank=True)
    original_name = LineField(_("name it arrived with"), max_length=200)
    file = models.FileField(_("file"), upload_to="imports", max_length=200, blank=True)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    kind = models.CharField(_("kind of file"), max_length=4, blank=True)
    # How it was read: told from the file, until staff choose otherwise.
    sheets = models.JSONField(_("sheets"), default=list)
    sheet = models.PositiveSmallIntegerField(_("sheet that is read"), null=True, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    separator = models.CharField(_("separator"), max_length=1, blank=True)
    heading_row = models.PositiveSmallIntegerField(_("row with the headings"), null=True, blank=True)
    headings = models.JSONField(_("headings"), default=list)
    mapping = models.JSONField(_("what each column is for"), default=list)
    # Defaults for rows that do not say.
    role = models.CharField(_("role"), max_length=20, blank=True, default=Role.LIVED_EXPERIENCE)
    group = models.ForeignKey(Group, verbose_name=_("group"), null=True, blank=True, on_delete=models.SET_NULL)
    seat = models.CharField(_("kind of group member"), max_length=20, choices=Term.Seat, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    # Mark of the people its rows were compared with: while it is the same, nobody has come into the programme since.
    checked_against = models.CharField(_("checked against"), max_length=100, blank=True)
    sent_by = who_field(_("sent by"))
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    brought_by = who_field(_("brought in by"))
    brought_at = models.DateTimeField(_("brought in"), null=True, blank=True)
    welcomed_by = who_field(_("welcome sent by"))
    welcomed_at = models.DateTimeField(_("welcome asked for"), null=True, blank=True)
    undone_by = who_field(_("undone by"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    cleared_at = models.DateTimeField(_("file and rows deleted"), null=True, blank=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["done", "undoing", "undone"], brought_at__isnull=False)
                | ~Q(status__in=["done", "undoing", "undone"]),
                name="an_import_done_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(welcomed_at=None) | Q(brought_at__isnull=False), name="people_are_here_before_a_welcome"
            ),
            models.CheckConstraint(condition=Q(cleared_at=None) | Q(file=""), name="a_cleared_import_has_no_file"),
        ]
        triggers = [
            steps_trigger("import_status", IMPORT_STEPS),
            pgtrigger.Trigger(
                name="all_rows_of_a_file_or_none",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(new__status="done", old__status="bringing"),
                func=(
                    "IF EXISTS (SELECT FROM programmes_importrow r WHERE r.people_import_id = NEW.id"
                    " AND r.status NOT IN ('added', 'here', 'left_out')) THEN"
                    " RAISE EXCEPTION 'all rows of a file are brought in, or none'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_working(self) -> bool:
        """Return whether a worker has something to do for it."""
        return self.status in {
            ImportStatus.READING,
            ImportStatus.CHECKING,
            ImportStatus.BRINGING,
            ImportStatus.UNDOING,
        }

    @property
    def sheet_name(self) -> str:
        """Return the name of the sheet that is read; "" for a file without sheets."""
        return str(self.sheets[self.sheet]) if self.sheet is not None and self.sheet < len(self.sheets) else ""

    @property
    def undo_until(self) -> dt.date | None:
        """Return the last day on which it can be undone; None before anybody was brought in."""
        if self.brought_at is None:
            return None
        return timezone.localtime(self.brought_at).date() + dt.timedelta(days=self.rule.undo_days)


class RowStatus(models.TextChoices):
    UNCHECKED = "unchecked", _("Not checked yet")
    PROBLEM = "problem", _("To put right")
    READY = "ready", _("Ready")
    HERE = "here", _("Already in the programme")
    LEFT_OUT = "left_out", _("Left out")
    ADDED = "added", _("Brought in")
    REMOVED = "removed", _("Taken out again")
    STAYED = "stayed", _("Stayed")


ROW_STEPS = {
    RowStatus.UNCHECKED: (RowStatus.PROBLEM, RowStatus.READY, RowStatus.HERE, RowStatus.LEFT_OUT),
    RowStatus.PROBLEM: (RowStatus.READY, RowStatus.HERE, RowStatus.LEFT_OUT, RowStatus.UNCHECKED),
    RowStatus.READY: (
        RowStatus.ADDED,
        RowStatus.PROBLEM,
        RowStatus.HERE,
        RowStatus.LEFT_OUT,
        RowStatus.UNCHECKED,
    ),
    RowStatus.HERE: (RowStatus.PROBLEM, RowStatus.READY, RowStatus.LEFT_OUT, RowStatus.UNCHECKED),
    RowStatus.LEFT_OUT: (RowStatus.UNCHECKED, RowStatus.PROBLEM, RowStatus.READY, RowStatus.HERE),
    RowStatus.ADDED: (RowStatus.REMOVED, RowStatus.STAYED),
}


class ImportRow(models.Model):
    """One row of a file: its cells, what they say of a person, what is wrong, and what became of it."""

    Status = RowStatus

    people_import = models.ForeignKey(
        PeopleImport, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("row"))
    # Two, where somebody made two rows of one with two people.
    part = models.PositiveSmallIntegerField(_("part of the row"), default=1)
    cells = models.JSONField(_("cells"), default=list)
    details = models.JSONField(_("what they say of a person"), default=dict)
    problems = models.JSONField(_("problems"), default=list)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UNCHECKED)
    # Row of the same person within the programme, or the person who was brought in.
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_somebody_else = models.BooleanField(_("staff say that it is nobody we know"), default=False)
    same_as = models.ForeignKey(
        "people.Person",
        verbose_name=_("staff say that it is"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_by = who_field(_("put right by"))
    stayed_because = LimitedTextField(_("why they stayed"), max_length=500, blank=True)
    welcomed_at = models.DateTimeField(_("welcomed"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number", "part"]
        constraints = [
            models.UniqueConstraint(fields=["people_import", "number", "part"], name="one_import_row_each"),
            models.CheckConstraint(
                condition=~Q(status__in=["ready", "added"]) | Q(problems=[]), name="a_ready_row_has_no_problem"
            ),
        ]
        indexes = [models.Index("people_import", "status", name="import_rows_by_status")]
        triggers = [steps_trigger("import_row_status", ROW_STEPS)]

    def __str__(self) -> str:
        return f"{self.people_import}: {self.number}"

    @property
    def name(self) -> str:
        """Return the name of its person, as far as it could be read."""
        return str(self.details.get("full_name", ""))


class RememberedColumn(models.Model):
    """Use that staff of a programme gave to a column with this heading; "" for one to leave out."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="remembered_columns"
    )
    heading = LineField(_("heading"), max_length=200)
    target = models.CharField(_("what it is for"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        ordering = ["programme", "heading"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "heading"], name="one_target_per_heading"),
        ]

    def __str__(self) -> str:
        return self.heading
