"""The steering group and the meetings that tests of papers start from, as tests of meetings do."""

from tests.events.meetings.conftest import chair, coming, group, last, lived, partner

__all__ = ["chair", "coming", "group", "last", "lived", "partner"]
