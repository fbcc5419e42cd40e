"""Remind people of claims they have not sent, before the time to claim ends."""

from django.db import transaction

from payments.claims import emails, queries
from payments.policy.models.versions import PolicyVersion
from people.messages import outbox

# Claims read and written at a time.
BATCH = 200


def send_due(on):
    """Write the reminders due on the day `on` to the outbox, each once, however often this runs. Returns how many."""
    return sum(_of_version(version, on) for version in PolicyVersion.objects.filter(published_at__isnull=False))


def _of_version(version, on):
    written, after = 0, 0
    while batch := queries.claims_to_remind(version, on, after, BATCH):
        after = batch[-1].pk
        due = {}
        for claim in batch:
            days = queries.reminder_due(claim, on)
            if days is not None:
                due[queries.reminder_key(claim, days)] = claim
        for key in queries.known_keys(due):
            del due[key]
        with transaction.atomic():
            outbox.enqueue_many(draft for key, claim in due.items() for draft in emails.claim_closing(claim, key))
        written += len(due)
    return written
