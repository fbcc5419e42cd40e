"""Days on which a programme works on no payments."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import LineField


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ClosedDay(models.Model):
    """A day on which the programme is closed, besides weekends and bank holidays: it does not count to the promise."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="closed_days"
    )
    day = models.DateField(_("day"))
    name = LineField(_("what it is"), max_length=100)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["programme", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "day"],
                name="one_closed_day_per_day",
                # Told at the end of a statement: days that move together pass over each other's places.
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.day}"
