"""What an action on events raises."""

from wellbeing.lib.errors import ActionError


class EventError(ActionError):
    """A rule about events said no."""
