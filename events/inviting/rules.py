"""Say who may invite, reply and set facilitators."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.inviting.models import InvitationRules
from events.planning.models import Event
from events.planning.rules import can_manage_event
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_invite(user: User, event: Event) -> Ruling:
    """May `user` invite people? Yes for the programme's staff, until the event starts."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.is_draft:
        return Ruling(_("This event is a draft. Publish it first, then invite people."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so nobody can be invited."))
    if event.status == Event.Status.HELD or event.has_started:
        return Ruling(
            _("This event has started, so nobody can be invited. You can still add someone to the attendance.")
        )
    return YES


def can_reply(event: Event) -> Ruling:
    """May a reply be given or changed, by anybody? Yes until the event starts."""
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event will not take place. You do not need to reply."))
    if event.status == Event.Status.HELD or event.is_over:
        return Ruling(_("This event is over, so your reply can no longer be changed."))
    if event.has_started:
        return Ruling(_("This event has started, so your reply can no longer be changed here."))
    return YES


def link_still_works(event: Event) -> bool:
    """Whether the personal links of `event` still open its pages: until some days after it, by the rules of today."""
    days = InvitationRules.objects.in_force(timezone.localdate()).link_days
    return timezone.now() < event.ends_at + dt.timedelta(days=days)


def can_renew_link(user: User, event: Event) -> Ruling:
    """May `user` give somebody who is invited a new personal link? Yes for the programme's staff, while it works."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if not link_still_works(event):
        return Ruling(_("This event is long over, so its links no longer work."))
    return YES


def can_set_facilitators(user: User, event: Event) -> Ruling:
    """May `user` say who helps to run the event? Yes for the programme's staff, until attendance has been recorded."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.is_draft:
        return Ruling(_("This event is a draft. Publish it first, then invite people."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so nobody runs it."))
    if event.status == Event.Status.HELD:
        return Ruling(_("Who came has been recorded, so it is settled who helped to run it."))
    return YES
