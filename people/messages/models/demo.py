"""The demo's mailbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoMail(models.Model):
    """A message as it arrived in the demo mailbox. Only the demo's mail backend writes these."""

    to_address = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=250)
    raw = models.BinaryField(_("the message as delivered"))
    arrived_at = models.DateTimeField(_("arrived"), auto_now_add=True)

    class Meta:
        verbose_name = _("demo mail")
        verbose_name_plural = _("demo mail")
        ordering = ["-arrived_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
