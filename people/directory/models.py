"""People and the organisations they belong to."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower, Upper
from django.utils.translation import gettext_lazy as _

from people import registry
from wellbeing.lib.languages import Language
from wellbeing.lib.names import NameKey, greeting_name
from wellbeing.lib.phones import PhoneField
from wellbeing.lib.texts import EmailField, LimitedTextField, LineField
from wellbeing.lib.types import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: User) -> "OrganisationQuerySet":
        """Return the organisations `user` may know of: those the apps above name; all for an administrator.

        That another programme works with one says something about its people, so nobody else reads of it.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        allowed = Q(pk=None)
        for visible in registry.organisation_visibility:
            allowed |= visible(user)
        return self.filter(allowed)


@pghistory.track()
class Organisation(models.Model):
    """A charity or health body: a partner, a host or a funder."""

    class Kind(models.TextChoices):
        CHARITY = "charity", _("Charity")
        HEALTH = "health", _("NHS, health or care body")
        FUNDER = "funder", _("Funder")
        OTHER = "other", _("Other")

    name = LineField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CHARITY)
    about = LimitedTextField(_("what it does"), max_length=2000, blank=True)

    objects = OrganisationQuerySet.as_manager()

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
        SUPPORTER = "supporter", _("Through their supporter")

    class CallTime(models.TextChoices):
        ANY = "any", _("Any time")
        MORNING = "morning", _("In the morning")
        AFTERNOON = "afternoon", _("In the afternoon")
        EVENING = "evening", _("In the evening")

    class LetterSize(models.TextChoices):
        """How letters and other documents for somebody are printed."""

        STANDARD = "standard", _("Standard print")
        LARGE_14 = "14", _("Large print (14 point)")
        LARGE_16 = "16", _("Large print (16 point)")
        LARGE_18 = "18", _("Large print (18 point)")
        LARGE_20 = "20", _("Large print (20 point)")
        LARGE_24 = "24", _("Large print (24 point)")
        EASY_READ = "easy_read", _("Easy Read layout (one sentence on each line)")

        @property
        def points(self) -> int:
            """Return the height of the print in points."""
            return {"standard": 12, "easy_read": 14}.get(self.value) or int(self.value)

        @property
        def is_large(self) -> bool:
            """Return whether it is large print."""
            return self.value.isdigit()

    user = models.OneToOneField(
        "people.User", verbose_name=_("account"), null=True, blank=True, on_delete=models.SET_NULL
    )
    full_name = LineField(_("full name"), max_length=150)
    known_as = LineField(
        _("what to call them"), max_length=80, blank=True, help_text=_("The name they like to be called by.")
    )
    email = EmailField(_("email address"), blank=True)
    shares_address = models.BooleanField(
        _("somebody else uses this email address too"),
        default=False,
        db_default=False,
        help_text=_("Each of them has an account and gets codes of their own there."),
    )
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
    job_title = LineField(
        _("job title"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text=_("What they do at their organisation, if they come from one."),
    )
    channel = models.CharField(_("best way to reach them"), max_length=10, choices=Channel, default=Channel.EMAIL)
    second_channel = models.CharField(
        _("if that does not work"), max_length=10, choices=Channel, blank=True, default="", db_default=""
    )
    call_time = models.CharField(
        _("when to ring"), max_length=10, choices=CallTime, default=CallTime.ANY, db_default=CallTime.ANY
    )
    letter_size = models.CharField(
        _("letters and papers"), max_length=10, choices=LetterSize, default=LetterSize.STANDARD
    )
    language = models.CharField(
        _("language they read"),
        max_length=10,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH,
        help_text=_("We use it where a programme has words in it, and English elsewhere."),
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
            # Mail asks of each batch who else has its addresses, and signing in looks people up by theirs.
            models.Index(Upper("email"), name="people_by_email"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="people_found_by_name"),
            # A search looks for a part of a name, an address or a number: one without an index would make it read all.
            GinIndex(OpClass(Upper("email"), name="gin_trgm_ops"), name="people_found_by_email"),
            GinIndex(OpClass(Upper("phone"), name="gin_trgm_ops"), name="people_found_by_phone"),
        ]
        constraints = [
            # Several programmes may have added somebody by one address: the reader of its mail says which of these
            # records are theirs. Only one of them is the person of an account, unless they said that they share it.
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email="") & Q(user__isnull=False, shares_address=False),
                name="one_account_person_per_email",
            ),
            models.CheckConstraint(
                condition=Q(shares_address=False) | ~Q(email=""), name="a_shared_address_is_an_address"
            ),
            # Names of accounts end so (`people.accounts.sharing`): nothing is ever written to one.
            models.CheckConstraint(
                condition=~Q(email__iendswith=".invalid"), name="a_person_has_an_address_that_can_be"
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

    @property
    def large_print(self) -> LetterSize:
        """Return the size in which they read large print: the one they chose, or else 18 point."""
        size = self.LetterSize(self.letter_size)
        return size if size.is_large else self.LetterSize.LARGE_18


@pghistory.track()
class Supporter(models.Model):
    """Somebody through whom a person is reached, because the person asked for it and they agreed."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        SMS = "sms", _("Text message")
        LETTER = "letter", _("Letter")
        PHONE = "phone", _("Phone call")

    person = models.OneToOneField(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="supporter")
    name = LineField(_("their name"), max_length=150)
    relationship = LineField(
        _("who they are"), max_length=100, blank=True, help_text=_("For example sister, or carer.")
    )
    channel = models.CharField(_("how to reach them"), max_length=10, choices=Channel)
    email = EmailField(_("their email address"), blank=True)
    phone = PhoneField(_("their phone number"), max_length=40, blank=True)
    postal_address = LimitedTextField(_("their postal address"), max_length=500, max_lines=10, blank=True)
    consent_on = models.DateField(_("the person agreed on"))
    consent_how = LineField(_("how they agreed"), max_length=200, help_text=_("For example: on the phone, with me."))
    recorded_by = models.ForeignKey(Person, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("supporter")
        verbose_name_plural = _("supporters")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="email", email__gt="")
                | Q(channel__in=["sms", "phone"], phone__gt="")
                | Q(channel="letter", postal_address__gt=""),
                name="supporter_can_be_reached",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(consent_how=""), name="supporter_has_name_and_consent"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerRecord(models.Model):
    """The key of a record that was put together with the one of `person`: its history is theirs from then on."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="former_records"
    )
    key = models.BigIntegerField(_("key of the record"), unique=True)
    put_together_at = models.DateTimeField(_("put together"), auto_now_add=True)

    class Meta:
        verbose_name = _("former record")
        verbose_name_plural = _("former records")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.key)


# The field of a person or supporter that holds where each channel reaches them.
ADDRESS_FIELDS = {"email": "email", "sms": "phone", "phone": "phone", "letter": "postal_address"}


def address_by(channel: str, one: Person | Supporter) -> str:
    """Return the email address, number or postal address at which a channel reaches `one`; "" where there is none."""
    field = ADDRESS_FIELDS.get(channel)
    return getattr(one, field) if field else ""
