"""Where the money of the demo goes: bank details, the budget, claims that are paid, and how people are recognised."""

import datetime as dt

from django.db.models import F

from payments.advances import actions as advance_actions
from payments.approval.actions import decisions
from payments.bank_files.actions import downloads, setup
from payments.budgets import actions as budget_actions
from payments.budgets import queries as budget_queries
from payments.claims.actions import sending
from payments.models import Advance, BankDetails, Claim, PaymentMethod, ReportKind, ReturnReason
from payments.my_record import actions as record_actions
from payments.payees.actions import bank, methods
from payments.recognition import actions as recognition_actions
from payments.reports import actions as report_actions
from payments.runs import parts
from payments.runs.actions import made, returns, runs
from wellbeing.demo import accounts as bank_accounts
from wellbeing.demo import claims
from wellbeing.demo.clock import FRI, MON, SAT, SUN, THU, TUE, WED, moment
from wellbeing.demo.story.steps import Steps, in_the_day


class MoneyPart(Steps):
    """The part of the story about money."""

    def bank_details_come(self):
        """Most people give their bank details, and finance says what its files are made with."""
        with self.at(-14, MON, 10):
            account = setup.set_paying_account(
                programme=self.programme,
                by=self.user("graham"),
                effective_from=self.week.day(-14, MON),
                **bank_accounts.PAYS_FROM,
            )
            setup.set_bank_layout(programme=self.programme, by=self.user("graham"), layout=bank_accounts.COLUMNS)
            setup.set_journal_layout(
                programme=self.programme, by=self.user("graham"), package="generic", codes=bank_accounts.CODES
            )
        with self.at(-14, TUE, 9):
            setup.confirm_paying_account(account=account, by=self.user("nkechi"))
        for number, (key, (sort_code, account_number)) in enumerate(bank_accounts.GIVEN.items()):
            with moment(self.week.at(-14, WED, 10) + dt.timedelta(minutes=23 * number)):
                self.give_bank_details(key, sort_code, account_number)

    def bank_details_are_checked(self, first):
        """From the moment `first` on, finance checks the accounts of the people it has come to owe money."""
        checks = {self.people[key].pk: (outcome, name) for key, outcome, name in bank_accounts.NAME_CHECKS}
        owed = (
            BankDetails.objects.owed_by(self.programme)
            .on_hold_for(self.programme)
            .filter(on_hold_since=F("changed_at"))
        )
        for number, details in enumerate(owed.order_by("changed_at")):
            seen = {"details": details, "programme": self.programme, "seen": details.changed_at}
            if details.person_id in checks:
                outcome, name = checks[details.person_id]
                with moment(first + dt.timedelta(minutes=7 * number)):
                    bank.record_name_check(outcome=outcome, name_returned=name, by=self.user("nkechi"), **seen)
            with moment(first + dt.timedelta(minutes=7 * number + 4)):
                bank.confirm(how=bank_accounts.HOW, by=self.user("nkechi"), **seen)

    def bank_details_change(self):
        """Somebody changed hers at the weekend; finance has not checked them yet."""
        with self.at(-1, SAT, 18, 20):
            self.give_bank_details(*bank_accounts.CHANGED)

    def give_bank_details(self, key, sort_code, account_number):
        person = self.people[key]
        return bank.save(
            person=person,
            by=self.user(key),
            account_name=person.full_name,
            sort_code=sort_code,
            account_number=account_number,
        )

    def budget_is_set(self):
        starts_on, ends_on = budget_queries.year_of(self.programme, self.day(claims.CURRY["day"]))
        for line in claims.BUDGET:
            with self.at(-13, MON, 9):
                created = budget_actions.add_line(
                    programme=self.programme,
                    by=self.user("graham"),
                    cost_code=line.cost_code,
                    name=line.name,
                    funder=self.programme.funder,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    amount_pence=line.pence,
                    activities=line.activities,
                )
            if line.raised:
                pence, reason = line.raised
                with self.at(-9, THU, 15):
                    budget_actions.change_line(
                        line=created,
                        by=self.user("nkechi"),
                        cost_code=created.cost_code,
                        name=created.name,
                        funder=created.funder,
                        starts_on=created.starts_on,
                        ends_on=created.ends_on,
                        amount_pence=pence,
                        reason=reason,
                        activities=line.activities,
                    )

    def curry_is_paid(self):
        for number, (key, spent) in enumerate(claims.CURRY_CLAIMS.items()):
            self.claim(self.curry, key, spent, in_the_day(self.week.at(-8, FRI, 10), number))
        late, spent = claims.LATE_CLAIM
        self.claim(self.curry, late, spent, self.week.at(-7, TUE, 20))
        with self.at(-7, TUE, 11):
            for key in claims.CURRY_CLAIMS:
                decisions.approve(claim=self.claims[self.curry, key], by=self.user("idris"))
        self.bank_details_are_checked(self.week.at(-7, TUE, 14))
        for number, (key, method) in enumerate(bank_accounts.TOLD_BY_PHONE):
            with self.at(-7, TUE, 15, 10 * number):
                methods.write_down(
                    person=self.people[key],
                    programme=self.programme,
                    by=self.user("nkechi"),
                    method=method,
                    told_how=Claim.EnteredHow.PHONE,
                    told_on=self.week.day(-7, TUE),
                )
        with self.at(-7, WED, 10):
            question = (
                "Thank you for coming, Rosa. Your ticket says Harrowdale and our list says Stonebeck. Which did you "
                "travel from? Either is fine."
            )
            decisions.return_with_question(
                claim=self.claims[self.curry, late], by=self.user("idris"), question=question
            )
        with self.at(-7, WED, 14):
            run = runs.make_run(
                programme=self.programme,
                claims=[self.claims[self.curry, key] for key in claims.CURRY_CLAIMS],
                by=self.user("graham"),
            )
        with self.at(-7, THU, 9, 15):
            runs.sign_off(run=run, by=self.user("nkechi"))
        with self.at(-7, THU, 9, 40):
            runs.make_documents(run=run, by=self.user("graham"))
        with self.at(-7, THU, 10, 5):
            downloads.download(run=run, by=self.user("graham"))
        with self.at(-7, FRI, 15):
            runs.mark_paid(run=run, by=self.user("graham"), on=self.week.day(-7, FRI))
        with self.at(-7, FRI, 15, 30):
            self.others_are_paid(run)
        with self.at(-1, SUN, 19, 20):
            answer = "Sorry to be slow, I was in hospital. Harrowdale. I stay with my daughter there."
            sending.answer(claim=self.claims[self.curry, late], by=self.user(late), answer=answer)

    def others_are_paid(self, run):
        """The cheque is posted and the cash handed over, each with its proof."""
        proofs = {
            PaymentMethod.CHEQUE: {"reference": bank_accounts.CHEQUE_NUMBER},
            PaymentMethod.CASH: {"handed_over_by": bank_accounts.CASH_FROM},
        }
        for payment, method in parts.parts_not_made(run):
            proof = dict(proofs[method])
            if method == PaymentMethod.CASH:
                proof["received_by"] = payment.person.full_name
            day = self.week.day(-7, FRI)
            made.record(payment=payment, method=method, by=self.user("graham"), on=day, **proof)

    def one_payment_comes_back(self):
        """Her account was closed, so the bank sent the money back; it waits for her new details."""
        key, code, note = bank_accounts.CAME_BACK
        day = self.week.day(-6, TUE)
        claim = self.claims[self.curry, key]
        with self.at(-6, WED, 10, 30):
            returns.record(
                payment=claim.payment_items.get(live=True).payment,
                by=self.user("graham"),
                reason=ReturnReason.objects.effective_on(day).get(code=code),
                on=day,
                note=note,
            )

    def people_say_how_they_are_recognised(self):
        """The programme names a charity and has vouchers. One person gives the payment for their time away."""
        with self.at(-6, TUE, 11):
            recognition_actions.offer(
                programme=self.programme,
                by=self.user("ros"),
                effective_from=self.week.day(-6, TUE),
                charity_name=claims.OFFERED_CHARITY,
                vouchers=True,
            )
        with self.at(-5, SUN, 18):
            record_actions.choose(
                programme=self.programme, by=self.user(claims.GIVES), recognition=Claim.Recognition.CHARITY
            )

    def had_before(self, event):
        """Somebody had money in hand for the day, so that nobody waits for it."""
        key, pence, note = claims.ADVANCE
        with self.at(-2, FRI, 12):
            advance_actions.record(
                programme=self.programme,
                person=self.people[key],
                by=self.user("tamsin"),
                amount_pence=pence,
                paid_on=self.week.day(-2, FRI),
                how=Advance.How.CASH,
                event=event,
                note=note,
            )

    def finance_looks_back(self):
        """A report is made and kept."""
        with self.at(-1, FRI, 16):
            report_actions.ask(programme=self.programme, kind=ReportKind.AGEING, by=self.user("nkechi"))
