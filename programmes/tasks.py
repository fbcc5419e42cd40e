"""Tasks of the programmes app, gathered from its wings: Celery looks for them here, by these names."""

from programmes.decisions.tasks import clean_decision_file, sweep_decision_files
from programmes.decisions.timed import purge_decision_drafts, seal_decisions
from programmes.doubles.timed import clear_merges, find_doubles
from programmes.heard.tasks import clean_evidence, sweep_evidence
from programmes.importing.timed import clear_imports
from programmes.packs.tasks import clean_welcome_copy, sweep_welcome_copies
from programmes.reminders.tasks import send_reminders

__all__ = [
    "clean_decision_file",
    "clean_evidence",
    "clean_welcome_copy",
    "clear_imports",
    "clear_merges",
    "find_doubles",
    "purge_decision_drafts",
    "seal_decisions",
    "send_reminders",
    "sweep_decision_files",
    "sweep_evidence",
    "sweep_welcome_copies",
]
