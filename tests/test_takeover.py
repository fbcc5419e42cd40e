"""Two attacks over HTTP, step by step: taking over somebody known elsewhere, and coming to a bank file alone.

Each step is tried as the attacker would, and what must not happen is looked for afterwards.
"""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from payments.approval.actions import decisions
from payments.bank_files.actions import downloads, setup
from payments.claims.actions import entering, sending
from payments.models import BankDetails, Claim, PaymentRun, RunFileDownload
from payments.payees.actions import bank
from payments.runs.actions import runs
from people.accounts import timed
from people.accounts.actions import accounts, addresses
from people.models import AddressChange, Message, Person, User
from programmes.groups.actions import terms
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Appointment, Group, Joining, Membership, Programme, Role
from programmes.programme.actions import programmes
from tests import factories as make
from tests.helpers.client import signed_in
from wellbeing.lib.errors import ActionError

VICTIM = "vera@example.org"
ATTACKER = "mallory@example.org"
MAILBOXES = [f"mallory{number}@example.org" for number in range(1, 5)]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """The attacker may have one, or not: these walls stand without it. The host's contact is honest."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.HOST_CONTACT_EMAIL = "host@example.org"


@pytest.fixture
def elsewhere(db):
    """A programme with honest people, among them one with bank details, a claim to be paid and a seat."""
    programme = make.a_programme("The Honest Programme", slug="honest")
    make.a_policy(programme)
    vera = make.with_role(programme, Role.LIVED_EXPERIENCE, user=make.a_user("Vera Victim", email=VICTIM))
    make.with_role(programme, Role.STEERING, user=vera)
    Person.objects.filter(pk=vera.person.pk).update(phone="01632 960 555", postal_address="4 Invented Lane")
    finance = [make.with_role(programme, Role.FINANCE, name) for name in ("Fay Honest", "Finn Honest")]
    make.with_role(programme, Role.STAFF, "Stella Honest")
    make.bank_details(vera, confirmed_by=finance[0].person)
    make.a_claim(programme, vera.person, Claim.Status.APPROVED)
    make.a_decision(programme)
    make.an_administrator("Ada Administrator")
    return programme


# The first chain


def test_somebody_known_elsewhere_cannot_be_taken_over(elsewhere, worker):
    """Add her by her address, read her record, change her address, sign in as her, redirect her money, vote for her."""
    own = make.a_programme("Mallory's Programme", slug="mallory")
    make.a_policy(own)
    mallory = make.with_role(own, Role.STAFF, user=make.a_user("Mallory Attacker", email=ATTACKER))
    vera = User.objects.get(email=VICTIM)
    before = Person.objects.filter(pk=vera.person.pk).values().get()
    client = signed_in(mallory)

    # Setting up a programme of one's own is refused.
    assert client.get(reverse("programme_new")).status_code == 403

    # Adding her gives a record of what was typed, and nothing of hers.
    added = client.post(
        reverse("programme_person_new", args=["mallory"]),
        {
            "full_name": "Some Name",
            "email": VICTIM,
            "channel": "email",
            "letter_size": "standard",
            "roles": ["lived_experience", "finance"],
        },
        follow=True,
    )
    record = Person.objects.get(joining__programme=own)
    assert record != vera.person
    seen = added.text + client.get(reverse("programme_people", args=["mallory"])).text
    seen += client.get(reverse("messages")).text
    for secret in ("Vera Victim", "01632 960 555", "Invented Lane"):
        assert secret not in seen
    assert client.get(reverse("person", args=[vera.person.pk])).status_code == 404

    # Her page, her edit form and her address stay shut.
    for name in ("person_edit", "address_ask", "person_access_needs"):
        assert client.get(reverse(name, args=[vera.person.pk])).status_code == 404
    assert (
        client.post(
            reverse("address_ask", args=[vera.person.pk]), {"new_address": MAILBOXES[0], "how": "x"}
        ).status_code
        == 404
    )
    role = reverse("membership_new", args=["mallory", vera.person.pk])
    assert client.post(role, {"roles": ["lived_experience"]}).status_code == 404

    # The address of the attacker's own record changes only with somebody else's yes; hers is not touched by it.
    client.post(
        reverse("person_edit", args=[record.pk]),
        {"full_name": "Some Name", "email": MAILBOXES[0], "channel": "email", "letter_size": "standard"},
    )
    record.refresh_from_db()
    assert record.email == VICTIM
    client.post(reverse("address_ask", args=[record.pk]), {"new_address": MAILBOXES[0], "how": "She rang me."})
    change = AddressChange.objects.get(person=record)
    client.post(reverse("address_change", args=[change.pk]), {"how": "She rang me twice."})
    change.refresh_from_db()
    assert change.status == AddressChange.Status.ASKED

    # No code for her account comes to the attacker.
    with worker():
        Client().post(reverse("account_login"), {"login": MAILBOXES[0]})
    assert not [message for message in mail.outbox if re.search(r"\b[A-Z0-9]{3,}-[A-Z0-9]{3,}\b", message.body)]

    # Finance of the attacker's own making waits for somebody else, and sees no account of somebody it owes nothing.
    accomplice = make.with_role(own, Role.FINANCE, user=make.a_user("Mallory Again", email=MAILBOXES[1]))
    details = BankDetails.objects.get(person=vera.person)
    make.with_role(own, Role.LIVED_EXPERIENCE, user=vera)
    theirs = signed_in(accomplice)
    for name in ("bank_details_confirm", "bank_details_name_check"):
        address = reverse(name, args=["mallory", details.pk])
        assert theirs.get(address).status_code == 404
        assert theirs.post(address, {"how": "x", "seen": details.changed_at.isoformat()}).status_code == 404
    assert "•••• 58" not in theirs.get(reverse("bank_details", args=["mallory"])).text

    # Her money, her vote and her record are as they were.
    details.refresh_from_db()
    assert (details.account_number, details.changed_by) == ("66374958", vera.person)
    decision = elsewhere.decisions.get()
    assert client.post(reverse("decision_position", args=[decision.pk]), {"stance": "veto"}).status_code == 404
    assert not decision.positions.exists()
    assert Person.objects.filter(pk=vera.person.pk).values().get() == before
    assert User.objects.get(pk=vera.pk).email == VICTIM
    # She was told, at her own address, that somebody added her, and by whom.
    assert "Mallory Attacker has added you" in Message.objects.get(to_address=VICTIM, kind="role").text_body


def test_two_of_one_programme_who_agree_on_her_address_still_do_not_come_to_her_money(elsewhere):
    """Even with a second colleague the old address is told, three days run, and bank details stay three days more."""
    vera = User.objects.get(email=VICTIM)
    staff = Membership.objects.get(programme=elsewhere, role=Role.STAFF).person.user
    finance = Membership.objects.filter(programme=elsewhere, role=Role.FINANCE).first().person.user
    client = signed_in(staff)
    client.post(reverse("address_ask", args=[vera.person.pk]), {"new_address": MAILBOXES[0], "how": "She rang."})
    change = AddressChange.objects.get()
    signed_in(finance).post(reverse("address_change", args=[change.pk]), {"how": "I rang her."})
    assert User.objects.get(pk=vera.pk).email == VICTIM
    told = Message.objects.filter(to_address=VICTIM, kind="address")
    assert told.count() == 2
    Client().post(reverse("address_link", args=[change.key]), {"answer": "no"})
    timed.carry_out_due(timezone.now() + dt.timedelta(days=30))
    assert User.objects.get(pk=vera.pk).email == VICTIM


# The second chain


def test_one_member_of_staff_alone_never_comes_to_a_bank_file(elsewhere, worker):
    """Make approver, finance and second finance of one's own, have money approved, and take the bank file."""
    own = make.a_programme("Mallory's Programme", slug="mallory")
    make.a_policy(own)
    mallory = make.with_role(own, Role.STAFF, user=make.a_user("Mallory Attacker", email=ATTACKER))
    client = signed_in(mallory)
    for mailbox, role in zip(MAILBOXES, ("staff", "finance", "finance", "lived_experience"), strict=True):
        client.post(
            reverse("programme_person_new", args=["mallory"]),
            {
                "full_name": f"Mallory {role}",
                "email": mailbox,
                "channel": "email",
                "letter_size": "standard",
                "roles": [role],
            },
        )
    users = {}
    for mailbox in MAILBOXES:
        # Each says yes in its own mailbox, and signs in.
        Client().post(reverse("joining_link", args=[Joining.objects.get(person__email=mailbox).key]), {"answer": "yes"})
        users[mailbox] = User.objects.get(email=mailbox)
    held = Membership.objects.filter(programme=own, role__in=["staff", "finance"])
    assert [membership.person for membership in held] == [mallory.person]

    # Every one of them tries to confirm every proposal.
    for user in (mallory, *users.values()):
        for appointment in Appointment.objects.waiting():
            signed_in(user).post(reverse("appointment", args=[appointment.pk]), {"answer": "confirm"})
    assert held.count() == 1

    # The programme's contact is the attacker's own mailbox by now, and no link to confirm comes there.
    data = {"name": own.name, "short_code": own.short_code, "funder": "x", "cost_code": "x", "contact_name": "M"}
    dates = {
        "starts_on_day": "1",
        "starts_on_month": "1",
        "starts_on_year": "2026",
        "ends_on_day": "1",
        "ends_on_month": "1",
        "ends_on_year": "2028",
    }
    client.post(reverse("programme_edit", args=["mallory"]), {**data, **dates, "contact_email": MAILBOXES[3]})
    assert not Message.objects.filter(text_body__contains="/appointments/link/").exists()

    # So none of the pages of finance opens.
    payee = users[MAILBOXES[3]]
    make.a_claim(own, payee.person, Claim.Status.APPROVED)
    make.bank_details(payee)
    for user in (mallory, *users.values()):
        theirs, expected = signed_in(user), 403 if user in (mallory, payee) else 404
        for name in ("payment_runs", "payment_run_new", "bank_details", "file_settings"):
            assert theirs.get(reverse(name, args=["mallory"])).status_code == expected, (user, name)
    assert not PaymentRun.objects.exists()
    assert not RunFileDownload.objects.exists()
    # Staff of the programme were told of each proposal; here there is nobody honest but the administrator's home page.
    assert "Confirm a role" in signed_in(User.objects.get(is_superuser=True)).get(reverse("home")).text


# One person with any number of mailboxes, in any order


def _own_accounts(emails):
    """The attacker's accounts that exist, read afresh."""
    return [User.objects.get(pk=pk) for pk in User.objects.filter(email__in=emails).values_list("pk", flat=True)]


class Attacker:
    """One person who acts as any of their accounts, through any action there is a page for."""

    def __init__(self, programme, data, clock):
        self.data = data
        self.clock = clock
        self.programme = programme
        self.emails = [ATTACKER, *MAILBOXES]

    def pick(self, rows):
        """One of `rows`, or None where there is none."""
        rows = list(rows)
        return self.data.draw(st.sampled_from(rows)) if rows else None

    @property
    def user(self):
        return self.pick(_own_accounts(self.emails))

    @property
    def person(self):
        return self.pick(Person.objects.filter(email__in=[*self.emails, VICTIM]))

    def add_somebody(self):
        roles = self.data.draw(st.sets(st.sampled_from(list(Membership.role.field.flatchoices)), min_size=1))
        memberships.welcome(
            programme=self.pick(Programme.objects.all()),
            by=self.user,
            roles=[role for role, _label in roles],
            full_name="Mallory",
            email=self.data.draw(st.sampled_from([*self.emails, VICTIM])),
        )

    def say_yes_in_a_mailbox(self):
        row = self.pick(Joining.objects.unanswered().filter(person__email__in=self.emails))
        if row:
            joining.accept(joining=row, by=None)

    def sign_in(self):
        user = accounts.account_for(email=self.data.draw(st.sampled_from(self.emails)), by=None)
        if user:
            joining.answer_by_signing_in(by=user)

    def confirm_an_appointment(self):
        row = self.pick(Appointment.objects.waiting())
        if row:
            appointments.confirm(appointment=row, by=self.user)

    def propose(self):
        appointments.propose(
            programme=self.pick(Programme.objects.all()),
            person=self.person,
            role=self.data.draw(st.sampled_from(Appointment.ROLES)),
            by=self.user,
        )

    def give_the_right_to_set_up_programmes(self):
        appointments.give_creator_right(person=self.person, by=self.user)

    def take_a_new_address(self):
        row = self.pick(AddressChange.objects.open().filter(new_address__in=self.emails))
        if row:
            addresses.take(change=row, by=None)

    def become_the_contact(self):
        programmes.edit(programme=self.pick(Programme.objects.all()), by=self.user, contact_email=MAILBOXES[0])

    def set_up_a_programme(self):
        today = timezone.localdate()
        number = Programme.objects.count()
        programme = programmes.create(
            by=self.user,
            name=f"Mallory's {number}",
            short_code="MAL" + chr(65 + number % 26),
            funder="x",
            starts_on=today,
            ends_on=today + dt.timedelta(days=90),
            cost_code="x",
            contact_name="M",
            contact_email=MAILBOXES[0],
        )
        make.a_policy(programme)

    def take_a_seat(self):
        group = self.pick(Group.objects.all())
        if group:
            terms.add(group=group, person=self.person, seat="staff", by=self.user)

    def ask_for_an_address(self):
        addresses.ask(person=self.person, new_address=self.data.draw(st.sampled_from(MAILBOXES)), how="x", by=self.user)

    def agree_to_an_address(self):
        row = self.pick(AddressChange.objects.open())
        if row:
            addresses.agree(change=row, how="x", by=self.user)

    def agree_from_a_mailbox(self):
        row = self.pick(AddressChange.objects.open().filter(old_address__in=self.emails))
        if row:
            addresses.agree_from_old_address(change=row, by=None)

    def wait(self):
        self.clock.shift(dt.timedelta(days=5))
        timed.carry_out_due(timezone.now())

    def give_bank_details(self):
        user = self.user
        bank.save(person=user.person, by=user, account_name="M", sort_code="089999", account_number="66374958")

    def confirm_bank_details(self):
        details = self.pick(BankDetails.objects.all())
        if details:
            bank.confirm(
                details=details,
                programme=self.pick(Programme.objects.all()),
                by=self.user,
                how="x",
                seen=details.changed_at,
            )

    def enter_a_claim(self):
        entering.enter(
            programme=self.pick(Programme.objects.all()),
            person=self.person,
            by=self.user,
            how="phone",
            activity="document_review",
            on=timezone.localdate(),
            hours=3,
            description="x",
        )

    def send_a_claim(self):
        claim = self.pick(Claim.objects.filter(status="draft"))
        if claim:
            sending.submit(claim=claim, by=self.user)

    def approve_a_claim(self):
        claim = self.pick(Claim.objects.filter(status="submitted"))
        if claim:
            decisions.approve(claim=claim, by=self.user)

    def make_a_run(self):
        programme = self.pick(Programme.objects.all())
        runs.make_run(
            programme=programme, claims=list(Claim.objects.payable().filter(programme=programme)), by=self.user
        )

    def sign_a_run(self):
        run = self.pick(PaymentRun.objects.all())
        if run:
            runs.sign_off(run=run, by=self.user)

    def take_the_bank_file(self):
        run = self.pick(PaymentRun.objects.all())
        if run:
            downloads.download(run=run, by=self.user)

    def set_the_paying_account(self):
        setup.set_paying_account(
            programme=self.pick(Programme.objects.all()),
            by=self.user,
            effective_from=timezone.localdate(),
            account_name="M",
            sort_code="089999",
            account_number="66374958",
        )


STEPS = sorted(name for name, step in vars(Attacker).items() if callable(step) and name[0] != "_" and name != "pick")


@pytest.mark.parametrize(
    "start",
    [
        ("staff",),
        ("finance",),
        ("staff", "creator"),
        ("staff", "finance"),
        ("creator",),
        ("administrator",),
        ("only administrator",),
        (),
    ],
    ids=str,
)
def test_one_person_with_any_number_of_mailboxes_never_comes_to_a_bank_file(elsewhere, start):
    """Whatever one person does, in whatever order, money of nobody leaves: each chain needs a second human being."""
    mallory = make.a_user("Mallory Attacker", email=ATTACKER, is_superuser="administrator" in "".join(start))
    if "only administrator" in start:
        User.objects.exclude(pk=mallory.pk).update(is_superuser=False)
    for role in set(start) & {"staff", "finance"}:
        make.with_role(elsewhere, Role(role), user=mallory)
    if "creator" in start:
        administrator = User.objects.get(is_superuser=True)
        appointments.give_creator_right(person=mallory.person, by=administrator)
    if not start:
        make.with_role(elsewhere, Role.LIVED_EXPERIENCE, user=mallory)
    honest = set(Membership.objects.filter(role__in=["staff", "finance"]).values_list("person", flat=True))

    @settings(
        max_examples=6,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def attack(data):
        with time_machine.travel(timezone.now()) as clock, transaction.atomic():
            attacker = Attacker(elsewhere, data, clock)
            for step in data.draw(st.lists(st.sampled_from(STEPS), min_size=20, max_size=40)):
                try:
                    with transaction.atomic():
                        getattr(attacker, step)()
                except (ActionError, Programme.DoesNotExist):
                    continue
            assert not RunFileDownload.objects.exists()
            assert not PaymentRun.objects.exclude(status__in=["open", "cancelled"]).exists()
            approvers = Claim.objects.exclude(approved_by=None).filter(entered_by__isnull=False)
            assert not approvers.filter(approved_by__in=honest, submitted_by__in=honest).exists()
            vera = User.objects.select_related("person").get(pk=Person.objects.get(full_name="Vera Victim").user_id)
            assert vera.email == VICTIM
            transaction.set_rollback(True)

    attack()
