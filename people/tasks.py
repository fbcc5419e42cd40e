"""Tasks of the people app, gathered from its wings: Celery looks for them here, by these names."""

from people.accounts.tasks import purge_sessions
from people.accounts.timed import carry_out_address_changes
from people.jobs.tasks import run_job, sweep_jobs
from people.messages.tasks import send_messages, sweep_outbox

__all__ = [
    "carry_out_address_changes",
    "purge_sessions",
    "run_job",
    "send_messages",
    "sweep_jobs",
    "sweep_outbox",
]
