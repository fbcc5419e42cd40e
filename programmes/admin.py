"""The admin of the programmes app, gathered from its wings."""

from programmes.decisions import admin as decision_admin
from programmes.groups import admin as group_admin
from programmes.language import admin as language_admin
from programmes.programme import admin as programme_admin

__all__ = ["decision_admin", "group_admin", "language_admin", "programme_admin"]
