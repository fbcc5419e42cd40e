"""Name the tabs of an event's page for staff, and write their addresses."""

from urllib.parse import urlencode

from events.planning.models import Event

REPLIES, NEEDS, QUESTIONS, CAME, FEEDBACK, CLAIMS, ABOUT = TABS = (
    "replies",
    "needs",
    "questions",
    "came",
    "feedback",
    "claims",
    "about",
)


def tab_url(event: Event, tab: str, **query: str) -> str:
    """Return the address of a tab of the page of `event`; `query` holds filters of its list."""
    return f"{event.get_absolute_url()}?{urlencode({'tab': tab, **query})}"
