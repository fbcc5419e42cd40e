"""Refuse, in the database, days that do not fill their event, and a venue or a series of another programme."""

import pgtrigger

DAYS_FILL_THE_EVENT = pgtrigger.Trigger(
    name="days_of_an_event_fill_it",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("nights", "int"), ("starts", "timestamp"), ("ends", "timestamp"), ("n", "int")],
    func=(
        "nights = cardinality(NEW.day_starts);"
        " IF nights <> cardinality(NEW.day_ends) THEN"
        " RAISE EXCEPTION 'each day of an event has a start and an end'; END IF;"
        " IF nights = 0 THEN RETURN NEW; END IF;"
        " starts = NEW.starts_at AT TIME ZONE 'Europe/London'; ends = NEW.ends_at AT TIME ZONE 'Europe/London';"
        " IF nights <> ends::date - starts::date THEN"
        " RAISE EXCEPTION 'the days of an event fill it from its first to its last'; END IF;"
        " FOR n IN 0..nights LOOP"
        " IF (CASE WHEN n = nights THEN ends::time ELSE NEW.day_ends[n + 1] END)"
        " <= (CASE WHEN n = 0 THEN starts::time ELSE NEW.day_starts[n] END) THEN"
        " RAISE EXCEPTION 'a day of an event ends after it starts'; END IF; END LOOP;"
        " RETURN NEW;"
    ),
)

VENUE_OF_THE_PROGRAMME = pgtrigger.Trigger(
    name="venue_and_series_are_of_the_programme",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__venue__isnull=False) | pgtrigger.Q(new__series__isnull=False),
    func=(
        "IF NEW.venue_id IS NOT NULL AND NOT EXISTS (SELECT FROM events_venue v"
        " WHERE v.id = NEW.venue_id AND v.programme_id = NEW.programme_id) THEN"
        " RAISE EXCEPTION 'the venue of an event is in the book of its programme'; END IF;"
        " IF NEW.series_id IS NOT NULL AND NOT EXISTS (SELECT FROM events_eventseries s"
        " WHERE s.id = NEW.series_id AND s.programme_id = NEW.programme_id) THEN"
        " RAISE EXCEPTION 'the events of a series are of one programme'; END IF; RETURN NEW;"
    ),
)

# The start and end of the day of a session `s` at an event `e`; null where the event has no such day.
_DAY_STARTS = (
    "CASE WHEN s.day = 1 THEN (e.starts_at AT TIME ZONE 'Europe/London')::time ELSE e.day_starts[s.day - 1] END"
)
_DAY_ENDS = (
    "CASE WHEN s.day < cardinality(e.day_starts) + 1 THEN e.day_ends[s.day]"
    " WHEN s.day > cardinality(e.day_starts) + 1 THEN NULL"
    # One day that runs past midnight: a session on it ends by then.
    " WHEN cardinality(e.day_starts) = 0 AND (e.ends_at AT TIME ZONE 'Europe/London')::date"
    " > (e.starts_at AT TIME ZONE 'Europe/London')::date THEN '24:00'::time"
    " ELSE (e.ends_at AT TIME ZONE 'Europe/London')::time END"
)
OUTSIDE = f"NOT COALESCE(s.starts >= {_DAY_STARTS} AND s.ends <= {_DAY_ENDS}, false)"

# Deferred: an event and its sessions change together, in one transaction.
EVENT_HOLDS_ITS_SESSIONS = pgtrigger.Trigger(
    name="events_hold_their_sessions",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func=(
        f"IF EXISTS (SELECT FROM events_eventsession s JOIN events_event e ON e.id = s.event_id"
        f" WHERE e.id = NEW.id AND {OUTSIDE}) THEN"
        " RAISE EXCEPTION 'a session lies inside its day of the event'; END IF; RETURN NULL;"
    ),
)
