"""Functions that wings above add to the life of a claim."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from payments.claims.models.claim import Claim
    from people.models import Person

# Called as a claim is sent: each takes the locked claim and returns further fields of it to save.
on_sending: "list[Callable[[Claim], dict[str, Any]]]" = []


@dataclass(frozen=True)
class AskAbove:
    """From when on an expense is so far above the usual that whoever types it is asked whether it is right."""

    pence: int
    miles: Decimal


# Each takes a claim and a kind of expense, and returns from when on to ask, or None.
ask_above: "list[Callable[[Claim, str], AskAbove | None]]" = []

# Each returns the sentence that tells a person where the money of a claim will go; "" where it has none to say.
where_money_goes: "list[Callable[[Claim], str]]" = []

# Each returns whether a person has told us where to pay them.
knows_where_to_pay: "list[Callable[[Person], bool]]" = []


def where_sentence(claim: "Claim") -> str:
    """Return the sentence that tells a person where the money of `claim` will go; "" where there is none to say."""
    return " ".join(filter(None, (say(claim) for say in where_money_goes)))


def is_known_where_to_pay(person: "Person") -> bool:
    """Return whether `person` has told us where to pay them."""
    return all(known(person) for known in knows_where_to_pay)
