"""Questions and answers on a claim."""

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.claims.models.claim import Claim
from wellbeing.lib.texts import LimitedTextField


@pghistory.track()
class ClaimNote(models.Model):
    """Words between a person and those who check their claim. The conversation stays on the claim."""

    class Kind(models.TextChoices):
        """The step at which the words were written. Staff write questions, the claim's person the answers."""

        QUESTION = "question", _("A question or an answer")
        DECLINE = "decline", _("Why it was not approved")
        ASK_AGAIN = "ask_again", _("Asked to look again")

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey("people.Person", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUESTION, db_default=Kind.QUESTION)
    body = LimitedTextField(_("words"), max_length=4000)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("note on a claim")
        verbose_name_plural = _("notes on claims")
        ordering = ["claim", "written_at", "pk"]

    def __str__(self):
        return self.body[:60]
