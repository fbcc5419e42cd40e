"""Answer questions about the open form and those who wrote by it."""

import datetime as dt

from django.db.models import Count, Min, Q, QuerySet

from people.directory.likeness import Likeness, as_known
from programmes.involved.models import InterestStatus, InvolvedRule, InvolvementInterest, OpenForm
from programmes.members.queries import like_in
from programmes.programme.models.programmes import Programme, Role, programmes_where
from wellbeing.lib.types import User


def open_form_of(programme: Programme) -> OpenForm | None:
    """Return the form of `programme`, open or not, or None before staff wrote one."""
    return OpenForm.objects.filter(programme=programme).select_related("programme", "changed_by").first()


def rule_of(programme: Programme, on: dt.date) -> InvolvedRule:
    """Return the rule of the form of `programme` on the day `on`."""
    return InvolvedRule.objects.in_force_on(programme, on)


def takes_more(programme: Programme, on: dt.date) -> bool:
    """Return whether fewer wait for an answer than the rule allows."""
    return programme.interests.waiting().count() < rule_of(programme, on).most_waiting


def interests_of(programme: Programme) -> QuerySet[InvolvementInterest]:
    """Return those who wrote to `programme`: first those that wait, then the latest answered."""
    return programme.interests.select_related("person", "answered_by").order_by("-status", "-sent_at", "-pk")


def who_it_may_be(interest: InvolvementInterest) -> list[Likeness]:
    """Return the people of the programme who may be the one that wrote, the surest first."""
    known = as_known({"full_name": interest.full_name, "email": interest.email, "phone": interest.phone})
    return like_in(interest.programme, known)


def programmes_to_answer(user: User) -> list[tuple[Programme, int, dt.datetime]]:
    """Return (programme, how many wait, when the first wrote) of the programmes `user` is staff of."""
    rows = Programme.objects.filter(pk__in=programmes_where(user, Role.STAFF)).annotate(
        waiting=Count("interests", filter=Q(interests__status=InterestStatus.WAITING)),
        first=Min("interests__sent_at", filter=Q(interests__status=InterestStatus.WAITING)),
    )
    return [(row, row.waiting, row.first) for row in rows.filter(waiting__gt=0).order_by("name")]
