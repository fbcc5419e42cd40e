"""Who came to the events of a programme, in numbers: event by event, and together by kind, group and quarter."""

from collections import Counter
from decimal import Decimal
from functools import cache

from django.db.models import Sum
from django.db.models.functions import TruncQuarter
from django.shortcuts import render
from django.utils.translation import gettext as _

from events.day.filters import AttendedFilter
from events.day.queries import InPart, Part, events_with_attendance, parts_of
from events.planning.guards import programme_of_events
from events.planning.models import Event
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import short_date
from wellbeing.lib.form_pages import read_page
from wellbeing.lib.spreadsheets import DATE, NUMBER
from wellbeing.lib.tables import Column, Listing

NUMBERS = ("asked", "coming", "came", "did_not_come", "in_part", "hours")
# What the events are put together by: their column, and what it is called.
BY = ("kind", "group", "quarter")


def _labels():
    return {
        "asked": _("Invited"),
        "coming": _("Said yes"),
        "came": _("Came"),
        "did_not_come": _("Did not come"),
        "in_part": _("For part of it"),
        "hours": _("Hours in all"),
    }


@read_page
def attendance_list(request, slug):
    """List how many came to each event of a programme, by period, kind and group, with the same put together.

    Staff also read in which part: of the few who came in one, others might know who they are.
    """
    programme = programme_of_events(request, slug)
    parts = list(Part) if can_manage_programme(request.user, programme) else []
    listing: Listing

    @cache
    def numbers():
        """Count the parts once, for the page, its sums and its files."""
        return parts_of(listing.queryset)

    listing = Listing(
        request,
        events_with_attendance(programme),
        columns=_columns(parts, numbers),
        search=["title", "group__name"],
        search_label=_("Search events"),
        filters=AttendedFilter,
        default_sort="-starts_at",
        name="attendance",
        caption=_("Who came to events of %(programme)s") % {"programme": programme},
        totals=lambda events: _sums(events, numbers() if parts else {}),
        empty_title=_("Nobody has recorded yet who came to an event"),
        empty_text=_("An event stands here once programme staff have recorded who came."),
    )
    if listing.wants_export:
        return listing.export()
    by = request.GET.get("by", "")
    context = {
        "programme": programme,
        "listing": listing,
        "together": _together(listing.queryset, by) if by in BY else None,
        "ways": [(key, label, key == by) for key, label in zip(BY, _ways(), strict=True)],
    }
    return render(request, "events/pages/attendance.html", context)


def _ways():
    return [_("Kind"), _("Group"), _("Quarter of a year")]


def _columns(parts, numbers):
    labels = _labels()
    return [
        Column("title", _("Event"), sort="title", link=Event.get_absolute_url, detail=Event.get_kind_display),
        Column("day", _("Day"), kind=DATE, sort="starts_at"),
        Column("kind", _("Kind"), value=Event.get_kind_display, export_only=True),
        Column("group", _("Group"), value=lambda event: event.group.name if event.group else "", export_only=True),
        *(
            Column(name, labels[name], sort=name, numeric=True, detail=_in_part if name == "came" else None)
            for name in ("asked", "coming", "came", "did_not_come")
        ),
        Column("in_part", labels["in_part"], numeric=True, export_only=True),
        *(Column(f"came_{part}", part.label, value=_came_in(part, numbers), numeric=True) for part in parts),
        Column("hours", labels["hours"], value=lambda event: _tenths(event.hours), kind=NUMBER, numeric=True),
        *(
            Column(
                f"hours_{part}",
                _("Hours, %(part)s") % {"part": part.label},
                value=_hours_in(part, numbers),
                kind=NUMBER,
                export_only=True,
            )
            for part in parts
        ),
    ]


def _in_part(event):
    return _("%(n)s for part of it") % {"n": event.in_part} if event.in_part else ""


def _came_in(part, numbers):
    return lambda event: numbers().get((event.pk, part), InPart()).number


def _hours_in(part, numbers):
    return lambda event: _tenths(numbers().get((event.pk, part), InPart()).hours)


def _tenths(hours):
    return Decimal(hours or 0).quantize(Decimal("0.1"))


def _sums(events, parts):
    sums = events.order_by().aggregate(**{f"{name}_sum": Sum(name) for name in NUMBERS})
    came: Counter[str] = Counter()
    for (_event, part), in_part in parts.items():
        came[f"came_{part}"] += in_part.number
    return {
        "title": _("All"),
        **{name: str(sums[f"{name}_sum"] or 0) for name in NUMBERS},
        "hours": str(_tenths(sums["hours_sum"])),
        **{f"came_{part}": str(came[f"came_{part}"]) for part in Part},
    }


def _together(events, by):
    """Put `events` together by kind, group or quarter: columns and rows of a table. One query, however many."""
    field = {"kind": "kind", "group": "group__name", "quarter": "quarter"}[by]
    rows = events.order_by().annotate(quarter=TruncQuarter("starts_at")).values_list(field, *NUMBERS)
    sums: dict[object, list[Decimal | int]] = {}
    number: Counter[object] = Counter()
    for key, *values in rows:
        before = sums.setdefault(key, [0] * len(NUMBERS))
        sums[key] = [one + (value or 0) for one, value in zip(before, values, strict=True)]
        number[key] += 1
    labels = dict(Event.Kind.choices)
    first = dict(zip(BY, _ways(), strict=True))[by]
    columns = [{"label": label} for label in (first,)]
    columns += [{"label": label, "numeric": True} for label in (_("Events"), *_labels().values())]
    return {
        "columns": columns,
        "rows": [
            {
                "cells": [
                    {"text": _words(key, by, labels)},
                    {"text": number[key]},
                    *({"text": value} for value in sums[key][:-1]),
                    {"text": _tenths(sums[key][-1])},
                ]
            }
            for key in sorted(sums, key=lambda key: (key is None, str(key)))
        ],
    }


def _words(key, by, labels):
    if by == "kind":
        return labels[key]
    if by == "quarter":
        return _("from %(day)s") % {"day": short_date(key)}
    return key or _("No group")
