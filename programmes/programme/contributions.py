"""What the programmes app adds to the people app: who sees whom, the header's links, the home page, a person's page."""

from programmes.programme.models import Role
from programmes.programme.models.programmes import programmes_where


def reaches_other_people(user):
    """Staff and finance of any programme need a second factor."""
    return bool(programmes_where(user, Role.STAFF, Role.FINANCE))
