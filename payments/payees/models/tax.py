"""Decisions of finance how the payments of a person in a programme are taxed, and from which day."""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import WordsField


class TaxTreatmentQuerySet(models.QuerySet["TaxTreatment"]):
    def effective_on(self, on):
        """Return the decisions that have begun by the day `on`; of each person and programme the first one counts."""
        return self.filter(effective_from__lte=on).order_by("person", "programme", "-effective_from", "-pk")


@pghistory.track()
class TaxTreatment(models.Model):
    """One decision: from a day, a person's payments for their time in a programme go through payroll, or do not.

    Without any they are paid gross. Kept for good: a later decision takes over, and an approved claim keeps the
    decision that counted on the day of its activity.
    """

    class Treatment(models.TextChoices):
        NONE = "none", _("Paid gross")
        PAYROLL = "payroll", _("Paid through payroll")

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="tax_treatments"
    )
    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="+"
    )
    effective_from = models.DateField(_("holds from"))
    treatment = models.CharField(_("how they are taxed"), max_length=10, choices=Treatment)
    note = WordsField(_("why"), max_length=300, help_text=_("Who was asked, and what they said."))
    set_by = models.ForeignKey(
        "people.Person", verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(_("decided"), default=timezone.now)

    objects = TaxTreatmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tax treatment")
        verbose_name_plural = _("tax treatments")
        ordering = ["person", "programme", "-effective_from", "-pk"]
        indexes = [models.Index(fields=["programme", "person", "-effective_from"], name="tax_treatment_in_force")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="tax_treatment_says_why"),
            models.CheckConstraint(
                condition=~models.Q(set_by=models.F("person")), name="nobody_sets_their_own_tax_treatment"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="tax_treatments_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_treatment_display()}"
