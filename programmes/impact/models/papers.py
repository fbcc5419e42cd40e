"""The paper about impact that a funder reads, and whether everybody may read the page."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE, FileToMake


def paper_path(paper, filename):
    """Return the path of a paper, by programme."""
    return f"impact/{paper.programme_id}/{filename}"


class ImpactPaper(FileToMake):
    """A PDF of the impact page, as it was when it was made. A worker makes it."""

    class Layout(models.TextChoices):
        STANDARD = "standard", _("Standard print")
        LARGE = "large", _("Large print")

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="impact_papers"
    )
    layout = models.CharField(_("layout"), max_length=10, choices=Layout, default=Layout.STANDARD)
    asked_by = models.ForeignKey(
        "people.Person", verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("file"), upload_to=paper_path, max_length=200, blank=True)

    class Meta:
        verbose_name = _("paper about impact")
        verbose_name_plural = _("papers about impact")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="impact_paper_made_has_its_file"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="impact_papers_never_change",
                operation=pgtrigger.UpdateOf("programme_id", "layout", "file", "sha256", "size", "made_at"),
                condition=pgtrigger.Q(old__made_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.asked_at:%Y-%m-%d}"


@pghistory.track()
class ImpactSharing(models.Model):
    """A time in which everybody may read the impact page of a programme, signed in or not."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="impact_sharings"
    )
    shared_by = models.ForeignKey(
        "people.Person", verbose_name=_("shared by"), on_delete=models.PROTECT, related_name="+"
    )
    shared_at = models.DateTimeField(_("shared"), default=timezone.now)
    ended_by = who_field(_("ended by"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("sharing of the impact page")
        verbose_name_plural = _("sharings of impact pages")
        ordering = ["-shared_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme"], condition=Q(ended_at=None), name="one_open_impact_sharing"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="impact_sharing_ended_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme)
