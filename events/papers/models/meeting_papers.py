"""The agenda and the minutes of a meeting on paper."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.meetings.models import Meeting
from people.models import Person
from wellbeing.lib.stored_files import MADE_HAS_ITS_FILE, FileToMake


class MeetingPaper(FileToMake):
    """A PDF of an agenda or of minutes, as they were when it was made. A worker makes it."""

    class What(models.TextChoices):
        AGENDA = "agenda", _("Agenda")
        MINUTES = "minutes", _("Minutes, the whole")
        PUBLISHED = "published", _("Minutes, as published")

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="papers")
    what = models.CharField(_("what it is"), max_length=10, choices=What)
    layout = models.CharField(_("print"), max_length=10, choices=Person.LetterSize)
    asked_by = models.ForeignKey(
        "people.Person", verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("file"), upload_to="meetings/%Y/%m", max_length=200, blank=True)

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=MADE_HAS_ITS_FILE, name="meeting_paper_made_has_its_file"),
            models.UniqueConstraint(
                fields=["meeting", "what", "layout"],
                condition=Q(made_at=None),
                name="one_meeting_paper_waits",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="meeting_papers_never_change",
                operation=pgtrigger.UpdateOf("meeting_id", "what", "layout", "file", "sha256", "size", "made_at"),
                condition=pgtrigger.Q(old__made_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.get_layout_display()}"
