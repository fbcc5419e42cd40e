"""The answers of a round: counts and comments, without any way to who gave them.

There is no row for an answer. A tally counts how often a group gave one answer to one statement; all tallies of a
round are made when it opens and are all written whenever somebody answers, so that neither the order of rows nor the
number of the transaction that wrote one tells whose answer it was. Comments are written anew, shuffled, each time.
Neither has a time or a history.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.reviews.models.rounds import ReviewRound
from programmes.reviews.models.statements import ReviewStatement, Section, Side
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
            pgtrigger.Trigger(
                name="review_tallies_begin_at_nought",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="IF NEW.number <> 0 THEN RAISE EXCEPTION 'a count begins at nought'; END IF; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="review_tallies_count_answers_given",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="before", new="after"),
                func=(
                    "IF EXISTS (SELECT 1 FROM after a LEFT JOIN before b ON b.id = a.id"
                    " WHERE b.id IS NULL OR (a.round_id, a.statement_id, a.side, a.value)"
                    " IS DISTINCT FROM (b.round_id, b.statement_id, b.side, b.value)"
                    " OR a.number NOT IN (b.number, b.number + 1)) THEN"
                    " RAISE EXCEPTION 'a count goes up by one answer at a time'; END IF;"
                    " IF EXISTS (SELECT 1 FROM after a JOIN programmes_reviewround r ON r.id = a.round_id"
                    " WHERE r.status <> 'open') THEN"
                    " RAISE EXCEPTION 'answers are counted while a review is open'; END IF;"
                    " IF EXISTS (SELECT 1 FROM programmes_reviewtally t"
                    " WHERE t.round_id IN (SELECT round_id FROM after)"
                    " GROUP BY t.round_id, t.statement_id, t.side HAVING sum(t.number) > (SELECT count(*)"
                    " FROM programmes_reviewasked k WHERE k.round_id = t.round_id AND k.side = t.side"
                    " AND k.answered_on IS NOT NULL)) THEN"
                    " RAISE EXCEPTION 'there are more answers than people who answered'; END IF;"
                    " RETURN NULL;"
                ),
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
            pgtrigger.Trigger(
                name="review_comments_close_with_the_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("state", "text"), ("of_round", "bigint")],
                func=(
                    "of_round := CASE WHEN TG_OP = 'DELETE' THEN OLD.round_id ELSE NEW.round_id END;"
                    " SELECT status INTO state FROM programmes_reviewround WHERE id = of_round FOR SHARE;"
                    " IF state IS DISTINCT FROM 'open' THEN"
                    " RAISE EXCEPTION 'comments are written while a review is open'; END IF;"
                    " IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'a comment stays as it was written'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return self.words[:60]
