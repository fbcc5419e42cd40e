"""Say who may read the texts that came in."""

from django.utils.translation import gettext as _

from people import registry
from people.messages.models import IncomingText
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_read_text(user: User, text: IncomingText) -> Ruling:
    """May `user` say that they read `text`? Yes for administrators and staff of its programme, if it waits for them."""
    if not user.is_administrator and text.audience not in registry.audiences_read_by(user):
        return Ruling(_("Only staff of the programme that was written to can read this."))
    if not text.for_a_colleague:
        return Ruling(_("This text message was understood. Nobody has to read it."))
    return YES
