"""Plays the story: each step at its own moment, by the person who did it, through the actions of the apps."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from events.day import actions as day_actions
from events.inviting.actions import invitations
from events.planning import actions as planning_actions
from payments.advances import actions as advance_actions
from payments.approval.actions import decisions
from payments.bank_files.actions import downloads, setup
from payments.budgets import actions as budget_actions
from payments.budgets import queries as budget_queries
from payments.claims.actions import filling, sending
from payments.models import Advance, BankDetails, Claim, ClaimLine, ReportKind, ReturnReason
from payments.my_record import actions as record_actions
from payments.payees.actions import bank
from payments.policy import actions as policy_actions
from payments.policy.calculations import half_or_full_day
from payments.policy.models.kinds import CapPer, ExpenseKind
from payments.recognition import actions as recognition_actions
from payments.reports import actions as report_actions
from payments.runs.actions import returns, runs
from people.accounts.actions import accounts
from people.models import Organisation, Person, User
from people.needs import actions as need_actions
from programmes.decisions import actions as decision_actions
from programmes.groups.actions import groups
from programmes.groups.actions import terms as terms_actions
from programmes.language import actions as language_actions
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Group, Role, Term
from programmes.programme.actions import partnerships, programmes

from . import accounts as bank_accounts
from . import cast, days, papers, words
from .clock import FRI, LONDON, MON, SAT, SUN, THU, TUE, WED, moment

SEATS = Term.Seat
ADMINISTRATOR = "ada"
# Who sits on the steering group: (who, office, first day, last day), days as (weeks from this one, weekday).
LIVED_EXPERIENCE_SEATS = (
    ("maggie", Term.Office.CHAIR, (-56, MON), (48, FRI)),
    ("desmond", Term.Office.CO_CHAIR, (-56, MON), (48, FRI)),
    ("shanelle", Term.Office.MEMBER, (-56, MON), (48, FRI)),
    ("kenji", Term.Office.MEMBER, (-56, MON), (48, FRI)),
    ("bronwen", Term.Office.MEMBER, (-56, MON), (5, FRI)),
    ("yusuf", Term.Office.MEMBER, (-56, MON), (-9, FRI)),
    ("pip", Term.Office.MEMBER, (-30, MON), (74, FRI)),
    ("terry", Term.Office.MEMBER, (-8, MON), (96, FRI)),
)
PARTNER_SEATS = (
    ("beatrix", (-56, MON), (48, FRI)),
    ("tunde", (-56, MON), (48, FRI)),
    ("elspeth", (-56, MON), (48, FRI)),
    ("rafael", (-56, MON), (-20, FRI)),
    ("sunita", (-20, MON), (84, FRI)),
)
COMMUNITY_SEATS = ("kofi", "harriet", "callum", "stan")


class Story:
    """One telling of the story around a `Week`. `programme` is the programme it is about, once it has been set up."""

    def __init__(self, week):
        self.week = week
        self.people = {}
        self.claims = {}

    def play(self):
        """Everything, in the order it happened."""
        self.the_beginning()
        self.people_join()
        self.groups_form()
        self.group_decides(until=-9)
        self.next_door()
        self.bank_details_come()
        self.budget_is_set()
        self.curry_day()
        self.curry_is_paid()
        self.one_payment_comes_back()
        self.the_evening_is_planned()
        self.people_say_how_they_are_recognised()
        self.workshop()
        self.group_decides(since=-9)
        self.bank_details_change()
        self.meeting_to_come()
        self.finance_looks_back()
        return self.programme

    # Small helpers

    def at(self, weeks, weekday, hour, minute=0):
        """A step at this moment."""
        return moment(self.week.at(weeks, weekday, hour, minute))

    def day(self, when):
        return self.week.day(*when)

    def user(self, key):
        """The account of somebody, read afresh: what they may do depends on the moment."""
        if key == ADMINISTRATOR:
            return User.objects.get(email=cast.ADMINISTRATOR[0])
        return User.objects.get(person=self.people[key])

    # How it began

    def the_beginning(self):
        with self.at(-66, MON, 9):
            User.objects.create_superuser(cast.ADMINISTRATOR[0], name=cast.ADMINISTRATOR[1])
            accounts.account_for(email=cast.ADMINISTRATOR[0], by=None)
            self.programme = self.set_up(words.PROGRAMME, (-66, MON), cast.STAFF[0])
        # Nobody can confirm the first people of finance but the host's contact; they confirm who comes later.
        for somebody in cast.FINANCE:
            with self.at(somebody.joined, TUE, 10):
                self.appoint(somebody, Role.FINANCE, by=self.user(ADMINISTRATOR))
        ros = self.user("ros")
        for somebody in cast.STAFF[1:]:
            with self.at(somebody.joined, TUE, 15):
                by = self.user(ADMINISTRATOR) if somebody.joined <= cast.FINANCE[0].joined else ros
                self.appoint(somebody, Role.STAFF, by=by)
        with self.at(-64, WED, 9):
            for name, about in cast.PARTNERS.values():
                partnerships.add(programme=self.programme, by=ros, name=name, about=about)
            self.organisations = {
                key: Organisation.objects.get(name=name) for key, (name, _about) in cast.PARTNERS.items()
            }
            expenses = [
                terms for terms in policy_actions.USUAL_EXPENSES if terms.kind != ExpenseKind.PERSONAL_ASSISTANT
            ]
            expenses += [
                policy_actions.ExpenseTerms(ExpenseKind.PERSONAL_ASSISTANT),
                policy_actions.ExpenseTerms(
                    ExpenseKind.OVERNIGHT, cap_pence=11000, cap_per=CapPer.NIGHT, needs_prior_approval=True
                ),
                policy_actions.ExpenseTerms(
                    ExpenseKind.SUBSISTENCE,
                    cap_per=CapPer.HOURS_AWAY,
                    bands=((Decimal(5), 1000), (Decimal(10), 2500)),
                    receipt_above_pence=500,
                ),
                policy_actions.ExpenseTerms(ExpenseKind.PRINTING, cap_pence=1000, receipt_needed=False),
                policy_actions.ExpenseTerms(ExpenseKind.OTHER),
            ]
            late = {"cancel_within_days": 3, "cancel_share_percent": 50}
            self.publish_policy(self.programme, ros, 5000, 10000, expenses, **late)
            for week, name in ((5, words.AWAY_DAY), (7, words.STOCKTAKING)):
                policy_actions.add_closed_day(programme=self.programme, by=ros, day=self.day((week, THU)), name=name)

    def set_up(self, about, starts, somebody):
        """The administrator sets up a programme and proposes its first member of staff; the host's contact confirms."""
        administrator = self.user(ADMINISTRATOR)
        starts_on = self.day(starts)
        programme = programmes.create(
            by=administrator,
            starts_on=starts_on,
            ends_on=starts_on + dt.timedelta(days=3 * 365),
            **about,
        )
        self.programme = programme
        self.appoint(somebody, Role.STAFF, by=administrator)
        return programme

    def appoint(self, somebody, role, *, by):
        """Add and propose a colleague of the host, have it confirmed by whom it takes, and let them sign in."""
        person = self.people[somebody.key] = memberships.welcome(
            programme=self.programme, roles=[role], by=by, **self.details(somebody)
        )
        appointment = person.appointments.get(programme=self.programme, role=role)
        self.sign_in(somebody, person, by=by)
        if appointment.key:
            appointments.confirm_by_host(appointment=appointment, by=None)
        else:
            appointments.confirm(appointment=appointment, by=self.user("graham"))

    def publish_policy(self, programme, by, half_day_pence, full_day_pence, expenses, **more):
        policy_actions.publish(
            programme=programme,
            by=by,
            effective_from=programme.starts_on,
            fees=[policy_actions.ActivityFee(half_or_full_day(half_day_pence, full_day_pence, Decimal(4)))],
            pence_per_mile=Decimal(40),
            pay_within_working_days=10,
            claim_window_months=3,
            expenses=expenses,
            **more,
        )

    def welcome(self, somebody, *, by):
        """Someone with lived experience joins the programme, and signs in for the first time where they can."""
        partner = cast.PARTNERS.get(somebody.partner)
        membership = memberships.add(
            programme=self.programme,
            by=by,
            organisation=self.organisations[somebody.partner] if partner else None,
            **self.details(somebody),
        )
        self.people[somebody.key] = membership.person
        self.sign_in(somebody, membership.person, by=by)

    def details(self, somebody):
        """What staff type when they add somebody."""
        return {
            "full_name": somebody.name,
            "known_as": somebody.known_as,
            "email": somebody.email,
            "phone": somebody.phone,
            "postal_address": somebody.address,
            "channel": somebody.channel,
            "letter_size": Person.LetterSize.LARGE if somebody.large_print else Person.LetterSize.STANDARD,
            "about": somebody.about,
        }

    def sign_in(self, somebody, person, *, by):
        """They sign in for the first time, and say what they need; without an address a colleague writes it down."""
        account = accounts.account_for(email=somebody.email, by=None)
        if account:
            joining.answer_by_signing_in(by=account)
        if somebody.needs:
            need_actions.set(person=person, by=account or by, needs=somebody.needs)

    def people_join(self):
        for number, somebody in enumerate(cast.PEOPLE):
            by = self.user("ros" if somebody.joined < -40 else "tamsin")
            with self.at(somebody.joined, number % 5, 9 + number % 7, 7 * number % 60):
                self.welcome(somebody, by=by)

    def groups_form(self):
        with self.at(-56, MON, 8):
            ros = self.user("ros")
            self.steering = groups.create(
                programme=self.programme,
                name="Steering group",
                kind=Group.Kind.STEERING,
                by=ros,
                purpose=words.STEERING_PURPOSE,
            )
            self.community = groups.create(
                programme=self.programme,
                name="Community of practice",
                kind=Group.Kind.COMMUNITY,
                by=ros,
                purpose=words.COMMUNITY_PURPOSE,
            )
            for somebody in cast.PARTNER_PEOPLE:
                self.people[somebody.key] = memberships.welcome(
                    programme=self.programme,
                    by=ros,
                    group=self.community,
                    seat=SEATS.PARTNER,
                    organisation=self.organisations[somebody.partner],
                    **self.details(somebody),
                )
                joining.answer_by_signing_in(by=accounts.account_for(email=somebody.email, by=None))
            for key, starts, ends in PARTNER_SEATS:
                self.sit(key, SEATS.PARTNER, Term.Office.MEMBER, starts, ends)
            for key, office, starts, ends in LIVED_EXPERIENCE_SEATS:
                self.sit(key, SEATS.LIVED_EXPERIENCE, office, starts, ends)
            self.sit("idris", SEATS.STAFF, Term.Office.MEMBER, (-56, MON), None)
            for key in COMMUNITY_SEATS:
                seat = SEATS.LIVED_EXPERIENCE
                terms_actions.add(group=self.community, person=self.people[key], seat=seat, by=ros)

    def sit(self, key, seat, office, starts, ends):
        terms_actions.add(
            group=self.steering,
            person=self.people[key],
            seat=seat,
            office=office,
            by=self.user("ros"),
            starts_on=self.day(starts),
            ends_on=self.day(ends) if ends else None,
        )

    # What the steering group decided

    def group_decides(self, *, since=-99, until=99):
        """Proposals put forward from week `since` until before week `until`."""
        for proposal in words.PROPOSALS:
            if not since <= proposal.opened[0] < until:
                continue
            with self.at(*proposal.opened, 9, 30):
                decision = decision_actions.propose(
                    group=self.steering,
                    title=proposal.title,
                    wording=proposal.wording,
                    background=proposal.background,
                    closes_on=self.day(proposal.closes),
                    by=self.user(proposal.by),
                )
            for number, (key, stance, reason, named) in enumerate(proposal.views):
                with moment(in_the_day(self.week.at(*proposal.opened, 11), number)):
                    decision_actions.take_position(
                        decision=decision, stance=stance, reason=reason, named=named, by=self.user(key)
                    )
            if proposal.withdrawn:
                with self.at(*proposal.withdrawn, 16):
                    decision_actions.withdraw(decision=decision, by=self.user(proposal.by), reason=proposal.changes)
            elif proposal.outcome:
                outcome, reason = proposal.outcome
                with self.at(*proposal.decided, 17):
                    decision_actions.record_outcome(
                        decision=decision,
                        outcome=outcome,
                        reason=reason,
                        what_changes=proposal.changes,
                        review_on=self.day(proposal.review) if proposal.review else None,
                        by=self.user("maggie"),
                    )

    # Where the money goes

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
        owed = BankDetails.objects.owed_by(self.programme).held_for(self.programme).filter(held_since=F("changed_at"))
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

    # The budget of the second year

    def budget_is_set(self):
        starts_on, ends_on = budget_queries.year_of(self.programme, self.day(days.CURRY["day"]))
        for line in days.BUDGET:
            with self.at(-13, MON, 9):
                made = budget_actions.add_line(
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
                        line=made,
                        by=self.user("nkechi"),
                        cost_code=made.cost_code,
                        name=made.name,
                        funder=made.funder,
                        starts_on=made.starts_on,
                        ends_on=made.ends_on,
                        amount_pence=pence,
                        reason=reason,
                        activities=line.activities,
                    )

    # The curry and co-production day

    def plan(self, about, *, by, group=None, organiser="tamsin"):
        """An event of `days`."""
        day = self.day(about["day"])
        starts_at, ends_at = (
            dt.datetime.combine(day, dt.time(hour, minute), LONDON) for hour, minute in about["times"]
        )
        others = {key: value for key, value in about.items() if key not in {"day", "times", "reply_by"}}
        return planning_actions.create(
            programme=self.programme,
            by=self.user(by),
            starts_at=starts_at,
            ends_at=ends_at,
            reply_by=self.day(about["reply_by"]),
            organiser=self.people[organiser],
            group=group,
            **others,
        )

    def invite(self, event, keys, by):
        invitations.invite(event=event, people=[self.people[key] for key in keys], by=self.user(by))

    def replies(self, event, keys, reply, first):
        """Each of `keys` replies, some a day, from the moment `first`."""
        for number, key in enumerate(keys):
            with moment(in_the_day(first, number)):
                invitations.reply(
                    invitation=event.invitations.get(person=self.people[key]), reply=reply, by=self.account(key)
                )

    def account(self, key):
        """The account of somebody, or of the colleague who takes their replies down for them on the phone."""
        person = self.people[key]
        return User.objects.filter(person=person).first() or self.user("tamsin")

    def curry_day(self):
        came = [*days.CURRY_CLAIMS, days.LATE_CLAIM[0]]
        with self.at(-13, MON, 14):
            event = self.curry = self.plan(days.CURRY, by="tamsin")
        with self.at(-12, MON, 9, 30):
            asked = [*came, *days.CURRY_AWAY, *days.CURRY_PARTNERS, "jerome", "priyanka"]
            self.invite(event, asked, by="tamsin")
        self.replies(event, [*came, *days.CURRY_PARTNERS], days.Reply.COMING, self.week.at(-12, MON, 12))
        self.replies(event, days.CURRY_AWAY, days.Reply.NOT_COMING, self.week.at(-12, WED, 10))
        with self.at(-8, THU, 16, 30):
            present = {self.people[key].pk for key in (*came, *days.CURRY_PARTNERS)}
            day_actions.record(event=event, came=present, by=self.user("tamsin"))
        with self.at(-8, FRI, 10):
            for term, replaces, why in words.AGREED_TERMS:
                language_actions.add(
                    programme=self.programme,
                    term=term,
                    replaces=replaces,
                    why=why,
                    agreed_on=self.day(days.CURRY["day"]),
                    agreed_at=words.AGREED_AT,
                    by=self.user("idris"),
                )

    def curry_is_paid(self):
        for number, (key, spent) in enumerate(days.CURRY_CLAIMS.items()):
            self.claim(self.curry, key, spent, in_the_day(self.week.at(-8, FRI, 10), number))
        late, spent = days.LATE_CLAIM
        self.claim(self.curry, late, spent, self.week.at(-7, TUE, 20))
        with self.at(-7, TUE, 11):
            for key in days.CURRY_CLAIMS:
                decisions.approve(claim=self.claims[self.curry, key], by=self.user("idris"))
        self.bank_details_are_checked(self.week.at(-7, TUE, 14))
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
                claims=[self.claims[self.curry, key] for key in days.CURRY_CLAIMS],
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
        with self.at(-1, SUN, 19, 20):
            answer = "Sorry to be slow, I was in hospital. Harrowdale. I stay with my daughter there."
            sending.answer(claim=self.claims[self.curry, late], by=self.user(late), answer=answer)

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

    def claim(self, event, key, spent, when, send=True):
        """Somebody fills in their claim for an event with what they spent and, unless told, sends it."""
        with moment(when):
            by = self.user(key)
            claim = self.claims[event, key] = event.claims.get(person=self.people[key])
            for each in spent:
                self.expense(claim, each, by)
        if send:
            with moment(when + dt.timedelta(minutes=6)):
                sending.submit(claim=claim, by=self.user(key))

    def expense(self, claim, each, by):
        file = None
        if each.paper:
            content, content_type = paper_of(each, claim.activity_date)
            file = SimpleUploadedFile(each.paper[-1], content, content_type)
        filling.add_expense(
            claim=claim,
            by=by,
            kind=each.kind,
            description=each.what,
            amount_pence=each.pence or None,
            miles=Decimal(each.miles) if each.miles else None,
            file=file,
        )

    # Other than money in the bank

    def people_say_how_they_are_recognised(self):
        """The programme names a charity and has vouchers. One person gives the payment for their time away."""
        with self.at(-6, TUE, 11):
            recognition_actions.offer(
                programme=self.programme, by=self.user("ros"), effective_from=self.week.day(-6, TUE), **days.OFFER
            )
        with self.at(-5, SUN, 18):
            record_actions.choose(
                programme=self.programme, by=self.user(days.GIVES), recognition=Claim.Recognition.CHARITY
            )

    def had_before(self, event):
        """Somebody had money in hand for the day, so that nobody waits for it."""
        key, pence, note = days.ADVANCE
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

    # The workshop of last week

    def workshop(self):
        came = list(days.WORKSHOP_CLAIMS)
        with self.at(-5, TUE, 14):
            event = self.plan(days.WORKSHOP, by="tamsin", group=self.community)
        with self.at(-4, TUE, 9, 30):
            self.invite(event, [*came, *days.WORKSHOP_PARTNERS, "callum", "ellis", "terry", "margit"], by="tamsin")
        self.replies(event, [*came, *days.WORKSHOP_PARTNERS], days.Reply.COMING, self.week.at(-4, TUE, 12))
        self.replies(event, ["callum", "margit"], days.Reply.NOT_COMING, self.week.at(-4, THU, 12))
        self.had_before(event)
        with self.at(-1, TUE, 17):
            present = {self.people[key].pk for key in (*came, *days.WORKSHOP_PARTNERS)}
            day_actions.record(event=event, came=present, by=self.user("tamsin"))
        for number, (key, (way, spent)) in enumerate(days.WORKSHOP_CLAIMS.items()):
            if not spent and way == days.DRAFT:
                continue
            when = self.week.at(-1, TUE, 18) + dt.timedelta(minutes=18 * number)
            self.claim(event, key, spent, when, send=way != days.DRAFT)
        mine = defaultdict(list)
        for key, (way, _spent) in days.WORKSHOP_CLAIMS.items():
            mine[way].append(key)
        with self.at(-1, THU, 10, 30):
            for key in (*mine[days.IN_RUN], *mine[days.APPROVED]):
                decisions.approve(claim=self.claims[event, key], by=self.user("ros"))
            for key in mine[days.IN_PART]:
                pence, reason = days.WORKSHOP_IN_PART[key]
                claim = self.claims[event, key]
                decided = [
                    decisions.LineDecision(line, pence, reason)
                    for line in claim.lines.filter(category=ClaimLine.Category.EXPENSE)
                ]
                decisions.approve(claim=claim, decisions=decided, by=self.user("ros"))
        for key in mine[days.NOT_APPROVED]:
            with self.at(-1, THU, 10, 50):
                reason = days.WORKSHOP_NOT_APPROVED[key]
                decisions.decline(claim=self.claims[event, key], by=self.user("ros"), reason=reason)
        for key in mine[days.RETURNED]:
            with self.at(-1, THU, 11, 15):
                question = days.WORKSHOP_QUESTIONS[key]
                decisions.return_with_question(claim=self.claims[event, key], by=self.user("ros"), question=question)
        for key in mine[days.TAKEN_BACK]:
            with self.at(-1, THU, 20):
                sending.withdraw(claim=self.claims[event, key], by=self.user(key))
        self.bank_details_are_checked(self.week.at(-1, FRI, 9))
        with self.at(-1, FRI, 14, 45):
            chosen = [self.claims[event, key] for key in mine[days.IN_RUN]]
            runs.make_run(programme=self.programme, claims=chosen, by=self.user("graham"))

    def the_evening_is_planned(self):
        with self.at(-6, MON, 11):
            self.plan(days.EVENING, by="tamsin")

    # The meeting to come

    def meeting_to_come(self):
        with self.at(-2, MON, 11):
            event = self.plan(days.MEETING, by="idris", group=self.steering, organiser="idris")
        with self.at(-1, MON, 9, 30):
            asked = [key for key, _reply, _needs, _question in days.MEETING_REPLIES]
            self.invite(event, [*asked, "pip", "terry", "sunita"], by="idris")
        for number, (key, reply, needs, question) in enumerate(days.MEETING_REPLIES):
            with moment(in_the_day(self.week.at(-1, MON, 12), number)):
                invitations.reply(
                    invitation=event.invitations.get(person=self.people[key]),
                    reply=reply,
                    access_needs=needs,
                    question=question,
                    by=self.user(key),
                )
        key, answer = days.ANSWERED
        with self.at(-1, WED, 9):
            invitation = event.invitations.get(person=self.people[key])
            invitations.answer(invitation=invitation, answer=answer, by=self.user("idris"))

    # The small programme next door

    def next_door(self):
        ours = self.programme
        with self.at(-30, MON, 9):
            theirs = self.set_up(words.NEXT_DOOR, (-30, MON), cast.NEXT_DOOR_STAFF)
        with self.at(-28, SAT, 10):
            hester = self.user("hester")
            self.publish_policy(theirs, hester, 3000, 6000, policy_actions.USUAL_EXPENSES)
            for somebody in cast.NEXT_DOOR_PEOPLE:
                self.welcome(somebody, by=hester)
        with self.at(-5, MON, 10):
            event = self.plan(days.WAITING_ROOMS, by="hester", organiser="hester")
        with self.at(-2, MON, 10):
            self.invite(event, [somebody.key for somebody in cast.NEXT_DOOR_PEOPLE], by="hester")
        self.programme = ours


def in_the_day(first, number):
    """The moment of the `number`th of many things that people do, five a day, from the moment `first` on."""
    days_on, place = divmod(number, 5)
    return first + dt.timedelta(days=days_on, hours=2 * place, minutes=number * 17 % 60)


def paper_of(spent, on):
    """The ticket or bill that proves one `days.Spent` on the date `on`: (bytes, content type)."""
    style, company, lines, name = spent.paper
    return papers.draw(style, company, lines, on=on, pence=spent.pence, name=name)
