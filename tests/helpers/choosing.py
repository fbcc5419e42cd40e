"""Staff who choose whom to invite, page by page."""

from django.urls import reverse

from events.choosing.listing import chosen_people
from events.choosing.views.invite import Check


def proof_of(event, *people):
    """Return what the form of the page to check sends with `people`, as if its reader had seen all of them."""
    check = Check(event, chosen_people(event, [person.pk for person in people]), although=())
    return {"elsewhere": check.ids, "confirm": check.proof}


def check_page(client, event, *people, **more):
    """Tick `people` and return the page on which they are checked."""
    address = reverse("event_invite", args=[event.pk])
    return client.post(address, {"tick": [person.pk for person in people], "act": "yes", **more})
