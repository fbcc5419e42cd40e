"""Changes of the address somebody signs in with, asked for by others, and how long safety steps wait."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import EmailField, WordsField


class WaitingTimeQuerySet(models.QuerySet["WaitingTime"]):
    def effective_on(self, kind: str, on: dt.date) -> "WaitingTime | None":
        """Return the row of `kind` that applies on the day `on`, or None."""
        return self.filter(kind=kind, effective_from__lte=on).order_by("-effective_from").first()


class WaitingTime(models.Model):
    """How many hours something waits, so that the person it concerns can say no. Dated: a change is a new row."""

    class Kind(models.TextChoices):
        NEW_ADDRESS = "new_address", _("before a new address that colleagues agreed on can sign in")
        BANK_AFTER_ADDRESS = "bank_after_address", _("after a changed address before bank details can change")
        NEW_FINANCE = "new_finance", _("before somebody new in finance can confirm, sign or download")

    kind = models.CharField(_("what waits"), max_length=20, choices=Kind)
    hours = models.PositiveSmallIntegerField(_("hours"))
    effective_from = models.DateField(_("applies from"))

    objects = WaitingTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting time")
        verbose_name_plural = _("waiting times")
        ordering = ["kind", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "effective_from"], name="one_waiting_time_per_day"),
            models.CheckConstraint(condition=Q(hours__gte=1), name="waiting_time_of_an_hour_at_least"),
        ]
        triggers = [pgtrigger.Protect(name="waiting_times_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.hours}"


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def open(self) -> "AddressChangeQuerySet":
        """Return changes that are neither done nor stopped."""
        return self.filter(status__in=AddressChange.OPEN)

    def due(self, now: dt.datetime) -> "AddressChangeQuerySet":
        """Return agreed changes whose waiting time is over, and of which the new address has not been asked yet."""
        return self.filter(status=AddressChange.Status.AGREED, takes_effect_at__lte=now, new_key="")


class AddressChangeStatus(models.TextChoices):
    ASKED = "asked", _("Waiting for a yes")
    AGREED = "agreed", _("Agreed, and not in use yet")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


ADDRESS_CHANGE_STEPS = {
    AddressChangeStatus.ASKED: (AddressChangeStatus.AGREED, AddressChangeStatus.STOPPED),
    AddressChangeStatus.AGREED: (AddressChangeStatus.DONE, AddressChangeStatus.STOPPED),
    AddressChangeStatus.DONE: (),
    AddressChangeStatus.STOPPED: (),
}


@pghistory.track(exclude=["key", "new_key"])
class AddressChange(models.Model):
    """A new sign-in address that a colleague asks for on somebody's behalf.

    The old address agrees by its own link, or a second colleague says how they made sure and a waiting time runs. Then
    the new address itself says yes, where there is an account: until that proof nobody signs in with it. Until it is
    done the old address can stop it.
    """

    Status = AddressChangeStatus

    OPEN = (Status.ASKED, Status.AGREED)
    TRANSITIONS = ADDRESS_CHANGE_STEPS

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="address_changes"
    )
    old_address = EmailField(_("address before"), blank=True)
    new_address = EmailField(_("new address"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED)
    # The link that goes to the old address: 128 random bits.
    key = models.CharField(_("key of the link"), max_length=40, unique=True)
    asked_by = models.ForeignKey(
        "people.Person", verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_how = WordsField(_("how they made sure"), max_length=300)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    agreed_by = who_field(_("agreed by"), help_text=_("Empty where the old address agreed."))
    agreed_how = WordsField(_("how the second colleague made sure"), max_length=300, blank=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    takes_effect_at = models.DateTimeField(_("takes effect"), null=True, blank=True)
    # The link that goes to the new address, once the change may take effect.
    new_key = models.CharField(_("key of the link to the new address"), max_length=40, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = who_field(_("stopped by"), help_text=_("Empty where the old address stopped it."))

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a sign-in address")
        verbose_name_plural = _("changes of sign-in addresses")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["new_key"], condition=~Q(new_key=""), name="one_address_change_per_new_key"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=["asked", "agreed"]), name="one_open_address_change"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person")) & (Q(agreed_by=None) | ~Q(agreed_by=F("person"))),
                name="nobody_asks_or_agrees_for_themselves",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | (~Q(agreed_by=F("asked_by")) & ~Q(agreed_how="")),
                name="a_second_colleague_agrees_and_says_how",
            ),
            models.CheckConstraint(
                condition=Q(status="agreed", agreed_at__isnull=False, takes_effect_at__isnull=False)
                & (Q(agreed_by__isnull=False) | ~Q(old_address=""))
                | ~Q(status="agreed"),
                name="address_change_agreed_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status="done", agreed_at__isnull=False, done_at__gte=F("takes_effect_at"))
                & Q(done_at__isnull=False, takes_effect_at__isnull=False)
                & (Q(agreed_by__isnull=False) | ~Q(old_address=""))
                | ~Q(status="done") & Q(done_at__isnull=True),
                name="address_change_done_was_agreed_and_waited",
            ),
            models.CheckConstraint(
                condition=Q(status="stopped", stopped_at__isnull=False) | ~Q(status="stopped") & Q(stopped_at=None),
                name="address_change_stopped_has_its_time",
            ),
        ]
        triggers = [
            steps_trigger("address_change_status", ADDRESS_CHANGE_STEPS),
            pgtrigger.Protect(
                name="closed_address_changes_are_sealed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["done", "stopped"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        """Return whether it is neither done nor stopped."""
        return self.status in self.OPEN
