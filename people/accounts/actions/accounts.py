"""Make an account when somebody we know first signs in."""

from allauth.account.models import EmailAddress

from people.accounts.models.users import User
from people.directory.models import Person
from wellbeing.lib.actions import action


@action
def account_for(*, email: str, by: User | None) -> User | None:
    """Return the account of an address: the one there is, or a new one for a person we know by it. None for a stranger.

    People are added by staff, without an account; asking for the first sign-in code makes it. The account has no
    password and only opens with the code that goes to this address, so making it gives nothing away. `by` is None where
    nobody is signed in yet. Locks the people with this address.
    """
    email = email.strip().lower()
    # PostgreSQL counts some letters of other alphabets as equal to ours: the code would go to another address.
    if not email or not email.isascii():
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        # Locked, so that two codes asked for at once make one account.
        records = list(Person.objects.select_for_update().filter(email__iexact=email).order_by("pk"))
        owner = next((record.user for record in records if record.user_id), None)
        if owner or not records:
            return owner
        user = User.objects.create_user(email)
    # allauth marks this row as proved when the code comes back; without it, it would ask for a second code.
    EmailAddress.objects.get_or_create(user=user, email=user.email.lower(), defaults={"primary": True})
    return user
