"""Talks before and after a meeting, offered to its members with lived experience."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.meetings.models.meetings import Meeting
from people.directory.fields import who_field
from wellbeing.lib.texts import LineField


@pghistory.track()
class Talk(models.Model):
    """A talk offered around a meeting: before it, about the papers, or after it, about how it went."""

    class Kind(models.TextChoices):
        BEFORE = "before", _("A talk before the meeting")
        AFTER = "after", _("A talk after the meeting")

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="talks")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    starts_at = models.DateTimeField(_("when"))
    how = LineField(_("where or how"), max_length=200)
    who = models.ForeignKey("people.Person", verbose_name=_("with whom"), on_delete=models.PROTECT, related_name="+")
    offered_by = models.ForeignKey(
        "people.Person", verbose_name=_("offered by"), on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField(_("offered"), default=timezone.now)

    class Meta:
        verbose_name = _("talk around a meeting")
        verbose_name_plural = _("talks around meetings")
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "kind"], name="one_talk_of_a_kind")]

    def __str__(self):
        return str(self.get_kind_display())


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TalkAnswer(models.Model):
    """A member's answer to the offer of a talk; one that somebody took down for them says by whom."""

    talk = models.ForeignKey(Talk, verbose_name=_("talk"), on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey("people.Person", verbose_name=_("member"), on_delete=models.PROTECT, related_name="+")
    wants = models.BooleanField(_("would like it"))
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    taken_by = who_field(_("written down by"))

    class Meta:
        verbose_name = _("answer to the offer of a talk")
        verbose_name_plural = _("answers to offers of talks")
        ordering = ["talk", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "person"], name="one_answer_to_a_talk"),
            models.CheckConstraint(
                condition=Q(taken_by=None) | ~Q(taken_by=models.F("person")), name="talk_answer_taken_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.wants}"
