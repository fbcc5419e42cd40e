"""Functions that wings above add to the life of an invitation."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from wellbeing.lib.types import User

if TYPE_CHECKING:
    from events.inviting.models import Invitation

# Called with the invitation and who wrote it down (None: the person, by their link), in the transaction that recorded
# a reply which said something new.
after_reply: "list[Callable[[Invitation, User | None], None]]" = []
