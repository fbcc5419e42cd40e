"""People who share an email address: each has an account of their own, and gets a code of their own there.

The sign-in library lets an address belong to one account. So of the people who share one, one account has it, and the
others are known to the library by names that no mail server has; what it sends there goes to the address of the person.
`people.accounts.actions.accounts.settle` keeps it so when somebody comes or goes.
"""

from django.db.models import Q

from people.accounts.models.users import SHARED_DOMAIN, User
from people.directory.models import Person


def name_for(person: Person) -> str:
    """Return the name by which the sign-in library may know the account of somebody who shares their address."""
    return f"person-{person.pk}@{SHARED_DOMAIN}"


def is_name(address: str) -> bool:
    """Return whether `address` is such a name, and so nobody's address."""
    return address.strip().lower().endswith(f"@{SHARED_DOMAIN}")


def can_be_looked_up(address: str) -> bool:
    """Return whether people and accounts may be looked up by `address`.

    Not by letters of other alphabets: PostgreSQL counts some of them as equal to ours, and a code would go to another
    address. Not by a name that is nobody's address.
    """
    return bool(address) and address.isascii() and not is_name(address)


def accounts_at(address: str) -> list[User]:
    """Return the accounts, with their people, that are signed in to by codes sent to `address`; open ones first."""
    address = address.strip().lower()
    if not can_be_looked_up(address):
        return []
    theirs = Q(email__iexact=address) | Q(person__email__iexact=address, person__shares_address=True)
    users = User.objects.select_related("person").filter(theirs).order_by("-is_active", "pk")
    return [user for user in users if user.mailbox.lower() == address]


def account_called(name: str) -> User | None:
    """Return the account that the sign-in library knows by `name`, an address or the name of one who shares theirs."""
    return User.objects.select_related("person").filter(email__iexact=name).first() if name.isascii() else None


def others_at(user: User) -> list[User]:
    """Return the other open accounts that get their codes where `user` gets theirs."""
    return [other for other in accounts_at(user.mailbox) if other.pk != user.pk and other.is_active]


def names_at(address: str, *, but: Person) -> str:
    """Return who can sign in at `address`, besides the person `but`: "Ann Invented, Ben Invented"; "" for nobody."""
    users = [user for user in accounts_at(address) if user.is_active and user.person.pk != but.pk]
    return ", ".join(user.get_full_name() for user in users)
