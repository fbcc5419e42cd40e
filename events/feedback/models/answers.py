"""The answers about an event: counts and own words, without any way to who gave them.

How they are kept: `wellbeing.lib.nameless`.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.feedback.models.questions import Answer, FeedbackQuestion, Side
from events.feedback.models.rounds import FeedbackRound
from wellbeing.lib import nameless
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
            nameless.begins_at_nought("feedback_tallies_begin_at_nought"),
            nameless.counts_answers(
                "feedback_tallies_count_answers",
                question="question_id",
                tallies="events_feedbacktally",
                rounds="events_feedbackround",
                asked="events_feedbackasked",
                while_open="answers are counted while feedback is open",
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
            nameless.words_close(
                "feedback_words_close_with_it",
                rounds="events_feedbackround",
                while_open="words are written while feedback is open",
                stay="words stay as they were written",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
