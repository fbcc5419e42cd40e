"""People and the organisations they belong to."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from people import registry
from wellbeing.lib.names import NameKey, greeting_name
from wellbeing.lib.phones import PhoneField
from wellbeing.lib.texts import EmailField, LimitedTextField, LineField
from wellbeing.lib.types import User


@pghistory.track()
class Organisation(models.Model):
    """A charity or health body: a partner, a host or a funder."""

    class Kind(models.TextChoices):
        CHARITY = "charity", _("Charity")
        HEALTH = "health", _("Health or care body")
        FUNDER = "funder", _("Funder")
        OTHER = "other", _("Other")

    name = LineField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CHARITY)
    about = LimitedTextField(_("what it does"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_organisation_per_name")]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> "PersonQuerySet":
        """Return the people whose page `user` may open: themselves, and those the apps above name.

        Administrators see everyone; a person of programme A never sees a person who is only in programme B. The apps
        above name theirs in `registry.person_visibility`.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        allowed = Q(user=user)
        for visible in registry.person_visibility:
            allowed |= visible(user)
        return self.filter(allowed).distinct()


@pghistory.track(exclude=["sort_key", "search_key"])
class Person(models.Model):
    """Anyone a programme works with: people with lived experience, colleagues of charities, staff, finance.

    Their role in a programme is not here but in the programme's memberships and terms of office.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        SMS = "sms", _("Text message")
        LETTER = "letter", _("Letter")
        PHONE = "phone", _("Phone call")

    class LetterSize(models.TextChoices):
        STANDARD = "standard", _("Standard print")
        LARGE = "large", _("Large print (18 point)")

    user = models.OneToOneField(
        "people.User", verbose_name=_("account"), null=True, blank=True, on_delete=models.SET_NULL
    )
    full_name = LineField(_("full name"), max_length=150)
    known_as = LineField(
        _("what to call them"), max_length=80, blank=True, help_text=_("The name they like to be called by.")
    )
    email = EmailField(_("email address"), blank=True)
    phone = PhoneField(_("phone number"), max_length=40, blank=True)
    postal_address = LimitedTextField(_("postal address"), max_length=500, max_lines=10, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    channel = models.CharField(_("best way to reach them"), max_length=10, choices=Channel, default=Channel.EMAIL)
    letter_size = models.CharField(
        _("letters and papers"), max_length=10, choices=LetterSize, default=LetterSize.STANDARD
    )
    about = LimitedTextField(
        _("about them, in their own words"),
        max_length=2000,
        blank=True,
        help_text=_("Only what they are happy for staff to read."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    joined_at = models.DateTimeField(
        _("joined"),
        null=True,
        blank=True,
        help_text=_(
            "When they said that this record is them. Empty: a programme added it, and they have not said yet."
        ),
    )
    address_changed_at = models.DateTimeField(_("email address changed"), null=True, blank=True)
    # The database makes both whenever a name is written, however that is done.
    sort_key = models.GeneratedField(
        verbose_name=_("what the name is sorted by"),
        expression=NameKey("full_name"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    search_key = models.GeneratedField(
        verbose_name=_("what the name is found by"),
        expression=NameKey(Concat("full_name", Value(" "), "known_as", output_field=models.TextField())),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    # Filled by `people.directory.queries.tell_apart`, where another in the same list has the same name.
    told_apart_by: str = ""

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index("sort_key", "id", name="people_by_name"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="people_found_by_name"),
        ]
        constraints = [
            # Several programmes may have added somebody by one address; whoever signs in with it says which of these
            # records are theirs. Only one of them is the person of an account.
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email="") & Q(user__isnull=False), name="one_account_person_per_email"
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_a_name"),
        ]
        triggers = [
            # Bank details stay as they are for a while after a changed address, however it changed.
            pgtrigger.Trigger(
                name="a_changed_address_has_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("email"),
                func=(
                    "IF lower(NEW.email) <> lower(OLD.email) AND (NEW.address_changed_at IS NULL"
                    " OR NEW.address_changed_at IS NOT DISTINCT FROM OLD.address_changed_at) THEN"
                    " RAISE EXCEPTION 'a changed address has the time it was changed'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def name_in_list(self) -> str:
        """Return the name for a list to choose from, with what tells namesakes apart."""
        return f"{self.full_name} ({self.told_apart_by})" if self.told_apart_by else self.full_name

    @property
    def short_name(self) -> str:
        """Return the name to greet them by."""
        return self.known_as or greeting_name(self.full_name)
