"""The page of a payment run as an object, made of rows alone, so that a test needs no request."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from payments.bank_files.views.files import files_of_run, payees_to_look_at
from payments.payees import destinations
from payments.payees.destinations import Destination
from payments.payees.models.methods import PaymentMethod
from payments.runs import accounts, parts
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs import rules as run_rules
from payments.runs.actions import made
from payments.runs.forms.runs import PaidForm
from payments.runs.models.documents import Document
from payments.runs.models.made import PaymentMade
from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from payments.runs.views.documents import papers_of
from people.accounts.queries import waiting_time
from people.models import Job, User, WaitingTime

PAYMENTS_ON_A_PAGE = 50


@dataclass(frozen=True)
class Place:
    """A place where money goes: how many payments, and the sum."""

    label: str
    count: int
    pence: int


@dataclass(frozen=True)
class Part:
    """A part of a payment: its method, the sum, and the PaymentMade once it was made."""

    method: PaymentMethod
    pence: int
    label: str
    made: PaymentMade | None
    may_record: bool


@dataclass(frozen=True)
class WaitingParts:
    """The payments of a run by one method that nobody has recorded as made; `together`: recorded for all at once."""

    method: PaymentMethod
    count: int
    pence: int
    together: bool


@dataclass
class PaymentRow:
    """One payment (from `run_queries.payments_of_run`) in the list on the page of its run.

    `wait` is how long bank details stay after a changed address. `is_set_apart`: its letter could not be made. `where`
    is the Destination of the money as it stands now.
    """

    payment: Payment
    user: User
    wait: timedelta
    is_set_apart: bool
    where: Destination
    may_take_out: bool
    is_payee: bool

    @cached_property
    def items(self):
        return list(self.payment.items.all())

    @cached_property
    def letters(self):
        """Every version of its letter, the newest first."""
        return [paper for paper in self.payment.documents.all() if paper.kind == Document.Kind.REMITTANCE]

    @property
    def letter(self):
        """The newest letter, or None."""
        return self.letters[0] if self.letters else None

    @property
    def older(self):
        """The versions of the letter before the newest."""
        return self.letters[1:]

    @property
    def returned(self):
        """The PaymentReturn where the bank sent it back, or None."""
        return getattr(self.payment, "returned", None)

    @cached_property
    def may_return(self):
        """Whether the reader may record that it came back."""
        return self.returned is None and run_rules.can_record_return(self.user, self.payment)

    @cached_property
    def account(self):
        """The AccountNotes."""
        return accounts.notes(self.payment, self.wait)

    @property
    def flags(self):
        """List, as short tags, what nobody should overlook; the sentences are under "More"."""
        problem = not self.is_signed and self.where.problem and self.payment.amount_pence
        found = [
            (self.returned, _("Came back"), "bad"),
            (problem, _("Cannot be paid yet"), "bad"),
            # Once the money has gone, there is nothing left to check before it goes.
            (self.account.why_look and not self.was_made, _("Check account"), "attention"),
            (self.is_set_apart, _("No letter"), "attention"),
        ]
        return [{"label": label, "tone": tone} for is_so, label, tone in found if is_so]

    @property
    def was_made(self):
        """Whether the money was made, by whichever method."""
        return self.payment.method in {row.method for row in self.payment.made.all()}

    @property
    def is_signed(self):
        return self.payment.run.status in PaymentRun.SIGNED_OFF

    @cached_property
    def parts(self):
        """The Parts with something in them, the money first."""
        made = {row.method: row for row in self.payment.made.all()}
        open_to_record = self.payment.run.status in (*PaymentRun.TO_PAY, PaymentRun.Status.PAID)
        finance = open_to_record and run_rules.can_make_run(self.user, self.payment.run.programme_id)
        rows = []
        for stored, pence in self.payment.parts:
            method, label = stored, self._label(stored)
            if not self.is_signed and pence == self.payment.amount_pence and stored == self.payment.method:
                method, label = self.where.method, self.where.to_staff
            gone = self.returned is not None and method == self.payment.method
            may_record = bool(finance) and method not in made and method != PaymentMethod.BANK and not gone
            rows.append(Part(method, pence, label, made.get(method), may_record and not self.is_payee))
        return rows

    def _label(self, method):
        if method == PaymentMethod.BANK:
            return f"{method.label} {self.payment.masked_account}"
        return (self.payment.said_how if method == PaymentMethod.OTHER else "") or method.label


@dataclass
class RunPermissions:
    """The permissions of `user` on a run that pays `payees` (ids of people): a Ruling each."""

    run: PaymentRun
    user: User
    payees: set

    @cached_property
    def make(self):
        """The permission to make runs and download their files."""
        return run_rules.can_make_run(self.user, self.run.programme)

    @cached_property
    def sign(self):
        return run_rules.can_sign(self.user, self.run, self.payees)

    @cached_property
    def cancel(self):
        return run_rules.can_cancel(self.user, self.run)

    @cached_property
    def take_out(self):
        return run_rules.can_take_out(self.user, self.run, self.payees)

    @cached_property
    def make_documents(self):
        return run_rules.can_make_documents(self.user, self.run)

    @cached_property
    def pay(self):
        return run_rules.can_pay(self.user, self.run, self.payees)

    @cached_property
    def close(self):
        return run_rules.can_close(self.user, self.run)


@dataclass
class RunPage:
    """The page of a run for `user`. `form` records that it was paid.

    With `new_accounts` it lists the payments to new or changed accounts alone; `number` is the page of the list.
    """

    run: PaymentRun
    user: User
    form: PaidForm
    new_accounts: bool = False
    number: int | str | None = None

    @cached_property
    def may(self):
        return RunPermissions(self.run, self.user, run_queries.payees(self.run))

    @cached_property
    def sums(self):
        """The RunSums."""
        return run_queries.run_sums(self.run)

    @cached_property
    def cost_codes(self):
        return run_queries.cost_codes_of_run(self.run)

    @property
    def places(self):
        """The Places that get something."""
        sums = self.sums
        places = (
            Place(_("To the bank, by bank file"), sums.bank_count, sums.bank),
            Place(_("By cheque"), sums.cheque_count, sums.cheque),
            Place(_("In cash"), sums.cash_count, sums.cash),
            Place(_("Other payment method"), sums.other_count, sums.other),
            Place(_("Through payroll"), sums.payroll_count, sums.payroll),
            Place(_("Vouchers"), sums.voucher_count, sums.voucher),
            Place(_("To charity"), sums.donation_count, sums.donation),
        )
        return [place for place in places if place.count]

    # Next steps
    @property
    def is_signed_off(self):
        return self.run.status in PaymentRun.SIGNED_OFF

    @cached_property
    def to_look_at(self):
        """The names to look at before the run is signed: see `payees_to_look_at`."""
        return payees_to_look_at(self.run)

    @cached_property
    def why_not_sign(self):
        """The sentence that says why the reader cannot sign, and who can; "" where they may."""
        return "" if self.may.sign else run_queries.with_who_can_sign(self.may.sign.why_not, self.run)

    @property
    def waits_for_bank_file(self):
        """Whether the bank file has to be taken before the run can be paid."""
        return self.run.status == PaymentRun.Status.SIGNED and self.sums.bank_count > 0

    @cached_property
    def run_files(self):
        """The files for the bank and the accounts that the reader may take."""
        return files_of_run(self.user, self.run)

    # Documents
    @cached_property
    def is_ready(self):
        """Whether everything that was asked for is made."""
        return self.is_signed_off and run_queries.papers_are_ready(self.run)

    @cached_property
    def latest_job(self):
        """The Job that makes or made the documents of a signed run, or None."""
        if not self.is_signed_off:
            return None
        return Job.objects.filter(kind=run_documents.JOB_KIND, subject_id=self.run.pk).first()

    @property
    def job(self):
        """The Job while it is not done, or None."""
        job = self.latest_job
        return job if job is not None and job.status != Job.Status.DONE else None

    @property
    def refresh_seconds(self):
        """The seconds after which the page reloads; None where no work is under way."""
        return self.job.refresh_seconds if self.job is not None else None

    @cached_property
    def has_papers(self):
        """Whether there are documents to show. They stay in sight while newer ones are made."""
        return self.is_signed_off and Document.Kind.SCHEDULE in run_queries.versions_there(self.run)

    @cached_property
    def papers(self):
        """The papers about the whole run (see `papers_of`), or None while there are none."""
        return papers_of(self.run) if self.has_papers else None

    @cached_property
    def set_apart(self):
        """The PaperProblems of a signed run: documents that could not be made."""
        return list(run_queries.set_apart(self.run)) if self.is_signed_off else []

    @property
    def offers_making_again(self):
        """Whether the reader can have documents made again now: not while they are being made."""
        is_free = self.latest_job is None or self.latest_job.is_finished
        return self.has_papers and is_free and bool(self.may.make_documents)

    # Payments
    @cached_property
    def new_accounts_count(self):
        """The number of payments to new or changed accounts, until they have gone."""
        if self.run.status not in {PaymentRun.Status.OPEN, *PaymentRun.TO_PAY}:
            return 0
        return run_queries.accounts_of_run(self.run).filter(account_new=True).count()

    @cached_property
    def payments_page(self):
        """The payments the list shows now: a page of a Paginator."""
        payments = run_queries.payments_of_run(self.run, self.new_accounts)
        return Paginator(payments, PAYMENTS_ON_A_PAGE).get_page(self.number)

    @cached_property
    def payments(self):
        """The PaymentRows the list shows now."""
        wait = waiting_time(WaitingTime.Kind.BANK_AFTER_ADDRESS, timezone.now())
        set_apart = {problem.payment_id for problem in self.set_apart}
        people = [payment.person_id for payment in self.payments_page]
        ways = destinations.destinations(self.run.programme_id, people)
        take_out = self.run.status == PaymentRun.Status.OPEN and bool(self.may.take_out) and self.sums.payments > 1
        pays_me = self.user.person.pk in self.may.payees
        return [
            PaymentRow(
                payment,
                self.user,
                wait,
                payment.pk in set_apart,
                ways[payment.person_id],
                may_take_out=take_out,
                is_payee=pays_me,
            )
            for payment in self.payments_page
        ]

    @cached_property
    def taken_out(self):
        """The payments that were taken out before the sign-off (TakenOut)."""
        return list(self.run.taken_out.select_related("person", "by"))

    # Payments still to be made, other than by bank
    @cached_property
    def waiting(self):
        """How many parts of each method have yet to be recorded as made, other than the bank's: WaitingParts."""
        if self.run.status not in (*PaymentRun.TO_PAY, PaymentRun.Status.PAID):
            return []
        return [
            WaitingParts(method, count, pence, method in made.MADE_TOGETHER)
            for method, (count, pence) in parts.counts_not_made(self.run).items()
            if method != PaymentMethod.BANK
        ]
