"""Tasks that beat starts and that call an action: above the actions, where `tasks` stands below them."""

from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from people.accounts.actions import addresses


@shared_task
def carry_out_address_changes():
    """Carry out the changes of sign-in addresses whose waiting time is over."""
    addresses.carry_out_due(timezone.now())


@shared_task
def purge_sessions():
    """Delete the sessions that are long over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
