"""How the programme begins: its roles, people and groups, what they decide, and the programme next door."""

from decimal import Decimal

from payments.policy import actions as policy_actions
from payments.policy.models.kinds import CapPer, ExpenseKind
from people.accounts.actions import accounts, single_sign_on
from people.models import Organisation, User
from programmes.decisions.actions import deciding, following, proposing, speaking
from programmes.groups.actions import groups, interests
from programmes.groups.actions import rules as rules_actions
from programmes.groups.actions import terms as terms_actions
from programmes.members.actions import joining, memberships
from programmes.models import Decision, Group, Role, Term
from programmes.programme.actions import partnerships
from wellbeing.demo import claims, people, proposals, texts
from wellbeing.demo.clock import FRI, MON, SAT, THU, TUE, WED, moment
from wellbeing.demo.story.steps import ADMINISTRATOR, Steps, in_the_day

SEATS = Term.Seat
# Seats on the steering group: (key, office, first day, last day), days as (weeks from this one, weekday).
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


# Set the part of the fee that is still paid after a late cancellation.
LATE = {"cancel_within_days": 3, "cancel_share_percent": 50}
LOST = {"no_receipt": policy_actions.NoReceiptTerms(1000, second_above_pence=0)}


def expenses():
    """Return the expenses that the programme covers."""
    covered = [terms for terms in policy_actions.USUAL_EXPENSES if terms.kind != ExpenseKind.PERSONAL_ASSISTANT]
    covered += [
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
    return covered


class ProgrammePart(Steps):
    """The part of the story about the programme, its people and its groups."""

    def the_beginning(self):
        with self.at(-66, MON, 9):
            User.objects.create_superuser(people.ADMINISTRATOR[0], name=people.ADMINISTRATOR[1])
            accounts.account_for(email=people.ADMINISTRATOR[0], by=None)
            self.programme = self.set_up(texts.PROGRAMME, (-66, MON), people.STAFF[0])
        # Nobody can confirm the first people of finance but the host's contact; they confirm who comes later.
        for somebody in people.FINANCE:
            with self.at(somebody.joined, TUE, 10):
                self.appoint(somebody, Role.FINANCE, by=self.user(ADMINISTRATOR))
        ros = self.user("ros")
        for somebody in people.STAFF[1:]:
            with self.at(somebody.joined, TUE, 15):
                by = self.user(ADMINISTRATOR) if somebody.joined <= people.FINANCE[0].joined else ros
                self.appoint(somebody, Role.STAFF, by=by)
        with self.at(-64, WED, 9):
            for name, about in people.PARTNERS.values():
                partnerships.add(programme=self.programme, by=ros, name=name, about=about)
            self.organisations = {
                key: Organisation.objects.get(name=name) for key, (name, _about) in people.PARTNERS.items()
            }
            self.publish_policy(self.programme, ros, 5000, 10000, expenses(), **LATE, **LOST)
            for week, name in ((5, texts.AWAY_DAY), (7, texts.STOCKTAKING)):
                policy_actions.add_closed_day(programme=self.programme, by=ros, day=self.day((week, THU)), name=name)

    def single_sign_on_is_written_down(self):
        """An administrator writes down the sign-in of a partner, whose IT has not given its ID and secret yet."""
        with self.at(-1, TUE, 16):
            single_sign_on.add(by=self.user(ADMINISTRATOR), **texts.SINGLE_SIGN_ON)

    def a_raise_is_drafted(self):
        """Staff draft a version that pays more, for the steering group to look at. Nothing is published yet."""
        with self.at(-1, FRI, 11):
            self.draft_policy(
                self.programme,
                self.user("ros"),
                self.day((1, MON)),
                5500,
                11000,
                expenses(),
                pence_per_mile=Decimal(45),
                **LATE,
                **LOST,
            )

    def people_join(self):
        for number, somebody in enumerate(people.PEOPLE):
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
                purpose=texts.STEERING_PURPOSE,
            )
            self.community = groups.create(
                programme=self.programme,
                name="Community of practice",
                kind=Group.Kind.COMMUNITY,
                by=ros,
                purpose=texts.COMMUNITY_PURPOSE,
            )
            for somebody in people.PARTNER_PEOPLE:
                self.people[somebody.key] = memberships.welcome(
                    programme=self.programme,
                    by=ros,
                    group=self.community,
                    seat=SEATS.PARTNER,
                    organisation=self.organisations[somebody.partner],
                    **self.details(somebody),
                )
                account = accounts.account_for(email=somebody.email, by=None)
                assert account is not None
                joining.answer_by_signing_in(by=account)
            for key, starts, ends in PARTNER_SEATS:
                self.sit(key, SEATS.PARTNER, Term.Office.MEMBER, starts, ends)
            for key, office, starts, ends in LIVED_EXPERIENCE_SEATS:
                self.sit(key, SEATS.LIVED_EXPERIENCE, office, starts, ends)
            self.sit("idris", SEATS.STAFF, Term.Office.MEMBER, (-56, MON), None)
            rules_actions.set_rules(group=self.steering, by=ros, **proposals.STEERING_RULES)
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

    def group_decides(self, *, since=-99, until=99):
        """Put forward and decide the proposals from week `since` until before week `until`."""
        for proposal in proposals.PROPOSALS:
            if not since <= proposal.opened[0] < until:
                continue
            with self.at(*proposal.opened, 9, 30):
                decision = proposing.propose(
                    group=self.steering,
                    title=proposal.title,
                    wording=proposal.wording,
                    background=proposal.background,
                    closes_on=self.day(proposal.closes),
                    method=proposal.method,
                    by=self.user(proposal.by),
                    **proposal.about,
                )
            self.members_say(decision, proposal.opened, proposal.views)
            if proposal.amended:
                day, wording, why, views = proposal.amended
                with moment(self.week.at(*day, 10)):
                    proposing.amend(decision=decision, wording=wording, why=why, by=self.user(proposal.by))
                self.members_say(decision, day, views)
            if proposal.withdrawn:
                with self.at(*proposal.withdrawn, 16):
                    proposing.withdraw(decision=decision, by=self.user(proposal.by), reason=proposal.changes)
            elif proposal.outcome and proposal.decided:
                self.objections_are_answered(decision, proposal)
                outcome, reason = proposal.outcome
                with self.at(*proposal.decided, 17):
                    deciding.record_outcome(
                        decision=decision,
                        outcome=outcome,
                        reason=reason,
                        what_changes=proposal.changes,
                        review_on=self.day(proposal.review) if proposal.review else None,
                        by=self.user("maggie"),
                    )

    def members_say(self, decision, day, views):
        for number, (key, stance, reason, named) in enumerate(views):
            with moment(in_the_day(self.week.at(*day, 11), number)):
                speaking.take_position(decision=decision, stance=stance, reason=reason, named=named, by=self.user(key))

    def objections_are_answered(self, decision, proposal):
        for key, (words, closed_as) in proposal.replies.items():
            with moment(self.week.at(*proposal.closes, 9)):
                objection = decision.objections.get(person=self.people[key])
                speaking.reply_to_objection(objection=objection, words=words, by=self.user(proposal.by))
            with moment(self.week.at(*proposal.closes, 15)):
                speaking.close_objection(objection=objection, closed_as=closed_as, by=self.user(key))

    def the_group_follows_up(self):
        """A chair writes down what is to be done because of the newest decision; one action is late by now."""
        with self.at(-3, MON, 10):
            decision = Decision.objects.filter(group=self.steering, status="decided").latest("decided_on")
            for key, title, day in proposals.POINTS:
                following.add_point(
                    group=self.steering,
                    decision=decision,
                    title=title,
                    owner=self.people[key],
                    due_on=self.day(day),
                    by=self.user("maggie"),
                )

    def a_proposal_is_talked_over(self):
        """Members say what matters to them about where they meet, and put ways beside each other."""
        with self.at(-1, WED, 9):
            decision = proposing.propose(
                group=self.steering, stage="gathering", closes_on=self.day((6, FRI)), by=self.user("maggie"),
                **proposals.TALKED_OVER,
            )  # fmt: skip
        with self.at(-1, WED, 18):
            for key, words, matters, named in proposals.TALKED_OVER_THOUGHTS:
                speaking.think(decision=decision, words=words, matters=matters, named=named, by=self.user(key))
            speaking.ask_question(decision=decision, words="May we see each place first?", by=self.user("shanelle"))
            key, nature, outline = proposals.INTEREST
            interest = interests.declare(group=self.steering, nature=nature, outline=outline, by=self.user(key))
            proposing.declare_interest(
                decision=decision, nature=nature, outline=outline, interest=interest, by=self.user(key)
            )
        with self.at(-1, THU, 10):
            made_from = [
                proposing.add_option(
                    decision=decision, title=title, for_it=for_it, against_it=against, cost=cost, by=self.user(by)
                )
                for by, title, for_it, against, cost in proposals.TALKED_OVER_OPTIONS
            ]
            by, title, for_it, against, cost = proposals.TALKED_OVER_BOTH
            proposing.add_option(
                decision=decision,
                title=title,
                for_it=for_it,
                against_it=against,
                cost=cost,
                made_from=made_from,
                by=self.user(by),
            )
            proposing.shape(decision=decision, by=self.user(by))

    def next_door(self):
        ours = self.programme
        with self.at(-30, MON, 9):
            theirs = self.set_up(texts.NEXT_DOOR, (-30, MON), people.NEXT_DOOR_STAFF)
        with self.at(-28, SAT, 10):
            hester = self.user("hester")
            self.publish_policy(theirs, hester, 3000, 6000, policy_actions.USUAL_EXPENSES)
            for somebody in people.NEXT_DOOR_PEOPLE:
                self.welcome(somebody, by=hester)
        with self.at(-5, MON, 10):
            event = self.plan(claims.WAITING_ROOMS, by="hester", organiser="hester")
        with self.at(-2, MON, 10):
            self.invite(event, [somebody.key for somebody in people.NEXT_DOOR_PEOPLE], by="hester")
        self.programme = ours
