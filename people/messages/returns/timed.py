"""Read the mailbox for bounces every few minutes."""

from celery import shared_task

from people.messages.returns import mailbox


@shared_task(name="people.tasks.read_bounces")
def read_bounces():
    """Act on the emails that came back since the last time."""
    mailbox.read()
