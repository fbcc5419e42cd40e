"""Accounts: made when somebody we know first signs in."""

from people.models import Person, User


def account_for(email):
    """The account of an address: the one there is, or a new one for a person we know by it. None for a stranger.

    People are added by staff, without an account; asking for the first sign-in code makes it. The account has no
    password and only opens with the code that goes to this address, so making it gives nothing away.
    """
    email = email.strip().lower()
    user = User.objects.filter(email__iexact=email).first()
    if user or not email:
        return user
    person = Person.objects.filter(email__iexact=email, user=None).first()
    return User.objects.create_user(email, name=person.full_name) if person else None
