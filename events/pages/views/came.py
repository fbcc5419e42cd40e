"""Who came: the list on an event's page for staff, and every event of a programme in numbers."""

from collections import Counter
from decimal import Decimal
from functools import cache

from django.db.models import Sum
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.day import queries as day_queries
from events.day import rules as day_rules
from events.day.filters import AttendedFilter, CameFilter
from events.inviting.models import Invitation
from events.planning.guards import programme_of_events
from events.planning.models import Event
from events.planning.tabs import CAME, tab_url
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.form_pages import read_page
from wellbeing.lib.spreadsheets import DATE, MOMENT, NUMBER
from wellbeing.lib.tables import Column, Listing


def came_listing(request, event):
    """Make the list of everyone whose attendance at `event` is recorded."""
    return Listing(
        request,
        day_queries.attendance_of(event).select_related("person"),
        columns=[
            Column(
                "person",
                _("Name"),
                value="person.full_name",
                sort="person__sort_key",
                link=lambda row: reverse("person", args=[row.person_id]),
            ),
            Column("came", _("Came"), value=_came_words, sort="came", tag=_came_tag),
            Column("there", _("Hours there"), value=_hours_words, screen_only=True, shape="code"),
            Column("hours", _("Hours, if not from start to end"), kind=NUMBER, export_only=True),
            Column("part", _("Part"), value=lambda row: day_queries.Part(row.part).label, sort="part"),
            Column("reply", _("Their reply"), value=_reply_words, sort="reply"),
            Column("recorded_at", _("Recorded"), kind=MOMENT, export_only=True),
        ],
        search=["person__search_key"],
        search_label=_("Search people"),
        filters=CameFilter,
        default_sort="person__sort_key",
        name="who-came",
        caption=_("Who came"),
        empty_title=_("Nobody has recorded yet who came"),
        empty_text=_("Once the event has started, tick everyone who came. People can claim after that."),
        empty_url=reverse("event_attendance", args=[event.pk]) if day_rules.can_record(request.user, event) else "",
        empty_action=_("Record who came"),
    )


def came_counts(event):
    """Count who came, in all and in each part: {label, number, url} each; [] when nothing is recorded."""
    parts = day_queries.came_by_part(event)
    if not parts:
        return []
    total = sum(number for _part, number in parts)
    return [
        {"label": _("came"), "number": total, "url": tab_url(event, CAME, came="yes")},
        *(
            {"label": part.label, "number": number, "url": tab_url(event, CAME, came="yes", part=part)}
            for part, number in parts
        ),
    ]


def _came_words(row):
    return _("Came") if row.came else _("Did not come")


def _came_tag(row):
    return {"label": _came_words(row), "tone": "good" if row.came else "quiet"}


def _hours_words(row):
    if not row.came:
        return ""
    return f"{row.hours.normalize():f}" if row.hours is not None else _("From start to end")


def _reply_words(row):
    if row.reply:
        return Invitation.Reply(row.reply).label
    return _("No reply") if row.was_invited else _("Was not invited")


def _came_in(part, numbers):
    return lambda event: numbers().get((event.pk, part), 0)


@read_page
def attendance_list(request, slug):
    """List how many came to each event of a programme, by period, kind and group.

    Staff also read in which part: of the few who came in one, others might know who they are.
    """
    programme = programme_of_events(request, slug)
    parts = list(day_queries.Part) if can_manage_programme(request.user, programme) else []
    listing: Listing

    @cache
    def numbers():
        """Count the parts once, for the page, its sums and its files."""
        return day_queries.parts_of(listing.queryset)

    listing = Listing(
        request,
        day_queries.events_with_attendance(programme),
        columns=[
            Column("title", _("Event"), sort="title", link=Event.get_absolute_url, detail=Event.get_kind_display),
            Column("day", _("Day"), kind=DATE, sort="starts_at"),
            Column("kind", _("Kind"), value=Event.get_kind_display, export_only=True),
            Column("group", _("Group"), value=lambda event: event.group.name if event.group else "", export_only=True),
            Column("asked", _("Invited"), sort="asked", numeric=True),
            Column("came", _("Came"), sort="came", numeric=True),
            *(Column(f"came_{part}", part.label, value=_came_in(part, numbers), numeric=True) for part in parts),
            Column("hours", _("Hours in all"), value=lambda event: _tenths(event.hours), kind=NUMBER, numeric=True),
        ],
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
    return render(request, "events/pages/attendance.html", {"programme": programme, "listing": listing})


def _tenths(hours):
    return Decimal(hours or 0).quantize(Decimal("0.1"))


def _sums(events, parts):
    sums = events.order_by().aggregate(asked_sum=Sum("asked"), came_sum=Sum("came"), hours_sum=Sum("hours"))
    of_parts: Counter[str] = Counter()
    for (_event, part), number in parts.items():
        of_parts[f"came_{part}"] += number
    return {
        "title": _("All"),
        "asked": str(sums["asked_sum"]),
        "came": str(sums["came_sum"]),
        "hours": str(_tenths(sums["hours_sum"])),
        **{f"came_{part}": str(of_parts[f"came_{part}"]) for part in day_queries.Part},
    }
