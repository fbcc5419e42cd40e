"""Refuse, in the database, a session outside its event's day, and a technique of another programme."""

import pgtrigger

from events.planning.triggers import OUTSIDE

# Deferred: an event and its sessions change together, in one transaction.
INSIDE_THEIR_DAY = pgtrigger.Trigger(
    name="sessions_stay_inside_their_day",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func=(
        f"IF EXISTS (SELECT FROM events_eventsession s JOIN events_event e ON e.id = s.event_id"
        f" WHERE s.id = NEW.id AND {OUTSIDE}) THEN"
        " RAISE EXCEPTION 'a session lies inside its day of the event'; END IF; RETURN NULL;"
    ),
)
TECHNIQUE_OF_THE_PROGRAMME = pgtrigger.Trigger(
    name="techniques_are_of_the_programme",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__technique__isnull=False),
    func=(
        "IF EXISTS (SELECT FROM events_technique t JOIN events_event e ON e.id = NEW.event_id"
        " WHERE t.id = NEW.technique_id AND t.programme_id <> e.programme_id) THEN"
        " RAISE EXCEPTION 'the technique of a session belongs to another programme'; END IF; RETURN NEW;"
    ),
)
