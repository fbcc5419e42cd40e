"""The steps that every part of the story shares: its moments, its people, and what comes up more than once."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from events.inviting.actions import invitations
from events.models import Event, Meeting
from events.planning import actions as planning_actions
from payments.claims.actions import filling, no_receipt, sending
from payments.models import Claim
from payments.policy import actions as policy_actions
from payments.policy.calculations import half_or_full_day
from payments.publishing import actions as publishing_actions
from people.accounts.actions import accounts
from people.models import Organisation, Person, User
from people.needs import actions as need_actions
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Aim, Group, Programme, Role
from programmes.programme.actions import programmes
from wellbeing.demo import papers, people, texts
from wellbeing.demo.clock import LONDON, moment

ADMINISTRATOR = "ada"


class Steps:
    """The story around a `Week`. `programme` is the programme it is about, once it has been set up."""

    programme: Programme
    organisations: dict[str, Organisation]
    steering: Group
    community: Group
    curry: Event
    meeting: Event
    prepared: Meeting
    aims: tuple[Aim, ...]

    def __init__(self, week):
        self.week = week
        self.people: dict[str, Person] = {}
        self.claims: dict[tuple[Event, str], Claim] = {}

    def at(self, weeks, weekday, hour, minute=0):
        """Let the block run at this moment."""
        return moment(self.week.at(weeks, weekday, hour, minute))

    def day(self, when):
        return self.week.day(*when)

    def user(self, key):
        """Return the account of somebody, read afresh, as their rights depend on the moment."""
        if key == ADMINISTRATOR:
            return User.objects.get(email=people.ADMINISTRATOR[0])
        return User.objects.select_related("person").get(person=self.people[key])

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
        """Publish the first version, which rests on what was agreed with the funder."""
        starts_on = programme.starts_on
        draft = self.draft_policy(programme, by, starts_on, half_day_pence, full_day_pence, expenses, **more)
        basis = publishing_actions.Basis(reason=texts.WHY_THIS_POLICY)
        publishing_actions.publish(programme=programme, by=by, changed_at=draft.changed_at, basis=basis)

    def draft_policy(self, programme, by, starts_on, half_day_pence, full_day_pence, expenses, **more):
        """Write the draft of a version that starts on the day `starts_on`."""
        return policy_actions.save_draft(
            programme=programme,
            by=by,
            effective_from=starts_on,
            fees=[policy_actions.ActivityFee(half_or_full_day(half_day_pence, full_day_pence, Decimal(4)))],
            pence_per_mile=more.pop("pence_per_mile", Decimal(40)),
            pay_within_working_days=10,
            claim_window_months=3,
            expenses=expenses,
            **more,
        )

    def welcome(self, somebody, *, by):
        """Someone with lived experience joins the programme, and signs in for the first time where they can."""
        partner = people.PARTNERS.get(somebody.partner)
        membership = memberships.add(
            programme=self.programme,
            by=by,
            organisation=self.organisations[somebody.partner] if partner else None,
            **self.details(somebody),
        )
        self.people[somebody.key] = membership.person
        self.sign_in(somebody, membership.person, by=by)

    def details(self, somebody):
        """Return the details that staff type when they add somebody."""
        return {
            "full_name": somebody.name,
            "known_as": somebody.known_as,
            "email": somebody.email,
            "phone": somebody.phone,
            "postal_address": somebody.address,
            "job_title": somebody.job_title,
            "channel": somebody.channel,
            "letter_size": somebody.letter_size,
            "language": somebody.language,
            "about": somebody.about,
        }

    def sign_in(self, somebody, person, *, by):
        """They sign in for the first time, and say what they need; without an address a colleague writes it down."""
        account = accounts.account_for(email=somebody.email, by=None)
        if account:
            joining.answer_by_signing_in(by=account)
        if somebody.needs and account:
            need_actions.set(person=person, by=account, needs=somebody.needs)
        elif somebody.needs:
            need_actions.record(person=person, by=by, needs=somebody.needs)

    def plan(self, about, *, by, group=None, organiser="tamsin"):
        """Plan an event of `claims`."""
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
        """Record a reply of each of `keys`, some a day, from the moment `first`."""
        for number, key in enumerate(keys):
            with moment(in_the_day(first, number)):
                invitations.reply(
                    invitation=event.invitations.get(person=self.people[key]), reply=reply, by=self.account(key)
                )

    def account(self, key):
        """Return the account of somebody, or of the colleague who takes their replies down for them on the phone."""
        person = self.people[key]
        return User.objects.select_related("person").filter(person=person).first() or self.user("tamsin")

    def claim(self, event, key, spent, when, send=True):
        """Fill in somebody's claim for an event with their expenses, and send it unless `send` is False."""
        with moment(when):
            by = self.user(key)
            claim = self.claims[event, key] = event.claims.get(person=self.people[key])
            for expense in spent:
                self.expense(claim, expense, by)
        if send:
            with moment(when + dt.timedelta(minutes=6)):
                sending.submit(claim=claim, by=self.user(key))

    def expense(self, claim, expense, by):
        file = None
        if expense.paper:
            content, content_type = paper_of(expense, claim.activity_date)
            file = SimpleUploadedFile(expense.paper[-1], content, content_type)
        line = filling.add_expense(
            claim=claim,
            by=by,
            kind=expense.kind,
            description=expense.what,
            amount_pence=expense.pence or None,
            miles=Decimal(expense.miles) if expense.miles else None,
            file=file,
        )
        if expense.no_receipt:
            no_receipt.say_why(line=line, by=by, reason=expense.no_receipt)


def in_the_day(first, number):
    """Return the moment of the `number`th of many things that people do, five a day, from the moment `first` on."""
    days_on, turn = divmod(number, 5)
    return first + dt.timedelta(days=days_on, hours=2 * turn, minutes=number * 17 % 60)


def paper_of(spent, on):
    """Draw the ticket or bill that proves one `claims.Spent` on the day `on`. Return (bytes, content type)."""
    style, company, lines, name = spent.paper
    return papers.draw(style, company, lines, on=on, pence=spent.pence, name=name)
