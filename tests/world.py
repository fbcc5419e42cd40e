"""One programme with everybody in it and a row of everything, and clients of every kind of visitor.

For the tests of who gets what at every address.
"""

import copy
import datetime as dt
import hashlib

import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import CalendarFeed
from payments.models import (
    Advance,
    ApproverAssignment,
    Booking,
    BudgetLine,
    Claim,
    ClaimLine,
    ClosedDay,
    Document,
    InvolvementLetter,
    Payment,
    PaymentItem,
    PaymentMade,
    PaymentMethod,
    PaymentRun,
    Receipt,
    ReportRun,
    YearStatement,
)
from payments.reports import generate
from people.models import (
    AddressChange,
    AddressMark,
    DemoMail,
    DemoText,
    IncomingText,
    Job,
    LetterBatch,
    Mailing,
    MailReport,
    Organisation,
)
from programmes.models import (
    AgreedTerm,
    Appointment,
    Comeback,
    CreatorRight,
    Group,
    InvolvementInterest,
    Membership,
    OpenForm,
    Partnership,
    Pause,
    Role,
    Term,
    message_audience,
)
from tests import factories as make
from tests.addresses import addresses, rows_of_addresses, words_of_addresses
from tests.factories import (
    access,
    directory,
    doubles,
    feedback,
    importing,
    meetings,
    monitoring,
    packs,
    participation,
    places,
    planning,
    privacy,
    single_sign_on,
)
from tests.helpers.client import outcome
from tests.helpers.decisions import add_decisions, add_what_was_heard
from tests.helpers.messages import a_message
from tests.helpers.proof import prove
from tests.permissions import VISITORS


class World:
    """One programme with everybody in it, another beside it, and a row of everything."""

    def __init__(self):
        self.today = timezone.localdate()
        self.a, self.b = make.a_programme(), make.a_programme()
        self.users = {
            "out": None,
            "none": make.a_user(),
            "else": make.a_user(),
            "owner": make.with_role(self.a, Role.LIVED_EXPERIENCE),
            "peer": make.with_role(self.a, Role.LIVED_EXPERIENCE),
            "steer": make.with_role(self.a, Role.STEERING),
            "staff": make.with_role(self.a, Role.STAFF),
            "finance": make.with_role(self.a, Role.FINANCE),
            "admin": make.an_administrator(),
        }
        for role in Role:
            make.with_role(self.b, role, user=self.users["else"])
        self.owner, self.staff, self.finance = (self.users[name].person for name in ("owner", "staff", "finance"))
        self.approver, self.signer = make.a_person(), make.a_person()
        self._make_policy()
        self._make_events()
        meetings.make_meetings(self)
        access.make_access(self)
        places.make_places(self)
        feedback.make_feedback(self)
        directory.make_directory(self)
        packs.make_pack(self)
        importing.make_imports(self)
        doubles.make_doubles(self)
        self._make_claims()
        self._make_runs()
        self._make_documents()
        self._make_programme_rows()
        self._make_changes_of_people()
        privacy.make_privacy(self)
        single_sign_on.make_single_sign_on(self)
        monitoring.make_monitoring(self)
        participation.make_participation(self)
        self.clients = {visitor: self.client_of(visitor) for visitor in VISITORS}
        self.made_at = timezone.now()
        self._addresses: dict[str, str] = {}

    def _make_policy(self):
        """Make a policy, the draft of the next one and a closed day."""
        self.policy = make.a_policy(self.a)
        make.a_draft(self.a)
        self.closed_day = ClosedDay.objects.create(programme=self.a, day=self.today, name="Closed")

    def _make_events(self):
        """Make an event that was and one to come, with an invitation of each kind."""
        self.past = make.an_event(self.a, organiser=self.staff)
        self.coming = make.an_event(self.a, organiser=self.staff, days=20)
        planning.make_planning(self)
        self.invitation = make.an_invitation(self.coming, self.owner)
        make.an_invitation(self.past, self.owner)
        self.feed = CalendarFeed.objects.create(person=self.owner)
        make.an_attendance(self.past, self.owner)
        asked = {"reply": "coming", "replied_at": timezone.now(), "question": "Is there parking?"}
        self.asked = make.an_invitation(make.an_event(self.a, organiser=self.staff, days=25), self.owner, **asked)

    def _make_claims(self):
        """Make a claim in each state before a run, with a line, a receipt and a budget line."""
        self.draft = make.a_claim(self.a, self.owner, policy=self.policy, event=self.past)
        fare = ClaimLine.objects.create(
            claim=self.draft,
            category="expense",
            expense_kind="public_transport",
            description="Train",
            on=self.today,
            amount_pence=1250,
        )
        self.line = fare
        self.sent = make.a_claim(self.a, self.owner, Claim.Status.SUBMITTED, policy=self.policy)
        self.budget_line = BudgetLine.objects.create(
            programme=self.a,
            cost_code="A-1",
            name="Nothing yet",
            funder="The Invented Fund",
            starts_on=self.today,
            ends_on=self.today,
            amount_pence=0,
            amount_reason="The first amount",
            amount_set_by=self.finance,
        )
        Claim.objects.filter(pk=self.sent.pk).update(budget_line=self.budget_line)
        self.declined = make.a_claim(self.a, self.owner, Claim.Status.DECLINED, policy=self.policy)
        self.duty = ApproverAssignment.objects.create(
            programme=self.a, person=self.staff, starts_on=self.today, set_by=self.staff
        )
        self.returned = make.a_claim(self.a, self.owner, Claim.Status.RETURNED, policy=self.policy)
        self.alike = make.a_claim(self.a, self.users["peer"].person, Claim.Status.RETURNED, policy=self.policy)
        self.withdrawn = make.a_claim(self.a, self.owner, Claim.Status.WITHDRAWN, policy=self.policy)
        entered = {"entered_by": self.approver, "entered_how": "phone"}
        self.entered = make.a_claim(self.a, self.owner, Claim.Status.SUBMITTED, policy=self.policy, **entered)
        Claim.objects.filter(pk=self.entered.pk).update(submitted_by=self.approver)
        self.receipt, self.draft_receipt, self.alike_receipt = (
            Receipt.objects.create(
                claim=claim,
                file=ContentFile(b"%PDF-1.4", name="ticket.pdf"),
                original_name="ticket.pdf",
                content_type="application/pdf",
                size=8,
                sha256="0" * 64,
                status=Receipt.Status.READY,
                added_by=self.owner,
            )
            for claim in (self.returned, self.draft, self.alike)
        )

    def _make_runs(self):
        """Make a run that is open, one that is signed and one that is paid."""
        self.bank = make.bank_details(self.users["owner"], confirmed_by=self.approver)
        self.account = make.a_paying_account(self.a, set_by=self.staff)
        self.open_run = self.a_run("A-RUN-1", self.owner, self.policy, made_by=self.finance)
        self.signed_run = self.a_run("A-RUN-2", self.owner, self.policy, made_by=self.finance)
        account = {"account_name": "O", "sort_code": "089999", "account_number": "66374958", "account_digits": "58"}
        self.signed_run.payments.update(method=PaymentMethod.BANK, **account)
        PaymentRun.objects.filter(pk=self.signed_run.pk).update(
            status="signed", signed_by=self.signer, signed_at=timezone.now()
        )
        by_cheque = self.a_run("A-RUN-4", self.users["peer"].person, self.policy, made_by=self.finance)
        by_cheque.payments.update(method=PaymentMethod.CHEQUE)
        PaymentRun.objects.filter(pk=by_cheque.pk).update(
            status="signed", signed_by=self.signer, signed_at=timezone.now()
        )
        self.cheque = by_cheque.payments.get()
        self.paid_run = self.a_run("A-RUN-3", self.owner, self.policy, made_by=self.finance)
        self.paid_run.payments.update(method=PaymentMethod.BANK, **account)
        now = timezone.now()
        PaymentRun.objects.filter(pk=self.paid_run.pk).update(status="signed", signed_by=self.signer, signed_at=now)
        PaymentRun.objects.filter(pk=self.paid_run.pk).update(
            status="exported", exported_by=self.finance, exported_at=now
        )
        PaymentRun.objects.filter(pk=self.paid_run.pk).update(
            status="paid", paid_on=self.today, paid_recorded_by=self.approver
        )
        PaymentMade.objects.create(
            payment=self.paid_run.payments.get(), method="bank", on=self.today, recorded_by=self.approver
        )
        self.letter = Document.objects.create(
            run=self.paid_run,
            payment=self.paid_run.payments.get(),
            kind=Document.Kind.REMITTANCE,
            file=ContentFile(b"%PDF-1.4", name="letter.pdf"),
            sha256=hashlib.sha256(b"%PDF-1.4").hexdigest(),
            size=8,
        )
        make.a_claim(self.a, self.owner, Claim.Status.PAID, policy=self.policy)

    def _a_statement(self, **fields):
        return YearStatement.objects.create(
            person=self.owner,
            year=self.today.year,
            made_at=timezone.now(),
            file=ContentFile(b"%PDF-1.4", name="statement.pdf"),
            sha256="0" * 64,
            size=8,
            **fields,
        )

    def _make_documents(self):
        """Make a report, statements, a letter, an advance and a booking."""
        self.report = ReportRun.objects.create(programme=self.a, kind="ageing", asked_by=self.staff)
        generate.make(
            Job.objects.create(kind=generate.JOB_KIND, subject_id=self.report.pk, status="running", attempts=1)
        )
        self.statement = self._a_statement(asked_by=self.owner)
        self.programme_statement = self._a_statement(asked_by=self.staff, programme=self.a)
        self.involvement_letter = InvolvementLetter.objects.create(
            person=self.owner,
            programme=self.a,
            file=ContentFile(b"%PDF-1.4", name="involvement.pdf"),
            sha256="0" * 64,
            size=8,
            made_at=timezone.now(),
        )
        self.advance = Advance.objects.create(
            programme=self.a,
            person=self.owner,
            amount_pence=2000,
            paid_on=self.today,
            how="cash",
            recorded_by=self.staff,
        )
        self.booking = Booking.objects.create(
            programme=self.a,
            person=self.owner,
            kind="public_transport",
            cost_pence=4200,
            on=self.today,
            recorded_by=self.staff,
        )

    def _make_programme_rows(self):
        """Make a decision, groups, a partner, agreed words, a message and a job."""
        self.decision = make.a_decision(self.a, proposed_by=self.staff)
        add_decisions(self)
        self.group = Group.objects.create(programme=self.a, name="Community", kind=Group.Kind.COMMUNITY)
        self.term = Term.objects.create(
            group=self.group, person=self.owner, seat="lived_experience", starts_on=self.today
        )
        house = Organisation.objects.create(name="Brook House")
        self.pause = Pause.objects.create(
            person=self.owner, programme=self.a, starts_on=self.today + dt.timedelta(days=200), set_by=self.owner
        )
        left = make.a_person()
        began, ended = (self.today - dt.timedelta(days=days) for days in (60, 30))
        Membership.objects.create(
            person=left, programme=self.a, role=Role.LIVED_EXPERIENCE, starts_on=began, ends_on=ended
        )
        self.comeback = Comeback.objects.create(person=left, programme=self.a)
        OpenForm.objects.create(programme=self.a, is_open=True, words="Come and join us.", changed_by=self.staff)
        self.interest = InvolvementInterest.objects.create(
            programme=self.a, full_name="Ida Interested", email="ida@example.org"
        )
        self.partnership = Partnership.objects.create(programme=self.a, organisation=house)
        self.agreed = AgreedTerm.objects.create(
            programme=self.a, term="people with lived experience", replaces="users", agreed_on=self.today
        )
        add_what_was_heard(self)
        self.mark = AddressMark.objects.create(channel="email", address=self.owner.email.lower(), reason="bounced")
        self.message = a_message(to=self.owner.email, person=self.owner, audience=message_audience(self.a.pk))
        self.mailing = Mailing.objects.create(key="m", title="News", audience=self.a.voice)
        self.call = a_message(channel="phone", to="+441632960001", person=self.owner, audience=self.a.voice)
        self.reminder = a_message(to=self.owner.email, person=self.owner, kind="reminder")
        self.mail_report = MailReport.objects.create(
            ref="0" * 64,
            outcome="not_understood",
            sender="post@example.org",
            subject="Hello",
            for_an_administrator=True,
        )
        self.text = IncomingText.objects.create(
            number="+447700900123",
            words="Can I bring my sister?",
            provider_ref="text-1",
            understood_as="words",
            person=self.owner,
            audience=message_audience(self.a.pk),
            for_a_colleague=True,
        )
        self.demo_text = DemoText.objects.create(number="+447700900123", words="Hello")
        self.batch, self.posted_letter = self._make_letters()
        self.job = Job.objects.create(kind="invitations", subject_id=self.past.pk, started_by=self.staff)
        self.mail = DemoMail.objects.create(
            to_address=self.owner.email, subject="Hello", raw=b"Subject: Hello\n\nHello"
        )

    def _make_letters(self):
        """Make a batch of letters to be posted, and a letter that was posted. Return both."""
        audience, pdf = message_audience(self.a.pk), b"%PDF-1.4"
        batch = LetterBatch.objects.create(
            audience=audience,
            day=self.today,
            count=1,
            file=ContentFile(pdf, name="letters.pdf"),
            sha256=hashlib.sha256(pdf).hexdigest(),
            size=len(pdf),
            made_at=timezone.now(),
            made_by=self.staff,
        )
        letter = a_message(
            channel="letter",
            to="1 Invented Street",
            person=self.owner,
            audience=audience,
            status="sent",
            told_by=self.staff,
            told_how="Posted",
        )
        return batch, letter

    def _make_changes_of_people(self):
        """Make somebody added, an appointment, a right and a change of address."""
        self.added = make.of_programme(self.a)
        self.appointment = Appointment.objects.create(
            person=self.added, programme=self.a, role=Role.STAFF, key="a-key", proposed_by=self.approver
        )
        self.right = CreatorRight.objects.create(person=self.users["else"].person, given_by=self.approver)
        CreatorRight.objects.update(ended_at=timezone.now())
        self.address_change = AddressChange.objects.create(
            person=self.owner,
            old_address=self.owner.email,
            new_address="new@example.org",
            key="b-key",
            asked_by=self.approver,
            asked_how="They rang.",
        )

    def client_of(self, visitor):
        client = Client()
        if self.users[visitor]:
            client.force_login(self.users[visitor], backend="django.contrib.auth.backends.ModelBackend")
            prove(client, self.users[visitor])
        return client

    def __deepcopy__(self, memo):
        """A World of the same rows, with browsers of its own that are signed in as these are."""
        new = memo[id(self)] = object.__new__(type(self))
        rest = {name: value for name, value in vars(self).items() if name != "clients"}
        vars(new).update(copy.deepcopy(rest, memo), clients={})
        for visitor, client in self.clients.items():
            new.clients[visitor] = Client()
            new.clients[visitor].cookies = copy.deepcopy(client.cookies)
        return new

    def a_run(self, reference, person, policy, made_by):
        claim = make.a_claim(self.a, person, Claim.Status.APPROVED, policy=policy)
        run = PaymentRun.objects.create(programme=self.a, reference=reference, made_by=made_by)
        payment = Payment.objects.create(
            run=run, person=person, reference=f"PAY{reference}".replace("-", ""), amount_pence=5000
        )
        PaymentItem.objects.create(payment=payment, claim=claim, amount_pence=5000)
        return run

    def address(self, name):
        """Return the address called `name`, for this world's rows."""
        if name not in self._addresses:
            self._addresses[name] = self._find_address(name)
        return self._addresses[name]

    def _find_address(self, name):
        if name in (rows := rows_of_addresses(self)):
            return reverse(name, args=[rows[name].pk])
        if name in (words := words_of_addresses(self)):
            return reverse(name, kwargs=words[name])
        wanted = dict(addresses())[name].pattern.converters
        assert set(wanted) <= {"slug"}, f"{name} takes {', '.join(wanted)}: say of which row in tests/addresses.py"
        return reverse(name, kwargs={"slug": self.a.slug} if "slug" in wanted else {})

    def standing_still(self):
        """Return what stops the clock at the moment this world was made: no session needs to be noted as in use.

        That is done once a minute, and where each visit is taken back, each would do it again.
        """
        return time_machine.travel(self.made_at, tick=False)

    def statuses(self, address, method="GET", visitors=VISITORS):
        """Return what `address` answers each visitor: a status as text, or `in` when sent to sign in."""
        answers = []
        for visitor in visitors:
            client = self.clients[visitor]
            # One of the addresses signs out.
            cookies = copy.deepcopy(client.cookies)
            with self.standing_still(), transaction.atomic():
                response = client.get(address) if method == "GET" else client.post(address, {})
                transaction.set_rollback(True)
            client.cookies = cookies
            answers.append(outcome(response))
        return answers
