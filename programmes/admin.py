"""The admin of the programmes app, gathered from its wings."""

from programmes.dashboard import admin as dashboard_admin
from programmes.decisions import admin as decision_admin
from programmes.directory import admin as directory_admin
from programmes.doubles import admin as doubles_admin
from programmes.groups import admin as group_admin
from programmes.heard import admin as heard_admin
from programmes.impact import admin as impact_admin
from programmes.importing import admin as importing_admin
from programmes.language import admin as language_admin
from programmes.participation import admin as participation_admin
from programmes.programme import admin as programme_admin
from programmes.reminders import admin as reminder_admin
from programmes.reviews import admin as review_admin
from programmes.wording import admin as wording_admin

__all__ = [
    "dashboard_admin",
    "decision_admin",
    "directory_admin",
    "doubles_admin",
    "group_admin",
    "heard_admin",
    "impact_admin",
    "importing_admin",
    "language_admin",
    "participation_admin",
    "programme_admin",
    "reminder_admin",
    "review_admin",
    "wording_admin",
]
