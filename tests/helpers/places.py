"""Events with few places, and people who reply to their invitations."""

from events.inviting.actions import invitations
from events.models import Invitation, WaitingPlace
from events.places.actions import numbers
from tests import factories as make
from tests.helpers.events import members


def full(event, staff, number=2, waiting=0, **more):
    """Give `event` `number` places, fill them, and put `waiting` more people on its list. Return their invitations."""
    numbers.set_places(event=event, number=number, by=staff, **more)
    rows = [make.an_invitation(event, person) for person in members(event.programme, number + waiting)]
    return [says(row, "coming") for row in rows]


def says(invitation, reply, by=None, **more):
    """Record the reply of an invited person, by their link, and return the Invitation as it is then."""
    return invitations.reply(invitation=Invitation.objects.get(pk=invitation.pk), reply=reply, by=by, **more)


def standing(invitation):
    """Return how the invited person stands on the list: "offered", or "" where they never stood on it."""
    row = WaitingPlace.objects.filter(invitation=invitation).order_by("-since", "-pk").first()
    return row.status if row else ""
