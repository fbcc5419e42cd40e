"""People invited to events."""

import datetime as dt

from django.utils import timezone

from programmes.models import Role
from tests import factories as make


def members(programme, number, **fields):
    """`number` people with lived experience of `programme`, without accounts."""
    people = [make.a_person(**fields) for _each in range(number)]
    since = timezone.localdate() - dt.timedelta(days=100)
    for person in people:
        person.memberships.create(programme=programme, role=Role.LIVED_EXPERIENCE, starts_on=since)
    return people


FORM = {
    "title": "Curry and co-production",
    "kind": "coproduction",
    "purpose": "To agree how we work.",
    "starts": "10am",
    "ends": "1pm",
    "venue_name": "The Invented Hall",
    "venue_address": "1 Plain Street\nExampleton",
    "online_link": "",
    "group": "",
}


def a_date(name, date):
    return {f"{name}_day": date.day, f"{name}_month": date.month, f"{name}_year": date.year}


def filled(staff, days=20, **changed):
    day = timezone.localdate() + dt.timedelta(days=days)
    values = {**FORM, **a_date("day", day), **a_date("reply_by", day), "organiser": staff.person.pk}
    return {**values, **changed}
