"""The record that a person was told of a claim entered for them."""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.claims.models.claim import Claim


@pghistory.track()
class ClaimNotice(models.Model):
    """The record that a person was told of a claim staff entered and sent for them: when, how and by whom."""

    class How(models.TextChoices):
        EMAIL = "email", _("By email")
        LETTER = "letter", _("By letter")
        PHONE = "phone", _("By phone")
        TEXT = "text", _("By text message")
        IN_PERSON = "in_person", _("In person")

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="notices")
    how = models.CharField(_("how"), max_length=10, choices=How)
    by = models.ForeignKey("people.Person", verbose_name=_("told by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("told"), default=timezone.now)

    class Meta:
        verbose_name = _("telling of an entered claim")
        verbose_name_plural = _("notices of entered claims")
        ordering = ["claim", "at", "pk"]
        triggers = [
            pgtrigger.Protect(name="tellings_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.claim.reference}: {self.get_how_display()}"
