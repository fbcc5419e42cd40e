"""Say who may see the members of a group."""

from programmes.groups import queries
from programmes.programme.models.groups import Group
from programmes.programme.rules import can_see_people
from wellbeing.lib.dates import today
from wellbeing.lib.types import User


def can_see_members(user: User, group: Group) -> bool:
    """May `user` see who is on `group`? Yes if they see everyone in the programme, and for its own members."""
    return can_see_people(user, group.programme) or queries.term_of(user, group, today()) is not None
