"""The answers of a round: counts and comments, without any way to who gave them.

How they are kept: `wellbeing.lib.nameless`.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.reviews.models.rounds import ReviewRound
from programmes.reviews.models.statements import ReviewStatement, Section, Side
from wellbeing.lib import nameless
from wellbeing.lib.texts import LimitedTextField


class ReviewTally(models.Model):
    """How often a group gave one answer (1 to 5; 0: does not apply) to one statement of a round."""

    round = models.ForeignKey(ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="tallies")
    statement = models.ForeignKey(
        ReviewStatement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="tallies"
    )
    side = models.CharField(_("group"), max_length=20, choices=Side)
    value = models.PositiveSmallIntegerField(_("answer"))
    number = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        verbose_name = _("count of answers")
        verbose_name_plural = _("counts of answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "statement", "side", "value"], name="one_review_tally_per_answer"),
            models.CheckConstraint(condition=Q(value__lte=5), name="review_tally_of_a_step"),
        ]
        triggers = [
            pgtrigger.Protect(name="review_tallies_are_kept", operation=pgtrigger.Delete),
            nameless.begins_at_nought("review_tallies_begin_at_nought"),
            nameless.counts_answers(
                "review_tallies_count_answers_given",
                question="statement_id",
                tallies="programmes_reviewtally",
                rounds="programmes_reviewround",
                asked="programmes_reviewasked",
                while_open="answers are counted while a review is open",
            ),
        ]

    def __str__(self):
        return f"{self.statement_id}, {self.side}, {self.value}: {self.number}"


class ReviewComment(models.Model):
    """A comment on one section by somebody of one group. Its key is drawn by lot, as all are whenever one is added."""

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(_("section"), max_length=10, choices=Section)
    side = models.CharField(_("group"), max_length=20, choices=Side)
    words = LimitedTextField(_("comment"), max_length=2000)

    class Meta:
        verbose_name = _("comment in a review")
        verbose_name_plural = _("comments in reviews")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="review_comment_says_something")]
        triggers = [
            nameless.words_close(
                "review_comments_close_with_the_review",
                rounds="programmes_reviewround",
                while_open="comments are written while a review is open",
                stay="a comment stays as it was written",
            ),
        ]

    def __str__(self):
        return self.words[:60]
