"""How large an import may be, and for how many days it can be undone."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.programme.models.own_rules import OwnRuleQuerySet
from programmes.programme.models.programmes import Programme


class ImportRule(models.Model):
    """Rules for imports of people from a day on, in one programme or in every one.

    A version is never changed, so it is its own history.
    """

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="import_rules",
        help_text=_("Empty: for every programme without one of its own."),
    )
    effective_from = models.DateField(_("starts"))
    most_rows = models.PositiveIntegerField(_("most rows in a file"))
    most_bytes = models.PositiveIntegerField(_("most bytes in a file"))
    undo_days = models.PositiveSmallIntegerField(
        _("days in which it can be undone"), help_text=_("Then the file and its rows are deleted.")
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days an unfinished import is kept"), help_text=_("Counted from the day the file was sent.")
    )

    objects = OwnRuleQuerySet["ImportRule"].as_manager()

    class Meta:
        verbose_name = _("rule of imports")
        verbose_name_plural = _("rules of imports")
        ordering = ["programme", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from"], name="one_import_rule_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(
                    most_rows__range=(1, 20_000),
                    most_bytes__range=(1, 20_971_520),
                    undo_days__range=(1, 90),
                    keep_days__range=(1, 90),
                ),
                name="import_rule_within_reason",
            ),
        ]
        triggers = [pgtrigger.Protect(name="import_rules_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.programme or _('Every programme')}: {self.effective_from}"
