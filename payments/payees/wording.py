"""Sentences to a person about where their money goes."""

from django.utils.translation import gettext as _

from payments.claims import shares
from payments.claims.models.claim import Claim
from payments.payees import destinations
from payments.payees.destinations import Problem
from people.models import Person


def where_money_goes(claim: Claim) -> str:
    """Say where the money of `claim` will go, or that we do not know it yet; "" where no money is expected.

    Reads the lines of the claim before it is approved.
    """
    if not shares.shares_of(claim).money:
        return ""
    where = destinations.destination(claim.programme_id, claim.person_id)
    if where.problem == Problem.NO_ADDRESS:
        return _("You want a cheque, and we do not have your postal address. Please tell us. We can only pay you then.")
    if not where.is_known:
        return _("We cannot pay you yet. Please tell us where to send your money.")
    sentence = _("The money will go %(where)s.") % {"where": where.to_person}
    if where.problem:
        return f"{sentence} {_('We will check the account with you before we pay.')}"
    return sentence


def is_known_where_to_pay(person: Person) -> bool:
    """Whether `person` has told us where to pay them, whichever programme does."""
    return destinations.own(person).is_known
