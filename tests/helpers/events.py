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
