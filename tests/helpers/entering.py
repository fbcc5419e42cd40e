"""Claims that staff enter for somebody."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from payments.claims.actions import entering
from tests import factories

TODAY = timezone.localdate


def enter(scene, **values):
    values = {
        "programme": scene.programme,
        "person": scene.person.person,
        "by": scene.staff,
        "how": "phone",
        "activity": "document_review",
        "on": TODAY() - dt.timedelta(days=3),
        "hours": Decimal(2),
        "description": "Read the draft report",
        **values,
    }
    return entering.enter(**values)


def enter_for_event(scene, event, **values):
    values = {"programme": scene.programme, "person": scene.person.person, "by": scene.staff, "how": "paper", **values}
    return entering.enter(event=event, **values)


def by_post(scene):
    """The scene's person, who has no address to mail to and prefers a letter."""
    person = scene.person.person
    person.channel, person.phone = "letter", "01632 960001"
    person.save()
    factories.move_address(person, "")
    return person
