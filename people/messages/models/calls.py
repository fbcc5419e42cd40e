"""Calls to people who are told by phone: every one is kept, also when nobody answered."""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.messages.models.messages import Message
from wellbeing.lib.texts import WordsField


@pghistory.track()
class Call(models.Model):
    """One time a colleague rang about a message, and how it ended."""

    class Outcome(models.TextChoices):
        TOLD = "told", _("I spoke to them and told them")
        NO_ANSWER = "no_answer", _("No answer")
        LATER = "later", _("They asked me to ring at another time")
        WRONG_NUMBER = "wrong_number", _("The number is wrong or does not work")

    message = models.ForeignKey(Message, verbose_name=_("message"), on_delete=models.PROTECT, related_name="calls")
    outcome = models.CharField(_("how it ended"), max_length=14, choices=Outcome)
    note = WordsField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey("people.Person", verbose_name=_("rung by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("rung"), default=timezone.now)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="calls_are_kept", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.get_outcome_display())
