"""Addresses and numbers that no longer reach anybody, or that somebody asked us not to use."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.messages.models.channels import MessageChannel
from wellbeing.lib.texts import LimitedTextField


class AddressMarkQuerySet(models.QuerySet["AddressMark"]):
    def open(self) -> "AddressMarkQuerySet":
        """Return marks that still hold."""
        return self.filter(ended_at=None)

    def blocking(self) -> "AddressMarkQuerySet":
        """Return open marks that let nothing through. Past a complaint goes what its reader needs."""
        return self.open().exclude(reason=AddressMark.Reason.COMPLAINED)


@pghistory.track()
class AddressMark(models.Model):
    """A mark on an address: nothing is sent to it by this channel until the mark ends.

    After a complaint only notices that are not essential are kept from it (`registry.NoticeKind.essential`). A
    complaint is a mark of its own, so that it outlasts the end of another.
    """

    class Reason(models.TextChoices):
        REFUSED = "refused", _("Refused by the mail server or the network")
        BOUNCED = "bounced", _("Came back as undeliverable")
        COMPLAINED = "complained", _("Reported as unwanted")
        STOPPED = "stopped", _("Asked us to stop")
        RETURNED = "returned", _("The letter came back")

    channel = models.CharField(_("channel"), max_length=10, choices=MessageChannel)
    # `people.messages.routing.address_key` makes this key, the same for every way to type one address.
    address = models.CharField(_("address or number"), max_length=500)
    reason = models.CharField(_("why"), max_length=12, choices=Reason)
    said = LimitedTextField(_("what was said"), max_length=500, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = who_field(_("ended by"), help_text=_("Empty where the person wrote START."))

    objects = AddressMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark on an address")
        verbose_name_plural = _("marks on addresses")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"],
                condition=Q(ended_at=None) & ~Q(reason="complained"),
                name="one_open_mark_on_an_address",
            ),
            models.UniqueConstraint(
                fields=["channel", "address"],
                condition=Q(ended_at=None, reason="complained"),
                name="one_open_complaint_on_an_address",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False), name="address_mark_ended_by_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_reason_display()}"
