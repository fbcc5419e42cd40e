"""Adds advances and bookings to a person's page, and what people ask for to their replies and to events."""

from events import registry as events_registry
from payments.advances import asking
from payments.advances.models import Advance, Booking
from payments.shared.queries import programmes_of
from people import registry
from programmes.models import Role, programmes_where

ON_A_PAGE = 10


def advances_panel(user, person):
    """List the advances and bookings of a person, in the programmes where the reader is staff or finance."""
    if person.pk == user.person.pk:
        return None
    where = programmes_where(user, Role.STAFF, Role.FINANCE)
    programmes = list(programmes_of(person).filter(pk__in=where))
    given = list(Advance.objects.visible_to(user).filter(person=person).with_used()[:ON_A_PAGE])
    booked = list(Booking.objects.visible_to(user).not_removed().filter(person=person)[:ON_A_PAGE])
    if not (programmes or given or booked):
        return None
    context = {"person": person, "programmes": programmes, "advances": given, "bookings": booked}
    return registry.Panel("payments/advances/panel.html", context, order=61)


def register():
    """Called once, when the app is ready."""
    registry.person_panels.append(advances_panel)
    registry.home_tasks.append(asking.home_tasks)
    events_registry.beside.append(asking.beside)
    events_registry.after_beside.append(asking.answered)
    events_registry.event_panels.append(asking.event_panel)
