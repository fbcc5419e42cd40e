"""Triggers that several tables of a meeting share."""

import pgtrigger

# A row of a meeting whose minutes are agreed is neither added, changed nor deleted.
MINUTES_STAY = """
    SELECT minutes INTO state FROM events_meeting
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END FOR SHARE;
    IF state = 'agreed' THEN RAISE EXCEPTION 'agreed minutes never change'; END IF;
    IF TG_OP = 'UPDATE' AND OLD.meeting_id <> NEW.meeting_id THEN
        RAISE EXCEPTION 'it belongs to the minutes of its own meeting'; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def minutes_stay(name: str) -> pgtrigger.Trigger:
    """Return the trigger `name` of a table with a `meeting`, which keeps agreed minutes as they are."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("state", "text")],
        func=MINUTES_STAY,
    )
