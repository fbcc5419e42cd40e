"""Messages: each is one try to deliver a notice, by one channel to one address."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import registry
from people.directory.fields import who_field
from people.messages.models.channels import DONE_BY_HAND, SENT_BY_WORKERS, MessageChannel
from people.messages.models.mailings import Mailing
from people.messages.models.notices import Notice
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField, WordsField
from wellbeing.lib.types import User


class MessageStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Could not be sent")
    CANCELLED = "cancelled", _("Not needed any more")


MESSAGE_STEPS = {
    MessageStatus.WAITING: (
        MessageStatus.SENDING,
        MessageStatus.SENT,
        MessageStatus.FAILED,
        MessageStatus.CANCELLED,
    ),
    MessageStatus.SENDING: (MessageStatus.SENT, MessageStatus.WAITING, MessageStatus.FAILED),
    MessageStatus.SENT: (MessageStatus.DELIVERED, MessageStatus.FAILED),
    # A server may take a mail and send it back an hour later.
    MessageStatus.DELIVERED: (MessageStatus.FAILED,),
    # A phone may take a text after its network has given up.
    MessageStatus.FAILED: (MessageStatus.WAITING, MessageStatus.DELIVERED),
    MessageStatus.CANCELLED: (),
}

# How each channel says that a message waits, went, or did not reach its person.
WAITS = {
    MessageChannel.LETTER: _("To be posted"),
    MessageChannel.PHONE: _("To be rung"),
    MessageChannel.COLLEAGUE: _("To be told by a colleague"),
}
WENT = {
    MessageChannel.LETTER: _("Posted"),
    MessageChannel.PHONE: _("Told by phone"),
    MessageChannel.COLLEAGUE: _("Told by a colleague"),
}
FAILED = {
    MessageChannel.LETTER: _("Came back"),
    MessageChannel.PHONE: _("Could not be reached by phone"),
    MessageChannel.COLLEAGUE: _("Could not be told"),
}
# How a letter that a service prints and posts says the same.
BY_SERVICE = {
    MessageStatus.WAITING: _("Waiting to be sent to the service"),
    MessageStatus.SENT: _("Handed over to be printed"),
}
# An email that went out, and of which a server said later that it did not arrive.
CAME_BACK = _("Came back")
UNWANTED = _("Not wanted by email")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: dt.datetime) -> "MessageQuerySet":
        """Return messages a worker should take: waiting and past their next try, or held by a worker that is silent.

        Those of a mailing that was paused wait until it goes on.
        """
        lease = dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
        return self.filter(
            Q(status=Message.Status.WAITING, next_try_at__lte=now)
            | Q(status=Message.Status.SENDING, taken_at__lt=now - lease),
            Q(channel__in=SENT_BY_WORKERS) | Q(by_service=True),
        ).exclude(notice__mailing__in=Mailing.objects.held())

    def oldest_due(self, now: dt.datetime) -> dt.datetime | None:
        """Return the moment from which the longest waiting message has been due, or None."""
        return self.due(now).aggregate(oldest=Min("next_try_at"))["oldest"]

    def by_hand(self) -> "MessageQuerySet":
        """Return the messages that wait for a colleague: to ring, to post, or to tell somebody in another way."""
        waiting = self.filter(status=Message.Status.WAITING, channel__in=DONE_BY_HAND, by_service=False)
        return waiting.exclude(notice__mailing__in=Mailing.objects.held())

    def locked(self, pk: int) -> "Message":
        """Return the message `pk` as it is now, with its notice and person, and lock it alone."""
        return self.select_for_update(of=("self",)).select_related("notice__person").get(pk=pk)

    def visible_to(self, user: User) -> "MessageQuerySet":
        """Return messages whose notice `user` may read as a colleague (`NoticeQuerySet.visible_to`)."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(notice__audience__in=registry.audiences_read_by(user))


@pghistory.track()
class Message(models.Model):
    """One try to deliver a notice: by which channel, to where, and how far it has come."""

    Channel = MessageChannel
    Status = MessageStatus

    TRANSITIONS = MESSAGE_STEPS
    # Minutes to wait after the first, second, … try that did not work; the last one repeats until MAX_TRIES.
    BACK_OFF_MINUTES = (1, 5, 15, 60, 240)
    # About a day and a half: a mail server that is down over a weekend night must not lose an invitation.
    MAX_TRIES = 12

    notice = models.ForeignKey(Notice, verbose_name=_("notice"), on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    to = LimitedTextField(
        _("sent to"),
        max_length=500,
        max_lines=12,
        blank=True,
        help_text=_("Address, number, or the lines of a letter."),
    )
    via = LineField(_("through"), max_length=150, blank=True, help_text=_("The supporter it goes through."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    taken_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    provider_ref = models.CharField(_("the provider's number"), max_length=120, blank=True)
    by_service = models.BooleanField(
        _("printed and posted by a service"),
        default=False,
        help_text=_("Of a letter: a worker hands it to the printing service at its next try. Else staff print it."),
    )
    last_error = models.CharField(_("why it did not work"), max_length=500, blank=True)
    colleague = models.ForeignKey(
        "people.Person",
        verbose_name=_("whose task it is"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    told_by = who_field(_("told by"))
    told_how = WordsField(_("how they were told"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    # Set while it is sent (`people.messages.shared`): somebody else has the address, so it says for whom it is.
    is_shared: bool = False

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
            models.Index(F("notice"), condition=Q(status="failed"), name="messages_failed"),
            models.Index(F("provider_ref"), condition=~Q(provider_ref=""), name="messages_by_provider_ref"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["sent", "delivered"], sent_at__isnull=False)
                | Q(status__in=["waiting", "sending", "cancelled"], sent_at__isnull=True)
                | Q(status="failed"),
                name="message_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="delivered") | Q(delivered_at__isnull=False), name="message_delivered_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=["letter", "phone", "colleague"], status__in=["sent", "delivered"])
                | (Q(told_by__isnull=False) & ~Q(told_how=""))
                | (Q(by_service=True) & ~Q(provider_ref="")),
                name="message_told_by_hand_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(by_service=False) | Q(channel="letter"), name="message_by_service_is_a_letter"
            ),
            models.UniqueConstraint(
                fields=["notice", "channel"],
                # A colleague may be asked again, once an address that was found does not work either.
                condition=~Q(channel="colleague"),
                name="one_message_by_each_channel",
            ),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(status__in=["waiting", "sending"]),
                name="one_try_at_a_time",
            ),
        ]
        triggers = [
            steps_trigger("message_status", MESSAGE_STEPS),
            pgtrigger.Protect(name="messages_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.notice} ({self.status_in_words})"

    def get_absolute_url(self) -> str:
        return reverse("message", args=[self.pk])

    @property
    def status_in_words(self) -> str:
        """Return the status as one says it of this channel: a letter is posted, a call is made."""
        if self.is_unwanted:
            return str(UNWANTED)
        if self.channel == Message.Channel.EMAIL and self.status == Message.Status.FAILED and self.sent_at:
            return str(CAME_BACK)
        if self.channel == Message.Channel.LETTER and self.status == Message.Status.FAILED and not self.sent_at:
            return self.get_status_display()
        if self.by_service and (said := BY_SERVICE.get(MessageStatus(self.status))):
            return str(said)
        words = {
            Message.Status.WAITING: WAITS,
            Message.Status.SENT: WENT,
            Message.Status.DELIVERED: WENT,
            Message.Status.FAILED: FAILED,
        }.get(Message.Status(self.status), {})
        return str(words.get(Message.Channel(self.channel), self.get_status_display()))

    @property
    def is_by_hand(self) -> bool:
        """Return whether a colleague delivers it."""
        return self.channel in DONE_BY_HAND and not self.by_service

    @property
    def is_unwanted(self) -> bool:
        """Return whether it was not sent because its person wants no such emails: `last_error` says so in words."""
        return self.status == Message.Status.CANCELLED and bool(self.last_error)

    @property
    def has_arrived(self) -> bool:
        """Return whether it went out, as far as we know."""
        return self.status in {Message.Status.SENT, Message.Status.DELIVERED}

    @property
    def last_try(self) -> bool:
        """Return whether the try under way is the last one."""
        return self.attempts >= self.MAX_TRIES

    def wait_after_try(self) -> dt.timedelta:
        """Return how long to wait before the next try, by how many there have been."""
        step = min(max(self.attempts, 1), len(self.BACK_OFF_MINUTES)) - 1
        return dt.timedelta(minutes=self.BACK_OFF_MINUTES[step])
