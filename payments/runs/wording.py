"""Sentences about payments that were made, are still to come, or came back, as the person paid reads them."""

from django.utils.translation import gettext as _

from payments.payees.models.methods import PaymentMethod
from payments.runs.models.made import PaymentMade
from payments.runs.models.payments import Payment
from wellbeing.lib.dates import long_date
from wellbeing.lib.money import pounds
from wellbeing.lib.types import Pence


def headline(method: str, pence: Pence) -> str:
    """Say in a few words that a part of a payment was made, for a subject or a heading."""
    amount = {"amount": pounds(pence)}
    sentences = {
        PaymentMethod.CHEQUE: _("We have posted you a cheque for %(amount)s"),
        PaymentMethod.VOUCHER: _("We have sent you a voucher for %(amount)s"),
        PaymentMethod.CHARITY: _("We have given %(amount)s to charity, as you asked"),
        PaymentMethod.PAYROLL: _("We have passed %(amount)s to payroll"),
    }
    return sentences.get(PaymentMethod(method), _("We have paid you %(amount)s")) % amount


def made_sentence(payment: Payment, made: PaymentMade) -> str:
    """Say which part of `payment` was made, on which day and how."""
    values = {
        "amount": pounds(dict(payment.parts)[PaymentMethod(made.method)]),
        "day": long_date(made.on),
        "digits": payment.account_digits,
        "reference": made.reference,
        "giver": made.handed_over_by,
        "receiver": made.received_by,
        "how": payment.said_how,
    }
    sentences = {
        PaymentMethod.BANK: _("We paid you %(amount)s on %(day)s, to your account ending %(digits)s."),
        PaymentMethod.CHEQUE: _("We posted you a cheque for %(amount)s on %(day)s. Its number is %(reference)s."),
        PaymentMethod.CASH: _("%(giver)s gave you %(amount)s in cash on %(day)s.")
        if made.received_by == payment.person.full_name
        else _("%(giver)s gave %(amount)s in cash to %(receiver)s for you on %(day)s."),
        PaymentMethod.VOUCHER: _("We sent you a voucher for %(amount)s on %(day)s. Its code ends in %(reference)s."),
        PaymentMethod.CHARITY: _("We gave %(amount)s to charity on %(day)s, as you asked."),
        PaymentMethod.PAYROLL: _("We passed %(amount)s to payroll on %(day)s. Tax may be deducted."),
        PaymentMethod.OTHER: _("We paid you %(amount)s on %(day)s: %(how)s."),
    }
    if made.method == PaymentMethod.OTHER and not payment.said_how:
        return _("We paid you %(amount)s on %(day)s.") % values
    return sentences[PaymentMethod(made.method)] % values


def to_come_sentence(method: str, pence: Pence) -> str:
    """Say which part of a payment is still to come, without claiming that anything was done."""
    sentences = {
        PaymentMethod.BANK: _("We will pay you %(amount)s into your bank account."),
        PaymentMethod.CHEQUE: _("We will post you a cheque for %(amount)s."),
        PaymentMethod.CASH: _("We will hand you %(amount)s in cash."),
        PaymentMethod.VOUCHER: _("We will send you a voucher for %(amount)s."),
        PaymentMethod.CHARITY: _("We will give %(amount)s to charity, as you asked."),
        PaymentMethod.PAYROLL: _("We will pay %(amount)s through payroll. Tax may be deducted."),
        PaymentMethod.OTHER: _("We will pay you %(amount)s as you agreed with us."),
    }
    return sentences[PaymentMethod(method)] % {"amount": pounds(pence)}


def how_paid(payment: Payment, method: str) -> str:
    """Name how a part of a signed payment goes, for its letter: "To your account ending 34", "By cheque"."""
    if method == PaymentMethod.BANK:
        return _("To your account ending %(digits)s") % {"digits": payment.account_digits}
    if method == PaymentMethod.OTHER:
        return payment.said_how or _("As you agreed with us")
    return {
        PaymentMethod.CHEQUE: _("By cheque"),
        PaymentMethod.CASH: _("In cash"),
        PaymentMethod.VOUCHER: _("As a voucher"),
        PaymentMethod.CHARITY: _("To charity, as you asked"),
        PaymentMethod.PAYROLL: _("Through payroll"),
    }[PaymentMethod(method)]


def came_back_sentence(payment: Payment) -> str:
    """Say that the money of `payment` came back, or could not be paid, and that it is safe."""
    if not payment.made.filter(method=payment.method).exists():
        return _("We could not pay you %(amount)s. Your money is safe.") % {"amount": pounds(payment.amount_pence)}
    sentences = {
        PaymentMethod.BANK: _("We paid you %(amount)s, but the bank sent it back to us. Your money is safe."),
        PaymentMethod.CHEQUE: _("We posted you a cheque for %(amount)s, but it was not paid out. Your money is safe."),
        PaymentMethod.CASH: _("We had %(amount)s in cash for you, but it came back to us. Your money is safe."),
        PaymentMethod.OTHER: _("We paid you %(amount)s, but the money came back to us. Your money is safe."),
    }
    return sentences[PaymentMethod(payment.method)] % {"amount": pounds(payment.amount_pence)}


def came_back_label(method: str) -> str:
    """Name the step of a claim whose money came back."""
    return {
        PaymentMethod.BANK: _("The bank sent it back"),
        PaymentMethod.CHEQUE: _("The cheque came back"),
        PaymentMethod.CASH: _("The cash was not collected"),
        PaymentMethod.OTHER: _("The payment came back"),
    }[PaymentMethod(method)]
