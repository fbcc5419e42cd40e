"""Dated rules and sets of rows that a programme may have of its own, in place of those of the installation.

Their rows have a `programme`, None for every programme, and `effective_from`.
"""

import datetime as dt
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

from programmes.programme.models.programmes import Programme

_Row = TypeVar("_Row", bound=models.Model)


class OwnRuleQuerySet(models.QuerySet[_Row]):
    """Rules of which one is in force on a day; one from long ago, for every programme, comes with the database."""

    def in_force_on(self, programme: Programme, on: dt.date) -> _Row:
        """Return the rule of `programme` on the day `on`: its own, or else the one of the installation."""
        return _until(self, programme, on).order_by(F("programme").desc(nulls_last=True), "-effective_from")[0]


class OwnSetQuerySet(models.QuerySet[_Row]):
    """Rows of which a whole set is in force on a day: all those of one programme, or of every one, from one day on."""

    def set_on(self, programme: Programme, on: dt.date) -> list[_Row]:
        """Return the set of `programme` on the day `on`: its own, or else that of the installation; [] without any."""
        sets: dict[tuple[bool, dt.date], list[_Row]] = {}
        for row in _until(self, programme, on):
            is_own, since = getattr(row, "programme_id") is not None, getattr(row, "effective_from")  # noqa: B009
            sets.setdefault((is_own, since), []).append(row)
        return sets[max(sets)] if sets else []


def _until(rows: models.QuerySet[_Row], programme: Programme, on: dt.date) -> models.QuerySet[_Row]:
    return rows.filter(Q(programme=programme) | Q(programme=None), effective_from__lte=on)
