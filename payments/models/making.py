"""Around the making of claims: who was told of a claim entered for them, and what somebody typed and has not saved."""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .claims import Claim


@pghistory.track()
class ClaimTold(models.Model):
    """That a person was told of a claim staff entered and sent for them: when, how and by whom."""

    class How(models.TextChoices):
        EMAIL = "email", _("By email")
        LETTER = "letter", _("By letter")
        PHONE = "phone", _("By phone")
        TEXT = "text", _("By text message")
        IN_PERSON = "in_person", _("In person")

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="tellings")
    how = models.CharField(_("how"), max_length=10, choices=How)
    by = models.ForeignKey("people.Person", verbose_name=_("told by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("told"), default=timezone.now)

    class Meta:
        verbose_name = _("telling of an entered claim")
        verbose_name_plural = _("tellings of entered claims")
        ordering = ["claim", "at", "pk"]
        triggers = [
            pgtrigger.Protect(name="tellings_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.claim.reference}: {self.get_how_display()}"


class FormDraft(models.Model):
    """What a user typed into the form of one page and has not saved. Thrown away once saved, and after some days."""

    user = models.ForeignKey(
        "people.User", verbose_name=_("typed by"), on_delete=models.CASCADE, related_name="form_drafts"
    )
    page = models.CharField(_("page"), max_length=200)
    fields = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("kept"), default=timezone.now)

    class Meta:
        verbose_name = _("unsaved form")
        verbose_name_plural = _("unsaved forms")
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["saved_at"], name="form_drafts_by_age")]
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="one_form_draft_per_user_and_page")]

    def __str__(self):
        return self.page
