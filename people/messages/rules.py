"""Say who may read messages."""

from people import registry
from wellbeing.lib.types import User


def can_read_messages(user: User) -> bool:
    """May `user` read messages? Yes if they are an administrator or an app above names an audience for them."""
    return user.is_administrator or any(reads(user) for reads in registry.message_readers)
