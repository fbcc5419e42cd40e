"""The parts of the minutes beside the items: actions, corrections, the record that was agreed, later notes."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.meetings.models.agenda import AgendaItem
from events.meetings.models.meetings import Meeting
from events.meetings.models.postgres import minutes_stay
from people.directory.fields import who_field
from programmes.models import ActionPoint
from wellbeing.lib.texts import LimitedTextField


@pghistory.track()
class MeetingAction(models.Model):
    """An action that was agreed at a meeting, perhaps under one of its items."""

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("under"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    point = models.OneToOneField(
        ActionPoint, verbose_name=_("action"), on_delete=models.PROTECT, related_name="agreed_in"
    )

    class Meta:
        verbose_name = _("action of a meeting")
        verbose_name_plural = _("actions of meetings")
        ordering = ["meeting", "pk"]
        triggers = [minutes_stay("meeting_actions_stay_once_agreed")]

    def __str__(self):
        return str(self.point)


@pghistory.track()
class Correction(models.Model):
    """Something a member says is not right in the draft of the minutes, and what became of it."""

    class Settled(models.TextChoices):
        CHANGED = "changed", _("The minutes were changed")
        STAYS = "stays", _("The minutes stay as they are")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="corrections"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    words = LimitedTextField(_("what is not right"), max_length=4000)
    person = models.ForeignKey("people.Person", verbose_name=_("said by"), on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said"), default=timezone.now)
    settled_as = models.CharField(_("what became of it"), max_length=10, choices=Settled, blank=True)
    settled_why = LimitedTextField(_("why"), max_length=2000, blank=True)
    settled_by = who_field(_("settled by"))

    class Meta:
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="correction_says_something"),
            models.CheckConstraint(
                condition=Q(settled_as="", settled_by=None, settled_why="")
                | Q(settled_as="changed", settled_by__isnull=False)
                | (Q(settled_as="stays", settled_by__isnull=False) & ~Q(settled_why="")),
                name="correction_stays_says_why",
            ),
        ]
        triggers = [
            minutes_stay("corrections_stay_once_agreed"),
            pgtrigger.Protect(name="corrections_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="words_of_corrections_stay", exclude=["settled_as", "settled_why", "settled_by"]),
        ]

    def __str__(self):
        return self.words[:80]


class AgreedRecord(models.Model):
    """Who was there, which interests were declared, what was decided and who does what, as it was agreed.

    Names, seats and places are copied: what they are later changes nothing here.
    """

    meeting = models.OneToOneField(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="agreed_record"
    )
    facts = models.JSONField(_("facts"))
    kept_at = models.DateTimeField(_("kept"), default=timezone.now)

    class Meta:
        verbose_name = _("agreed record of a meeting")
        verbose_name_plural = _("agreed records of meetings")
        triggers = [
            pgtrigger.Protect(name="agreed_records_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            minutes_stay("agreed_records_come_before"),
        ]

    def __str__(self):
        return str(self.meeting)


@pghistory.track()
class MinutesNote(models.Model):
    """A correction after the minutes were agreed: a dated note beside them. They stay as they are."""

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="notes")
    words = LimitedTextField(_("note"), max_length=4000)
    members_only = models.BooleanField(_("for members only"), default=False)
    written_on = models.DateField(_("written"), default=timezone.localdate)
    written_by = models.ForeignKey(
        "people.Person", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("note to minutes")
        verbose_name_plural = _("notes to minutes")
        ordering = ["meeting", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="minutes_note_says_something")]
        triggers = [
            pgtrigger.Protect(name="minutes_notes_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="minutes_notes_follow_agreement",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF NOT EXISTS (SELECT 1 FROM events_meeting m WHERE m.id = NEW.meeting_id"
                    " AND m.minutes = 'agreed') THEN"
                    " RAISE EXCEPTION 'until the minutes are agreed, they are corrected themselves'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return self.words[:80]
