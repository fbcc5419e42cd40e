"""Sign in by address and password, where people may share the address."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied

from people.accounts import sharing

# A wrong password costs as much for an address of nobody, of one and of a few.
LEAST_CHECKS = 3


class AddressBackend(AuthenticationBackend):
    """The sign-in library's backend. Of people who share an address the password says who it is."""

    def _authenticate_by_email(self, email, password):
        """Return the one account at `email` that has `password`, or None.

        Raises PermissionDenied, so that no other backend is asked, where several have it: a code tells them apart.
        """
        users = sharing.accounts_at(email)
        matching = [user for user in users if self._check_password(user, password)]
        for _missing in range(LEAST_CHECKS - len(users)):
            make_password(password)
        if len(matching) > 1:
            raise PermissionDenied
        return matching[0] if matching else None

    def _mitigate_timing_attack(self, password):
        """Do nothing: every address has cost the same by now."""
