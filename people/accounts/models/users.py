"""The account someone signs in with. Who they are to the programmes is their `Person`."""

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import EmailField

# The sign-in library lets an address belong to one account. An account whose person shares an address is known to it by
# a name at this domain, which no mail server ever has (RFC 2606).
SHARED_DOMAIN = "shared.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes accounts. Each has a Person, so that the user who acts can be named and compared with whom is paid."""

    @transaction.atomic
    def create_user(self, email, password=None, *, name="", **fields):
        """Make an account for `email`, tied to the person who already has that address or to a new one.

        Raises ValueError without an address.
        """
        if not email:
            raise ValueError("An account needs an email address.")
        user = self.model(email=email.strip().lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        user.tie_to_person(name=name)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Make an installation administrator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """An account, signed in to by email. `is_superuser` means installation administrator."""

    email = EmailField(_("email address"), unique=True)
    is_active = models.BooleanField(_("can sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self):
        return self.mailbox

    @property
    def mailbox(self):
        """Return the address that codes and messages about the account go to.

        It is the account's own, or the one its person shares with other people (`people.accounts.sharing`).
        """
        person = getattr(self, "person", None)
        return person.email if person and person.shares_address else self.email

    @property
    def is_staff(self):
        """Return whether they may open Django's admin site: installation administrators alone."""
        return self.is_superuser

    @property
    def is_administrator(self):
        """Return whether this is an installation administrator."""
        return self.is_active and self.is_superuser

    def get_full_name(self):
        person = getattr(self, "person", None)
        return person.full_name if person else self.mailbox

    def get_short_name(self):
        person = getattr(self, "person", None)
        return person.short_name if person else self.mailbox

    def tie_to_person(self, *, name=""):
        """Give the account its Person. Return the Person.

        That is the one record that has this address and no account, or the one of several that its person has joined
        by. Where programmes added several and nobody has said yet which are theirs, it is a new Person: its owner is
        asked. Nobody has joined by this: an account is made before its address is proved. A record of somebody who
        shares the address gets an account of its own (`people.accounts.actions.accounts`).
        """
        from people.directory.models import Person

        free = Person.objects.filter(email__iexact=self.email, user=None, shares_address=False)
        records = list(free.order_by("pk"))
        joined = [record for record in records if record.joined_at]
        mine = records if len(records) == 1 else joined
        if len(mine) == 1:
            person = mine[0]
            person.user = self
            person.save(update_fields=["user"])
            return person
        taken = Person.objects.filter(email__iexact=self.email).exclude(user=None).exists()
        return Person.objects.create(
            user=self,
            full_name=name or (records[0].full_name if records else self.email.split("@")[0]),
            email="" if taken else self.email,
            joined_at=None if records else timezone.now(),
        )
