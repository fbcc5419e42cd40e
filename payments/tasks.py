"""Tasks of the payments app, gathered from its wings: Celery looks for them here, by these names."""

from payments.autosave.tasks import purge_form_drafts
from payments.claims.tasks import clean_receipt, remind_before_the_time_to_claim_ends, sweep_receipts
from payments.reports.tasks import make_monthly_reports
from payments.runs.tasks import make_letters

__all__ = [
    "clean_receipt",
    "make_letters",
    "make_monthly_reports",
    "purge_form_drafts",
    "remind_before_the_time_to_claim_ends",
    "sweep_receipts",
]
