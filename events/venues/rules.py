"""Say who keeps the venue book of a programme."""

from django.utils.translation import gettext as _

from events.venues.models import Venue
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_keep_book(user: User, programme: Programme) -> Ruling:
    """May `user` read and change the venue book? Yes for the programme's staff."""
    if can_manage_programme(user, programme):
        return YES
    return Ruling(_("Only staff of this programme keep its venue book."))


def can_change(user: User, venue: Venue) -> Ruling:
    """May `user` change the venue? Yes for the programme's staff, unless it was archived."""
    allowed = can_keep_book(user, venue.programme)
    if allowed and venue.archived_at is not None:
        return Ruling(_("This venue is archived. Take it back into the book first."))
    return allowed
