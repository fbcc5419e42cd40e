"""Requests of people about their own data, for a copy or removal; the files of a copy, and the record of an erasure."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.directory.models import Person
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE, FileToMake
from wellbeing.lib.texts import LimitedTextField, WordsField


class RequestStatus(models.TextChoices):
    """The steps of a request."""

    ASKED = "asked", _("Asked for")
    CONFIRMED = "confirmed", _("Being done")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


STEPS = {
    RequestStatus.ASKED: (RequestStatus.CONFIRMED, RequestStatus.REFUSED, RequestStatus.WITHDRAWN),
    RequestStatus.CONFIRMED: (RequestStatus.DONE,),
    RequestStatus.DONE: (),
    RequestStatus.REFUSED: (),
    RequestStatus.WITHDRAWN: (),
}
OPEN = (RequestStatus.ASKED, RequestStatus.CONFIRMED)


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    def open(self) -> "PrivacyRequestQuerySet":
        """Return requests that are not answered yet."""
        return self.filter(status__in=OPEN)


@pghistory.track()
class PrivacyRequest(models.Model):
    """That somebody asked for a copy of what we hold about them, or to be removed, and how it was answered.

    `asked_by` is a colleague who wrote it down for them, with `asked_how`. `proof` says how it was made sure that it is
    them: an account that is signed in has proved it.
    """

    class Kind(models.TextChoices):
        COPY = "copy", _("A copy of what we hold")
        ERASURE = "erasure", _("To be removed")

    class Ground(models.TextChoices):
        """Reasons for which the law lets a request be refused (Article 12 and 17 of the UK GDPR)."""

        IDENTITY = "identity", _("We could not make sure that it is them")
        LAW = "law", _("The law asks us to keep it")
        CLAIM = "claim", _("It is needed for a legal claim")
        EXCESSIVE = "excessive", _("It is the same as asked before, a short time ago")

    Status = RequestStatus

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="privacy_requests"
    )
    kind = models.CharField(_("what they ask for"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=RequestStatus, default=RequestStatus.ASKED)
    words = WordsField(_("in their words"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_on = models.DateField(_("answer by"))
    asked_by = who_field(_("written down by"))
    asked_how = WordsField(_("how they asked"), max_length=300, blank=True)
    decided_by = who_field(_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    proof = WordsField(_("how it was made sure that it is them"), max_length=300, blank=True)
    ground = models.CharField(_("reason in law"), max_length=10, choices=Ground, blank=True)
    refused_why = LimitedTextField(_("why it was refused"), max_length=2000, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about one's data")
        verbose_name_plural = _("requests about one's data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(status__in=["asked", "confirmed"]),
                name="one_open_privacy_request_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(asked_by=None, asked_how="") | (Q(asked_by__isnull=False) & ~Q(asked_how="")),
                name="privacy_request_for_another_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | (~Q(ground="") & ~Q(refused_why="") & Q(decided_by__isnull=False)),
                name="privacy_request_refused_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "done"]) | ~Q(proof=""), name="privacy_request_is_proved"
            ),
            # Nobody alone removes the record of somebody, and of oneself not at all.
            models.CheckConstraint(
                condition=Q(kind="copy")
                | ~Q(status__in=["confirmed", "done"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("person"))),
                name="erasure_is_confirmed_by_another",
            ),
        ]
        triggers = [
            steps_trigger("privacy_request_steps", STEPS),
            pgtrigger.Protect(name="privacy_requests_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        """Return whether it still waits for its answer."""
        return self.status in OPEN


class CopyFile(FileToMake):
    """One file of a copy: everything for a machine (JSON), for a reader (PDF), and the files themselves (ZIP)."""

    class Format(models.TextChoices):
        JSON = "json", _("All of it, for another program (JSON)")
        PDF = "pdf", _("To read and to print (PDF)")
        ZIP = "zip", _("The files that we hold (ZIP)")

    request = models.ForeignKey(
        PrivacyRequest, verbose_name=_("request"), on_delete=models.CASCADE, related_name="files"
    )
    format = models.CharField(_("kind of file"), max_length=5, choices=Format)
    file = models.FileField(_("file"), upload_to="copies/%Y/%m", max_length=200, blank=True)

    class Meta:
        verbose_name = _("file of a copy")
        verbose_name_plural = _("files of copies")
        ordering = ["request", "format"]
        constraints = [
            models.UniqueConstraint(fields=["request", "format"], name="one_file_per_copy_and_format"),
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="copy_made_has_its_file"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.format}"


class Erasure(models.Model):
    """The record of an erasure, without a word about the person: what was removed, replaced and kept, and by whom.

    `counts` has the number of rows by kind and by what became of them; `kept` the sentences on what stays and why.
    It is the one thing that lets the writes of an erasure pass the triggers that keep history: it is made in the same
    transaction, and nobody changes or deletes it.
    """

    person = models.OneToOneField(
        Person, verbose_name=_("record of the person"), on_delete=models.PROTECT, related_name="erasure"
    )
    request = models.OneToOneField(
        PrivacyRequest,
        verbose_name=_("request"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="erasure",
    )
    because = models.CharField(_("because"), max_length=20, default="asked")
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    counts = models.JSONField(_("rows"))
    kept = models.JSONField(_("what stays"))
    to_look_at = models.JSONField(_("files of others that name them"), default=list)
    done_at = models.DateTimeField(_("done"), default=timezone.now)
    confirmed_by = who_field(_("confirmed by"))
    told_at = models.DateTimeField(_("certificate sent"), null=True, blank=True)
    last_kept_until = models.DateField(_("records of accounts stay until"), null=True, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-done_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="erasures_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="erasures_never_change", exclude=["told_at"]),
        ]

    def __str__(self) -> str:
        return self.reference
