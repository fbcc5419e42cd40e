"""Say on a page when somebody last reviewed their access needs."""

from typing import Any

from people.directory.models import Person
from people.needs import queries
from wellbeing.lib.dates import today


def review_of(person: Person) -> dict[str, Any]:
    """Return how the review of the needs of `person` stands, for `people/needs/review.html`."""
    state = queries.state_of(person, today())
    return {
        "state": state,
        "is_asked": state.is_asked(today()),
        "has_needs": bool(person.access_needs.all()),
        "seen": queries.seen_of(person),
    }
