"""Say which rows of events are kept once where two records of one person are put together."""

from people.directory.hooks import KeptOnce, has_answered


def _has_replied(theirs, own):
    """Return whether the invitation of the other record has the reply that counts: the later one."""
    return theirs.replied_at is not None and (own.replied_at is None or theirs.replied_at > own.replied_at)


def _was_there_longer(theirs, own):
    return theirs.came and (not own.came or (theirs.hours or 0) > (own.hours or 0))


KEPT_ONCE = (
    KeptOnce("events.Invitation", _has_replied),
    KeptOnce("events.Attendance", _was_there_longer),
    KeptOnce("events.EventNeed"),
    KeptOnce("events.NeedsTold"),
    KeptOnce("events.SessionFacilitator"),
    KeptOnce("events.TalkAnswer"),
    KeptOnce("events.FeedbackAsked", has_answered),
    KeptOnce("events.CalendarFeed"),
)
