"""Record how somebody comes into a programme: asked whether a record is them, appointed, told about their role."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme, Role
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import EmailField
from wellbeing.lib.types import User


class JoiningQuerySet(models.QuerySet["Joining"]):
    def unanswered(self) -> "JoiningQuerySet":
        """Return joinings nobody has answered."""
        return self.filter(answer="")

    def offered_to(self, user: User) -> "JoiningQuerySet":
        """Return unanswered joinings that went to the address `user` signs in with, of people not yet told apart."""
        return self.unanswered().filter(
            address__iexact=user.mailbox, person__email__iexact=user.mailbox, person__shares_address=False
        )


@pghistory.track(exclude=["key"])
class Joining(models.Model):
    """A programme added somebody by their email address, and asks there whether this is them and they agree.

    Until they say yes the record holds what the programme typed and nothing else, even if other programmes know the
    address.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Yes, this is me")
        NO = "no", _("No")

    # Where two records of one person are put together, it goes with the record it was about.
    goes_with_its_record = True
    # Wrong codes typed in the presence of the person, before a new link has to be sent.
    MAX_TRIES = 5

    person = models.OneToOneField(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="joining"
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="joinings"
    )
    # The link that goes to the address: 128 random bits.
    key = models.CharField(_("key of the link"), max_length=40, unique=True)
    # A link and a code count for this address alone: another one is asked anew.
    address = EmailField(_("address that is asked"), blank=True)
    asked_by = who_field(_("added by"), help_text=_("Empty for people added before anybody was asked."))
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, help_text=_("Empty: no message has gone out."))
    tries = models.PositiveSmallIntegerField(_("wrong codes typed"), default=0)
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        verbose_name = _("joining")
        verbose_name_plural = _("joinings")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="joining_answer_has_its_time",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_answer_stays", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__answer="")
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.programme}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def waiting(self) -> "AppointmentQuerySet":
        """Return appointments nobody has decided on."""
        return self.filter(status=Appointment.Status.WAITING)


class AppointmentStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


APPOINTMENT_STEPS = {
    AppointmentStatus.WAITING: (AppointmentStatus.CONFIRMED, AppointmentStatus.REFUSED, AppointmentStatus.WITHDRAWN),
}


@pghistory.track(exclude=["key"])
class Appointment(models.Model):
    """Somebody is to be staff or finance of a programme: proposed by one person, confirmed by another.

    One person alone, with any number of mailboxes, must never come to a payment: finance of the programme or an
    administrator confirms, who is neither the proposer nor the person it is about.
    """

    Status = AppointmentStatus

    class Way(models.TextChoices):
        FINANCE = "finance", _("by finance of the programme")
        ADMINISTRATOR = "administrator", _("by an administrator")
        HOST_CONTACT = "host_contact", _("by the host's contact, by email")
        NEW_PROGRAMME = "new_programme", _("by the right to set up programmes")

    ROLES = (Role.STAFF, Role.FINANCE)

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="appointments"
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in ROLES])
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    # The link that goes to the host's contact, where nobody else can confirm; empty where somebody can.
    key = models.CharField(_("key of the link"), max_length=40, blank=True)
    proposed_by = models.ForeignKey(
        "people.Person", verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    way = models.CharField(_("confirmed how"), max_length=15, choices=Way, blank=True)
    decided_by = who_field(_("decided by"), help_text=_("Empty where the host's contact decided by email."))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme", "role"],
                condition=Q(status="waiting"),
                name="one_waiting_appointment_per_role",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="one_appointment_per_key"),
            models.CheckConstraint(condition=Q(role__in=["staff", "finance"]), name="appointment_role_known"),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("person"))
                & (Q(decided_by=None) | ~Q(decided_by=F("person")) | Q(status__in=["refused", "withdrawn"])),
                name="nobody_appoints_themselves",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed")
                | Q(way__in=["finance", "administrator"], decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))
                | Q(way="host_contact", decided_by__isnull=True)
                | Q(way="new_programme", role="staff", decided_by=F("proposed_by")),
                name="a_second_person_confirms_an_appointment",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at=None) | (~Q(status="waiting") & Q(decided_at__isnull=False)),
                name="appointment_decided_has_its_time",
            ),
        ]
        triggers = [
            steps_trigger("appointment_status", APPOINTMENT_STEPS),
            pgtrigger.Protect(
                name="decided_appointments_are_sealed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["confirmed", "refused", "withdrawn"]),
            ),
            pgtrigger.Protect(name="appointments_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_new_programme_is_set_up_by_right",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__way="new_programme"),
                func=(
                    "IF NOT EXISTS (SELECT FROM programmes_creatorright r WHERE r.person_id = NEW.person_id"
                    " AND r.given_by_id = NEW.proposed_by_id AND r.ended_at IS NULL)"
                    " OR EXISTS (SELECT FROM programmes_membership m WHERE m.programme_id = NEW.programme_id) THEN"
                    " RAISE EXCEPTION 'only who has the right becomes the first staff of a new programme'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}, {self.programme}"


@pghistory.track()
class CreatorRight(models.Model):
    """The right to set up programmes, given by an administrator. Ended, never deleted."""

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="creator_rights"
    )
    given_by = models.ForeignKey(
        "people.Person", verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("right to set up programmes")
        verbose_name_plural = _("rights to set up programmes")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_open_creator_right"),
            models.CheckConstraint(condition=~Q(given_by=F("person")), name="nobody_gives_themselves_the_right"),
        ]
        triggers = [pgtrigger.Protect(name="creator_rights_are_kept", operation=pgtrigger.Delete)]

    def __str__(self):
        return str(self.person)
