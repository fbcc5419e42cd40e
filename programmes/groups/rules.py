"""Who may see the members of a group."""

from programmes.groups import queries
from programmes.programme.rules import can_see_people
from wellbeing.lib.dates import today


def can_see_members(user, group):
    """Whether `user` may see who is on `group`: those who see everyone in the programme, and its own members."""
    return can_see_people(user, group.programme) or queries.term_of(user, group, today()) is not None
