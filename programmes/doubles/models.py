"""Two records that may be one person, what staff decided about them, and two records that were put together."""

from __future__ import annotations

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.directory.likeness import in_words
from people.directory.models import Person
from programmes.programme.models.own_rules import OwnRuleQuerySet
from programmes.programme.models.programmes import Programme
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LineField


class MergeRule(models.Model):
    """For how many days two records that were put together can be taken apart again, from a day on.

    A version is never changed, so it is its own history.
    """

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merge_rules",
        help_text=_("Empty: for every programme without one of its own."),
    )
    effective_from = models.DateField(_("starts"))
    undo_days = models.PositiveSmallIntegerField(
        _("days in which it can be undone"), help_text=_("Then what is needed to undo it is deleted.")
    )

    objects = OwnRuleQuerySet["MergeRule"].as_manager()

    class Meta:
        verbose_name = _("rule of records put together")
        verbose_name_plural = _("rules of records put together")
        ordering = ["programme", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from"], name="one_merge_rule_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(undo_days__range=(1, 365)), name="merge_rule_within_reason"),
        ]
        triggers = [pgtrigger.Protect(name="merge_rules_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.programme or _('Every programme')}: {self.effective_from}"


class DoubleQuerySet(models.QuerySet["Double"]):
    def undecided(self) -> DoubleQuerySet:
        """Return those of which nobody has said that they are two people."""
        return self.filter(are_two=False)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Double(models.Model):
    """Two records of a programme that may be one person, or that staff have said to be two people.

    `one` is the record that is older. It goes with each of them, as it says nothing about anybody else.
    """

    goes_with_its_record = True

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="doubles"
    )
    one = models.ForeignKey(Person, verbose_name=_("one record"), on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, verbose_name=_("the other record"), on_delete=models.CASCADE, related_name="+")
    # Values of `people.directory.likeness.Way`.
    same = models.JSONField(_("what is the same"), default=list)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    are_two = models.BooleanField(_("two people"), default=False)
    decided_by = who_field(_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = DoubleQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible double")
        verbose_name_plural = _("possible doubles")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "one", "other"], name="one_double_of_two_records"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_double_is_of_two_records"),
            models.CheckConstraint(
                condition=Q(are_two=False, decided_by=None, decided_at=None)
                | Q(are_two=True, decided_by__isnull=False, decided_at__isnull=False),
                name="two_people_were_told_apart_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}"

    def get_absolute_url(self) -> str:
        return reverse("double", args=[self.programme.slug, self.one_id, self.other_id])

    @property
    def same_in_words(self) -> str:
        """Name what is the same, such as "name, phone number"."""
        return in_words(self.same)


class MergeStatus(models.TextChoices):
    ASKED = "asked", _("They are asked")
    DECLINED = "declined", _("They said no")
    WITHDRAWN = "withdrawn", _("Not asked any more")
    DONE = "done", _("Put together")
    UNDONE = "undone", _("Taken apart again")


MERGE_STEPS = {
    MergeStatus.ASKED: (MergeStatus.DONE, MergeStatus.DECLINED, MergeStatus.WITHDRAWN),
    MergeStatus.DONE: (MergeStatus.UNDONE,),
}


class MergeQuerySet(models.QuerySet["Merge"]):
    def asked(self) -> MergeQuerySet:
        """Return those of which the person has not answered whether both records are them."""
        return self.filter(status=MergeStatus.ASKED)

    def to_clear(self, on: dt.date) -> MergeQuerySet:
        """Return those that can be undone no more on the day `on`, and still hold what that needs."""
        return self.filter(undo_until__lt=on, cleared_at=None)


# The changes hold details of people: they are deleted in time, so no history keeps them.
@pghistory.track(exclude=["changes"])
class Merge(models.Model):
    """Two records of one person that are put together: `record` goes, and all of it becomes that of `person`."""

    Status = MergeStatus

    TRANSITIONS = MERGE_STEPS
    # The record that goes keeps its name here, whichever person it becomes.
    fields_that_stay = ("record",)

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="merges"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="merges")
    record = models.ForeignKey(
        Person,
        verbose_name=_("record that goes"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty once it has gone."),
    )
    record_key = models.BigIntegerField(_("key of the record"))
    record_name = LineField(_("name on the record"), max_length=150)
    details = models.JSONField(_("details taken from the record"), default=list)
    had_account = models.BooleanField(_("the person had an account"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=MergeStatus)
    set_by = models.ForeignKey(Person, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("since"), default=timezone.now)
    done_at = models.DateTimeField(_("put together"), null=True, blank=True)
    undo_until = models.DateField(_("can be undone until"), null=True, blank=True)
    changes = models.JSONField(_("what it changed"), default=list)
    ended_by = who_field(_("answered or undone by"))
    ended_at = models.DateTimeField(_("answered or undone"), null=True, blank=True)
    cleared_at = models.DateTimeField(_("what it changed is deleted"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("records put together")
        verbose_name_plural = _("records put together")
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(status="asked"), name="one_question_about_a_record"),
            models.CheckConstraint(
                condition=Q(record=None) | ~Q(record=F("person")), name="two_records_are_put_together"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "undone"]) | Q(done_at__isnull=False, undo_until__isnull=False),
                name="records_put_together_say_until_when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "done"], ended_at=None, ended_by=None)
                | Q(status__in=["declined", "withdrawn", "undone"], ended_at__isnull=False),
                name="an_ended_merge_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status="done", cleared_at=None) | Q(changes=[]),
                name="what_undoes_a_merge_is_kept_in_its_time",
            ),
        ]
        triggers = [steps_trigger("merge_status", MERGE_STEPS)]

    def __str__(self) -> str:
        return f"{self.record_name}, {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("merge", args=[self.programme.slug, self.pk])
