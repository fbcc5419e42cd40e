"""Give somebody who is invited a new personal link, for example when theirs was passed on."""

from django.utils import timezone

from events.inviting import emails, rules
from events.inviting.actions import invitations
from events.inviting.models import Invitation
from events.link_keys import new_link_key
from events.planning.transitions import EventError, lock_event
from people.messages.models import Notice
from people.messages.telling import tell_many, withdraw
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def renew(*, invitation: Invitation, by: User) -> Notice | None:
    """Give the invited person a new personal link and tell them; the one before stops working at once.

    Messages with the old link that have not gone out are withdrawn; an invitation among them is written anew. Returns
    the Notice of the new link, or None where the invitation itself is still to come. Raises EventError when the links
    of the event no longer work, and for anybody but its staff. Locks the event and the invitation.
    """
    event = lock_event(invitation.event_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.event = event
    rules.can_renew_link(by, event).insist(EventError)
    old = list(Notice.objects.filter(link=emails.personal_link(invitation)))
    untold = withdraw(old)
    invitation.link_key, invitation.link_made_at = new_link_key(), timezone.now()
    invitation.save(update_fields=["link_key", "link_made_at"])
    if invitation.notice_id in untold and not invitation.reply and rules.can_invite(by, event):
        Invitation.objects.filter(pk=invitation.pk).update(notice=None, invited_sequence=None)
        invitations.send_waiting(event=event, by=by)
        return None
    return tell_many([emails.new_link(invitation)])[0] if invitation.notice_id else None
