"""Nouns of importing people."""

from programmes.importing.models.imports import (
    IMPORT_STEPS,
    ROW_STEPS,
    ImportRow,
    ImportStatus,
    PeopleImport,
    RememberedColumn,
    RowStatus,
)
from programmes.importing.models.rules import ImportRule

__all__ = [
    "IMPORT_STEPS",
    "ROW_STEPS",
    "ImportRow",
    "ImportRule",
    "ImportStatus",
    "PeopleImport",
    "RememberedColumn",
    "RowStatus",
]
