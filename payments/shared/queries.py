"""Questions that several wings ask."""

from django.db.models import Exists, OuterRef, Q

from programmes.models import Membership, Programme, Role


def programmes_of(person):
    """The programmes `person` is or was in as a person with lived experience, or has a claim in, by name."""
    member = Membership.objects.filter(person=person, programme=OuterRef("pk"), role=Role.LIVED_EXPERIENCE)
    claimed_in = Programme.objects.filter(claims__person=person)
    return Programme.objects.filter(Q(Exists(member)) | Q(pk__in=claimed_in)).order_by("name", "pk")
