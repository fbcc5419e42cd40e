"""Who spoke at an event, by kind and not by name."""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.planning.models import Event
from wellbeing.lib.texts import LimitedTextField


class HowMany(models.TextChoices):
    """About how many of a kind of people spoke. Something that a facilitator knows without counting."""

    NOT_THERE = "not_there", _("None of them were there")
    NOBODY = "nobody", _("Nobody")
    A_FEW = "a_few", _("A few")
    HALF = "half", _("About half")
    MOST = "most", _("Most or all")


@pghistory.track()
class WhoSpoke(models.Model):
    """The note of a facilitator on who spoke at an event: about how many of each kind, and a few words."""

    HowMany = HowMany

    event = models.OneToOneField(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="who_spoke")
    lived_experience = models.CharField(_("people with lived experience"), max_length=10, choices=HowMany)
    partners = models.CharField(_("partners"), max_length=10, choices=HowMany)
    staff = models.CharField(_("staff"), max_length=10, choices=HowMany)
    note = LimitedTextField(_("note"), max_length=1000, blank=True)
    noted_by = models.ForeignKey(
        "people.Person", verbose_name=_("noted by"), on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)

    class Meta:
        verbose_name = _("who spoke at an event")
        verbose_name_plural = _("who spoke at events")
        ordering = ["-noted_at", "-pk"]
        triggers = [pgtrigger.Protect(name="who_spoke_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return [(kind of people, about how many spoke), …], in words."""
        return [
            (str(_("People with lived experience")), str(self.get_lived_experience_display())),
            (str(_("Partners")), str(self.get_partners_display())),
            (str(_("Staff")), str(self.get_staff_display())),
        ]
