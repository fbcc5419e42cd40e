"""The events of the demo: the curry and co-production day, the workshop, the evening and the meeting to come."""

import datetime as dt
from collections import defaultdict

from events.day import actions as day_actions
from events.inviting.actions import invitations
from payments.approval.actions import decisions
from payments.claims.actions import looking_again, sending
from payments.models import ClaimLine
from payments.runs.actions import runs
from programmes.language import actions as language_actions
from programmes.wording import actions as wording_actions
from wellbeing.demo import claims, feedback, texts
from wellbeing.demo.clock import FRI, MON, THU, TUE, WED, moment
from wellbeing.demo.story.arranging import ArrangingPart
from wellbeing.demo.story.money import MoneyPart
from wellbeing.demo.story.steps import in_the_day
from wellbeing.lib.dates import today


class EventsPart(ArrangingPart, MoneyPart):
    """The part of the story about events; some of what they lead to is in the part about money."""

    def curry_day(self):
        came = [*claims.CURRY_CLAIMS, claims.LATE_CLAIM[0]]
        with self.at(-13, MON, 14):
            event = self.curry = self.plan(claims.CURRY, by="tamsin")
        with self.at(-12, MON, 9, 30):
            invited = [*came, *claims.CURRY_AWAY, *claims.CURRY_PARTNERS, "jerome", "priyanka"]
            self.invite(event, invited, by="tamsin")
        self.replies(event, [*came, *claims.CURRY_PARTNERS], claims.Reply.COMING, self.week.at(-12, MON, 12))
        self.replies(event, claims.CURRY_AWAY, claims.Reply.NOT_COMING, self.week.at(-12, WED, 10))
        self.access_at_the_curry_day()
        with self.at(-8, THU, 16, 30):
            there = (*came, *claims.CURRY_PARTNERS, *feedback.COLLEAGUES)
            present = {self.people[key].pk for key in there}
            day_actions.record(event=event, came=present, by=self.user("tamsin"))
        with self.at(-8, FRI, 10):
            for term, replaces, why in texts.AGREED_TERMS:
                language_actions.add(
                    programme=self.programme,
                    term=term,
                    replaces=replaces,
                    why=why,
                    agreed_on=self.day(claims.CURRY["day"]),
                    agreed_at=texts.AGREED_AT,
                    by=self.user("idris"),
                )

    def own_words(self):
        """The programme words its invitations itself, for people who read Urdu as well, and the thanks for a claim."""
        with self.at(-7, MON, 15):
            for kind, language, words in texts.OWN_WORDS:
                wording_actions.use_words(
                    programme=self.programme,
                    kind=kind,
                    language=language,
                    effective_from=today(),
                    by=self.user("tamsin"),
                    **words,
                )

    def workshop(self):
        came = list(claims.WORKSHOP_CLAIMS)
        with self.at(-5, TUE, 14):
            event = self.plan(claims.WORKSHOP, by="tamsin", group=self.community)
        with self.at(-4, TUE, 9, 30):
            self.invite(event, [*came, *claims.WORKSHOP_PARTNERS, "callum", "ellis", "terry", "margit"], by="tamsin")
        self.replies(event, [*came, *claims.WORKSHOP_PARTNERS], claims.Reply.COMING, self.week.at(-4, TUE, 12))
        self.replies(event, ["callum", "margit"], claims.Reply.NOT_COMING, self.week.at(-4, THU, 12))
        self.had_before(event)
        with self.at(-1, TUE, 17):
            present = {self.people[key].pk for key in (*came, *claims.WORKSHOP_PARTNERS)}
            day_actions.record(event=event, came=present, by=self.user("tamsin"))
        for number, (key, (way, spent)) in enumerate(claims.WORKSHOP_CLAIMS.items()):
            if not spent and way == claims.DRAFT:
                continue
            when = self.week.at(-1, TUE, 18) + dt.timedelta(minutes=18 * number)
            self.claim(event, key, spent, when, send=way != claims.DRAFT)
        mine = defaultdict(list)
        for key, (way, _spent) in claims.WORKSHOP_CLAIMS.items():
            mine[way].append(key)
        with self.at(-1, THU, 10, 30):
            for key in (*mine[claims.IN_RUN], *mine[claims.APPROVED]):
                decisions.approve(claim=self.claims[event, key], by=self.user("ros"))
            for key in mine[claims.IN_PART]:
                pence, reason = claims.WORKSHOP_IN_PART[key]
                claim = self.claims[event, key]
                decided = [
                    decisions.LineDecision(line, pence, reason)
                    for line in claim.lines.filter(category=ClaimLine.Category.EXPENSE)
                ]
                decisions.approve(claim=claim, decisions=decided, by=self.user("ros"))
        with self.at(-1, THU, 19, 40):
            key, words = claims.ASKS_FOR_THE_REST
            looking_again.ask_for_the_rest(claim=self.claims[event, key], by=self.user(key), words=words)
        for key in mine[claims.NOT_APPROVED]:
            with self.at(-1, THU, 10, 50):
                reason = claims.WORKSHOP_NOT_APPROVED[key]
                decisions.decline(claim=self.claims[event, key], by=self.user("ros"), reason=reason)
        for key in mine[claims.RETURNED]:
            with self.at(-1, THU, 11, 15):
                question = claims.WORKSHOP_QUESTIONS[key]
                decisions.return_with_question(claim=self.claims[event, key], by=self.user("ros"), question=question)
        for key in mine[claims.TAKEN_BACK]:
            with self.at(-1, THU, 20):
                sending.withdraw(claim=self.claims[event, key], by=self.user(key))
        self.bank_details_are_checked(self.week.at(-1, FRI, 9))
        with self.at(-1, FRI, 14, 45):
            chosen = [self.claims[event, key] for key in mine[claims.IN_RUN]]
            runs.make_run(programme=self.programme, claims=chosen, by=self.user("graham"))

    def the_evening_is_planned(self):
        with self.at(-6, MON, 11):
            self.plan(claims.EVENING, by="tamsin")

    def meeting_to_come(self):
        with self.at(-2, MON, 11):
            event = self.meeting = self.plan(claims.MEETING, by="idris", group=self.steering, organiser="idris")
        with self.at(-1, MON, 9, 30):
            invited = [key for key, _reply, _needs, _question in claims.MEETING_REPLIES]
            self.invite(event, [*invited, "pip", "terry", "sunita"], by="idris")
        for number, (key, reply, needs, question) in enumerate(claims.MEETING_REPLIES):
            with moment(in_the_day(self.week.at(-1, MON, 12), number)):
                invitations.reply(
                    invitation=event.invitations.get(person=self.people[key]),
                    reply=reply,
                    access_needs=needs,
                    question=question,
                    by=self.user(key),
                )
        key, answer = claims.ANSWERED
        with self.at(-1, WED, 9):
            invitation = event.invitations.get(person=self.people[key])
            invitations.answer(invitation=invitation, answer=answer, by=self.user("idris"))
