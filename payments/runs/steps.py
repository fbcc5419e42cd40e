"""Steps that several actions of payment runs share: locking, moving on, and giving claims back."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.payees import destinations
from payments.payees.destinations import Destination, Problem
from payments.runs.models.payments import PaymentItem
from payments.runs.models.runs import PaymentRun
from people.models import Person
from programmes.models import Programme
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import ClaimId, PersonId


class RunError(ActionError):
    """A rule refused something about a payment run."""


def lock_run(run: PaymentRun) -> PaymentRun:
    """Lock a run and read it again, with its programme. Returns the PaymentRun."""
    return PaymentRun.objects.select_for_update(of=("self",)).select_related("programme").get(pk=run.pk)


def lock_claims(run: PaymentRun) -> list[ClaimId]:
    """Lock the claims of a run in the order in which runs take them, so that nobody locks up. Returns their ids."""
    claims = PaymentItem.objects.filter(payment__run=run, live=True).values("claim")
    return list(
        Claim.objects.select_for_update(no_key=True).filter(pk__in=claims).order_by("pk").values_list("pk", flat=True)
    )


def move(run: PaymentRun, status: str, **fields: Any) -> None:
    """Move a locked run to `status`, and set `fields`. Raises RunError where its state does not lead there."""
    if status not in run.TRANSITIONS[PaymentRun.Status(run.status)]:
        raise RunError(
            _("This run has already been dealt with. It is now: %(status)s. Open the page again.")
            % {"status": run.get_status_display()}
        )
    run.status = status
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=["status", *fields])


def restore_status(ids: Iterable[ClaimId]) -> None:
    """Give claims back the status they had before the run: approved, approved in part, or come back."""
    failed = Q(payment_items__live=False, payment_items__payment__returned__isnull=False)
    less = Q(lines__approved_pence__lt=F("lines__amount_pence"))
    inside = Claim.objects.filter(pk__in=ids)
    was_failed = set(inside.filter(failed).values_list("pk", flat=True))
    was_less = set(inside.filter(less).values_list("pk", flat=True)) - was_failed
    for status, chosen in (
        (Claim.Status.PAYMENT_FAILED, was_failed),
        (Claim.Status.PARTLY_APPROVED, was_less),
        (Claim.Status.APPROVED, set(ids) - was_failed - was_less),
    ):
        Claim.objects.filter(pk__in=chosen).update(status=status)


def insist_on_ways_to_pay(programme: Programme, people: Collection[Person]) -> dict[PersonId, Destination]:
    """Return the Destinations of `people`, by their ids.

    Raises RunError, naming the people, where the money of some of them cannot reach them yet.
    """
    ways = destinations.destinations(programme, [person.pk for person in people])
    by_problem: dict[Problem, list[str]] = {}
    for person in sorted(people, key=lambda person: (person.full_name, person.pk)):
        problem = ways[person.pk].problem
        if problem is not None:
            by_problem.setdefault(problem, []).append(person.full_name)
    sentences = {
        Problem.ON_HOLD: _("Bank details must be checked by finance of this programme first: %(names)s."),
        Problem.NO_ACCOUNT: _("We do not know yet where to pay: %(names)s."),
        Problem.NO_ADDRESS: _("We have no postal address for a cheque: %(names)s."),
        Problem.REFUSED: _("The bank said that name and account do not match: %(names)s."),
    }
    if by_problem:
        raise RunError(
            " ".join(sentences[problem] % {"names": _listed(names)} for problem, names in by_problem.items())
        )
    return ways


def _listed(names: list[str]) -> str:
    more = _(" and %(n)s more") % {"n": len(names) - 10} if len(names) > 10 else ""
    return ", ".join(names[:10]) + more
