"""Compare accounts with the people they belong to, for a second person to look at before money goes there."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.payees import names
from payments.payees.models.methods import PaymentMethod
from payments.runs.models.runs import PaymentRun
from wellbeing.lib.dates import short_date


@dataclass(frozen=True)
class AccountNotes:
    """The notes on the page of a run about one payment's account: translated sentences, `why_look` first."""

    why_look: tuple[str, ...] = ()
    confirmed: str = ""


def notes(payment, wait):
    """Write the notes on a payment from `queries.payments_of_run`; empty where no bank account is concerned.

    `wait` is how long bank details stay after a changed address, as a timedelta.
    """
    details = getattr(payment.person, "bank_details", None)
    signed = payment.run.status != PaymentRun.Status.OPEN
    if details is None or not payment.amount_pence or payment.goes_by != PaymentMethod.BANK:
        return AccountNotes()
    look = []
    changed = {"day": short_date(details.changed_at)}
    if signed and payment.run.signed_at and details.changed_at > payment.run.signed_at:
        look.append(_("Changed on %(day)s, after this run was signed: the money goes to the account before.") % changed)
    elif payment.account_new and payment.last_signed_at is None:
        look.append(_("First payment to this person. Account given on %(day)s.") % changed)
    elif payment.account_new:
        look.append(_("Account changed on %(day)s, since the last payment.") % changed)
    name = payment.account_name if signed else details.account_name
    if not names.same_name(name, payment.person.full_name):
        look.append(_("The name on the account is another: %(name)s.") % {"name": name})
    until = payment.person.address_changed_at + wait if payment.person.address_changed_at else None
    if until and until > timezone.now():
        look.append(
            _("Their email address changed on %(day)s. Bank details cannot change until %(until)s.")
            % {"day": short_date(payment.person.address_changed_at), "until": short_date(until)}
        )
    confirmed = [
        confirmation for confirmation in details.confirmed_here if confirmation.confirmed_at >= details.on_hold_since
    ]
    if not confirmed or not look:
        return AccountNotes(tuple(look))
    latest = confirmed[-1]
    params = {"name": latest.confirmed_by.full_name, "day": short_date(latest.confirmed_at), "how": latest.how}
    return AccountNotes(tuple(look), _("Checked by %(name)s, %(day)s: %(how)s") % params)
