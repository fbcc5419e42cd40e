"""Tell people that staff and finance reach other people's data."""

from programmes.programme.models.programmes import Role, programmes_where


def reaches_other_people(user):
    """Return whether `user` needs a second factor: staff and finance of any programme do."""
    return bool(programmes_where(user, Role.STAFF, Role.FINANCE))


def sees_what_others_do(user):
    """Return whether `user` has the search box: staff, finance and steering group members of any programme do."""
    return bool(programmes_where(user, Role.STAFF, Role.FINANCE, Role.STEERING))


def takes_part(user):
    """Return whether `user` is asked about fairness: those with lived experience and in a steering group are."""
    return bool(programmes_where(user, Role.LIVED_EXPERIENCE, Role.STEERING))
