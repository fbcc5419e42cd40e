"""Text messages that came in, the receipts of those that went out, and the demo's phones."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import registry
from people.directory.fields import who_field
from people.messages.models.messages import Message
from people.messages.models.notices import Notice
from wellbeing.lib.texts import LimitedTextField
from wellbeing.lib.types import User


class Understood(models.TextChoices):
    """The meaning of a text that came in."""

    STOP = "stop", _("Stop sending text messages")
    START = "start", _("Send text messages again")
    YES = "yes", _("Yes")
    NO = "no", _("No")
    WORDS = "words", _("Something to read")


class IncomingTextQuerySet(models.QuerySet["IncomingText"]):
    def visible_to(self, user: User) -> "IncomingTextQuerySet":
        """Return texts `user` may read as a colleague: all for an administrator, else those of their audiences."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(audience__in=registry.audiences_read_by(user))

    def to_read(self) -> "IncomingTextQuerySet":
        """Return texts that a colleague has yet to read."""
        return self.filter(for_a_colleague=True, read_at=None)


class IncomingText(models.Model):
    """A text message somebody sent us, kept before anything is done about it."""

    Understood = Understood

    number = models.CharField(_("number it came from"), max_length=40, db_index=True)
    words = LimitedTextField(_("words"), max_length=20000, blank=True)
    provider_ref = models.CharField(_("the provider's number"), max_length=120, unique=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    understood_as = models.CharField(_("understood as"), max_length=10, choices=Understood)
    person = models.ForeignKey(
        "people.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="texts",
        help_text=_("Empty where the number is nobody's, or several people's."),
    )
    notice = models.ForeignKey(
        Notice,
        verbose_name=_("notice it answers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers_by_text",
    )
    audience = models.CharField(
        _("whose staff may read it"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=_("That of the last notice sent to the number by text. Empty: administrators alone."),
    )
    for_a_colleague = models.BooleanField(_("for a colleague to read"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    read_by = who_field(_("read by"))

    objects = IncomingTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text message that came in")
        verbose_name_plural = _("text messages that came in")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                "received_at", condition=Q(for_a_colleague=True, read_at=None), name="texts_for_a_colleague_to_read"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None)
                | Q(for_a_colleague=True, read_at__isnull=False, read_by__isnull=False),
                name="text_read_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(notice=None) | Q(understood_as__in=["yes", "no"]), name="text_answers_with_yes_or_no"
            ),
            # Two answers that come at once must not both count.
            models.UniqueConstraint(fields=["notice"], name="one_answer_by_text_to_a_notice"),
        ]
        triggers = [
            pgtrigger.Protect(name="texts_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="text_words_are_kept", operation=pgtrigger.UpdateOf("number", "words", "provider_ref")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_understood_as_display())


class TextReceipt(models.Model):
    """The word of a provider on what became of a text. Each is acted on once, however often it is brought."""

    class Outcome(models.TextChoices):
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Not delivered")

    message = models.ForeignKey(
        Message, verbose_name=_("message"), on_delete=models.PROTECT, related_name="text_receipts"
    )
    provider_ref = models.CharField(_("the provider's number"), max_length=120)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        verbose_name = _("receipt of a text message")
        verbose_name_plural = _("receipts of text messages")
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "provider_ref", "outcome"], name="one_text_receipt_of_a_kind"),
        ]
        triggers = [pgtrigger.Protect(name="text_receipts_are_kept", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class DemoText(models.Model):
    """A text message on one of the demo's phones: one that arrived there, or one that was written there."""

    number = models.CharField(_("number of the phone"), max_length=40, db_index=True)
    words = LimitedTextField(_("words"), max_length=20000)
    from_phone = models.BooleanField(_("written on this phone"), default=False)
    reference = models.CharField(_("our name of it"), max_length=120, unique=True, null=True, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("demo text message")
        verbose_name_plural = _("demo text messages")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words[:40]
