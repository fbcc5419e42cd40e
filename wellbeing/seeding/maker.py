"""Make one large programme, in the order the database asks for; here its claims and payment runs."""

import datetime as dt
import io
import itertools
from collections import defaultdict
from decimal import Decimal

from django.db import connection

from payments.models import (
    Claim,
    ClaimLine,
    ClaimNote,
    Payment,
    PaymentItem,
    PaymentMade,
    PaymentMethod,
    PaymentRun,
)
from payments.policy.models.kinds import ExpenseKind
from wellbeing.lib.dates import add_working_days
from wellbeing.lib.money import pounds, round_pence

from .decisions import make_decisions
from .names import EXPENSES
from .programme import (
    FULL_DAY_PENCE,
    HALF_DAY_HOURS,
    HALF_DAY_PENCE,
    PAY_WITHIN_WORKING_DAYS,
    PENCE_PER_MILE,
    SETTLED_AFTER_DAYS,
    ProgrammeMaker,
)
from .rows import NO_TRIGGER_IGNORED, Rows, cell, execute, fresh_ids, with_history

S = Claim.Status
# They open with each status in turn, so that even a small programme has claims in all of them.
SETTLED = [S.PAID, S.PAID, S.WITHDRAWN, S.DECLINED] + [S.PAID] * 44 + [S.WITHDRAWN, S.DRAFT, S.RETURNED]
ON_THEIR_WAY = [S.DRAFT, S.SUBMITTED, S.RETURNED, S.APPROVED, S.PARTLY_APPROVED, S.IN_RUN, S.WITHDRAWN] + (
    [S.SUBMITTED] * 5 + [S.APPROVED] * 5 + [S.IN_RUN] * 5 + [S.DRAFT] * 2 + [S.RETURNED]
)
# Taken off the payment for time where a claim is approved in part.
LESS_PENCE = 1000
SAID_HOW = "Transfer by the host's own bank"


class ClaimRows:
    """The rows of many claims, to be copied into the database together; `steps` are tab-separated lines of text."""

    def __init__(self):
        self.claims = Rows(
            Claim, "id", "programme_id", "person_id", "event_id", "reference", "activity", "description",
            "activity_date", "policy_id", "status", "created_at", "budget_line_id",
        )  # fmt: skip
        self.lines = Rows(
            ClaimLine, "claim_id", "category", "expense_kind", "description", "on", "hours", "miles",
            "amount_pence", "rate_note",
        )  # fmt: skip
        self.notes = Rows(ClaimNote, "claim_id", "by_id", "body", "written_at")
        self.steps = io.StringIO()


class Maker(ProgrammeMaker):
    """Makes all of one plan's rows."""

    def make(self):
        execute(NO_TRIGGER_IGNORED)
        self.programme_itself()
        self.many_people()
        make_decisions(self)
        self.many_events()
        self.many_claims()
        self.payment_runs()
        return dict(self.counts)

    # Claims: drafts first, then their lines, then one status after the other

    def many_claims(self):
        """Make the claims of everybody who came, as drafts first, and then take each to its status."""
        rows = ClaimRows()
        ids, numbers = iter(fresh_ids(Claim, self.plan.claims)), itertools.count(1)
        self.totals, self.payable = {}, []
        settled, on_their_way = itertools.cycle(SETTLED), itertools.cycle(ON_THEIR_WAY)
        for event, title, kind, day, hours, people in self.came:
            recent = (self.plan.today - day).days < SETTLED_AFTER_DAYS
            for person in people:
                pk = next(ids)
                status = next(on_their_way if recent else settled)
                reference = f"{self.plan.short_code}-{next(numbers):06d}"
                rows.claims.add(
                    pk, self.programme.pk, person, event, reference, kind, title, day, self.policy.pk,
                    S.DRAFT, self.at(day, 18), self.line_on(day),
                )  # fmt: skip
                self.totals[pk] = self.claim_lines(rows.lines, pk, title, day, hours)
                self.plan_steps(rows, pk, status, person, day)
        self.copy(rows.claims, "created_at")
        self.copy(rows.lines, "\"on\" + time '18:00'")
        self.copy(rows.notes, "written_at")
        self.keep_steps(rows.steps)
        self.take_steps()

    def plan_steps(self, rows, pk, status, person, day):
        """Write down when a claim is sent, decided and paid, and by whom."""
        rng, plan = self.rng, self.plan
        submitted = self.at(day + dt.timedelta(days=rng.randint(0, 2)), rng.randint(18, 22), rng.randint(0, 59))
        approved = self.at(submitted.date() + dt.timedelta(days=rng.randint(1, 2)), rng.randint(9, 17))
        promised = add_working_days(submitted.date(), PAY_WITHIN_WORKING_DAYS)
        approver = rng.choice(self.staff)
        # Finance pays on Fridays.
        friday = approved.date() + dt.timedelta(days=(4 - approved.weekday()) % 7 or 7)
        run_on = min(friday, plan.today)
        if status in {S.IN_RUN, S.PAID}:
            self.payable.append((pk, person, run_on, status))
        if status == S.RETURNED:
            rows.notes.add(pk, approver, "Which station did you travel from?", approved)
        step = (pk, status, person, submitted, promised, approver, approved, run_on, self.totals[pk])
        rows.steps.write("\t".join(map(cell, step)) + "\n")

    def keep_steps(self, steps):
        """Copy the steps of every claim into a temporary table."""
        # A programme made before in the same transaction has left its own.
        execute("DROP TABLE IF EXISTS seed_steps")
        execute(
            "CREATE TEMPORARY TABLE seed_steps (id bigint PRIMARY KEY, status text, person bigint,"
            " submitted_at timestamptz, pay_by date, approver bigint, approved_at timestamptz, run_on date,"
            " pence integer) ON COMMIT DROP"
        )
        steps.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(
                "COPY seed_steps (id, status, person, submitted_at, pay_by, approver, approved_at, run_on, pence)"
                " FROM STDIN",
                steps,
            )
        execute("ANALYZE seed_steps")

    def take_steps(self):
        """Take all claims from one status to the next, as far as each one goes."""
        sent = (S.SUBMITTED, S.RETURNED, S.DECLINED, S.APPROVED, S.PARTLY_APPROVED, S.IN_RUN, S.PAID)
        self.step(
            "status = 'submitted', submitted_at = s.submitted_at, submitted_by_id = s.person, pay_by = s.pay_by",
            sent,
            "s.submitted_at",
        )
        self.step("status = 'withdrawn', withdrawn_by_id = s.person", (S.WITHDRAWN,), "s.submitted_at")
        self.step("status = 'returned'", (S.RETURNED,), "s.approved_at")
        self.step(
            "status = 'declined', declined_at = s.approved_at, declined_by_id = s.approver,"
            " decline_reason = 'Your charity has paid you for this day.'",
            (S.DECLINED,),
            "s.approved_at",
        )
        in_full = (S.APPROVED, S.IN_RUN, S.PAID)
        self.approve_lines((*in_full, S.PARTLY_APPROVED))
        for status, pence, statuses in (
            (S.APPROVED, "s.pence", in_full),
            (S.PARTLY_APPROVED, f"s.pence - {LESS_PENCE}", (S.PARTLY_APPROVED,)),
        ):
            self.step(
                f"status = '{status}', approved_at = s.approved_at, approved_by_id = s.approver,"
                f" approved_pence = {pence}, money_pence = {pence}, payroll_pence = 0, voucher_pence = 0,"
                " donation_pence = 0, waived_pence = 0, advance_recovered_pence = 0",
                statuses,
                "s.approved_at",
            )

    def claim_lines(self, lines, claim, title, day, hours):
        """Add the lines of a claim: the time and, for most, expenses of coming. Return the sum in pence."""
        rng = self.rng
        half = hours <= HALF_DAY_HOURS
        total = HALF_DAY_PENCE if half else FULL_DAY_PENCE
        lines.add(
            claim, "time", "", title, day, hours, None, total,
            f"{'Half' if half else 'Full'} day: {pounds(total)}",
        )  # fmt: skip
        for kind, share, what in EXPENSES:
            if rng.random() >= share:
                continue
            miles = Decimal(rng.randint(30, 900)) / 10 if kind == ExpenseKind.MILEAGE else None
            pence = round_pence(miles * PENCE_PER_MILE) if miles else rng.randint(20, 480) * 10
            rate = f"{miles} miles at {PENCE_PER_MILE}p" if miles else ""
            lines.add(claim, "expense", kind, what, day, None, miles, pence, rate)
            total += pence
        return total

    def approve_lines(self, statuses):
        """Approve every line of the claims that end in one of `statuses`: in full, but for those approved in part."""
        names = ", ".join(f"'{status}'" for status in statuses)
        less = f"s.status = '{S.PARTLY_APPROVED}' AND l.category = 'time'"
        with_history(
            ClaimLine,
            "UPDATE payments_claimline l SET"  # noqa: S608  (our own names)
            f" approved_pence = l.amount_pence - CASE WHEN {less} THEN {LESS_PENCE} ELSE 0 END,"
            f" decision_reason = CASE WHEN {less} THEN 'The afternoon was cut short.' ELSE '' END"
            " FROM seed_steps s"
            f" WHERE l.claim_id = s.id AND s.status IN ({names}) RETURNING l.*, s.approved_at AS at",
            label="update",
            context=self.context,
        )

    def step(self, changes, statuses, at):
        """Move every claim that ends in one of `statuses` one status on, at the moment `at` (SQL over `seed_steps`)."""
        names = ", ".join(f"'{status}'" for status in statuses)
        with_history(
            Claim,
            f"UPDATE payments_claim c SET {changes} FROM seed_steps s"  # noqa: S608  (our own names)
            f" WHERE c.id = s.id AND s.status IN ({names}) RETURNING c.*, {at} AS at",
            label="update",
            context=self.context,
        )

    # Payment runs: open while payments go in, then signed, then paid

    def payment_runs(self):
        plan = self.plan
        runs = defaultdict(list)
        for pk, person, run_on, status in self.payable:
            runs[run_on, status != S.PAID].append((pk, person))
        created = []
        payment_ids = iter(fresh_ids(Payment, len(self.payable)))
        payments = Rows(Payment, "id", "run_id", "person_id", "reference", "amount_pence", "said_how")
        made = Rows(PaymentMade, "payment_id", "method", "on", "recorded_by_id", "recorded_at")
        items = Rows(PaymentItem, "payment_id", "claim_id", "amount_pence")
        numbers = itertools.count(1)
        for number, ((day, waiting), claims) in enumerate(sorted(runs.items()), start=1):
            maker, signer = self.finance[number % 2], self.finance[2 + number % 2]
            run = PaymentRun.objects.create(
                programme=self.programme,
                reference=f"{plan.short_code}-R{number:04d}",
                made_by_id=maker,
                made_at=self.at(day, 10),
            )
            created.append((run.pk, waiting, maker, signer, day))
            by_person = defaultdict(list)
            for pk, person in claims:
                by_person[person].append(pk)
            for person, theirs in by_person.items():
                payment = next(payment_ids)
                reference = f"{plan.short_code}{next(numbers):08d}"
                payments.add(payment, run.pk, person, reference, sum(self.totals[pk] for pk in theirs), SAID_HOW)
                if not waiting:
                    made.add(payment, PaymentMethod.OTHER, day, maker, self.at(day, 16))
                for pk in theirs:
                    items.add(payment, pk, self.totals[pk])
        self.step("status = 'in_run'", (S.IN_RUN, S.PAID), "s.run_on + time '10:00'")
        self.copy(payments)
        self.copy(items)
        self.counts["payment runs"] += len(created)
        waiting_runs = [run for run, waiting, *_rest in created if waiting]
        for pk, waiting, _maker, signer, day in created:
            # Of the runs under way, the last still waits for its sign-off.
            if waiting and pk == waiting_runs[-1]:
                continue
            run = PaymentRun.objects.get(pk=pk)
            run.status, run.signed_by_id, run.signed_at = PaymentRun.Status.SIGNED, signer, self.at(day, 14)
            run.save()
        self.copy(made)
        for pk, waiting, maker, _signer, day in created:
            if not waiting:
                run = PaymentRun.objects.get(pk=pk)
                run.status, run.paid_on, run.paid_recorded_by_id = PaymentRun.Status.PAID, day, maker
                run.save()
        self.step("status = 'paid', paid_on = s.run_on", (S.PAID,), "s.run_on + time '16:00'")
