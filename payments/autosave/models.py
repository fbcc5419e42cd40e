"""Forms somebody has begun and not saved."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FormDraft(models.Model):
    """The unsaved answers of a user to the form of one page. Thrown away once saved, and after some days."""

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
