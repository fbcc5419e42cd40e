"""Work that beat starts and that calls an action: above the actions, where `tasks` stands below them."""

from celery import shared_task
from django.utils import timezone

from people.accounts.actions import addresses


@shared_task(name="people.timed.carry_out_address_changes")
def carry_out_address_changes():
    """Carry out the changes of sign-in addresses whose waiting time is over."""
    addresses.carry_out_due(timezone.now())
