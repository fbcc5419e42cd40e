"""Questions about payment runs: their payments, sums, signers and documents."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim, ClaimQuerySet
from payments.claims.models.lines import ClaimLine
from payments.claims.queries import cost_codes
from payments.payees.models.bank import BankConfirmation, BankDetails
from payments.payees.models.methods import MONEY_METHODS, PaymentMethod
from payments.runs.models.documents import Document, LetterDispatch, PaperProblem
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.models.returns import PaymentReturn
from payments.runs.models.runs import PaymentRun
from people.models import Message, Person, User
from programmes.models import Membership, Programme, Role, message_audience, new_in_finance_until
from wellbeing.lib.types import Pence, PersonId, ProgrammeId

# All of a payment: its money, and what goes through payroll, as vouchers and to charity.
EVERYTHING = F("amount_pence") + F("payroll_pence") + F("voucher_pence") + F("donation_pence")


@dataclass(frozen=True)
class RunSums:
    """The sums of a run, in pence, with the number of payments each sum is made of."""

    payments: int
    claims: int
    bank: Pence
    bank_count: int
    cheque: Pence
    cheque_count: int
    cash: Pence
    cash_count: int
    other: Pence
    other_count: int
    payroll: Pence
    payroll_count: int
    voucher: Pence
    voucher_count: int
    donation: Pence
    donation_count: int
    returned: Pence
    returned_count: int

    @property
    def money(self) -> Pence:
        """The pence that go to people as money, by whichever method."""
        return self.bank + self.cheque + self.cash + self.other

    @property
    def total(self) -> Pence:
        """The pence of the whole run."""
        return self.money + self.payroll + self.voucher + self.donation

    @property
    def due_on_statement(self) -> Pence:
        """The pence that left the account once all is done: by bank, cheque and cash, less those that came back."""
        return self.bank + self.cheque + self.cash - self.returned


def run_sums(run: PaymentRun) -> RunSums:
    """Add up a run. Until it is signed off, the methods are those by which the money would go if it were signed now."""
    paid = Q(amount_pence__gt=0)
    columns = {
        **{str(method): ("amount_pence", paid & Q(goes_by=method)) for method in MONEY_METHODS},
        "payroll": ("payroll_pence", Q(payroll_pence__gt=0)),
        "voucher": ("voucher_pence", Q(voucher_pence__gt=0)),
        "donation": ("donation_pence", Q(donation_pence__gt=0)),
        "returned": ("amount_pence", paid & Q(returned__isnull=False)),
    }
    wanted: dict[str, Aggregate] = {"payments": Count("pk")}
    for column, (field, only) in columns.items():
        wanted[f"{column}_sum"] = Sum(field, filter=only, default=0)
        wanted[f"{column}_count"] = Count("pk", filter=only)
    claims = PaymentItem.objects.filter(payment__run=run).count()
    # The names end in _sum on the way, as one of them is a relation of payments.
    sums = run.payments.order_by().annotate(goes_by=_goes_by(run)).aggregate(**wanted)
    return RunSums(claims=claims, **{name.removesuffix("_sum"): number for name, number in sums.items()})


def _goes_by(run: PaymentRun) -> Coalesce | F:
    """Return the method of a payment's money: as it was signed, before that as the person chose."""
    if run.status != PaymentRun.Status.OPEN:
        return F("method")
    return Coalesce("person__method_choice__method", Value(PaymentMethod.BANK.value))


def totals_of_runs(runs: QuerySet[PaymentRun]) -> QuerySet[PaymentRun]:
    """Add `payments_count`, `total_pence` (everything) and `returned_count` to each of `runs`."""
    theirs = Payment.objects.filter(run=OuterRef("pk")).order_by().values("run")
    return runs.annotate(
        payments_count=_one(theirs.annotate(n=Count("pk")).values("n")),
        total_pence=_one(theirs.annotate(n=Sum(EVERYTHING)).values("n")),
        returned_count=_one(theirs.filter(returned__isnull=False).annotate(n=Count("pk")).values("n")),
    )


def _one(query: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(query, output_field=IntegerField()), 0)


def accounts_of_run(run: PaymentRun) -> QuerySet[Any]:
    """Return the payments of a run, with what a second person looks at before money goes to an account.

    Each has `last_signed_at`, when this programme last signed a payment to that person's account, None for a first one;
    `account_changed_at`; `address_changed_at` of the person; `goes_by`, the method of its money; and `account_new`:
    that is by bank, to an account given or changed since then.
    """
    earlier = Payment.objects.filter(
        person=OuterRef("person"),
        method=PaymentMethod.BANK,
        amount_pence__gt=0,
        run__programme=run.programme_id,
        run__status__in=PaymentRun.PAID_OR_CLOSED,
        run__made_at__lt=run.made_at,
    ).order_by("-run__signed_at")
    details = BankDetails.objects.filter(person=OuterRef("person"))
    return (
        Payment.objects.filter(run=run)
        .annotate(
            last_signed_at=Subquery(earlier.values("run__signed_at")[:1]),
            account_changed_at=Subquery(details.values("changed_at")[:1]),
            address_changed_at=F("person__address_changed_at"),
            goes_by=_goes_by(run),
        )
        .annotate(
            account_new=ExpressionWrapper(
                Q(account_changed_at__isnull=False, goes_by=PaymentMethod.BANK)
                & (Q(last_signed_at=None) | Q(account_changed_at__gt=F("last_signed_at"))),
                BooleanField(),
            )
        )
    )


def payments_of_run(run: PaymentRun, new_accounts: bool = False) -> QuerySet[Payment]:
    """Return the payments of a run by name, with person, claims, returns and every version of their letter.

    They have the fields of `accounts_of_run`. With `new_accounts` only those to a new or changed account.
    """
    payments = accounts_of_run(run)
    return (
        (payments.filter(account_new=True) if new_accounts else payments)
        .select_related("person__bank_details", "run__programme", "returned__reason")
        .prefetch_related(
            "made",
            Prefetch(
                "person__bank_details__confirmations",
                BankConfirmation.objects.filter(programme=run.programme_id).select_related("confirmed_by"),
                to_attr="confirmed_here",
            ),
            Prefetch("items", PaymentItem.objects.select_related("claim")),
            Prefetch("documents", Document.objects.order_by("-version").prefetch_related("sendings__by")),
        )
        .order_by("person__sort_key", "pk")
    )


# Papers
def orders_for_all(run: PaymentRun) -> int:
    """Count the requests for every paper of the run. Runs from before requests were kept count as asked once."""
    return max(1, run.document_orders.filter(payment=None).count())


def letters_to_make(run: PaymentRun) -> dict[int, int]:
    """Return the version to make of each letter that is asked for and not there, by payment id, in payment order.

    A version that could not be made counts as tried: it is set apart until it is asked for again.
    """
    payments = (
        run.payments.order_by("pk")
        .annotate(
            tried=Greatest(
                Coalesce(Max("documents__version", filter=Q(documents__kind=Document.Kind.REMITTANCE)), 0),
                Coalesce(Max("paper_problems__version"), 0),
            ),
            asked=Count("document_orders", distinct=True) + orders_for_all(run),
        )
        .filter(tried__lt=F("asked"))
    )
    return dict(payments.values_list("pk", F("tried") + 1))


def versions_there(run: PaymentRun) -> dict[str, int]:
    """Return the newest version of each paper about the whole run, by kind; one that could not be made counts too."""
    newest: dict[str, int] = {}
    documents = run.documents.filter(payment=None).values_list("kind", "version")
    problems = run.paper_problems.filter(payment=None).values_list("kind", "version")
    for kind, version in [*documents, *problems]:
        newest[kind] = max(version, newest.get(kind, 0))
    return newest


def set_apart(run: PaymentRun) -> QuerySet[PaperProblem]:
    """Return the problems of a run that no newer paper has mended, by name of the person, those of the run first."""
    # Letters have a payment and no other paper has one, so the kind tells the two apart.
    same = {"run": OuterRef("run"), "kind": OuterRef("kind")}
    whose = Q(payment=OuterRef("payment")) | Q(payment__isnull=True)
    mended = Document.objects.filter(whose, **same, version__gte=OuterRef("version"))
    newer = PaperProblem.objects.filter(whose, **same, version__gt=OuterRef("version"))
    return (
        run.paper_problems.annotate(mended=Exists(mended), newer=Exists(newer))
        .filter(mended=False, newer=False)
        .select_related("payment__person")
        .order_by(F("payment__person__sort_key").asc(nulls_first=True), "pk")
    )


def papers_are_ready(run: PaymentRun) -> bool:
    """Whether everything that was asked for is made: letters, schedule, and the pack of them all.

    A paper that could not be made counts as made: see `set_apart`.
    """
    there = versions_there(run)
    return (
        there.get(Document.Kind.SCHEDULE, 0) >= orders_for_all(run)
        and there.get(Document.Kind.PACK, 0) >= run.document_orders.count()
        and not letters_to_make(run)
    )


# The condition for payments whose letter goes by email: the person said so, and there is an address.
BY_EMAIL = Q(person__channel=Person.Channel.EMAIL) & ~Q(person__email="")


def letters(run: PaymentRun, only: Q | None = None) -> QuerySet[Document]:
    """Return the newest letter of each payment of a run, by name of the person; only where the payment fits `only`."""
    documents = run.documents.filter(kind=Document.Kind.REMITTANCE).newest().select_related("payment__person", "run")
    if only is not None:
        documents = documents.filter(payment__in=run.payments.filter(only).values("pk"))
    return documents.order_by("payment__person__sort_key", "payment")


def runs_with_letters_to_post(programmes: Iterable[ProgrammeId]) -> dict[PaymentRun, int]:
    """Return the runs of `programmes` that made payments whose people are told by a letter not posted yet: how many."""
    audiences = [message_audience(pk) for pk in programmes]
    waiting = Message.objects.by_hand().filter(
        channel=Message.Channel.LETTER, notice__kind="payment_made", notice__audience__in=audiences
    )
    payments = {int(key.split("-")[2]) for key in waiting.values_list("notice__key", flat=True)}
    runs = PaymentRun.objects.filter(payments__in=payments).annotate(letters=Count("payments"))
    return {run: run.letters for run in runs.select_related("programme").order_by("made_at")}


def sendings(run: PaymentRun) -> dict[str, int]:
    """Count the newest letters of a run that were sent, by LetterDispatch.Way."""
    dispatches = LetterDispatch.objects.filter(document__in=letters(run).order_by().values("pk"))
    return dict(dispatches.order_by().values_list("way").annotate(Count("pk")))


# Payment runs
def waiting_for_a_run(programme: Programme) -> ClaimQuerySet:
    """Return the claims of `programme` a run may take, longest promised first, with person and totals."""
    return (
        Claim.objects.payable()
        .filter(programme=programme)
        .select_related("person")
        .with_totals()
        .order_by("pay_by", "pk")
    )


def runs_of_programme(user: User, programme: Programme) -> QuerySet[PaymentRun]:
    """Return the payment runs of `programme` that `user` may see, with who made and signed them."""
    return PaymentRun.objects.visible_to(user).filter(programme=programme).select_related("made_by", "signed_by")


def whole_payments(run: PaymentRun, ids: Collection[int] | None = None) -> QuerySet[Payment]:
    """Return the payments of a run by name, with person, claims and lines; only those with `ids` when given.

    Each item has `sent_back_before`: whether its claim was paid before and that came back.
    """
    lines = ClaimLine.objects.order_by("-category", "pk")
    sent_back = PaymentReturn.objects.filter(
        payment__items__claim=OuterRef("claim"), payment__items__live=False, payment__lt=OuterRef("payment")
    )
    items = PaymentItem.objects.select_related("claim").annotate(sent_back_before=Exists(sent_back))
    payments = (
        Payment.objects.filter(run=run)
        .select_related("person", "run__programme")
        .prefetch_related(
            "made",
            Prefetch("items", items.prefetch_related(Prefetch("claim__lines", lines))),
            Prefetch("documents", Document.objects.order_by("-version")),
        )
        .order_by("person__sort_key", "pk")
    )
    return payments if ids is None else payments.filter(pk__in=ids)


def payees(run: PaymentRun) -> set[PersonId]:
    """Return the ids of the people a run pays."""
    return set(run.payments.values_list("person_id", flat=True))


def who_can_sign(run: PaymentRun) -> list[Person]:
    """Return the people who may sign the run off, by name.

    They are finance of the programme, with an account and past their first days there; neither its maker nor anybody
    it pays.
    """
    finance = Membership.objects.effective_on(timezone.localdate()).filter(programme=run.programme, role=Role.FINANCE)
    people = (
        Person.objects.filter(memberships__in=finance, user__is_active=True)
        .exclude(pk=run.made_by_id)
        .exclude(pk__in=run.payments.values("person"))
        .select_related("user")
        .distinct()
        .order_by("sort_key")
    )
    return [person for person in people if person.user and new_in_finance_until(person.user, run.programme) is None]


def bank_payments(run: PaymentRun) -> QuerySet[Payment]:
    """Return the payments of a signed run that go by bank file."""
    return Payment.objects.filter(run=run, method=PaymentMethod.BANK, amount_pence__gt=0)


def payments_by_bank(run: PaymentRun) -> list[Payment]:
    """Return the payments of a run that go to a bank account, by name; before the sign-off as it stands now."""
    payments = run.payments.filter(amount_pence__gt=0).select_related("person").order_by("person__full_name", "pk")
    if run.status != PaymentRun.Status.OPEN:
        return list(payments.filter(method=PaymentMethod.BANK))
    others = [method.value for method in MONEY_METHODS if method != PaymentMethod.BANK]
    return list(payments.exclude(person__method_choice__method__in=others))


def cost_codes_of_run(run: PaymentRun) -> list[str]:
    """Return the cost codes that the claims of a run are booked under, in order."""
    return cost_codes(Claim.objects.filter(payment_items__payment__run=run))


def with_who_can_sign(sentence: str, run: PaymentRun) -> str:
    """Add to `sentence` who can sign the run off, while it waits for that."""
    if run.status != PaymentRun.Status.OPEN:
        return sentence
    names = [person.full_name for person in who_can_sign(run)]
    if not names:
        return _("%(sentence)s Nobody else in finance can do it yet: add a second person to finance.") % {
            "sentence": sentence
        }
    return _("%(sentence)s It can be signed off by: %(names)s.") % {"sentence": sentence, "names": ", ".join(names)}
