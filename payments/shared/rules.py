"""Rules that several wings ask."""

from programmes.models import Role, has_role


def works_with_claims(user, programme):
    """Whether `user` is staff or finance of `programme` (a Programme or its id), or an administrator."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE))
