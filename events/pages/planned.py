"""Put together what the page of an event shows of its planning: sessions, venue, series, and the balance."""

from django.urls import reverse
from django.utils.translation import gettext as _

from events.day.balance import balance_of
from events.planning import rules as planning_rules
from events.planning.models import Event
from events.series import queries as series_queries
from events.sessions import queries as session_queries
from events.sessions import rules as session_rules
from events.venues import queries as venue_queries


def planned(user, event, mine):
    """Return what an event's page shows of its planning to `user`; `mine` is their invitation, or None."""
    manages = bool(planning_rules.can_manage_event(user, event))
    venue = event.venue
    # What is known of a venue today says nothing of a day that has gone.
    shows_venue = venue is not None and not event.has_started
    return {
        "days": session_queries.what_happens_when(event),
        "with_links": manages or bool(mine and mine.may_join),
        "sessions_url": reverse("event_sessions", args=[event.pk]) if manages else "",
        "venue": venue if shows_venue else None,
        "venue_facts": venue_queries.facts_of(venue) if shows_venue else [],
        "check_due": shows_venue and manages and venue_queries.check_is_due(venue, venue_queries.months_in_force()),
        "checks_shown": manages,
        "others": list(series_queries.others_of(event, user)),
        **(_series_links(user, event) if manages else {}),
    }


def who_runs_it(event):
    """Return the names of everybody who helps to run an event: those so marked, and those of its sessions."""
    people = {}
    for invitation in event.invitations.filter(facilitates=True).select_related("person"):
        people[invitation.person_id] = invitation.person
    for session in session_queries.sessions_of(event):
        for row in session.facilitators.all():
            people[row.person_id] = row.person
    return [person.full_name for person in sorted(people.values(), key=lambda person: (person.sort_key, person.pk))]


def balance(event):
    """Return the balance of those who run an event and of those coming, in words: [(label, words), …].

    Nothing once it was held: who came is counted then.
    """
    if event.status == Event.Status.HELD:
        return []
    counted = balance_of(event)
    rows = [(_("Running it:"), counted.running), (_("Coming:"), counted.coming)]
    return [
        (label, ", ".join(f"{number} {part.label.lower()}" for part, number in parts)) for label, parts in rows if parts
    ]


def planning_actions(user, event):
    """Return the actions on sessions, drafts and series for the page of an event."""
    actions = []
    if planning_rules.can_publish(user, event):
        actions.append({"label": _("Publish it"), "url": reverse("event_publish", args=[event.pk]), "post": True})
    if session_rules.can_change_sessions(user, event):
        url = reverse("event_sessions", args=[event.pk])
        actions.append({"label": _("What happens when"), "url": url, "kind": "secondary"})
    if planning_rules.can_discard(user, event):
        url = reverse("event_discard", args=[event.pk])
        actions.append({"label": _("Throw the draft away"), "url": url, "post": True, "kind": "secondary"})
    return actions


def _series_links(user, event):
    later = list(series_queries.later_ones(event))
    if not later:
        return {}
    can_cancel = planning_rules.can_cancel(user, event)
    drafts = event.is_draft and any(each.is_draft for each in later)
    return {
        "change_later_url": reverse("series_change", args=[event.pk]),
        "cancel_later_url": reverse("series_cancel", args=[event.pk]) if can_cancel else "",
        "publish_series_url": reverse("event_publish", args=[event.pk]) if drafts else "",
    }


def draft_note(event):
    """Say to staff that an event is a draft; "" for others."""
    if event.status != Event.Status.DRAFT:
        return ""
    return _("This is a draft. Only staff of this programme see it, and nobody can be invited before it is published.")
