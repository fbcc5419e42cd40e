"""One person with any number of mailboxes, in any order, never comes to a bank file."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from payments.approval.actions import decisions
from payments.bank_files.actions import downloads, setup
from payments.claims.actions import entering, sending
from payments.models import BankDetails, Claim, PaymentRun, RunFileDownload
from payments.payees.actions import bank
from payments.runs.actions import runs
from people.accounts import sharing, timed
from people.accounts.actions import accounts, addresses
from people.accounts.rules import needs_own_address
from people.models import AddressChange, Person, User
from programmes.groups.actions import terms
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Appointment, Group, Joining, Membership, Programme, Role
from programmes.programme.actions import programmes
from tests import factories as make
from tests.helpers.takeover import ATTACKER, MAILBOXES, VICTIM
from wellbeing.lib.errors import ActionError

# One person with any number of mailboxes, in any order


def _own_accounts(emails):
    """The attacker's accounts that exist, read afresh: those with an address of theirs, and those that share one."""
    theirs = Q(email__in=emails) | Q(person__email__in=emails, person__shares_address=True)
    return [User.objects.get(pk=pk) for pk in User.objects.filter(theirs).order_by("pk").values_list("pk", flat=True)]


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

    def say_apart_in_a_mailbox(self):
        row = self.pick(Joining.objects.unanswered().filter(person__email__in=self.emails))
        if row:
            joining.tell_apart(joining=row, by=None)

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
    """Try the steps of one person alone in any order: money of nobody leaves without a second human being."""
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
            vera = User.objects.select_related("person").get(person__full_name="Vera Victim")
            assert vera.email == VICTIM
            for email in attacker.emails:
                people = [user.person for user in sharing.accounts_at(email)]
                assert len(people) < 2 or not any(needs_own_address(person) for person in people)
            transaction.set_rollback(True)

    attack()
