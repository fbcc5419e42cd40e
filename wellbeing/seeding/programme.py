"""Make a large programme, its people, its groups and its events."""

import datetime as dt
import random
import string
from collections import Counter
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from events.models import Attendance, Event, Invitation
from payments.budgets import queries as budget_queries
from payments.models import (
    BudgetLine,
    BudgetRule,
    ExpenseRule,
    FeeRule,
    PolicyVersion,
)
from payments.policy.models.kinds import ExpenseKind
from people.models import AccessNeed, Message, Notice, Organisation, Person, User
from programmes.models import (
    Appointment,
    Membership,
    Partnership,
    Programme,
    Role,
    message_audience,
)

from .names import FAMILY_NAMES, GIVEN_NAMES, TITLES, TOWNS
from .rows import Rows, fresh_ids

CHANNELS = (Person.Channel.EMAIL, Person.Channel.SMS, Person.Channel.LETTER, Person.Channel.PHONE)
LONDON = ZoneInfo("Europe/London")
LINK_LETTERS = string.ascii_letters + string.digits

HALF_DAY_PENCE, FULL_DAY_PENCE, HALF_DAY_HOURS, PENCE_PER_MILE = 5000, 10000, Decimal(4), Decimal(40)
PAY_WITHIN_WORKING_DAYS = 10
# How many of 100 people want their letters in which print.
SIZES = {"standard": 90, "16": 2, "18": 4, "20": 1, "24": 1, "easy_read": 2}
# Claims of events older than this are settled; those of later ones are still on their way.
SETTLED_AFTER_DAYS = 35


def weights(count, rng):
    """Return `count` positive weights, none more than about three times another."""
    return [rng.uniform(0.6, 1.8) for _ in range(count)]


def shares(total, weights, most):
    """Cut `total` into whole parts by `weights`, none above `most`; the parts add up to `total`."""
    whole = sum(weights)
    parts = [min(most, int(total * weight / whole)) for weight in weights]
    missing = total - sum(parts)
    while missing:
        for number, part in enumerate(parts):
            if missing and part < most:
                parts[number] += 1
                missing -= 1
    return parts


class EventRows:
    """The rows of many events, to be copied into the database together."""

    def __init__(self):
        self.events = Rows(
            Event, "id", "programme_id", "title", "kind", "purpose", "starts_at", "ends_at",
            "venue_name", "venue_address", "online_link", "reply_by", "organiser_id", "status",
        )  # fmt: skip
        self.notices = Rows(
            Notice, "id", "key", "kind", "person_id", "subject", "text_body", "created_at", "audience", "voice",
            "read_key",
        )  # fmt: skip
        self.messages = Rows(
            Message, "notice_id", "channel", "to", "status", "attempts", "next_try_at", "sent_at", "created_at",
        )  # fmt: skip
        self.invitations = Rows(
            Invitation, "event_id", "person_id", "link_key", "notice_id", "invited_by_id",
            "invited_at", "reply", "replied_at",
        )  # fmt: skip
        self.attendances = Rows(Attendance, "event_id", "person_id", "came", "recorded_by_id", "recorded_at")


class ProgrammeMaker:
    """Makes a plan's programme, people, groups and events. One random stream, used in one order."""

    def __init__(self, plan, context):
        self.plan = plan
        self.context = context
        self.rng = random.Random(plan.seed)  # noqa: S311  (invented rows, not secrets)
        self.counts: Counter[str] = Counter()
        self.started = plan.today - dt.timedelta(days=720)

    # Small helpers

    def at(self, day, hour, minute=0):
        return dt.datetime.combine(day, dt.time(hour, minute), LONDON)

    def count(self, rows):
        self.counts[str(rows.model._meta.verbose_name_plural)] += rows.count

    def copy(self, rows, at="now()"):
        rows.copy(self.context, at)
        self.count(rows)

    def a_name(self):
        return f"{self.rng.choice(GIVEN_NAMES)} {self.rng.choice(FAMILY_NAMES)}"

    def email(self, name, number):
        return f"{name.lower().replace(' ', '.')}.{self.plan.seed}.{number}@example.org"

    # The programme, its policy, its colleagues

    def programme_itself(self):
        plan = self.plan
        self.programme = Programme.objects.create(
            name=plan.name,
            slug=plan.slug,
            short_code=plan.short_code,
            purpose="An invented programme, as large as a real one may grow.",
            host="The Invented Alliance",
            funder="Invented Foundation",
            starts_on=self.started,
            ends_on=self.started + dt.timedelta(days=365 * 3),
            cost_code=f"LARGE-{plan.seed}",
            contact_name="The invented team",
            contact_email=f"team.{plan.seed}@example.org",
        )
        self.policy = self.published_policy()
        organisations = [
            Organisation(name=f"{town} {what} {plan.seed}")
            for town in TOWNS
            for what in ("Minds Together", "Living Well", "Carers' Circle", "Heart Friends", "Moving Forward")
        ]
        Organisation.objects.bulk_create(organisations)
        Partnership.objects.bulk_create(
            Partnership(programme=self.programme, organisation=organisation) for organisation in organisations
        )
        self.organisations = organisations
        self.proposer = Person.objects.create(full_name=f"The invented administrator {plan.seed}")
        self.staff = [self.colleague(number, Role.STAFF) for number in range(1, 7)]
        self.finance = [self.colleague(number, Role.FINANCE) for number in range(7, 11)]
        self.counts["organisations"] += len(organisations)
        self.budget_lines()

    def published_policy(self):
        policy = PolicyVersion.objects.create(
            programme=self.programme,
            number=1,
            effective_from=self.started,
            pay_within_working_days=PAY_WITHIN_WORKING_DAYS,
            claim_window_months=3,
        )
        FeeRule.objects.create(
            version=policy,
            method=FeeRule.Method.HALF_OR_FULL_DAY,
            half_day_pence=HALF_DAY_PENCE,
            full_day_pence=FULL_DAY_PENCE,
            half_day_hours=HALF_DAY_HOURS,
        )
        for kind in ExpenseKind:
            mileage = kind == ExpenseKind.MILEAGE
            ExpenseRule.objects.create(
                version=policy,
                kind=kind,
                pence_per_mile=PENCE_PER_MILE if mileage else None,
                receipt_needed=not mileage,
            )
        policy.published_at = self.at(self.started, 9)
        policy.save()
        return policy

    def budget_lines(self):
        """Make one budget line for each year of funding; every claim of the year goes to it."""
        self.lines: list[BudgetLine] = []
        day = self.started
        while day < self.programme.ends_on:
            first, last = budget_queries.year_of(self.programme, day)
            line = BudgetLine.objects.create(
                programme=self.programme,
                cost_code=self.programme.cost_code,
                name=f"Time and travel, year {len(self.lines) + 1}",
                funder=self.programme.funder,
                starts_on=first,
                ends_on=last,
                # A claim comes to some £80, and they may all lie in one year.
                amount_pence=100_000 + self.plan.claims * 12_000,
                amount_reason="The first amount",
                amount_set_by_id=self.finance[0],
            )
            BudgetRule.objects.create(programme=self.programme, activity="", budget_line=line)
            self.lines.append(line)
            day = last + dt.timedelta(days=1)

    def line_on(self, day):
        """Return the id of the budget line that claims for `day` are paid from."""
        return next(line.pk for line in self.lines if line.starts_on <= day <= line.ends_on)

    def colleague(self, number, role):
        """Make a member of staff or finance, with an account; none of them claims anything.

        Return the id of the person.
        """
        name = self.a_name()
        user = User.objects.create_user(f"{role}.{self.plan.seed}.{number}@example.org", name=name)
        at = self.at(self.started, 9)
        appointment = Appointment.objects.create(
            person=user.person,
            programme=self.programme,
            role=role,
            starts_on=self.started,
            proposed_by=self.proposer,
            proposed_at=at,
            status=Appointment.Status.CONFIRMED,
            way=Appointment.Way.HOST_CONTACT,
            decided_at=at,
        )
        Membership.objects.create(
            person=user.person,
            programme=self.programme,
            role=role,
            starts_on=self.started,
            appointment=appointment,
        )
        self.counts["people"] += 1
        return user.person.pk

    # People with lived experience

    def many_people(self):
        rng, plan = self.rng, self.plan
        self.people = fresh_ids(Person, plan.people)
        accounts = iter(fresh_ids(User, plan.people // 3))
        users = Rows(User, "id", "email", "password", "date_joined")
        people = Rows(
            Person,
            "id",
            "user_id",
            "full_name",
            "email",
            "organisation_id",
            "channel",
            "letter_size",
            "created_at",
            "joined_at",
        )
        memberships = Rows(Membership, "person_id", "programme_id", "role", "starts_on")
        needs = Rows(AccessNeed, "person_id", "kind", "detail")
        kinds = list(AccessNeed.Kind.values)
        self.joined = {}
        for number, pk in enumerate(self.people, start=1):
            name = self.a_name()
            joined = self.started + dt.timedelta(days=int(rng.random() ** 2 * 60))
            channel = rng.choices(CHANNELS, (80, 8, 8, 4))[0]
            email = "" if channel in {"letter", "phone"} else self.email(name, number)
            account = next(accounts, None) if email and number % 3 == 0 else None
            if account:
                users.add(account, email, "!" + "".join(rng.choices(string.ascii_letters, k=40)), self.at(joined, 12))
            people.add(
                pk,
                account,
                name,
                email,
                rng.choice(self.organisations).pk if rng.random() < 0.7 else None,
                channel,
                rng.choices(list(SIZES), list(SIZES.values()))[0],
                self.at(joined, 12),
                self.at(joined, 12) if account else None,
            )
            memberships.add(pk, self.programme.pk, Role.LIVED_EXPERIENCE, joined)
            for kind in rng.sample(kinds, rng.choices((0, 1, 2), (60, 28, 12))[0]):
                needs.add(pk, kind, "")
        self.copy(users, "date_joined")
        self.copy(people, "created_at")
        self.copy(memberships, "starts_on")
        self.copy(needs)

    # Events, invitations, attendance

    def days_of_events(self):
        """Return the day of each event, most of them long ago, some of the last weeks, some to come."""
        plan, today = self.plan, self.plan.today
        past = plan.past_events
        recent = max(1, past // 8)
        return [
            *(
                today - dt.timedelta(days=600 - (600 - SETTLED_AFTER_DAYS) * n // max(1, past - recent))
                for n in range(past - recent)
            ),
            *(today - dt.timedelta(days=25 - 20 * n // recent) for n in range(recent)),
            *(today + dt.timedelta(days=7 + 100 * n // (plan.events - past)) for n in range(plan.events - past)),
        ]

    @cached_property
    def audience(self):
        return message_audience(self.programme.pk)

    def many_events(self):
        """Make the events, the invitations to them with their messages and replies, and the attendance."""
        plan, rows = self.plan, EventRows()
        past, days = plan.past_events, self.days_of_events()
        per_event = shares(plan.claims, weights(past, self.rng), plan.people)
        ids = fresh_ids(Event, plan.events)
        emails = dict(Person.objects.filter(pk__in=self.people).exclude(email="").values_list("pk", "email"))
        self.came = []
        for number, (pk, day) in enumerate(zip(ids, days, strict=True)):
            self.one_event(rows, pk, number, day, per_event[number] if number < past else 0, emails)
        self.copy(rows.events, "starts_at - interval '60 days'")
        self.copy(rows.notices)
        self.copy(rows.messages, "created_at")
        self.copy(rows.invitations, "coalesce(replied_at, invited_at)")
        self.copy(rows.attendances, "recorded_at")

    def one_event(self, rows, pk, number, day, came, emails):
        """Make the event with the key `pk` on `day`, to which `came` people came: none to an event still to come."""
        rng, plan, today = self.rng, self.plan, self.plan.today
        is_past = number < plan.past_events
        kind = rng.choice(list(Event.Kind))
        title = f"{rng.choice(TITLES[kind])} in {rng.choice(TOWNS)}"
        starts, hours = self.at(day, rng.choice((10, 13, 14))), rng.choice((2, 3, 4, 6))
        online = kind == Event.Kind.ONLINE
        organiser = rng.choice(self.staff)
        rows.events.add(
            pk, self.programme.pk, title, kind, "To hear from each other and to agree what we do next.",
            starts, starts + dt.timedelta(hours=hours),
            "" if online else "The Invented Hall", "" if online else "1 Invented Street",
            "https://meet.example.org/invented" if online else "",
            day - dt.timedelta(days=7), organiser, Event.Status.HELD if is_past else Event.Status.PLANNED,
        )  # fmt: skip
        invited_count = min(plan.people, came + came // 4 + 5) if is_past else min(plan.people, 250)
        invited = rng.sample(self.people, invited_count)
        invited_at = self.at(min(day - dt.timedelta(days=28), today - dt.timedelta(days=3)), 9)
        notice_ids = iter(fresh_ids(Notice, invited_count))
        for index, person in enumerate(invited):
            reply = Invitation.Reply.COMING if index < came else rng.choice(("", "", *Invitation.GIVEN))
            address = emails.get(person)
            notice = next(notice_ids) if address else None
            if notice:
                rows.notices.add(
                    notice, f"seed-{plan.seed}-invitation-{number}-{index}", "invitation", person,
                    f"Please come: {title}", f"We would love to see you at {title}.", invited_at, self.audience,
                    self.audience, "".join(rng.choices(LINK_LETTERS, k=20)),
                )  # fmt: skip
                rows.messages.add(
                    notice, Message.Channel.EMAIL, address, Message.Status.SENT,
                    1, invited_at, invited_at + dt.timedelta(minutes=2), invited_at,
                )  # fmt: skip
            rows.invitations.add(
                pk, person, "".join(rng.choices(LINK_LETTERS, k=22)), notice, organiser, invited_at,
                reply, invited_at + dt.timedelta(hours=rng.randint(1, 60)) if reply else None,
            )  # fmt: skip
            if is_past:
                rows.attendances.add(pk, person, index < came, organiser, starts + dt.timedelta(hours=hours + 1))
        if is_past:
            self.came.append((pk, title, kind, day, hours, invited[:came]))
