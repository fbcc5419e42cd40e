"""Rows that follow from a round: actions, and its results on paper."""

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.decisions.models import ActionPoint
from programmes.reviews.models.rounds import ReviewRound
from programmes.reviews.models.statements import ReviewStatement
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE, FileToMake


@pghistory.track()
class ReviewAction(models.Model):
    """An action of the steering group that a round led to, and perhaps the statement that was answered low."""

    round = models.ForeignKey(ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="actions")
    statement = models.ForeignKey(
        ReviewStatement,
        verbose_name=_("statement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    point = models.OneToOneField(
        ActionPoint, verbose_name=_("action"), on_delete=models.PROTECT, related_name="review_action"
    )

    class Meta:
        verbose_name = _("action from a review")
        verbose_name_plural = _("actions from reviews")
        ordering = ["point__due_on", "pk"]
        triggers = [pgtrigger.Protect(name="review_actions_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return str(self.point)


class Layout(models.TextChoices):
    """How a paper is printed."""

    STANDARD = "standard", _("Standard print")
    LARGE_PRINT = "large-print", _("Large print, 18 point")
    EASY_READ = "easy-read", _("Easy Read layout, one statement a line")


class ResultsPaper(FileToMake):
    """The results of a round as a PDF. A worker draws it, once for each layout."""

    Layout = Layout

    round = models.ForeignKey(ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="papers")
    layout = models.CharField(_("print"), max_length=12, choices=Layout)
    asked_by = models.ForeignKey(
        "people.Person", verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("file"), upload_to="reviews/%Y/%m", max_length=200, blank=True)

    class Meta:
        verbose_name = _("paper of results")
        verbose_name_plural = _("papers of results")
        ordering = ["round", "layout"]
        constraints = [
            models.UniqueConstraint(fields=["round", "layout"], name="one_results_paper_per_layout"),
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="results_paper_made_has_its_file"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="results_papers_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__made_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.round}, {self.layout}"
