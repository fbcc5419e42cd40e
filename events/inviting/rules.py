"""Who may invite, reply and set facilitators."""

from django.utils.translation import gettext as _

from events.planning.models import Event


def why_not_invite(event):
    """Why nobody can be invited any more, as a sentence, or "" when people can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled, so nobody can be invited.")
    if event.status == Event.Status.HELD or event.has_started:
        return _("This event has started, so nobody can be invited. You can still add someone to the attendance.")
    return ""


def why_not_reply(event):
    """Why a reply can no longer be given or changed, as a sentence for the person invited, or "" when it can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event will not take place. You do not need to reply.")
    if event.status == Event.Status.HELD or event.is_over:
        return _("This event is over, so your reply can no longer be changed.")
    if event.has_started:
        return _("This event has started, so your reply can no longer be changed here.")
    return ""


def why_not_set_facilitators(event):
    """Why nobody can be marked as helping to run it, as a sentence, or "" when people can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled, so nobody runs it.")
    if event.status == Event.Status.HELD:
        return _("Who came has been recorded, so it is settled who helped to run it.")
    return ""
