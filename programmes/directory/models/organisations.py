"""Records that a programme keeps of an organisation it works with."""

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.directory.models import Organisation
from programmes.programme.models.programmes import Programme
from wellbeing.lib.phones import PhoneField
from wellbeing.lib.texts import EmailField, LimitedTextField


@pghistory.track()
class OrganisationEntry(models.Model):
    """An organisation in the directory of a programme: what it is to it, and how to reach it.

    Only its name is shared with other programmes; what is typed here is this programme's own.
    """

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="organisation_entries"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="entries"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Organisation.Kind)
    about = LimitedTextField(_("what it does"), max_length=2000, blank=True)
    contact = who_field(_("who to speak to there"))
    email = EmailField(_("email address"), blank=True)
    phone = PhoneField(_("phone number"), max_length=40, blank=True)
    postal_address = LimitedTextField(_("postal address"), max_length=500, max_lines=10, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("organisation of a programme")
        verbose_name_plural = _("organisations of a programme")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="one_organisation_entry_each"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.programme}"
