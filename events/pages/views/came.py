"""Who came: the list on an event's page for staff."""

from django.urls import reverse
from django.utils.translation import gettext as _

from events.day import queries as day_queries
from events.day import rules as day_rules
from events.day.filters import CameFilter
from events.inviting.models import Invitation
from events.planning.tabs import CAME, tab_url
from wellbeing.lib.spreadsheets import MOMENT, NUMBER
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
