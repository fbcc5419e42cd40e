"""Say who may put a welcome pack together and give it to people."""

from django.utils.translation import gettext as _

from programmes.packs.models import PackGiven
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_keep_pack(user: User, programme: Programme) -> Ruling:
    """May `user` change the welcome pack of `programme` and give it to people? Yes for its staff."""
    return can_manage_programme(user, programme)


def can_say_posted(given: PackGiven) -> Ruling:
    """May it be noted that a pack was posted? Yes, once, for one that goes by post."""
    if not given.by_post:
        return Ruling(_("This pack does not go by post."))
    return YES if given.posted_on is None else Ruling(_("It is noted already that this pack was posted."))
