"""Reports asked for, their files, subscriptions, and statements of a year."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.upload_paths import report_path, statement_path
from people.directory.fields import who_field
from programmes.models import Role, programmes_where
from wellbeing.lib.prepared import prepared
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE, FileToMake


class ReportKind(models.TextChoices):
    """The kinds of report, by subject."""

    SPEND = "spend", _("Spend against budget")
    AGEING = "ageing", _("Claims by status and age")
    ON_TIME = "on-time", _("Paid on time")
    EXPENSES = "expenses", _("Expenses by kind")
    RECOGNITION = "recognition", _("Payment declined or donated")
    BY_PERSON = "by-person", _("Payments by person")
    AUDIT = "audit", _("Audit extract")


# Reports that name people and their money: for finance alone, never attached to a message.
FINANCE_ONLY = (ReportKind.BY_PERSON, ReportKind.AUDIT)


class ReportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return reports of programmes where `user` is finance; to staff those without names; all to administrators."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        finance = Q(programme__in=programmes_where(user, Role.FINANCE))
        staff = Q(programme__in=programmes_where(user, Role.STAFF)) & ~Q(kind__in=FINANCE_ONLY)
        return self.filter(finance | staff)


@pghistory.track()
class ReportRun(models.Model):
    """One report, asked for once and made once. Its files are kept byte for byte; asked again, it is another one."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="reports"
    )
    kind = models.CharField(_("report"), max_length=12, choices=ReportKind)
    parameters = models.JSONField(_("what was asked for"), default=dict, help_text=_("The period, as it is kept."))
    asked_by = who_field(
        _("asked for by"),
        help_text=_("Empty for those sent every month."),
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    for_month = models.DateField(
        _("sent for the month"),
        null=True,
        blank=True,
        help_text=_("The first day of the month it is about, where it is sent every month."),
    )
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    rows_count = models.PositiveBigIntegerField(_("rows"), default=0)

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["programme", "-asked_at"], name="reports_by_programme")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "for_month"],
                condition=Q(for_month__isnull=False),
                name="one_monthly_report_per_month",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="made_reports_are_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__made_at__isnull=False),
            ),
            pgtrigger.Protect(name="reports_are_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return str(self.get_kind_display())

    def get_absolute_url(self):
        return reverse("report", args=[self.pk])

    @property
    def is_made(self):
        return self.made_at is not None


class ReportFile(models.Model):
    """One file of a report. `DATA` holds the rows as they were read; the others and the page are drawn from it."""

    class Format(models.TextChoices):
        DATA = "data", _("Rows")
        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel")
        PDF = "pdf", _("PDF")

    report = models.ForeignKey(ReportRun, verbose_name=_("report"), on_delete=models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=4, choices=Format)
    file = models.FileField(_("file"), upload_to=report_path, max_length=200)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "format"], name="one_file_per_report_and_format"),
        ]
        triggers = [
            pgtrigger.Protect(name="report_files_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.report}, {self.get_format_display()}"


@pghistory.track()
class ReportSubscription(models.Model):
    """A subscription: a person in finance gets a report of the month before by email, each first working day."""

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="report_subscriptions",
    )
    kind = models.CharField(_("report"), max_length=12, choices=ReportKind)
    person = models.ForeignKey(
        "people.Person", verbose_name=_("sent to"), on_delete=models.PROTECT, related_name="report_subscriptions"
    )
    set_by = models.ForeignKey("people.Person", verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ["programme", "kind", "person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "person"],
                condition=Q(stopped_at__isnull=True),
                name="a_monthly_report_goes_once_to_each_person",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.person}"


@prepared
def _newest_rule(on):
    rules = SmallNumberRule.objects.filter(effective_from__lte=on).order_by("-effective_from")
    return rules.values_list("least")[:1]


class SmallNumberRuleQuerySet(models.QuerySet):
    def effective_on(self, on):
        """Return the smallest count a report may show by the rule that is effective on the day `on`."""
        found = _newest_rule(on)
        return found[0][0] if found else None


class SmallNumberRule(models.Model):
    """The smallest count of people or claims that a report may show, from a date on.

    A rule begins in the future: what was hidden in a report stays hidden in the next one about the same quarter.
    """

    effective_from = models.DateField(_("holds from"), unique=True)
    least = models.PositiveSmallIntegerField(
        _("smallest number shown"), help_text=_("Counts below it are left out of reports that are not about money.")
    )

    objects = SmallNumberRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for small numbers")
        verbose_name_plural = _("rules for small numbers")
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least__gte=2, least__lte=100), name="small_numbers_from_two_to_a_hundred"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="small_number_rules_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="small_number_rules_begin_in_the_future",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF NEW.effective_from <= CURRENT_DATE AND EXISTS (SELECT 1 FROM payments_smallnumberrule) THEN"
                    " RAISE EXCEPTION 'a rule for small numbers begins in the future'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return str(self.least)


class YearStatementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return the statements of `user`, and those of the part of a programme where they are finance."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(person__user=user, programme=None) | Q(programme__in=programmes_where(user, Role.FINANCE)))


@pghistory.track()
class YearStatement(FileToMake):
    """A statement of a person's payments in one tax year, a PDF: of all programmes for them, of one for its finance.

    Made again, it is a new version.
    """

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="year_statements"
    )
    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="year_statements",
        help_text=_("Empty: all of them, for the person."),
    )
    year = models.PositiveSmallIntegerField(_("tax year"), help_text=_("The year in which it starts, on 6 April."))
    asked_by = models.ForeignKey(
        "people.Person", verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("file"), upload_to=statement_path, max_length=200, blank=True)

    objects = YearStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of a tax year")
        verbose_name_plural = _("statements of tax years")
        ordering = ["-year", "-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="statement_made_has_its_file"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="made_statements_are_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__made_at__isnull=False),
            ),
            pgtrigger.Protect(name="statements_are_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.person}, {self.year}"

    @property
    def ends_on(self):
        """The last day of the tax year."""
        return dt.date(self.year + 1, 4, 5)
