"""Nouns of the policy."""

from .closed_days import ClosedDay
from .expenses import ExpenseRule, SubsistenceBand
from .fees import FeeRule
from .kinds import Activity, ActivityRole, CapPer, ExpenseKind, Vehicle
from .mileage_rates import MileageRate
from .versions import PolicyVersion

__all__ = [
    "Activity",
    "ActivityRole",
    "CapPer",
    "ClosedDay",
    "ExpenseKind",
    "ExpenseRule",
    "FeeRule",
    "MileageRate",
    "PolicyVersion",
    "SubsistenceBand",
    "Vehicle",
]
