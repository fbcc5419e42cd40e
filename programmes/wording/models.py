"""A programme's own words around the facts of what it tells people: versions that are never rewritten."""

import datetime as dt
from collections.abc import Iterable

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.models import Notice
from people.wordings import OwnWords
from wellbeing.lib.languages import Language
from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import ProgrammeId

# Never changed once they are written. The writer is: two records of one person can be put together.
WORDS = (
    "programme_id",
    "kind",
    "language",
    "is_standard",
    "subject",
    "words",
    "short",
    "effective_from",
    "created_at",
)


class WordingVersionQuerySet(models.QuerySet["WordingVersion"]):
    def in_force(self, on: dt.date) -> "WordingVersionQuerySet":
        """Return the version that counts on the day `on` of each programme, kind and language: the newest one."""
        begun = self.filter(effective_from__lte=on)
        newest = begun.order_by("programme_id", "kind", "language", "-effective_from", "-pk")
        return newest.distinct("programme_id", "kind", "language")


class WordingVersion(models.Model):
    """The words a programme uses for one kind of notice, in one language, from a day on.

    One that `is_standard` has no words: it goes back to the standard ones.
    """

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="wordings"
    )
    kind = models.CharField(_("kind of message"), max_length=40, help_text=_("Known to the app that writes it."))
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.ENGLISH)
    is_standard = models.BooleanField(_("the standard words again"), default=False)
    subject = LineField(_("subject"), max_length=150, blank=True)
    words = LimitedTextField(_("words"), max_length=5000, blank=True)
    short = LimitedTextField(_("words of a text message"), max_length=300, blank=True)
    effective_from = models.DateField(_("used from"))
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        "people.Person", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = WordingVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording of a message")
        verbose_name_plural = _("wordings of messages")
        ordering = ["-effective_from", "-pk"]
        indexes = [
            models.Index(
                fields=["programme", "kind", "language", "-effective_from", "-id"], name="wordings_newest_first"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_standard=True, subject="", words="", short="")
                # The facts are ours: no words can do without them, and no text message without its link.
                | Q(is_standard=False, subject__gt="", words__contains="{details}")
                & (Q(short="") | Q(short__contains="{link}")),
                name="wording_keeps_facts_and_link",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="wordings_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="wordings_are_not_rewritten", operation=pgtrigger.UpdateOf(*WORDS)),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("The standard words"))

    @property
    def own_words(self) -> OwnWords:
        """Return its words as notices take them."""
        return OwnWords(self.pk, self.subject, self.words, self.short, self.language)


class WordingGapQuerySet(models.QuerySet["WordingGap"]):
    def unseen(self) -> "WordingGapQuerySet":
        """Return those that no colleague has dealt with."""
        return self.filter(seen_at=None)

    def of(self, programmes: Iterable[ProgrammeId]) -> "WordingGapQuerySet":
        """Return those of the words of `programmes`."""
        return self.filter(version__programme__in=programmes)


@pghistory.track()
class WordingGap(models.Model):
    """A merge field that had nothing to say to somebody, who got the standard words: a task for a colleague."""

    class Part(models.TextChoices):
        SUBJECT = "subject", _("Subject")
        WORDS = "words", _("Words")
        SHORT = "short", _("Text message")

    version = models.ForeignKey(
        WordingVersion, verbose_name=_("wording"), on_delete=models.PROTECT, related_name="gaps"
    )
    notice = models.ForeignKey(Notice, verbose_name=_("notice"), on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("where"), max_length=10, choices=Part)
    line = models.PositiveSmallIntegerField(_("line"))
    field = models.CharField(_("field"), max_length=40)
    seen_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    seen_by = who_field(_("dealt with by"))

    objects = WordingGapQuerySet.as_manager()

    class Meta:
        verbose_name = _("field without words")
        verbose_name_plural = _("fields without words")
        ordering = ["pk"]
        indexes = [models.Index(fields=["version"], condition=Q(seen_at=None), name="wording_gaps_to_see")]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="wording_gap_seen_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="wording_gaps_are_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{{{self.field}}}"

    @property
    def is_in_several_lines(self) -> bool:
        """Return whether the words it is in have several lines, so that its line is worth naming."""
        return len(getattr(self.version, self.part).splitlines()) > 1
