"""Offers of pay: the version of the policy that somebody was told when they were invited."""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.policy.models.versions import PolicyVersion


@pghistory.track()
class InvitationOffer(models.Model):
    """The record that an invited person was told what a version of the policy pays. Their latest one binds us."""

    invitation = models.ForeignKey(
        "events.Invitation", verbose_name=_("invitation"), on_delete=models.PROTECT, related_name="offers"
    )
    version = models.ForeignKey(
        PolicyVersion, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="offers"
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    notice = models.ForeignKey(
        "people.Notice",
        verbose_name=_("message that told them of a change"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: they were told with the invitation itself."),
    )

    class Meta:
        verbose_name = _("offer of pay")
        verbose_name_plural = _("offers of pay")
        ordering = ["invitation", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "version"], name="one_offer_per_invitation_and_version"),
        ]
        triggers = [pgtrigger.Protect(name="offers_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.invitation}: {self.version.number}"
