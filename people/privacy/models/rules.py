"""Times of privacy as dated rules: how soon we answer, how long things are kept, how long an emergency lasts."""

import datetime as dt

import pgtrigger
from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class PrivacyRuleQuerySet(models.QuerySet["PrivacyRule"]):
    def effective_on(self, kind: str, on: dt.date) -> "PrivacyRule | None":
        """Return the rule of `kind` that holds on the day `on`, or None."""
        return self.filter(kind=kind, effective_from__lte=on).order_by("-effective_from").first()


class PrivacyRule(models.Model):
    """How long one thing takes or is kept. Dated: a change is a new row."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("to answer somebody who asks for a copy or to be removed")
        ACKNOWLEDGE = "acknowledge", _("to acknowledge a complaint")
        COPY_KEPT = "copy_kept", _("a copy of somebody's data waits to be downloaded")
        LISTED = "listed", _("what is due to be removed is listed before it is")
        EMERGENCY = "emergency", _("access needs are open after a reason of emergency")
        # How long things are kept.
        LEFT = "left", _("details of people after their last role ended")
        UNANSWERED = "unanswered", _("people a programme added who never said that it is them")
        MESSAGES = "messages", _("words of messages")
        LOOKS = "looks", _("who looked at what")
        ACCOUNTS = "accounts", _("records of accounts, after the end of their financial year")

    class Unit(models.TextChoices):
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        MONTHS = "months", _("months")
        YEARS = "years", _("years")

    kind = models.CharField(_("what for"), max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField(_("how many"))
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    source = models.CharField(_("why this long"), max_length=200, blank=True)
    effective_from = models.DateField(_("applies from"))

    objects = PrivacyRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("time of privacy")
        verbose_name_plural = _("times of privacy")
        ordering = ["kind", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "effective_from"], name="one_privacy_rule_per_day"),
            models.CheckConstraint(condition=Q(number__gte=1), name="privacy_rule_of_one_at_least"),
        ]
        triggers = [pgtrigger.Protect(name="privacy_rules_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{capfirst(self.get_kind_display())}: {self.length}"

    @property
    def length(self) -> str:
        """Return how long, in words."""
        words = {
            self.Unit.HOURS: ngettext("%(n)s hour", "%(n)s hours", self.number),
            self.Unit.DAYS: ngettext("%(n)s day", "%(n)s days", self.number),
            self.Unit.MONTHS: ngettext("%(n)s month", "%(n)s months", self.number),
            self.Unit.YEARS: ngettext("%(n)s year", "%(n)s years", self.number),
        }
        return words[self.Unit(self.unit)] % {"n": self.number}

    @property
    def delta(self) -> relativedelta:
        """Return how long, to add to a day or a moment."""
        lengths: dict[str, int] = {str(self.unit): self.number}
        return relativedelta(**lengths)
