"""Questions about the readers of reports."""

from django.db.models import QuerySet
from django.utils import timezone

from people.models import Person
from programmes.models import Membership, Programme, Role


def finance_people(programme: Programme) -> QuerySet[Person]:
    """Return the people with an account who are in the finance of `programme` today, by name."""
    finance = Membership.objects.effective_on(timezone.localdate()).filter(programme=programme, role=Role.FINANCE)
    return Person.objects.filter(memberships__in=finance, user__is_active=True).distinct().order_by("sort_key", "pk")
