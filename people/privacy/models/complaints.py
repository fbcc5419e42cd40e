"""Complaints about how somebody's data was used, with the time the law gives for them."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.directory.models import Person
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, WordsField


class ComplaintStatus(models.TextChoices):
    """The steps of a complaint."""

    MADE = "made", _("Not acknowledged yet")
    ACKNOWLEDGED = "acknowledged", _("Being looked into")
    ANSWERED = "answered", _("Answered")


STEPS = {
    ComplaintStatus.MADE: (ComplaintStatus.ACKNOWLEDGED, ComplaintStatus.ANSWERED),
    ComplaintStatus.ACKNOWLEDGED: (ComplaintStatus.ANSWERED,),
    ComplaintStatus.ANSWERED: (),
}


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open(self) -> "ComplaintQuerySet":
        """Return complaints that are not answered."""
        return self.exclude(status=ComplaintStatus.ANSWERED)


@pghistory.track()
class Complaint(models.Model):
    """A complaint of a person about their data, and what was answered.

    `made_by` is a colleague who wrote it down for them, with `made_how`.
    """

    Status = ComplaintStatus

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="complaints")
    words = LimitedTextField(_("what it is about"), max_length=4000)
    status = models.CharField(_("status"), max_length=15, choices=ComplaintStatus, default=ComplaintStatus.MADE)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    acknowledge_by = models.DateField(_("acknowledge by"))
    made_by = who_field(_("written down by"))
    made_how = WordsField(_("how they complained"), max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = who_field(_("acknowledged by"))
    answer = LimitedTextField(_("our answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = who_field(_("answered by"))

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint about data")
        verbose_name_plural = _("complaints about data")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="complaint_says_what"),
            models.CheckConstraint(
                condition=Q(made_by=None, made_how="") | (Q(made_by__isnull=False) & ~Q(made_how="")),
                name="complaint_for_another_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered")
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="complaint_answered_says_what",
            ),
        ]
        triggers = [
            steps_trigger("complaint_steps", STEPS),
            pgtrigger.Protect(name="complaints_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.words[:80]
