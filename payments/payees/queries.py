"""Questions about payees: bank details, name checks and tax."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from payments.claims import queries as claim_queries
from payments.claims.models.claim import Claim
from payments.payees.models.bank import BankConfirmation, BankDetails, account_key
from payments.payees.models.methods import PaymentMethod
from payments.payees.models.name_checks import NameCheck, NameCheckOverride
from payments.payees.models.tax import TaxTreatment
from payments.recognition.queries import offer_of
from people.models import Person
from programmes.models import Membership, Programme
from wellbeing.lib.crypto import blind_indexes
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import PersonId, ProgrammeId


def people_on_hold(people: Iterable[PersonId], programme: Programme | ProgrammeId) -> set[PersonId]:
    """Return those of `people` whose bank details finance of `programme` has yet to confirm. It pays them nothing."""
    return set(BankDetails.objects.on_hold_for(programme).filter(person__in=people).values_list("person_id", flat=True))


def bank_details_of_programme(programme: Programme) -> QuerySet[BankDetails]:
    """Return the bank details of the people `programme` owes money, unconfirmed first.

    Each has the time and the name of this programme's latest confirmation, `confirmed_here_at` and `confirmed_here_by`,
    both None while it has not confirmed them.
    """
    latest = BankConfirmation.objects.filter(
        bank_details=OuterRef("pk"), programme=programme, confirmed_at__gte=OuterRef("on_hold_since")
    ).order_by("-confirmed_at")
    return (
        BankDetails.objects.owed_by(programme)
        .select_related("person")
        .annotate(
            confirmed_here_at=Subquery(latest.values("confirmed_at")[:1]),
            confirmed_here_by=Subquery(latest.values("confirmed_by__full_name")[:1]),
        )
        .order_by("-confirmed_here_at", "changed_at", "pk")
    )


def confirmation_for(details: BankDetails, programme: Programme) -> BankConfirmation | None:
    """Return the latest confirmation of `details` by finance of `programme` that still counts, or None."""
    return (
        details.confirmations.filter(programme=programme, confirmed_at__gte=details.on_hold_since)
        .select_related("confirmed_by")
        .last()
    )


def people_on_hold_by_programme(programmes: Iterable[ProgrammeId], not_of: Person) -> dict[ProgrammeId, set[PersonId]]:
    """Return the ids of people whose bank details wait to be confirmed, by the id of the programme.

    Of people whom one of `programmes` owes money; the person `not_of` is left out. One query, however many programmes.
    """
    confirmed = BankConfirmation.objects.filter(
        bank_details__person=OuterRef("person"),
        programme=OuterRef("programme"),
        confirmed_at__gte=F("bank_details__on_hold_since"),
    )
    rows = (
        Claim.objects.owed()
        .filter(programme__in=programmes, person__bank_details__isnull=False)
        .exclude(person=not_of)
        .exclude(Exists(confirmed))
        .order_by()
        .values_list("programme", "person")
        .distinct()
    )
    people: dict[ProgrammeId, set[PersonId]] = {}
    for programme_id, person_id in rows:
        people.setdefault(programme_id, set()).add(person_id)
    return people


def others_with_the_account(details: BankDetails, programme: Programme) -> QuerySet[Person]:
    """Return the other people of `programme` who gave the same account, by name. Compares fingerprints."""
    same = blind_indexes(account_key(details.sort_code, details.account_number))
    others = BankDetails.objects.of_programme(programme).filter(account_index__in=same).exclude(pk=details.pk)
    return Person.objects.filter(pk__in=others.values("person")).order_by("sort_key", "pk")


def latest_name_checks(people: Iterable[PersonId]) -> dict[PersonId, NameCheck]:
    """Return the latest name check of each person's current account, by person id."""
    checks = NameCheck.objects.filter(bank_details__person__in=people).current().select_related("bank_details")
    return {check.bank_details.person_id: check for check in checks}


def refused_by_bank(details: QuerySet[BankDetails]) -> QuerySet[BankDetails]:
    """Return those of `details` where the bank said that the name does not match, and nothing has settled that since.

    Two people settle it who each say why the account is right all the same (NameCheckOverride), in one programme or in
    two: the answer is about the one account a person has, and each programme still confirms that for itself. So does a
    later "match" that somebody else recorded: neither who recorded the first answer nor who gave or wrote down the
    account.
    """
    settled = (
        NameCheck.objects.filter(bank_details=OuterRef("bank_details"), outcome=NameCheck.Outcome.MATCH)
        .filter(pk__gt=OuterRef("pk"))
        .exclude(recorded_by=OuterRef("recorded_by"))
        .exclude(recorded_by=OuterRef("bank_details__changed_by"))
    )
    people = (
        NameCheckOverride.objects.filter(name_check=OuterRef("pk"))
        .order_by()
        .values("name_check")
        .annotate(people=Count("pk"))
        .values("people")
    )
    no_match = (
        NameCheck.objects.filter(bank_details=OuterRef("pk"), recorded_at__gte=OuterRef("changed_at"))
        .filter(outcome=NameCheck.Outcome.NO_MATCH)
        .annotate(overridden_by=Coalesce(Subquery(people, output_field=IntegerField()), 0))
        .filter(~Exists(settled), overridden_by__lt=2)
    )
    return details.filter(Exists(no_match))


def methods_offered(person: Person) -> list[PaymentMethod]:
    """Return the methods among which `person` can choose for money: those their programmes offer today."""
    members = Membership.objects.effective_on(timezone.localdate()).filter(person=person)
    theirs = one_of(members.values("programme"), Claim.objects.filter(person=person).values("programme"))
    offers = [offer_of(pk) for pk in Programme.objects.filter(theirs).order_by().values_list("pk", flat=True)]
    methods = [PaymentMethod.BANK]
    if any(offer is None or offer.cheques for offer in offers):
        methods.append(PaymentMethod.CHEQUE)
    if any(offer is not None and offer.cash for offer in offers):
        methods.append(PaymentMethod.CASH)
    return methods


def people_with_numbers_that_look_wrong(people: Iterable[PersonId]) -> set[PersonId]:
    """Return those of `people` whose sort code and account number look wrong."""
    return set(
        BankDetails.objects.filter(person__in=people, checked=BankDetails.Check.LOOKS_WRONG).values_list(
            "person_id", flat=True
        )
    )


# Tax
def goes_through_payroll(person: Person | PersonId, programme: Programme | ProgrammeId, on: dt.date) -> bool:
    """Whether a person's time in `programme` on the day `on` is paid through payroll, as finance decided."""
    decision = TaxTreatment.objects.effective_on(on).filter(person=person, programme=programme).first()
    return decision is not None and decision.treatment == TaxTreatment.Treatment.PAYROLL


def people_with_tax(programme: Programme, on: dt.date) -> QuerySet[Person]:
    """Return the people paid in `programme`, with their `treatment` on the day `on`, and `treated_from`, its start."""
    decision = TaxTreatment.objects.effective_on(on).filter(person=OuterRef("pk"), programme=programme)
    return (
        Person.objects.filter(pk__in=claim_queries.people_paid(programme).values("pk"))
        .annotate(
            treatment=Subquery(decision.values("treatment")[:1]),
            treated_from=Subquery(decision.values("effective_from")[:1]),
        )
        .order_by("sort_key", "pk")
    )
