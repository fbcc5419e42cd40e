"""The statements of a 4Pi review and the rules for showing what was answered: both dated."""

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.own_rules import OwnRuleQuerySet, OwnSetQuerySet
from programmes.programme.models.programmes import Programme
from wellbeing.lib.texts import LineField

# A statement is one thought on one line, also in large print.
MAX_STATEMENT = 200


class Section(models.TextChoices):
    """The five parts of NSUN's 4Pi national involvement standards."""

    PRINCIPLES = "principles", _("Principles")
    PURPOSE = "purpose", _("Purpose")
    PRESENCE = "presence", _("Presence")
    PROCESS = "process", _("Process")
    IMPACT = "impact", _("Impact")


class Side(models.TextChoices):
    """Groups whose answers are compared. Each answer is kept with its group and with nothing else of its giver."""

    LIVED_EXPERIENCE = "lived_experience", _("People with lived experience")
    STAFF = "staff", _("Staff")
    OTHERS = "others", _("Others on the steering group")


class Answer(models.IntegerChoices):
    """How far somebody agrees with a statement."""

    STRONGLY_DISAGREE = 1, _("Strongly disagree")
    DISAGREE = 2, _("Disagree")
    NEITHER = 3, _("Neither")
    AGREE = 4, _("Agree")
    STRONGLY_AGREE = 5, _("Strongly agree")
    DOES_NOT_APPLY = 0, _("Does not apply")


class ReviewStatementQuerySet(OwnSetQuerySet["ReviewStatement"]):
    def in_force_on(self, programme: Programme, on: dt.date) -> "list[ReviewStatement]":
        """Return the statements asked in `programme` on the day `on`: its own set, or else the standard one."""
        return in_order(self.set_on(programme, on))


class ReviewStatement(models.Model):
    """One statement of a set. A set is all statements of one programme, or of all, from one day on; it never changes.

    `staff_words` says the same for staff, where it has to be said differently.
    """

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="review_statements",
    )
    effective_from = models.DateField(_("asked from"))
    section = models.CharField(_("section"), max_length=10, choices=Section)
    position = models.PositiveSmallIntegerField(_("place in its section"))
    words = LineField(_("statement"), max_length=MAX_STATEMENT)
    staff_words = LineField(_("statement for staff"), max_length=MAX_STATEMENT, blank=True)

    objects = ReviewStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of a review")
        verbose_name_plural = _("statements of reviews")
        ordering = ["effective_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from", "section", "position"],
                nulls_distinct=False,
                name="one_review_statement_per_place",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="review_statement_says_something"),
        ]
        triggers = [pgtrigger.Protect(name="review_statements_stay", operation=pgtrigger.Update)]

    def __str__(self):
        return self.words

    def words_for(self, side: str) -> str:
        """Return the statement as it is put to `side`."""
        return self.staff_words if side == Side.STAFF and self.staff_words else self.words


def in_order(statements: "list[ReviewStatement]") -> "list[ReviewStatement]":
    """Return `statements` in the order they are asked in."""
    sections = Section.values
    return sorted(statements, key=lambda one: (sections.index(one.section), one.position))


class ReviewRuleQuerySet(OwnRuleQuerySet["ReviewRule"]):
    """Rules of reviews."""


class ReviewRule(models.Model):
    """From how many answers on a group is shown, which means are low, and for how long a review usually is open."""

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="review_rules",
    )
    effective_from = models.DateField(_("from"))
    fewest = models.PositiveSmallIntegerField(_("answers of a group that are shown, at least"))
    low_mean = models.DecimalField(_("a mean below this is low"), max_digits=2, decimal_places=1)
    open_days = models.PositiveSmallIntegerField(_("days a review is usually open"))
    set_by = who_field(_("set by"))

    objects = ReviewRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of reviews")
        verbose_name_plural = _("rules of reviews")
        ordering = ["programme", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from"], nulls_distinct=False, name="one_review_rule_a_day"
            ),
            # Of two answers each giver knows the other's.
            models.CheckConstraint(condition=Q(fewest__gte=3), name="review_rule_hides_the_few"),
            models.CheckConstraint(condition=Q(low_mean__gte=1, low_mean__lte=5), name="review_rule_low_is_a_step"),
            models.CheckConstraint(condition=Q(open_days__gte=1), name="review_rule_is_open_for_days"),
        ]
        triggers = [pgtrigger.Protect(name="review_rules_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.programme or ''} {self.effective_from}".strip()
