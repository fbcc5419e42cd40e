"""Dated rules of reminders, and each time somebody was reminded of something."""

import datetime as dt
from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme
from programmes.reminders import calculations
from wellbeing.lib.texts import LimitedTextField
from wellbeing.lib.types import ProgrammeId

# Bounds of our own: a rule beyond them is a slip of the keyboard.
MAX_DAYS, MAX_TIMES = 365, 10
MAX_WORDS = 600


class ReminderRuleQuerySet(models.QuerySet["ReminderRule"]):
    def effective_on(
        self, programmes: Iterable[ProgrammeId], on: dt.date
    ) -> dict[tuple[ProgrammeId, str], "ReminderRule"]:
        """Return the rules of `programmes` on the day `on`, by programme and subject, in one query.

        A programme's own rule of a subject replaces the one for every programme, which comes with the database.
        """
        programmes = list(programmes)
        rows = self.filter(Q(programme=None) | Q(programme__in=programmes), effective_from__lte=on)
        newest = {(row.programme_id, row.subject): row for row in rows.order_by("effective_from", "pk")}
        return {
            (programme, subject): newest.get((programme, subject)) or rule
            for (owner, subject), rule in newest.items()
            for programme in (programmes if owner is None else [owner])
        }


class ReminderRule(models.Model):
    """When people are reminded of a subject, effective from a day until a later rule is. Rows never change."""

    class When(models.TextChoices):
        BEFORE = "before", _("Before")
        AFTER = "after", _("After")

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reminder_rules",
        help_text=_("Empty: every programme without a rule of its own."),
    )
    subject = models.CharField(_("subject"), max_length=20)
    effective_from = models.DateField(_("starts"))
    is_on = models.BooleanField(_("people are reminded"), default=True)
    days = models.PositiveSmallIntegerField(_("first reminder, in days before or after"))
    when = models.CharField(_("before or after"), max_length=6, choices=When, default=When.BEFORE)
    again_after = models.PositiveSmallIntegerField(
        _("again after so many days"), null=True, blank=True, help_text=_("Empty where there is one reminder.")
    )
    at_most = models.PositiveSmallIntegerField(_("how many reminders at most"))
    set_by = who_field(_("set by"), help_text=_("Empty for the rules that come with the product."))
    set_at = models.DateTimeField(_("set"), default=timezone.now)

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of reminders")
        verbose_name_plural = _("rules of reminders")
        ordering = ["programme", "subject", "-effective_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__lte=MAX_DAYS, at_most__gte=1, at_most__lte=MAX_TIMES),
                name="reminder_rule_makes_sense",
            ),
            models.CheckConstraint(
                # Named as not empty too: of an empty number Postgres can say neither yes nor no, and lets it pass.
                condition=Q(at_most=1) | Q(again_after__isnull=False, again_after__gte=1, again_after__lte=MAX_DAYS),
                name="reminder_rule_says_how_often",
            ),
            models.CheckConstraint(condition=Q(when__in=["before", "after"]), name="reminder_rule_is_before_or_after"),
            models.CheckConstraint(
                condition=Q(programme=None) | Q(set_by__isnull=False), name="reminder_rule_says_who_set_it"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="reminder_rules_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.effective_from}"

    @property
    def _shift(self) -> dt.timedelta:
        return dt.timedelta(days=self.days if self.when == self.When.AFTER else -self.days)

    def latest_due(self, on: dt.date) -> dt.date:
        """Return the latest day something can be due on whose first reminder falls on `on` or before."""
        return on - self._shift

    def earliest_due(self, on: dt.date) -> dt.date:
        """Return the earliest day something can be due on whose last reminder falls on `on` or after."""
        return on - self._shift - dt.timedelta(days=(self.again_after or 0) * (self.at_most - 1))

    def occasions(self, due: dt.date, told_on: dt.date | None = None) -> list[dt.date]:
        """Return the days on which reminders of something due on `due` fall, as far as this rule was in force then.

        None on the day its person was told, or before: that was news enough.
        """
        days = calculations.occasions(due + self._shift, self.again_after, self.at_most)
        return [day for day in days if day >= self.effective_from and (told_on is None or day > told_on)]


class Reminder(models.Model):
    """One time a person was reminded of one thing. Several on one day are said in one notice."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="reminders"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="reminders"
    )
    subject = models.CharField(_("subject"), max_length=20)
    thing = models.CharField(_("of which thing"), max_length=40, db_index=True)
    number = models.PositiveSmallIntegerField(_("which time it is"))
    on = models.DateField(_("day"))
    words = LimitedTextField(_("what was said"), max_length=MAX_WORDS)
    notice = models.ForeignKey(
        "people.Notice", verbose_name=_("notice"), on_delete=models.PROTECT, related_name="reminders"
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["programme", "-on"], name="reminders_of_programme")]
        constraints = [
            models.UniqueConstraint(fields=["person", "thing", "number"], name="one_reminder_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reminders_are_counted_from_one"),
        ]
        triggers = [
            pgtrigger.Protect(name="reminders_are_kept", operation=pgtrigger.Delete),
            # The person is not among them: two records of one person can be put together.
            pgtrigger.Protect(
                name="reminders_stay_as_they_were",
                operation=pgtrigger.UpdateOf("programme_id", "subject", "thing", "number", "on", "words", "notice_id"),
            ),
            pgtrigger.Trigger(
                name="one_message_with_reminders_a_day",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                # No two notices have the same key, so those of one person and day are all in one notice. Reminders
                # of claims had notices of their own before.
                func=(
                    "IF NOT EXISTS (SELECT 1 FROM people_notice n WHERE n.id = NEW.notice_id"
                    " AND n.person_id = NEW.person_id"
                    " AND (n.key = 'reminder:' || NEW.person_id || ':' || to_char(NEW.\"on\", 'YYYY-MM-DD')"
                    " OR starts_with(n.key, 'claim-closing-'))) THEN"
                    " RAISE EXCEPTION 'a reminder stands in the one message with reminders of its person and day';"
                    " END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.words
