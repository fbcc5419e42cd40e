"""The message outbox: every message ever sent, written in the transaction that caused it and kept with its state."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import registry
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import EmailField, LimitedTextField, LineField
from wellbeing.lib.types import User


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: dt.datetime) -> "MessageQuerySet":
        """Return messages a worker should take: waiting and past their next try, or held by a worker that is silent."""
        lease = dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
        return self.filter(
            Q(status=Message.Status.WAITING, next_try_at__lte=now)
            | Q(status=Message.Status.SENDING, taken_at__lt=now - lease)
        )

    def oldest_due(self, now: dt.datetime) -> dt.datetime | None:
        """Return the moment from which the longest waiting message has been due, or None."""
        return self.due(now).aggregate(oldest=Min("next_try_at"))["oldest"]

    def visible_to(self, user: User) -> "MessageQuerySet":
        """Return messages `user` may read: all for an administrator, else those of the audiences the apps above name.

        The person a message went to says nothing here: a person of two programmes gets messages from both, and the
        staff of one must not learn what the other wrote.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(audience__in=[audience for reads in registry.message_readers for audience in reads(user)])


class MessageStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")


MESSAGE_STEPS = {
    MessageStatus.WAITING: (MessageStatus.SENDING,),
    MessageStatus.SENDING: (MessageStatus.SENT, MessageStatus.WAITING, MessageStatus.FAILED),
    MessageStatus.FAILED: (MessageStatus.WAITING,),
    MessageStatus.SENT: (),
}


@pghistory.track(exclude=["text_body", "html_body"])
class Message(models.Model):
    """One message to one address. `key` names what it is for, so that asking twice sends once."""

    Status = MessageStatus

    TRANSITIONS = MESSAGE_STEPS
    # Minutes to wait after the first, second, … try that did not work; the last one repeats until MAX_TRIES.
    BACK_OFF_MINUTES = (1, 5, 15, 60, 240)
    # About a day and a half: a mail server that is down over a weekend night must not lose an invitation.
    MAX_TRIES = 12

    key = models.CharField(_("what it is for"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    audience = models.CharField(
        _("whose staff may read it"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=_("Known to the app that wrote it. Empty: administrators alone."),
    )
    person = models.ForeignKey(
        "people.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="messages",
    )
    to_address = EmailField(_("sent to"))
    reply_to = EmailField(_("replies go to"), blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    text_body = LimitedTextField(_("plain text"), max_length=200000)
    html_body = LimitedTextField(_("as a page"), max_length=1000000, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    taken_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                F("next_try_at"),
                condition=Q(status__in=["waiting", "sending"]),
                name="messages_still_to_send",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="message_sent_has_its_time",
            ),
        ]
        triggers = [
            steps_trigger("message_status", MESSAGE_STEPS),
            pgtrigger.Protect(name="messages_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_status_display()})"

    @property
    def last_try(self) -> bool:
        """Return whether the try under way is the last one."""
        return self.attempts >= self.MAX_TRIES

    def wait_after_try(self) -> dt.timedelta:
        """Return how long to wait before the next try, by how many there have been."""
        step = min(max(self.attempts, 1), len(self.BACK_OFF_MINUTES)) - 1
        return dt.timedelta(minutes=self.BACK_OFF_MINUTES[step])


class MessagePart(models.Model):
    """Something that travels with a message: a calendar part, a letter."""

    message = models.ForeignKey(Message, verbose_name=_("message"), on_delete=models.CASCADE, related_name="parts")
    name = LineField(_("file name"), max_length=150)
    content_type = models.CharField(_("type"), max_length=100)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("part of a message")
        verbose_name_plural = _("parts of messages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class DemoMail(models.Model):
    """A message as it arrived in the demo mailbox. Only the demo's mail backend writes these."""

    to_address = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=250)
    raw = models.BinaryField(_("the message as delivered"))
    arrived_at = models.DateTimeField(_("arrived"), auto_now_add=True)

    class Meta:
        verbose_name = _("demo mail")
        verbose_name_plural = _("demo mail")
        ordering = ["-arrived_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
