"""Who may do what in a programme."""

from .models import Role
from .models.roles import has_role, programmes_where, roles_of


def can_see_programme(user, programme):
    """Whether `user` may open the programme's page: anyone with a role in it, and administrators."""
    return user.is_authenticated and (user.is_administrator or bool(roles_of(user).get(programme.pk)))


def can_manage_programme(user, programme):
    """Whether `user` may change the programme, its people, groups and events: its staff, and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF))


def can_create_programme(user):
    """Whether `user` may set up a new programme: staff of any programme, and administrators."""
    return user.is_authenticated and (user.is_administrator or bool(programmes_where(user, Role.STAFF)))
