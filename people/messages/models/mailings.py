"""Messages to several people at once, and how fast and when each channel may send."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import registry
from people.directory.fields import who_field
from people.messages.models.channels import MessageChannel
from wellbeing.lib.texts import LineField
from wellbeing.lib.types import User


class MailingQuerySet(models.QuerySet["Mailing"]):
    def visible_to(self, user: User) -> "MailingQuerySet":
        """Return the mailings of the audiences whose notices `user` reads; all for an administrator."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_administrator else self.filter(audience__in=registry.audiences_read_by(user))

    def held(self) -> "MailingQuerySet":
        """Return mailings that were paused and do not go on yet."""
        return self.filter(paused_at__isnull=False, cancelled_at=None)


@pghistory.track()
class Mailing(models.Model):
    """One thing told to several people: invitations to an event, or what a colleague wrote. It can be paused."""

    key = models.CharField(_("what it is for"), max_length=120, unique=True)
    title = LineField(_("what it is about"), max_length=250)
    audience = models.CharField(_("whose staff may see it"), max_length=60, db_index=True)
    started_by = models.ForeignKey(
        "people.Person", verbose_name=_("started by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    paused_by = who_field(_("paused by"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = who_field(_("cancelled by"))

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_by=None) | Q(paused_at__isnull=False, paused_by__isnull=False),
                name="mailing_paused_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="mailing_cancelled_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="mailings_are_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title


class SendingLimitQuerySet(models.QuerySet["SendingLimit"]):
    def in_force(self, channel: str, on: dt.date) -> "SendingLimit | None":
        """Return the limit of `channel` on the day `on`, or None."""
        return self.filter(channel=channel, effective_from__lte=on).order_by("-effective_from").first()


class SendingLimit(models.Model):
    """How many messages a channel sends a minute over all workers, and when it is quiet. Dated: a change is a row."""

    channel = models.CharField(_("channel"), max_length=10, choices=MessageChannel)
    per_minute = models.PositiveIntegerField(
        _("messages in a minute"), help_text=_("As many as the provider takes. 0: no limit.")
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    effective_from = models.DateField(_("applies from"))

    objects = SendingLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of sending")
        verbose_name_plural = _("limits of sending")
        ordering = ["channel", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "effective_from"], name="one_sending_limit_per_day"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=models.F("quiet_until")),
                name="quiet_hours_begin_and_end",
            ),
        ]
        triggers = [pgtrigger.Protect(name="sending_limits_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.per_minute}"


class SendingClock(models.Model):
    """Until when the workers together have used up what a channel may send: one row a channel, moved on by each."""

    channel = models.CharField(_("channel"), max_length=10, choices=MessageChannel, primary_key=True)
    free_at = models.DateTimeField(_("free from"), default=timezone.now)

    class Meta:
        verbose_name = _("clock of sending")
        verbose_name_plural = _("clocks of sending")

    def __str__(self) -> str:
        return self.channel
