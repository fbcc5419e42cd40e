"""Two attacks over HTTP, step by step: taking over somebody known elsewhere, and coming to a bank file alone.

Each step is tried as the attacker would, and what must not happen is looked for afterwards.
"""

import datetime as dt
import re

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payments.models import BankDetails, Claim, PaymentRun, RunFileDownload
from people.accounts import timed
from people.models import AddressChange, Message, Notice, Person, User
from programmes.models import Appointment, Joining, Membership, Role
from tests import factories as make
from tests.helpers.client import signed_in
from tests.helpers.takeover import ATTACKER, MAILBOXES, VICTIM

# The first chain


class TakeoverOfAPerson:
    """The steps by which staff of one programme try to take over a person of another."""

    def __init__(self, elsewhere, worker):
        self.elsewhere = elsewhere
        self.worker = worker

    def begin(self):
        self.own = make.a_programme("Mallory's Programme", slug="mallory")
        make.a_policy(self.own)
        mallory = make.with_role(self.own, Role.STAFF, user=make.a_user("Mallory Attacker", email=ATTACKER))
        self.vera = User.objects.get(email=VICTIM)
        self.before = Person.objects.filter(pk=self.vera.person.pk).values().get()
        self.client = signed_in(mallory)

    def set_up_a_programme(self):
        """Setting up a programme of one's own is refused."""
        assert self.client.get(reverse("programme_new")).status_code == 403

    def add_her(self):
        """Adding her gives a record of what was typed, and nothing of hers."""
        added = self.client.post(
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
        self.record = Person.objects.get(joining__programme=self.own)
        assert self.record != self.vera.person
        seen = added.text + self.client.get(reverse("programme_people", args=["mallory"])).text
        seen += self.client.get(reverse("messages")).text
        for secret in ("Vera Victim", "01632 960555", "Invented Lane"):
            assert secret not in seen
        assert self.client.get(reverse("person", args=[self.vera.person.pk])).status_code == 404

    def open_her_pages(self):
        """Her page, her edit form and her address stay shut."""
        for name in ("person_edit", "address_ask", "person_access_needs"):
            assert self.client.get(reverse(name, args=[self.vera.person.pk])).status_code == 404
        assert (
            self.client.post(
                reverse("address_ask", args=[self.vera.person.pk]), {"new_address": MAILBOXES[0], "how": "x"}
            ).status_code
            == 404
        )
        role = reverse("membership_new", args=["mallory", self.vera.person.pk])
        assert self.client.post(role, {"roles": ["lived_experience"]}).status_code == 404

    def change_her_address(self):
        """The address of the attacker's own record changes only with somebody else's yes; hers is not touched by it."""
        self.client.post(
            reverse("person_edit", args=[self.record.pk]),
            {"full_name": "Some Name", "email": MAILBOXES[0], "channel": "email", "letter_size": "standard"},
        )
        self.record.refresh_from_db()
        assert self.record.email == VICTIM
        self.client.post(
            reverse("address_ask", args=[self.record.pk]), {"new_address": MAILBOXES[0], "how": "She rang me."}
        )
        change = AddressChange.objects.get(person=self.record)
        self.client.post(reverse("address_change", args=[change.pk]), {"how": "She rang me twice."})
        change.refresh_from_db()
        assert change.status == AddressChange.Status.ASKED

    def sign_in_as_her(self):
        """No code for her account comes to the attacker."""
        with self.worker():
            Client().post(reverse("account_login"), {"login": MAILBOXES[0]})
        assert not [message for message in mail.outbox if re.search(r"\b[0-9]{3}-[0-9]{3}-[0-9]{3}\b", message.body)]

    def redirect_her_money(self):
        """Finance of the attacker's own making waits for somebody else, and sees no account it owes nothing."""
        accomplice = make.with_role(self.own, Role.FINANCE, user=make.a_user("Mallory Again", email=MAILBOXES[1]))
        self.details = BankDetails.objects.get(person=self.vera.person)
        make.with_role(self.own, Role.LIVED_EXPERIENCE, user=self.vera)
        theirs = signed_in(accomplice)
        for name in ("bank_details_confirm", "bank_details_name_check"):
            address = reverse(name, args=["mallory", self.details.pk])
            assert theirs.get(address).status_code == 404
            assert theirs.post(address, {"how": "x", "seen": self.details.changed_at.isoformat()}).status_code == 404
        assert "•••• 58" not in theirs.get(reverse("bank_details", args=["mallory"])).text

    def find_everything_as_it_was(self):
        """Her money, her vote and her record are as they were."""
        self.details.refresh_from_db()
        assert (self.details.account_number, self.details.changed_by) == ("66374958", self.vera.person)
        decision = self.elsewhere.decisions.get()
        assert self.client.post(reverse("decision_position", args=[decision.pk]), {"stance": "veto"}).status_code == 404
        assert not decision.positions.exists()
        assert Person.objects.filter(pk=self.vera.person.pk).values().get() == self.before
        assert User.objects.get(pk=self.vera.pk).email == VICTIM
        # She was told, at her own address, that somebody added her, and by whom.
        assert (
            "Mallory Attacker has added you" in Message.objects.get(to=VICTIM, notice__kind="joining").notice.text_body
        )


def test_somebody_known_elsewhere_cannot_be_taken_over(elsewhere, worker):
    """Add her by her address, read her record, change her address, sign in as her, redirect her money, vote for her."""
    story = TakeoverOfAPerson(elsewhere, worker)
    story.begin()
    story.set_up_a_programme()
    story.add_her()
    story.open_her_pages()
    story.change_her_address()
    story.sign_in_as_her()
    story.redirect_her_money()
    story.find_everything_as_it_was()


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
    told = Message.objects.filter(to=VICTIM, notice__kind="address")
    assert told.count() == 2
    Client().post(reverse("address_link", args=[change.key]), {"answer": "no"})
    timed.carry_out_due(timezone.now() + dt.timedelta(days=30))
    assert User.objects.get(pk=vera.pk).email == VICTIM


# The second chain


class TakeoverOfABankFile:
    """The steps by which one member of staff tries to come to a bank file alone."""

    def add_four_people_of_ones_own(self):
        self.own = make.a_programme("Mallory's Programme", slug="mallory")
        make.a_policy(self.own)
        self.mallory = make.with_role(self.own, Role.STAFF, user=make.a_user("Mallory Attacker", email=ATTACKER))
        self.client = signed_in(self.mallory)
        for mailbox, role in zip(MAILBOXES, ("staff", "finance", "finance", "lived_experience"), strict=True):
            self.client.post(
                reverse("programme_person_new", args=["mallory"]),
                {
                    "full_name": f"Mallory {role}",
                    "email": mailbox,
                    "channel": "email",
                    "letter_size": "standard",
                    "roles": [role],
                    "somebody_else": "yes",
                },
            )
        self.users = {}
        for mailbox in MAILBOXES:
            # Each says yes in its own mailbox, and signs in.
            Client().post(
                reverse("joining_link", args=[Joining.objects.get(person__email=mailbox).key]), {"answer": "yes"}
            )
            self.users[mailbox] = User.objects.get(email=mailbox)
        self.held = Membership.objects.filter(programme=self.own, role__in=["staff", "finance"])
        assert [membership.person for membership in self.held] == [self.mallory.person]

    def confirm_each_other(self):
        """Every one of them tries to confirm every proposal."""
        for user in (self.mallory, *self.users.values()):
            for appointment in Appointment.objects.waiting():
                signed_in(user).post(reverse("appointment", args=[appointment.pk]), {"answer": "confirm"})
        assert self.held.count() == 1

    def become_the_contact(self):
        """The programme's contact is the attacker's own mailbox by now, and no link to confirm comes there."""
        data = {
            "name": self.own.name,
            "short_code": self.own.short_code,
            "funder": "x",
            "cost_code": "x",
            "contact_name": "M",
        }
        dates = {
            "starts_on_day": "1",
            "starts_on_month": "1",
            "starts_on_year": "2026",
            "ends_on_day": "1",
            "ends_on_month": "1",
            "ends_on_year": "2028",
        }
        self.client.post(reverse("programme_edit", args=["mallory"]), {**data, **dates, "contact_email": MAILBOXES[3]})
        assert not Notice.objects.filter(text_body__contains="/appointments/link/").exists()

    def open_pages_of_finance(self):
        """So none of the pages of finance opens."""
        payee = self.users[MAILBOXES[3]]
        make.a_claim(self.own, payee.person, Claim.Status.APPROVED)
        make.bank_details(payee)
        for user in (self.mallory, *self.users.values()):
            theirs, expected = signed_in(user), 403 if user in (self.mallory, payee) else 404
            for name in ("payment_runs", "payment_run_new", "bank_details", "file_settings"):
                assert theirs.get(reverse(name, args=["mallory"])).status_code == expected, (user, name)
        assert not PaymentRun.objects.exists()
        assert not RunFileDownload.objects.exists()
        # Staff were told of each proposal; here there is nobody honest but the administrator's home page.
        assert "Confirm a role" in signed_in(User.objects.get(is_superuser=True)).get(reverse("home")).text


def test_one_member_of_staff_alone_never_comes_to_a_bank_file(elsewhere, worker):
    """Make approver, finance and second finance of one's own, have money approved, and download the bank file."""
    story = TakeoverOfABankFile()
    story.add_four_people_of_ones_own()
    story.confirm_each_other()
    story.become_the_contact()
    story.open_pages_of_finance()
