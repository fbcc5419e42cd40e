"""Make accounts when people we know first sign in, and let people share an address."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts import sharing
from people.accounts.models.single_sign_on import SignInLink
from people.accounts.models.users import User
from people.accounts.rules import needs_own_address
from people.directory.models import Person
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError


class SharingError(ActionError):
    """People cannot share an address."""


@action
def account_for(*, email: str, by: User | None) -> User | None:
    """Return the account of an address: the one there is, or a new one for a person we know by it. None for a stranger.

    People are added by staff, without an account; asking for the first sign-in code makes it. The account has no
    password and only opens with the code that goes to this address, so making it gives nothing away. Where people share
    the address, all have one after this, and the one that the sign-in library finds by it is returned. `by` is None
    where nobody is signed in yet. Locks the people with this address where an account is made or more than one has it.
    """
    email = email.strip().lower()
    if not sharing.can_be_looked_up(email):
        return None
    if Person.objects.filter(email__iexact=email, shares_address=True).exists():
        settle(address=email, by=by)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        # Locked, so that two codes asked for at once make one account.
        records = list(Person.objects.select_for_update().filter(email__iexact=email).order_by("pk"))
        owner = next((record.user for record in records if record.user_id), None)
        if owner or not records:
            return owner
        user = User.objects.create_user(email)
    _known_to_library(user)
    return user


@action
def share(*, person: Person, address: str, by: User | None) -> Person:
    """Let `person` and those who sign in at `address`, or joined with it, share it. Return the person.

    Each has an account of their own. A reader of the address has said so. Raises SharingError where one of them needs
    an address of their own (`rules.needs_own_address`): what takes two people must not be done from one mailbox. Locks
    the people with this address.
    """
    address = address.strip().lower()
    there = Q(email__iexact=address) & (Q(user__isnull=False) | Q(joined_at__isnull=False))
    together = _locked(Q(pk=person.pk) | there | Q(user__email__iexact=address))
    if any(needs_own_address(each) for each in together):
        raise SharingError(_("Somebody who works for a programme uses this address, so nobody else can."))
    person = next(each for each in together if each.pk == person.pk)
    if person.email.lower() != address:
        person.email, person.address_changed_at = address, timezone.now()
    # The person last: of those who do not say that they share, one alone may have the address.
    for each in sorted(together, key=lambda each: each.pk == person.pk):
        if each.email.lower() == address:
            each.shares_address = True
            each.save(update_fields=["email", "address_changed_at", "shares_address"])
    settle(address=address, by=by)
    return Person.objects.get(pk=person.pk)


@action
def settle(*, address: str, by: User | None) -> None:
    """Put right what the sign-in library knows of `address` once somebody came to share it or left it.

    Everybody who shares it has an account; an open one has the address itself, the others have names for it. Somebody
    who is left alone shares it no more. Harmless the second time. Locks the people who share it.
    """
    address = address.strip().lower()
    sharers = _locked(Q(email__iexact=address, shares_address=True))
    for person in sharers:
        if person.user is None:
            person.user = User(email=sharing.name_for(person))
            person.user.set_unusable_password()
            person.user.save()
            person.save(update_fields=["user"])
        _known_to_library(person.user)
    users = sharing.accounts_at(address)
    if not sharers or not users:
        return
    has_it = next((user for user in users if user.email.lower() == address), None)
    if has_it is None or (not has_it.is_active and users[0].is_active):
        if has_it is not None:
            _call(has_it, sharing.name_for(has_it.person))
        _call(users[0], address)
    if len(users) == 1:
        Person.objects.filter(pk=sharers[0].pk).update(shares_address=False)


@action
def leave_nothing_set(*, user: User, by: User | None) -> None:
    """Drop the password, second steps and links of an account: a reader of the mailbox before may have set them.

    Its sessions stay: the caller ends them. Called in the transaction of a changed address.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    SignInLink.objects.filter(user=user).delete()


def _locked(condition: Q) -> list[Person]:
    """Lock people, and read them with their accounts as they are by then: another may have made one meanwhile."""
    rows = Person.objects.select_for_update(of=("self",)).filter(condition).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    return list(Person.objects.select_related("user").filter(pk__in=ids).order_by("pk"))


def _call(user: User, name: str) -> None:
    """Let the sign-in library know an account by another name, proved as the one before was."""
    user.email = name
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).update(email=name)


def _known_to_library(user: User) -> None:
    # The library marks this row as proved when the code comes back; without it, it would ask for a second code.
    EmailAddress.objects.get_or_create(user=user, email=user.email.lower(), defaults={"primary": True})
