"""Adds where their money goes to a person's own page and tasks, and puts accounts on hold after a changed address."""

from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.claims import hooks
from payments.claims.models.claim import Claim
from payments.claims.queries import is_paid
from payments.payees import account_checks, destinations, wording, wordings
from payments.payees.models.bank import BankDetails
from payments.payees.models.methods import MethodChoice, PaymentMethod
from people import registry
from people.directory import hooks as directory_hooks
from people.directory.putting_together import ClashError
from programmes.models import Membership, Role, programmes_where

# Claims on which money is or may be owed, and that no run has taken yet.
WAITS_FOR_MONEY = (Claim.Status.SUBMITTED, Claim.Status.RETURNED, *Claim.PAYABLE)


def own_bank_panel(user):
    """Show `user` where their money goes, if they are or were paid."""
    details = BankDetails.objects.filter(person__user=user).first()
    if details is None and not is_paid(user):
        return None
    where = destinations.own(user.person)
    context = {
        "where": where.to_person,
        "waits": where.method == PaymentMethod.BANK and details is not None and details.is_on_hold,
    }
    return registry.Panel("payments/payees/panel.html", context, order=60)


def payment_details_panel(user, person):
    """Show staff and finance whether we know where to pay somebody with lived experience, and nothing of where."""
    programmes = programmes_where(user, Role.STAFF, Role.FINANCE)
    if not programmes or person.pk == user.person.pk:
        return None
    paid = Membership.objects.filter(person=person, programme__in=programmes, role=Role.LIVED_EXPERIENCE)
    if not paid.exists():
        return None
    context = {"is_known": destinations.own(person).is_known}
    return registry.Panel("payments/payees/person_panel.html", context, order=62)


def own_tasks(user):
    """List as tasks of `user` what keeps their money from reaching them: nowhere to pay it, or details that are wrong.

    Asked of people with a claim that was sent and not paid, on which money is or may be owed.
    """
    person = user.person
    claims = Claim.objects.filter(person=person, status__in=WAITS_FOR_MONEY).exclude(money_pence=0)
    if not claims.exists():
        return []
    details, where = BankDetails.objects.filter(person=person).first(), destinations.own(person)
    url, detail = reverse("your_bank"), _("We cannot pay you before.")
    by_bank = where.method == PaymentMethod.BANK
    if not where.is_known:
        title = _("Tell us where to pay you")
    elif by_bank and details is not None and details.asked_again_at:
        title, url = _("Give us your bank details again: something is wrong with them"), reverse("your_bank_change")
    elif claims.filter(status=Claim.Status.PAYMENT_FAILED).exists():
        title = (
            _("The bank sent your money back: check your details")
            if by_bank
            else _("Your payment came back: check how we pay you")
        )
        detail = _("Your money is safe.")
    else:
        return []
    return [registry.Task(title=title, detail=detail, url=url, urgent=True)]


def own_way_of_being_paid_stays(record, person):
    """Keep how `person` is paid, where `record`, who is them, says it too.

    Raises ClashError where both have accounts and somebody has checked that of the record.
    """
    if MethodChoice.objects.filter(person=person).exists():
        MethodChoice.objects.filter(person=record).delete()
    if BankDetails.objects.filter(person=person).exists():
        for details in BankDetails.objects.filter(person=record):
            try:
                details.delete()
            except ProtectedError:
                raise ClashError(BankDetails) from None


def modulus_notes():
    """Say that account numbers are not checked where the banks' table is not installed; [] where it is."""
    if account_checks.table_date() is not None:
        return []
    return [
        _(
            "Sort codes and account numbers are not checked, as the banks' table is not installed."
            " docs/deploy.md says how to install it."
        )
    ]


def administrators_tasks(user):
    """List as a task of administrators that the banks' table is not installed."""
    if not user.is_administrator:
        return []
    title = _("Install the banks' table that checks account numbers")
    return [registry.Task(title=title, detail=note, url=reverse("readyz")) for note in modulus_notes()]


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
    directory_hooks.records_merged.append(put_account_on_hold)
    registry.before_take_over.append(own_way_of_being_paid_stays)
    registry.own_details_panels.append(own_bank_panel)
    registry.person_panels.append(payment_details_panel)
    registry.home_tasks += [own_tasks, administrators_tasks]
    registry.installation_notes.append(modulus_notes)
    registry.add_notice_kinds(
        registry.NoticeKind(
            "bank_details_changed", gettext_lazy("Changed bank details"), legal=True, wording=wordings.ACCOUNT_CHANGED
        ),
        registry.NoticeKind(
            "payment_method_changed", gettext_lazy("Changed way to be paid"), wording=wordings.METHOD_CHANGED
        ),
        registry.NoticeKind(
            "bank_details_wrong", gettext_lazy("Bank details to give again"), wording=wordings.DETAILS_WRONG
        ),
    )
    hooks.where_money_goes.append(wording.where_money_goes)
    hooks.knows_where_to_pay.append(wording.is_known_where_to_pay)
