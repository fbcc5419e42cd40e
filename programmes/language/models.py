"""The agreed language of a programme."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import LimitedTextField, LineField


@pghistory.track()
class AgreedTerm(models.Model):
    """Words a programme agreed to use, and what they replace."""

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.CASCADE,
        related_name="agreed_terms",
    )
    term = LineField(_("we say"), max_length=120)
    replaces = LineField(_("we do not say"), max_length=200)
    why = LimitedTextField(_("why"), max_length=2000, blank=True)
    agreed_on = models.DateField(_("agreed"))
    decision = models.ForeignKey(
        "programmes.Decision",
        verbose_name=_("decision that agreed it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreed_terms",
    )
    agreed_at = LineField(_("where it was agreed"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("agreed term")
        verbose_name_plural = _("agreed language")
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "term"], name="one_entry_per_agreed_term"),
        ]

    def __str__(self):
        return self.term
