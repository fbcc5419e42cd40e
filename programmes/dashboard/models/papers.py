"""The board paper: the dashboard of a day as a PDF."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.programme.models.programmes import Programme
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE, FileToMake


def board_paper_path(paper, filename):
    """Return the path of a board paper, by programme."""
    return f"board/{paper.programme_id}/{filename}"


class BoardPaper(FileToMake):
    """A PDF of the dashboard, as it was when it was made. A worker makes it."""

    class Layout(models.TextChoices):
        STANDARD = "standard", _("Standard print")
        LARGE = "large", _("Large print")
        EASY_READ = "easy_read", _("Easy Read")

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="board_papers"
    )
    layout = models.CharField(_("layout"), max_length=10, choices=Layout, default=Layout.STANDARD)
    asked_by = models.ForeignKey(
        "people.Person", verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("file"), upload_to=board_paper_path, max_length=200, blank=True)

    class Meta:
        verbose_name = _("board paper")
        verbose_name_plural = _("board papers")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="board_paper_made_has_its_file"),
            models.UniqueConstraint(
                fields=["programme", "layout"], condition=Q(made_at=None), name="one_board_paper_being_made"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="board_papers_never_change",
                operation=pgtrigger.UpdateOf("programme_id", "layout", "file", "sha256", "size", "made_at"),
                condition=pgtrigger.Q(old__made_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.get_layout_display()}, {self.asked_at:%Y-%m-%d}"
