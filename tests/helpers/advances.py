"""Advances and bookings of the scene's person, recorded by the product's own actions."""

from django.utils import timezone

from payments.advances import actions as advance_actions


def an_advance(scene, pence=2000, **fields):
    """Record an advance to the scene's person, as staff unless told."""
    values = {"person": scene.person.person, "paid_on": timezone.localdate(), "how": "cash", "by": scene.staff}
    return advance_actions.record(programme=scene.programme, amount_pence=pence, **{**values, **fields})


def a_booking(scene, **fields):
    """Book a train for the scene's person, as staff unless told."""
    values = {"kind": "public_transport", "cost_pence": 4200, "by": scene.staff, **fields}
    return advance_actions.book(programme=scene.programme, person=scene.person.person, **values)
