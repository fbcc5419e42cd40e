"""The open form of a programme, and those who wrote by it that they would like to get involved."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.own_rules import OwnRuleQuerySet
from programmes.programme.models.programmes import Programme
from wellbeing.lib.phones import PhoneField
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import EmailField, LimitedTextField, LineField


class InvolvedRule(models.Model):
    """How fast a person fills the form in, and how many may wait, from a day on. It never changes."""

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="involved_rules",
    )
    effective_from = models.DateField(_("starts"))
    least_seconds = models.PositiveSmallIntegerField(_("seconds that a person needs at least to fill the form in"))
    most_waiting = models.PositiveSmallIntegerField(_("how many may wait for an answer before the form takes no more"))

    objects = OwnRuleQuerySet["InvolvedRule"].as_manager()

    class Meta:
        verbose_name = _("rule of the open form")
        verbose_name_plural = _("rules of the open form")
        ordering = ["programme", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from"], name="one_involved_rule_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(least_seconds__lte=60, most_waiting__gte=1),
                name="involved_rule_within_reason",
            ),
        ]
        triggers = [pgtrigger.Protect(name="involved_rules_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.programme or _('Every programme')}: {self.effective_from}"


@pghistory.track()
class OpenForm(models.Model):
    """The form by which anybody can write that they would like to get involved; open only while staff say so."""

    programme = models.OneToOneField(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="open_form"
    )
    is_open = models.BooleanField(_("open"), default=False)
    words = LimitedTextField(_("what it says"), max_length=2000)
    changed_by = models.ForeignKey(
        "people.Person", verbose_name=_("changed by"), on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="open_form_says_something")]

    def __str__(self) -> str:
        return str(self.programme)

    def get_absolute_url(self) -> str:
        return reverse("get_involved", args=[self.programme.slug])


class InterestStatus(models.TextChoices):
    WAITING = "waiting", _("To answer")
    WELCOMED = "welcomed", _("Welcomed")
    DECLINED = "declined", _("Not this time")


INTEREST_STEPS = {
    InterestStatus.WAITING: (InterestStatus.WELCOMED, InterestStatus.DECLINED),
    InterestStatus.WELCOMED: (),
    InterestStatus.DECLINED: (),
}


class InvolvementQuerySet(models.QuerySet["InvolvementInterest"]):
    def waiting(self) -> "InvolvementQuerySet":
        """Return those that nobody has answered yet."""
        return self.filter(status=InterestStatus.WAITING)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class InvolvementInterest(models.Model):
    """Message of somebody who would like to get involved. Once they are welcomed, `person` is who they became."""

    Status = InterestStatus

    TRANSITIONS = INTEREST_STEPS

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="interests"
    )
    full_name = LineField(_("name"), max_length=150)
    email = EmailField(_("email address"), blank=True)
    phone = PhoneField(_("phone number"), max_length=40, blank=True)
    words = LimitedTextField(_("what they wrote"), max_length=2000, blank=True)
    needs = LimitedTextField(_("what would help them to take part"), max_length=1000, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=InterestStatus, default=InterestStatus.WAITING)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = who_field(_("answered by"))
    answer = LimitedTextField(_("what they were told"), max_length=2000, blank=True)
    person = models.ForeignKey(
        "people.Person",
        verbose_name=_("who they became"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interests_sent",
    )

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest in getting involved")
        verbose_name_plural = _("interests in getting involved")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="interest_has_a_name"),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="interest_can_be_answered"),
            models.CheckConstraint(
                condition=Q(status="waiting", answered_at=None, answered_by=None, person=None)
                | Q(status="welcomed", answered_at__isnull=False, answered_by__isnull=False, person__isnull=False)
                | Q(status="declined", answered_at__isnull=False, answered_by__isnull=False, person=None),
                name="interest_is_answered_whole",
            ),
        ]
        triggers = [steps_trigger("interest_status", INTEREST_STEPS)]

    def __str__(self) -> str:
        return self.full_name

    @property
    def sent_on(self) -> dt.date:
        return timezone.localdate(self.sent_at)
