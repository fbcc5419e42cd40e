"""Store reports of mail services and servers on emails we sent, and kinds of email that people have stopped."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.messages.models.messages import Message
from wellbeing.lib.texts import LimitedTextField


class MailReportQuerySet(models.QuerySet["MailReport"]):
    def to_see(self) -> "MailReportQuerySet":
        """Return reports that wait for an administrator."""
        return self.filter(for_an_administrator=True, seen_at=None)


class MailReport(models.Model):
    """One report on an email. Each is acted on once, however often it is brought or read."""

    class Outcome(models.TextChoices):
        BOUNCED = "bounced", _("Came back")
        DELAYED = "delayed", _("Delayed")
        COMPLAINED = "complained", _("Reported as unwanted")
        NOT_UNDERSTOOD = "not_understood", _("Not understood")

    ref = models.CharField(
        _("what tells it from others"), max_length=64, unique=True, help_text=_("A fingerprint of the report.")
    )
    message = models.ForeignKey(
        Message,
        verbose_name=_("message"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mail_reports",
        help_text=_("Empty where it was not understood."),
    )
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome)
    said = LimitedTextField(_("what was said"), max_length=500, blank=True)
    sender = LimitedTextField(_("who sent the report"), max_length=254, blank=True)
    subject = LimitedTextField(_("subject of the report"), max_length=250, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    for_an_administrator = models.BooleanField(_("for an administrator to see to"), default=False)
    seen_at = models.DateTimeField(_("seen to"), null=True, blank=True)
    seen_by = who_field(_("seen to by"))

    objects = MailReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on an email")
        verbose_name_plural = _("reports on emails")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                "received_at", condition=Q(for_an_administrator=True, seen_at=None), name="mail_reports_to_see"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False) | Q(outcome="not_understood", for_an_administrator=True),
                name="mail_report_without_message_is_for_an_administrator",
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None)
                | Q(for_an_administrator=True, seen_at__isnull=False, seen_by__isnull=False),
                name="mail_report_seen_says_by_whom",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="mail_reports_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="mail_report_words_are_kept", operation=pgtrigger.UpdateOf("ref", "outcome", "said")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class EmailStopQuerySet(models.QuerySet["EmailStop"]):
    def open(self) -> "EmailStopQuerySet":
        """Return those that still hold."""
        return self.filter(ended_at=None)


@pghistory.track()
class EmailStop(models.Model):
    """The wish of a person to get no more of one kind of notice by email. Only for kinds that are not essential."""

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="email_stops"
    )
    kind = models.CharField(_("kind"), max_length=40)
    since = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = EmailStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of email that is not wanted")
        verbose_name_plural = _("kinds of email that are not wanted")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ended_at=None), name="one_open_stop_of_a_kind_of_email"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
