"""Choosing rows by the keys that other rows have."""

from typing import Any

from django.db.models import Q, QuerySet


def one_of(*keys: QuerySet[Any]) -> Q:
    """Return a Q over any model: the rows whose key is among those that one of `keys`, of one column each, has.

    One list of keys, which the database takes from the indexes of each. Of several lists or questions with "or"
    between them it makes none: it goes through all the rows there are.
    """
    first, *others = (each.order_by() for each in keys)
    # Each key once: of a list with doubles PostgreSQL expects 200 keys, whatever is in it.
    return Q(pk__in=first.union(*others) if others else first)
