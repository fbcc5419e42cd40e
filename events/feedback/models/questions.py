"""The questions asked about an event, and the rules for when people are thanked and asked: both dated."""

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.models import Programme
from programmes.programme.models.own_rules import OwnRuleQuerySet, OwnSetQuerySet
from wellbeing.lib.texts import LineField

# A question is one thought on one line, also in large print.
MAX_QUESTION = 150


class Side(models.TextChoices):
    """Groups whose answers are compared. Each answer is kept with its group and with nothing else of its giver."""

    LIVED_EXPERIENCE = "lived_experience", _("People with lived experience")
    STAFF = "staff", _("Staff and partners")


class Answer(models.IntegerChoices):
    """An answer to a question about an event, where it stands on the scale of the 4Pi reviews, from 1 to 5."""

    YES = 5, _("Yes")
    PARTLY = 3, _("Partly")
    NO = 1, _("No")
    DOES_NOT_APPLY = 0, _("Does not apply")


class FeedbackQuestionQuerySet(OwnSetQuerySet["FeedbackQuestion"]):
    def in_force_on(self, programme: Programme, on: dt.date) -> "list[FeedbackQuestion]":
        """Return the questions asked in `programme` on the day `on`, in order: its own, or else the standard ones."""
        return self.order_by("position").set_on(programme, on)


class FeedbackQuestion(models.Model):
    """One question of a set. A set is all questions of one programme, or of all, from one day on; it never changes."""

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="feedback_questions",
    )
    effective_from = models.DateField(_("asked from"))
    position = models.PositiveSmallIntegerField(_("place in the order"))
    words = LineField(_("question"), max_length=MAX_QUESTION)

    objects = FeedbackQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about events")
        verbose_name_plural = _("questions about events")
        ordering = ["effective_from", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from", "position"],
                nulls_distinct=False,
                name="one_feedback_question_per_place",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="feedback_question_says_something"),
        ]
        triggers = [pgtrigger.Protect(name="feedback_questions_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.words


class FeedbackRuleQuerySet(OwnRuleQuerySet["FeedbackRule"]):
    """Rules of feedback."""


class FeedbackRule(models.Model):
    """How long after an event who came is thanked and asked, and how long they can answer, from a day on."""

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="feedback_rules",
    )
    effective_from = models.DateField(_("from"))
    thank_after_days = models.PositiveSmallIntegerField(_("days after the event until who came is thanked"))
    thank_within_days = models.PositiveSmallIntegerField(
        _("days after the event until which they are thanked by themselves"),
        help_text=_("After that staff decide whether to thank them still."),
    )
    open_days = models.PositiveSmallIntegerField(_("days they can answer"))
    # A group that meets every month would be asked every month; staff can still thank and ask after any meeting.
    after_meetings = models.BooleanField(_("thanks by itself after meetings, too"), default=False)
    set_by = who_field(_("set by"))

    objects = FeedbackRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of feedback")
        verbose_name_plural = _("rules of feedback")
        ordering = ["programme", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from"], nulls_distinct=False, name="one_feedback_rule_a_day"
            ),
            models.CheckConstraint(
                condition=Q(thank_within_days__gte=F("thank_after_days")), name="feedback_rule_thanks_in_time"
            ),
            models.CheckConstraint(condition=Q(open_days__gte=1), name="feedback_rule_is_open_for_days"),
        ]
        triggers = [pgtrigger.Protect(name="feedback_rules_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.programme or ''} {self.effective_from}".strip()
