"""The answers about an event: counts and own words, without any way to who gave them.

There is no row for an answer. A tally counts how often a group gave one answer to one question; all tallies of a round
are made when people are asked and are all written whenever somebody answers, so that neither the order of rows nor the
number of the transaction that wrote one tells whose answer it was. Own words are written anew, shuffled, each time.
Neither has a time or a history.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.feedback.models.questions import Answer, FeedbackQuestion, Side
from events.feedback.models.rounds import FeedbackRound
from wellbeing.lib.texts import LimitedTextField, LineField


class FeedbackTally(models.Model):
    """How often a group gave one answer to one question about an event."""

    round = models.ForeignKey(
        FeedbackRound, verbose_name=_("feedback"), on_delete=models.PROTECT, related_name="tallies"
    )
    question = models.ForeignKey(
        FeedbackQuestion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="tallies"
    )
    side = models.CharField(_("group"), max_length=20, choices=Side)
    value = models.PositiveSmallIntegerField(_("answer"), choices=Answer)
    number = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        verbose_name = _("count of answers about an event")
        verbose_name_plural = _("counts of answers about events")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question", "side", "value"], name="one_feedback_tally_per_answer"
            ),
            models.CheckConstraint(condition=Q(value__in=[0, 1, 3, 5]), name="feedback_tally_of_an_answer"),
        ]
        triggers = [
            pgtrigger.Protect(name="feedback_tallies_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="feedback_tallies_begin_at_nought",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="IF NEW.number <> 0 THEN RAISE EXCEPTION 'a count begins at nought'; END IF; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="feedback_tallies_count_answers",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="before", new="after"),
                func=(
                    "IF EXISTS (SELECT 1 FROM after a LEFT JOIN before b ON b.id = a.id"
                    " WHERE b.id IS NULL OR (a.round_id, a.question_id, a.side, a.value)"
                    " IS DISTINCT FROM (b.round_id, b.question_id, b.side, b.value)"
                    " OR a.number NOT IN (b.number, b.number + 1)) THEN"
                    " RAISE EXCEPTION 'a count goes up by one answer at a time'; END IF;"
                    " IF EXISTS (SELECT 1 FROM after a JOIN events_feedbackround r ON r.id = a.round_id"
                    " WHERE r.status <> 'open') THEN"
                    " RAISE EXCEPTION 'answers are counted while feedback is open'; END IF;"
                    " IF EXISTS (SELECT 1 FROM events_feedbacktally t"
                    " WHERE t.round_id IN (SELECT round_id FROM after)"
                    " GROUP BY t.round_id, t.question_id, t.side HAVING sum(t.number) > (SELECT count(*)"
                    " FROM events_feedbackasked k WHERE k.round_id = t.round_id AND k.side = t.side"
                    " AND k.answered_on IS NOT NULL)) THEN"
                    " RAISE EXCEPTION 'there are more answers than people who answered'; END IF;"
                    " RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}, {self.side}, {self.value}: {self.number}"


class FeedbackWords(models.Model):
    """Somebody's own words about an event. Their key is drawn by lot, as all are whenever some are added.

    `name` is what they wrote as their name, where they want it to be read; nothing leads to the person.
    """

    class Topic(models.TextChoices):
        WORKED = "worked", _("What worked well")
        DIFFERENT = "different", _("What should be different")

    class Readers(models.TextChoices):
        STAFF = "staff", _("Only the staff of the programme")
        RESULTS = (
            "results",
            _("Everybody who reads the results: staff, facilitators, finance, the steering group and funders"),
        )

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(FeedbackRound, verbose_name=_("feedback"), on_delete=models.PROTECT, related_name="words")
    side = models.CharField(_("group"), max_length=20, choices=Side)
    topic = models.CharField(_("about"), max_length=10, choices=Topic)
    words = LimitedTextField(_("own words"), max_length=2000)
    readers = models.CharField(_("who may read it"), max_length=10, choices=Readers, default=Readers.STAFF)
    name = LineField(_("name they put to it"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("own words about an event")
        verbose_name_plural = _("own words about events")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="feedback_words_say_something")]
        triggers = [
            pgtrigger.Trigger(
                name="feedback_words_close_with_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("state", "text"), ("of_round", "bigint")],
                func=(
                    "of_round := CASE WHEN TG_OP = 'DELETE' THEN OLD.round_id ELSE NEW.round_id END;"
                    " SELECT status INTO state FROM events_feedbackround WHERE id = of_round FOR SHARE;"
                    " IF state IS DISTINCT FROM 'open' THEN"
                    " RAISE EXCEPTION 'words are written while feedback is open'; END IF;"
                    " IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'words stay as they were written'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
