"""Named contacts: who of a programme's staff is there for somebody, and who it usually is."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Membership, Programme


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class NamedContact(models.Model):
    """That staff chose somebody's contact in a programme: a colleague by their role as staff, from when to when.

    It counts while that role holds. A role that ended is not opened again, so a colleague who comes back is the contact
    of nobody until somebody chooses them.
    """

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="named_contacts"
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="named_contacts"
    )
    role = models.ForeignKey(
        Membership, verbose_name=_("role of the contact"), on_delete=models.PROTECT, related_name="contact_of"
    )
    given_by = models.ForeignKey(
        "people.Person", verbose_name=_("chosen by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("chosen"), default=timezone.now)
    taken_by = who_field(_("taken away by"))
    taken_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("named contact")
        verbose_name_plural = _("named contacts")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=Q(taken_at=None), name="one_named_contact_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="contact_taken_away_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_contact_is_staff_and_somebody_else",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("person_id", "programme_id", "role_id"),
                func=(
                    "IF NOT EXISTS (SELECT FROM programmes_membership m WHERE m.id = NEW.role_id"
                    " AND m.programme_id = NEW.programme_id AND m.role = 'staff' AND m.person_id <> NEW.person_id) THEN"
                    " RAISE EXCEPTION 'a contact is somebody else who is staff of the programme'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role.person}"


@pghistory.track()
class UsualContact(models.Model):
    """Who is the contact of everybody for whom a programme chose nobody, from a day on; without a role it is nobody.

    Of several of one day the last counts.
    """

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="usual_contacts"
    )
    role = models.ForeignKey(
        Membership,
        verbose_name=_("role of the contact"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="usual_contact_of",
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    set_by = models.ForeignKey("people.Person", verbose_name=_("chosen by"), on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("chosen"), default=timezone.now)

    class Meta:
        verbose_name = _("usual contact")
        verbose_name_plural = _("usual contacts")
        ordering = ["-starts_on", "-pk"]
        triggers = [
            pgtrigger.Protect(name="usual_contacts_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="usual_contacts_stay_as_set", fields=["programme", "starts_on", "set_at"]),
            pgtrigger.Trigger(
                name="a_usual_contact_is_staff",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("role_id"),
                condition=pgtrigger.Q(new__role_id__isnull=False),
                func=(
                    "IF NOT EXISTS (SELECT FROM programmes_membership m WHERE m.id = NEW.role_id"
                    " AND m.programme_id = NEW.programme_id AND m.role = 'staff') THEN"
                    " RAISE EXCEPTION 'a usual contact is staff of the programme'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.role.person if self.role else _('nobody')}"
