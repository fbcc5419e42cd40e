"""Adds a person's bank details to their own page, and puts them on hold after a changed address."""

from django.utils import timezone

from payments.claims.queries import is_paid
from payments.payees.models.bank import BankDetails
from people import registry


def own_bank_panel(user):
    """Show `user` the account they are paid into, if they are or were paid."""
    details = BankDetails.objects.filter(person__user=user).first()
    if details is None and not is_paid(user):
        return None
    return registry.Panel("payments/payees/panel.html", {"details": details}, order=60)


def put_account_on_hold(person):
    """Put the bank details of `person`, whose sign-in address has changed, on hold until finance checks them again.

    Locks the details.
    """
    details = BankDetails.objects.select_for_update().filter(person=person).first()
    if details is not None:
        details.on_hold_since = timezone.now()
        details.confirmed_at, details.confirmed_by, details.confirmed_how = None, None, ""
        details.save(update_fields=["on_hold_since", "confirmed_at", "confirmed_by", "confirmed_how"])


def register():
    """Called once, when the app is ready."""
    registry.address_changed.append(put_account_on_hold)
    registry.own_details_panels.append(own_bank_panel)
