"""Say where a person's money goes, and what keeps it from going there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext as _

from payments.payees import queries
from payments.payees.models.bank import BankDetails, masked
from payments.payees.models.methods import MethodChoice, PaymentMethod
from people.models import Person
from programmes.models import Programme
from wellbeing.lib.types import PersonId, ProgrammeId


class Problem(models.TextChoices):
    """The reasons why money cannot go to its person yet. The text is what finance reads."""

    NO_ACCOUNT = "no_account", "no account"
    NO_ADDRESS = "no_address", "no address"
    ON_HOLD = "on_hold", "on hold"
    REFUSED = "refused", "refused"


@dataclass(frozen=True)
class Destination:
    """The way a person's money goes: the method, the last two digits of an account, or the way in words.

    `problem` says what is in its way, None where nothing is.
    """

    method: PaymentMethod
    digits: str = ""
    said_how: str = ""
    problem: Problem | None = None

    @property
    def is_known(self) -> bool:
        """Whether the person has told us where the money goes. It may still wait to be checked."""
        return self.problem not in {Problem.NO_ACCOUNT, Problem.NO_ADDRESS}

    @property
    def to_person(self) -> str:
        """The end of a sentence to its person: "to your account ending 34"; "" where it is not known."""
        if not self.is_known:
            return ""
        return {
            PaymentMethod.BANK: _("to your account ending %(digits)s") % {"digits": self.digits},
            PaymentMethod.CHEQUE: _("by cheque to your address"),
            PaymentMethod.CASH: _("in cash, handed to you"),
            PaymentMethod.OTHER: _("as you agreed with us: %(how)s") % {"how": self.said_how},
        }[self.method]

    @property
    def to_staff(self) -> str:
        """The method and the account, hidden but for two digits, as finance reads it in a list."""
        if self.method == PaymentMethod.BANK and self.digits:
            return f"{self.method.label} {masked(self.digits)}"
        return self.said_how or str(self.method.label)

    @property
    def why_not(self) -> str:
        """The sentence that tells finance what is in the way; "" where nothing is."""
        if self.problem is None:
            return ""
        return {
            Problem.NO_ACCOUNT: _("We do not know where to pay them. Ask them, or write down what they tell you."),
            Problem.NO_ADDRESS: _("They want a cheque, and we have no postal address."),
            Problem.ON_HOLD: _("Bank details are new or changed, and not checked yet."),
            Problem.REFUSED: _("The bank said that name and account do not match. Two people can say why it is right."),
        }[self.problem]


def destinations(programme: Programme | ProgrammeId, people: Iterable[PersonId]) -> dict[PersonId, Destination]:
    """Return where `programme` would send money to each of `people`, by their ids. The number of queries is fixed."""
    ids = set(people)
    choices = {row.person_id: row for row in MethodChoice.objects.filter(person__in=ids)}
    details = BankDetails.objects.filter(person__in=ids)
    digits = dict(details.values_list("person_id", "last_digits"))
    on_hold = queries.people_on_hold(ids, programme)
    refused = set(queries.refused_by_bank(details).values_list("person_id", flat=True))
    addressed = set(Person.objects.filter(pk__in=ids).exclude(postal_address="").values_list("pk", flat=True))

    def of(pk: PersonId) -> Destination:
        way = _way(choices.get(pk), digits.get(pk, ""), pk in addressed)
        if way.method == PaymentMethod.BANK and way.is_known:
            if pk in refused:
                return replace(way, problem=Problem.REFUSED)
            if pk in on_hold:
                return replace(way, problem=Problem.ON_HOLD)
        return way

    return {pk: of(pk) for pk in ids}


def destination(programme: Programme | ProgrammeId, person: Person | PersonId) -> Destination:
    """Return where `programme` would send money to `person`."""
    pk = person.pk if isinstance(person, Person) else person
    return destinations(programme, [pk])[pk]


def own(person: Person) -> Destination:
    """Return where the money of `person` goes, whichever programme pays: without what a programme has yet to check."""
    choice = MethodChoice.objects.filter(person=person).first()
    digits = BankDetails.objects.filter(person=person).values_list("last_digits", flat=True).first()
    return _way(choice, digits or "", bool(person.postal_address))


def _way(choice: MethodChoice | None, digits: str, has_address: bool) -> Destination:
    # The same for every programme: a check that one of them still owes is added by `destinations`.
    method = PaymentMethod(choice.method) if choice else PaymentMethod.BANK
    problem = None
    if method == PaymentMethod.CHEQUE and not has_address:
        problem = Problem.NO_ADDRESS
    elif method == PaymentMethod.BANK and not digits:
        problem = Problem.NO_ACCOUNT
    shown = digits if method == PaymentMethod.BANK else ""
    return Destination(method, shown, choice.said_how if choice else "", problem)
