"""The admin of the events app, gathered from its wings."""

from events.access import admin as access_admin
from events.choosing import admin as choosing_admin
from events.day import admin as day_admin
from events.feedback import admin as feedback_admin
from events.inviting import admin as inviting_admin
from events.meetings import admin as meetings_admin
from events.places import admin as places_admin
from events.planning import admin as planning_admin
from events.said import admin as said_admin
from events.sessions import admin as sessions_admin
from events.venues import admin as venues_admin

__all__ = [
    "access_admin",
    "choosing_admin",
    "day_admin",
    "feedback_admin",
    "inviting_admin",
    "meetings_admin",
    "places_admin",
    "planning_admin",
    "said_admin",
    "sessions_admin",
    "venues_admin",
]
