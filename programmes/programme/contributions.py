"""Says that staff and finance reach other people's data."""

from programmes.programme.models.programmes import Role, programmes_where


def reaches_other_people(user):
    """Staff and finance of any programme need a second factor."""
    return bool(programmes_where(user, Role.STAFF, Role.FINANCE))
