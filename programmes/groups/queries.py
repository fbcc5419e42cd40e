"""Questions about groups: members, seats and terms that end."""

import datetime as dt
from collections import Counter

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from programmes.programme.models.groups import Term

# How long before a term of office ends staff are told, so that there is time to find someone.
TERM_ENDS_SOON = dt.timedelta(days=60)
# A proposal this close to its last day is done first.
LAST_DAYS = dt.timedelta(days=2)


def term_of(user, group, on):
    """The Term `user` serves on `group` on the date `on`, or None."""
    return Term.objects.effective_on(on).filter(group=group, person__user=user).first()


def members(group, on):
    """Terms in force on `group` on the date `on`: chairs first, then by name."""
    offices = {Term.Office.CHAIR: 0, Term.Office.CO_CHAIR: 1}
    terms = group.terms.effective_on(on).select_related("person__organisation")
    return sorted(terms, key=lambda term: (offices.get(term.office, 2), term.person.full_name.casefold()))


def seats_taken(terms):
    """How many of `terms` each kind of member holds: [(label, count), …], kinds nobody holds left out."""
    counts = Counter(term.seat for term in terms)
    return [(label, counts[seat]) for seat, label in Term.Seat.choices if counts[seat]]


def groups_of(programme, on):
    """The groups of `programme`, each with `in_office`: how many members it has on the date `on`."""
    serving = (
        Term.objects.effective_on(on)
        .filter(group=OuterRef("pk"))
        .order_by()
        .values("group")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return programme.groups.annotate(in_office=Coalesce(Subquery(serving), 0)).order_by("name")


def terms_ending_soon(programmes, on):
    """Terms of office in `programmes` (ids) that end within TERM_ENDS_SOON of `on`, with nothing after them."""
    following = Term.objects.filter(
        group=OuterRef("group"), person=OuterRef("person"), starts_on__gt=OuterRef("ends_on")
    )
    return (
        Term.objects.filter(group__programme__in=programmes, ends_on__gte=on, ends_on__lte=on + TERM_ENDS_SOON)
        .exclude(Exists(following))
        .select_related("person", "group__programme")
        .order_by("ends_on", "pk")
    )


# Joining and appointments


def overlapping(group, person, starts_on, ends_on):
    """Terms of `person` on `group` that share a day with `starts_on` to `ends_on` (None: without end)."""
    others = Term.objects.filter(group=group, person=person).filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    return others if ends_on is None else others.filter(starts_on__lte=ends_on)
