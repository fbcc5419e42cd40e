"""Work that beat starts and that calls an action: above the actions, where `tasks` stands below them."""

from celery import shared_task
from django.utils import timezone

from people.accounts.actions import addresses
from people.accounts.models.addresses import AddressChange


@shared_task(name="people.timed.carry_out_address_changes")
def carry_out_address_changes():
    """Carry out the changes of sign-in addresses whose waiting time is over."""
    carry_out_due(timezone.now())


def carry_out_due(now):
    """Go on with each change whose waiting time is over at `now`, one transaction each. Return how many."""
    due = AddressChange.objects.due(now).values_list("pk", flat=True)
    return sum(addresses.go_on_when_due(change_id=pk, now=now, by=None) is not None for pk in due)
