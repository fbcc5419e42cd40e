"""The admin of the payments app, gathered from its wings."""

from payments.approval import admin as approval_admin
from payments.bank_files import admin as bank_file_admin
from payments.budgets import admin as budget_admin
from payments.claims import admin as claim_admin
from payments.policy import admin as policy_admin
from payments.publishing import admin as publishing_admin
from payments.runs import admin as run_admin

__all__ = [
    "approval_admin",
    "bank_file_admin",
    "budget_admin",
    "claim_admin",
    "policy_admin",
    "publishing_admin",
    "run_admin",
]
