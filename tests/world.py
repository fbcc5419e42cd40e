"""One programme with everybody in it and a row of everything, and clients of every kind of visitor.

For the tests of who gets what at every address.
"""

import copy
import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

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
    PaymentRun,
    Receipt,
    ReportRun,
    YearStatement,
)
from payments.reports import generate
from people.models import AddressChange, DemoMail, Job, Message, Organisation
from programmes.models import (
    AgreedTerm,
    Appointment,
    CreatorRight,
    Group,
    Partnership,
    Role,
    RoleNotice,
    Term,
    message_audience,
)
from tests import factories as make
from tests.helpers.client import outcome
from tests.helpers.proof import prove
from tests.permissions import VISITORS


def addresses():
    """(name, pattern) of every address; those of allauth and the admin site with their namespace or module."""
    found = []

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.append((f"{namespace}{pattern.name}", pattern))
            else:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                walk(pattern.url_patterns, inner)

    walk(get_resolver().url_patterns)
    return found


def ours():
    """Names of the addresses that are this project's own."""
    return [
        name
        for name, pattern in addresses()
        if pattern.callback.__module__.split(".")[0] in {"people", "programmes", "events", "payments", "wellbeing"}
    ]


class World:
    """One programme with everybody in it, another beside it, and a row of everything."""

    def __init__(self):
        today = self.today = timezone.localdate()
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
        owner, staff, finance = (self.users[name].person for name in ("owner", "staff", "finance"))
        approver, signer = make.a_person(), make.a_person()
        policy = make.a_policy(self.a)
        make.a_draft(self.a)
        self.closed_day = ClosedDay.objects.create(programme=self.a, day=today, name="Closed")
        self.past = make.an_event(self.a, organiser=staff)
        self.coming = make.an_event(self.a, organiser=staff, days=20)
        self.invitation = make.an_invitation(self.coming, owner)
        make.an_invitation(self.past, owner)
        make.an_attendance(self.past, owner)
        self.asked = make.an_invitation(
            make.an_event(self.a, organiser=staff, days=25),
            owner,
            reply="coming",
            replied_at=timezone.now(),
            question="Is there parking?",
        )
        self.draft = make.a_claim(self.a, owner, policy=policy, event=self.past)
        fare = ClaimLine.objects.create(
            claim=self.draft,
            category="expense",
            expense_kind="public_transport",
            description="Train",
            on=today,
            amount_pence=1250,
        )
        self.line = fare
        self.sent = make.a_claim(self.a, owner, Claim.Status.SUBMITTED, policy=policy)
        self.budget_line = BudgetLine.objects.create(
            programme=self.a,
            cost_code="A-1",
            name="Nothing yet",
            funder="The Invented Fund",
            starts_on=today,
            ends_on=today,
            amount_pence=0,
            amount_reason="The first amount",
            amount_set_by=finance,
        )
        Claim.objects.filter(pk=self.sent.pk).update(budget_line=self.budget_line)
        self.declined = make.a_claim(self.a, owner, Claim.Status.DECLINED, policy=policy)
        self.duty = ApproverAssignment.objects.create(programme=self.a, person=staff, starts_on=today, set_by=staff)
        self.returned = make.a_claim(self.a, owner, Claim.Status.RETURNED, policy=policy)
        self.withdrawn = make.a_claim(self.a, owner, Claim.Status.WITHDRAWN, policy=policy)
        entered = {"entered_by": approver, "entered_how": "phone"}
        self.entered = make.a_claim(self.a, owner, Claim.Status.SUBMITTED, policy=policy, **entered)
        Claim.objects.filter(pk=self.entered.pk).update(submitted_by=approver)
        self.receipt, self.draft_receipt = (
            Receipt.objects.create(
                claim=claim,
                file=ContentFile(b"%PDF-1.4", name="ticket.pdf"),
                original_name="ticket.pdf",
                content_type="application/pdf",
                size=8,
                sha256="0" * 64,
                status=Receipt.Status.READY,
                added_by=owner,
            )
            for claim in (self.returned, self.draft)
        )
        self.bank = make.bank_details(self.users["owner"], confirmed_by=approver)
        self.account = make.a_paying_account(self.a, set_by=staff)
        self.open_run = self.a_run("A-RUN-1", owner, policy, made_by=finance)
        self.signed_run = self.a_run("A-RUN-2", owner, policy, made_by=finance)
        account = {"account_name": "O", "sort_code": "089999", "account_number": "66374958", "account_digits": "58"}
        self.signed_run.payments.update(method=Payment.Method.BANK, **account)
        PaymentRun.objects.filter(pk=self.signed_run.pk).update(
            status="signed", signed_by=signer, signed_at=timezone.now()
        )
        self.paid_run = self.a_run("A-RUN-3", owner, policy, made_by=finance)
        self.paid_run.payments.update(method=Payment.Method.BANK, **account)
        now = timezone.now()
        PaymentRun.objects.filter(pk=self.paid_run.pk).update(status="signed", signed_by=signer, signed_at=now)
        PaymentRun.objects.filter(pk=self.paid_run.pk).update(status="exported", exported_by=finance, exported_at=now)
        PaymentRun.objects.filter(pk=self.paid_run.pk).update(status="paid", paid_on=today, paid_recorded_by=approver)
        self.letter = Document.objects.create(
            run=self.paid_run,
            payment=self.paid_run.payments.get(),
            kind=Document.Kind.REMITTANCE,
            file=ContentFile(b"%PDF-1.4", name="letter.pdf"),
            sha256=hashlib.sha256(b"%PDF-1.4").hexdigest(),
            size=8,
        )
        make.a_claim(self.a, owner, Claim.Status.PAID, policy=policy)
        self.report = ReportRun.objects.create(programme=self.a, kind="ageing", asked_by=staff)
        generate.make(
            Job.objects.create(kind=generate.JOB_KIND, subject_id=self.report.pk, status="running", attempts=1)
        )
        self.statement = YearStatement.objects.create(
            person=owner,
            year=today.year,
            asked_by=owner,
            made_at=timezone.now(),
            file=ContentFile(b"%PDF-1.4", name="statement.pdf"),
            sha256="0" * 64,
            size=8,
        )
        self.involvement_letter = InvolvementLetter.objects.create(
            person=owner,
            programme=self.a,
            file=ContentFile(b"%PDF-1.4", name="involvement.pdf"),
            sha256="0" * 64,
            size=8,
            made_at=timezone.now(),
        )
        self.advance = Advance.objects.create(
            programme=self.a, person=owner, amount_pence=2000, paid_on=today, how="cash", recorded_by=staff
        )
        self.booking = Booking.objects.create(
            programme=self.a, person=owner, kind="public_transport", cost_pence=4200, on=today, recorded_by=staff
        )
        self.decision = make.a_decision(self.a, proposed_by=staff)
        self.group = Group.objects.create(programme=self.a, name="Community", kind=Group.Kind.COMMUNITY)
        self.term = Term.objects.create(group=self.group, person=owner, seat="lived_experience", starts_on=today)
        self.partnership = Partnership.objects.create(
            programme=self.a, organisation=Organisation.objects.create(name="Brook House")
        )
        self.agreed = AgreedTerm.objects.create(
            programme=self.a, term="people with lived experience", replaces="users", agreed_on=today
        )
        self.message = Message.objects.create(
            key="k",
            kind="test",
            audience=message_audience(self.a.pk),
            person=owner,
            to_address=owner.email,
            subject="Hello",
            text_body="Hello",
        )
        self.job = Job.objects.create(kind="invitations", subject_id=self.past.pk, started_by=staff)
        self.mail = DemoMail.objects.create(to_address=owner.email, subject="Hello", raw=b"Subject: Hello\n\nHello")

        self.added = make.of_programme(self.a)
        self.appointment = Appointment.objects.create(
            person=self.added, programme=self.a, role=Role.STAFF, key="a-key", proposed_by=approver
        )
        self.notice = RoleNotice.objects.create(person=self.added, programme=self.a, text="You are in.")
        self.right = CreatorRight.objects.create(person=self.users["else"].person, given_by=approver)
        CreatorRight.objects.update(ended_at=now)
        self.address_change = AddressChange.objects.create(
            person=owner,
            old_address=owner.email,
            new_address="new@example.org",
            key="b-key",
            asked_by=approver,
            asked_how="They rang.",
        )

        self.clients = {visitor: self.client_of(visitor) for visitor in VISITORS}

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
        """The address called `name`, for this world's rows."""
        owner = self.users["owner"].person
        pk, slug = {}, {"slug": self.a.slug}
        rows = {
            "person": owner,
            "person_edit": owner,
            "person_access_needs": owner,
            "address_ask": owner,
            "address_change": self.address_change,
            "joining_send_again": self.added.joining,
            "joining_in_person": self.added.joining,
            "appointment": self.appointment,
            "role_notice": self.notice,
            "creator_end": self.right,
            "message": self.message,
            "message_try_again": self.message,
            "job": self.job,
            "job_try_again": self.job,
            "demo_mail": self.mail,
            "demo_mail_html": self.mail,
            "membership_end": owner.memberships.get(),
            "term_end": self.term,
            "decision": self.decision,
            "decision_edit": self.decision,
            "decision_position": self.decision,
            "decision_outcome": self.decision,
            "decision_withdraw": self.decision,
            "agreed_term_edit": self.agreed,
            "event": self.coming,
            "event_edit": self.coming,
            "event_cancel": self.coming,
            "event_invite": self.coming,
            "event_send": self.coming,
            "event_attendance": self.past,
            "event_facilitators": self.coming,
            "invitation_answer": self.asked,
            "invitation_reply_for": self.invitation,
            "claim": self.sent,
            "claim_expense_new": self.draft,
            "claim_check": self.draft,
            "claim_submit": self.draft,
            "claim_sent": self.sent,
            "claim_answer": self.returned,
            "claim_withdraw": self.sent,
            "claim_reopen": self.withdrawn,
            "claim_approve": self.sent,
            "claim_recognition": self.sent,
            "your_letter": self.involvement_letter,
            "advance": self.advance,
            "booking": self.booking,
            "claim_ask_again": self.declined,
            "claim_decide": self.sent,
            "claim_decline": self.sent,
            "claim_note": self.sent,
            "claim_return": self.sent,
            "claim_journey_again": self.draft,
            "claim_told": self.entered,
            "claim_told_letter": self.entered,
            "claim_budget": self.sent,
            "claim_over_budget": self.sent,
            "receipt": self.receipt,
            "report": self.report,
            "statement": self.statement,
            "document": self.letter,
            "payment_run": self.open_run,
            "bank_file": self.signed_run,
            "payment_run_sign": self.open_run,
            "payment_run_documents": self.signed_run,
            "payment_run_again": self.paid_run,
            "payment_run_print": self.paid_run,
            "payment_run_close": self.paid_run,
            "payment_returned": self.paid_run.payments.get(),
            "payment_run_pay": self.signed_run,
            "payment_run_cancel": self.open_run,
        }
        if name in rows:
            return reverse(name, args=[rows[name].pk])
        other_work = {**slug, "activity": "document_review", "day": (self.today - dt.timedelta(days=3)).isoformat()}
        receipt = {"pk": self.draft.pk, "line_pk": self.line.pk, "receipt_pk": self.draft_receipt.pk}
        special = {
            "claim_new_day": {**slug, "activity": "document_review"},
            "claim_new_hours": other_work,
            "claim_new_what": {**other_work, "hours": "2.5"},
            "claim_receipt_use": receipt,
            "claim_receipt_remove": receipt,
            "claim_enter": {**slug, "person_pk": owner.pk},
            "demo_mail_part": {"pk": self.mail.pk, "number": 1},
            "partnership_remove": {**slug, "pk": self.partnership.pk},
            "membership_new": {**slug, "person_pk": owner.pk},
            "report_new": {**slug, "kind": "audit"},
            "report_file": {"pk": self.report.pk, "form": "csv"},
            "person_statements": {**slug, "person_pk": owner.pk},
            "budget_line": {**slug, "pk": self.budget_line.pk},
            "budget_line_change": {**slug, "pk": self.budget_line.pk},
            "approver_end": {**slug, "pk": self.duty.pk},
            "bank_details_confirm": {**slug, "pk": self.bank.pk},
            "bank_details_name_check": {**slug, "pk": self.bank.pk},
            "paying_account": {**slug, "pk": self.account.pk},
            "run_file": {"pk": self.signed_run.pk, "kind": "standard-18"},
            "payment_letter_again": {"pk": self.paid_run.pk, "payment_pk": self.letter.payment_id},
            "tax_treatment": {**slug, "pk": owner.pk},
            "group": {**slug, "pk": self.group.pk},
            "group_edit": {**slug, "pk": self.group.pk},
            "term_new": {**slug, "pk": self.group.pk},
            "closed_day_remove": {**slug, "pk": self.closed_day.pk},
            "claim_expense_cost": {"pk": self.draft.pk, "kind": "parking"},
            "claim_line_edit": {"pk": self.draft.pk, "line_pk": self.line.pk},
            "claim_line_receipt": {"pk": self.draft.pk, "line_pk": self.line.pk},
            "claim_line_remove": {"pk": self.draft.pk, "line_pk": self.line.pk},
            "address_link": {"key": self.address_change.key},
            "joining_link": {"key": self.added.joining.key},
            "appointment_link": {"key": self.appointment.key},
            "reply": {"key": self.invitation.link_key},
            "reply_done": {"key": self.invitation.link_key},
            "event_calendar": {"key": self.invitation.link_key},
        }
        if name in special:
            return reverse(name, kwargs=special[name])
        pattern = dict(addresses())[name]
        return reverse(name, kwargs=slug if "slug" in pattern.pattern.converters else pk)

    def statuses(self, address, method="GET", visitors=VISITORS):
        """What `address` answers each visitor: a status as text, or `in` when sent to sign in."""
        answers = []
        for visitor in visitors:
            client = self.clients[visitor]
            # One of the addresses signs out.
            cookies = copy.deepcopy(client.cookies)
            with transaction.atomic():
                response = client.get(address) if method == "GET" else client.post(address, {})
                transaction.set_rollback(True)
            client.cookies = cookies
            answers.append(outcome(response))
        return answers
