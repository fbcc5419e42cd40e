"""Files that show what became of a contribution, checked and copied clean by a worker."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.heard.models.contributions import Contribution
from programmes.heard.models.outcomes import ContributionOutcome
from programmes.programme.models.sent_files import SentFile, SentFileQuerySet
from wellbeing.lib.types import User


def evidence_path(row: "EvidenceFile", filename: str) -> str:
    """Return the path of a file, by answer, under its own random name, never the name it arrived with."""
    return f"evidence/{row.outcome_id}/{filename}"


class EvidenceFileQuerySet(SentFileQuerySet):
    def visible_to(self, user: User) -> "EvidenceFileQuerySet":
        """Return the files of answers to contributions `user` may read."""
        return self.filter(outcome__contribution__in=Contribution.objects.visible_to(user).values("pk"))


class EvidenceFile(SentFile):
    """A photo or PDF that shows what became of a contribution."""

    outcome = models.ForeignKey(
        ContributionOutcome, verbose_name=_("answer"), on_delete=models.PROTECT, related_name="files"
    )
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=200)

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of evidence")
        verbose_name_plural = _("files of evidence")
        ordering = ["outcome", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="refused", file="") | (~Q(status="refused") & ~Q(file="")),
                name="evidence_has_its_file_unless_refused",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="evidence_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="evidence_never_changes_once_checked",
                operation=pgtrigger.UpdateOf("outcome_id", "file", "sha256", "status"),
                condition=pgtrigger.Q(old__status__in=["ready", "refused"]),
            ),
        ]
