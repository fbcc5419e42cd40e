"""Words that somebody is writing about a proposal and has not sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.decisions.models.decisions import Decision, Version


class DecisionDraft(models.Model):
    """Words that a member is typing about a proposal, and the wording they were about. Nobody else reads it.

    It counts for nothing. It goes once it is sent or thrown away, and some days after the proposal is closed.
    """

    class Kind(models.TextChoices):
        VIEW = "view", _("your view")
        THOUGHT = "thought", _("your first thoughts")
        QUESTION = "question", _("a question")

    user = models.ForeignKey(
        "people.User", verbose_name=_("typed by"), on_delete=models.CASCADE, related_name="decision_drafts"
    )
    decision = models.ForeignKey(Decision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="drafts")
    # The wording their page showed, which may have been replaced since.
    version = models.ForeignKey(Version, verbose_name=_("wording"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what it is to be"), max_length=8, choices=Kind)
    fields = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("kept"), default=timezone.now)

    class Meta:
        verbose_name = _("unsent words about a proposal")
        verbose_name_plural = _("unsent words about proposals")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "decision", "kind"], name="one_decision_draft_of_each_kind"),
        ]

    def __str__(self):
        return f"{self.decision}: {self.get_kind_display()}"
