"""Batches of letters, printed from one file and posted together, and how a printing service posts the others."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import registry
from people.directory.fields import who_field
from people.messages.models.messages import Message
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE
from wellbeing.lib.texts import WordsField
from wellbeing.lib.types import User


def batch_path(batch: "LetterBatch", filename: str) -> str:
    """Return the path of the file of a batch, by the year of its day."""
    return f"letters/{batch.day:%Y}/{filename}"


def part_path(part: "LetterPart", filename: str) -> str:
    """Return the path of a part of a batch, by batch."""
    return f"letters/parts/{part.batch_id}/{filename}"


class LetterBatchStatus(models.TextChoices):
    MADE = "made", _("To be printed and posted")
    POSTED = "posted", _("Posted")
    DROPPED = "dropped", _("Taken apart")


BATCH_STEPS = {
    LetterBatchStatus.MADE: (LetterBatchStatus.POSTED, LetterBatchStatus.DROPPED),
    LetterBatchStatus.POSTED: (),
    LetterBatchStatus.DROPPED: (),
}


class LetterBatchQuerySet(models.QuerySet["LetterBatch"]):
    def visible_to(self, user: User) -> "LetterBatchQuerySet":
        """Return the batches of audiences whose notices `user` reads; all for an administrator."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(audience__in=registry.audiences_read_by(user))


@pghistory.track(exclude=["pages"])
class LetterBatch(models.Model):
    """The letters of one audience that are printed and posted together. The file is there once a worker has made it."""

    Status = LetterBatchStatus

    TRANSITIONS = BATCH_STEPS

    audience = models.CharField(_("whose staff print it"), max_length=60, blank=True, db_index=True)
    day = models.DateField(_("made for"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.MADE)
    count = models.PositiveIntegerField(_("letters"))
    pages = models.PositiveIntegerField(_("pages"), default=0)
    file = models.FileField(_("file"), upload_to=batch_path, max_length=200, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    made_by = models.ForeignKey("people.Person", verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    ended_by = who_field(_("posted or taken apart by"))
    ended_at = models.DateTimeField(_("posted or taken apart"), null=True, blank=True)

    objects = LetterBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="letter_batch_made_has_its_file"),
            models.CheckConstraint(
                condition=Q(status="made", ended_by__isnull=True, ended_at__isnull=True)
                | (~Q(status="made") & Q(ended_by__isnull=False, ended_at__isnull=False)),
                name="letter_batch_ended_says_by_whom",
            ),
        ]
        triggers = [
            steps_trigger("letter_batch_status", BATCH_STEPS),
            pgtrigger.Protect(name="letter_batches_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.voice.name}, {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("letter_batch", args=[self.pk])

    @property
    def voice(self) -> registry.Voice:
        """Return in whose name the letters are."""
        return registry.voice(self.audience)

    @property
    def is_made(self) -> bool:
        """Return whether its file is there, as far as the row says."""
        return self.made_at is not None


@pghistory.track()
class BatchedLetter(models.Model):
    """The place of one letter in a batch.

    It is live while it is in a pile to be posted, and no more once the pile is posted or taken apart, or where it could
    not be drawn.
    """

    batch = models.ForeignKey(LetterBatch, verbose_name=_("batch"), on_delete=models.PROTECT, related_name="letters")
    message = models.ForeignKey(
        Message, verbose_name=_("message"), on_delete=models.PROTECT, related_name="batched_letters"
    )
    position = models.PositiveIntegerField(_("place in the pile"))
    is_live = models.BooleanField(_("in a pile to be posted"), default=True)
    problem = WordsField(_("why it could not be drawn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter of a batch")
        verbose_name_plural = _("letters of batches")
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_letter_in_a_place"),
            models.UniqueConstraint(fields=["batch", "message"], name="a_letter_once_in_a_batch"),
            models.UniqueConstraint(fields=["message"], condition=Q(is_live=True), name="a_letter_in_one_live_batch"),
            models.CheckConstraint(condition=Q(problem="") | Q(is_live=False), name="a_letter_not_drawn_is_in_no_pile"),
        ]
        triggers = [pgtrigger.Protect(name="batched_letters_are_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.batch}: {self.position}"


class LetterPart(models.Model):
    """Some letters of a batch as they were drawn, so that a worker that goes on does not begin again."""

    batch = models.ForeignKey(LetterBatch, verbose_name=_("batch"), on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(_("number"))
    file = models.FileField(_("file"), upload_to=part_path, max_length=200)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        verbose_name = _("part of a batch of letters")
        verbose_name_plural = _("parts of batches of letters")
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_letter_part_of_a_number")]

    def __str__(self) -> str:
        return f"{self.batch}: {self.number}"


class PostageRuleQuerySet(models.QuerySet["PostageRule"]):
    def in_force(self, on: dt.date) -> "PostageRule":
        """Return the rule of the day `on`. Every installation begins with one: see `people.reference_data`."""
        return self.filter(effective_from__lte=on).order_by("-effective_from")[0]


class PostageRule(models.Model):
    """How a printing service posts letters, and at what time of the day it gets them. Dated: a change is a row.

    Until that time staff can take a letter back and print it themselves.
    """

    class Postage(models.TextChoices):
        FIRST = "first", _("First class")
        SECOND = "second", _("Second class")
        ECONOMY = "economy", _("Economy")

    postage = models.CharField(_("postage"), max_length=10, choices=Postage)
    handed_over_at = models.TimeField(
        _("handed over at"), help_text=_("GOV.UK Notify prints at 5:30pm, and posts on the next working day.")
    )
    effective_from = models.DateField(_("applies from"), unique=True)

    objects = PostageRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of postage")
        verbose_name_plural = _("rules of postage")
        ordering = ["-effective_from"]
        triggers = [pgtrigger.Protect(name="postage_rules_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_postage_display()}, {self.effective_from}"
