"""Tasks of the people app, gathered from its wings: Celery looks for them here, by these names."""

from people.accounts.tasks import purge_sessions
from people.accounts.timed import carry_out_address_changes
from people.jobs.tasks import run_job, sweep_jobs
from people.messages.handing import send_messages
from people.messages.returns.timed import read_bounces
from people.messages.tasks import follow_letters, give_tasks, sweep_outbox
from people.privacy.timed import keep_no_longer, remove_files

__all__ = [
    "carry_out_address_changes",
    "follow_letters",
    "give_tasks",
    "keep_no_longer",
    "purge_sessions",
    "read_bounces",
    "remove_files",
    "run_job",
    "send_messages",
    "sweep_jobs",
    "sweep_outbox",
]
