"""Questions that several wings ask."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Person
from programmes.models import Membership, Programme, Role


def programmes_of(person: Person) -> QuerySet[Programme]:
    """Return the programmes in which `person` has lived experience on record, now or before, or a claim; by name."""
    member = Membership.objects.filter(person=person, programme=OuterRef("pk"), role=Role.LIVED_EXPERIENCE)
    claimed_in = Programme.objects.filter(claims__person=person)
    return Programme.objects.filter(Q(Exists(member)) | Q(pk__in=claimed_in)).order_by("name", "pk")
