"""Questions that several wings ask."""

from django.db.models import QuerySet

from people.models import Person
from programmes.models import Membership, Programme, Role
from wellbeing.lib.keys import one_of


def programmes_of(person: Person) -> QuerySet[Programme]:
    """Return the programmes in which `person` has lived experience on record, now or before, or a claim; by name."""
    member = Membership.objects.filter(person=person, role=Role.LIVED_EXPERIENCE).values("programme")
    claimed_in = Programme.objects.filter(claims__person=person).values("pk")
    return Programme.objects.filter(one_of(member, claimed_in)).order_by("name", "pk")
