"""The list from which people are chosen to invite."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from events.choosing import queries
from events.choosing.filters import invite_filter
from events.planning import queries as planning_queries
from people.directory.queries import tell_apart
from people.messages import queries as message_queries
from people.models import Person
from people.needs.flags import need_flags
from wellbeing.lib.tables import Column
from wellbeing.lib.ticked_lists import TickColumn, TickedListing


class PeopleListing(TickedListing):
    """People to tick: their roles, how often they were asked and came, their needs, and how each is told."""

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    @property
    def rows(self):
        """Return the rows of this page, with a box for each person who is not invited yet."""
        people = tell_apart(self.page)
        roles = planning_queries.roles_on(self.event.programme_id, [person.pk for person in people], self.event.day)
        ways = message_queries.ways_to(people)
        ids = [person.pk for person in people]
        standings, away = queries.limit_standings(ids), queries.away_from(self.event, ids)
        return [
            {
                "cells": [
                    {"html": self.box(person)},
                    {"text": person.name_in_list},
                    {"tags": _flags(person, standings.get(person.pk), away.get(person.pk))},
                    {"text": person.asked},
                    {"text": person.came},
                    {"text": ", ".join(roles.get(person.pk, []))},
                    {"tags": need_flags(person.access_needs.all())},
                    {"text": reach(person, ways)},
                ]
            }
            for person in people
        ]


def people_listing(request, event, left_out):
    """Make the list of people who can be invited to `event`; `left_out` are away, or asked often enough."""
    return PeopleListing(
        request,
        queries.people_to_choose(event).prefetch_related("access_needs"),
        columns=[
            Column("full_name", _("Name"), sort="sort_key"),
            Column("invited", _("Invited"), value=lambda person: "", screen_only=True, shape="code"),
            Column("asked", _("Asked"), sort="asked", numeric=True),
            Column("came", _("Came"), sort="came", numeric=True),
            Column("roles", _("In the programme"), value=lambda person: ""),
            Column("needs", _("Access needs"), value=_needs),
            Column("reach", _("Told by"), value=lambda person: reach(person, {})),
        ],
        search=["search_key", "email"],
        search_label=_("Search people"),
        filters=partial(invite_filter(event), event=event, left_out=left_out),
        default_sort="sort_key",
        name="people-to-invite",
        caption=_("People of the programme"),
        empty_title=_("There is nobody to invite in this programme on that day"),
        empty_text=_("Add people to the programme first. Then come back to invite them."),
        empty_url=reverse("programme_people", args=[event.programme.slug]),
        empty_action=_("People of the programme"),
        boxes=TickColumn(
            key=f"invite-{event.pk}",
            allowed=lambda people: people.filter(invited=False),
            label=lambda person: _("Invite %(name)s") % {"name": person.name_in_list},
            action=_("Invite those chosen"),
        ),
        event=event,
    )


def chosen_people(event, ids):
    """Return those of `ids` who can be chosen for `event` and are not invited yet, by name."""
    can_be = queries.people_to_choose(event).filter(pk__in=ids, invited=False).values("pk")
    return tell_apart(Person.objects.filter(pk__in=can_be).prefetch_related("access_needs").order_by("sort_key", "pk"))


def reach(person, ways):
    """Say how `person` is told; `ways` holds those of a page, and an export asks for each."""
    way = ways[person.pk] if person.pk in ways else message_queries.ways_to([person])[person.pk]
    return message_queries.reach_in_words(way)


def _flags(person, standing, pause):
    if person.invited:
        return [{"label": _("Invited"), "tone": "good"}]
    if pause is not None:
        return [{"label": _("Takes a break"), "tone": "waiting"}]
    if standing is None:
        return []
    if standing.would_pass:
        return [{"label": _("Asked often enough"), "tone": "attention"}]
    return [{"label": _("One more at most"), "tone": "quiet"}] if standing.is_last else []


def _needs(person):
    return "; ".join(str(need) for need in person.access_needs.all())
