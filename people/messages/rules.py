"""Who may read messages."""

from people import registry


def can_read_messages(user):
    """Whether there are messages `user` may read: administrators, and whom the apps above name."""
    return user.is_administrator or any(reads(user) for reads in registry.message_readers)
