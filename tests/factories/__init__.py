"""Makers of rows for tests: people with plainly invented names, programmes with each role filled."""

import datetime as dt
import itertools
import secrets

from django.utils import timezone

from events.models import Attendance, Event, Invitation
from payments.claims.transitions import transition
from payments.models import (
    BankConfirmation,
    Claim,
    ClaimLine,
    ExpenseRule,
    FeeRule,
    MethodChoice,
    PayingAccount,
    Payment,
    PaymentItem,
    PaymentMade,
    PaymentReturn,
    PaymentRun,
    PolicyVersion,
    ReturnReason,
)
from payments.payees.actions import bank
from payments.policy import calculations
from people.models import Person, User
from programmes.models import Appointment, Joining, Membership, Programme, Role, Term

numbers = itertools.count(1)


def a_person(name="", **fields):
    """A person without an account."""
    n = next(numbers)
    fields.setdefault("email", f"person{n}@example.org")
    return Person.objects.create(full_name=name or f"Person Number{n}", **fields)


def a_user(name="", **fields):
    """An account with its person."""
    n = next(numbers)
    email = fields.pop("email", f"user{n}@example.org")
    return User.objects.create_user(email, name=name or f"User Number{n}", **fields)


def an_administrator(name="Ada Administrator"):
    """An installation administrator."""
    return a_user(name, is_superuser=True)


def a_programme(name="", **fields):
    """A programme in its second year."""
    n = next(numbers)
    today = timezone.localdate()
    values = {
        "slug": f"programme-{n}",
        "short_code": "".join(chr(65 + int(digit)) for digit in f"{n:04d}"),
        "funder": "Invented Foundation",
        "starts_on": today - dt.timedelta(days=500),
        "ends_on": today + dt.timedelta(days=500),
        "cost_code": f"CC-{n}",
        "contact_name": "Connie Contact",
        "contact_email": "connie@example.org",
    }
    values.update(fields)
    return Programme.objects.create(name=name or f"Programme {n}", **values)


def with_role(programme, role, name="", user=None):
    """A user who holds `role` in `programme` since long ago."""
    user = user or a_user(name)
    since = timezone.localdate() - dt.timedelta(days=400)
    if role == Role.STEERING:
        Term.objects.create(
            group=a_steering_group(programme), person=user.person, seat=Term.Seat.LIVED_EXPERIENCE, starts_on=since
        )
    else:
        a_membership(programme, user.person, role, starts_on=since)
    if role == Role.LIVED_EXPERIENCE:
        paid_another_way(user.person)
    user.__dict__.pop("_programme_roles", None)
    return user


def paid_another_way(person):
    """Agree with `person` that their money reaches them another way than by bank, cheque or cash."""
    MethodChoice.objects.get_or_create(
        person=person, defaults={"method": "other", "said_how": "Transfer by the host's own bank", "changed_by": person}
    )


def a_membership(programme, person, role, starts_on=None, **fields):
    """A role of `person`; for staff and finance with the appointment that a second person confirmed at its start."""
    starts_on = starts_on or timezone.localdate() - dt.timedelta(days=400)
    if role in Appointment.ROLES:
        at = timezone.make_aware(dt.datetime.combine(starts_on, dt.time(9)))
        fields["appointment"] = Appointment.objects.create(
            person=person,
            programme=programme,
            role=role,
            starts_on=starts_on,
            proposed_by=a_person("Prue Proposer"),
            proposed_at=at,
            status=Appointment.Status.CONFIRMED,
            way=Appointment.Way.ADMINISTRATOR,
            decided_by=a_person("Conrad Confirmer"),
            decided_at=at,
        )
    return Membership.objects.create(person=person, programme=programme, role=role, starts_on=starts_on, **fields)


def of_programme(programme, person=None, **fields):
    """A person whom `programme` has added and who holds no role yet; `joined` says whether they have said yes."""
    joined = fields.pop("joined", False)
    person = person or a_person(**fields)
    now = timezone.now()
    Joining.objects.create(
        person=person,
        programme=programme,
        key=secrets.token_urlsafe(16),
        address=person.email,
        asked_by=a_person("Abby Adder"),
        asked_at=now,
        **({"answer": Joining.Answer.YES, "answered_at": now} if joined else {}),
    )
    if joined:
        person.joined_at = now
        person.save(update_fields=["joined_at"])
    return person


def an_event(programme, organiser=None, days=-3, hours=3, **fields):
    """An event `days` from today, from 10am for `hours` hours."""
    day = timezone.localdate() + dt.timedelta(days=days)
    starts = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    values = {
        "title": "Curry and co-production",
        "kind": Event.Kind.COPRODUCTION,
        "purpose": "To shape what we do together.",
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=hours),
        "venue_name": "The Invented Hall",
        "reply_by": day - dt.timedelta(days=7),
        "organiser": organiser or a_person("Olive Organiser"),
    }
    values.update(fields)
    return Event.objects.create(programme=programme, **values)


def an_invitation(event, person=None, **fields):
    """An invitation to `event`."""
    return Invitation.objects.create(
        event=event, person=person or a_person(), invited_by=fields.pop("invited_by", event.organiser), **fields
    )


def an_attendance(event, person, came=True):
    """That `person` came to `event`."""
    return Attendance.objects.create(event=event, person=person, came=came, recorded_by=event.organiser)


def a_policy(programme, **fields):
    """A published policy: £50 half day up to 4 hours, £100 full day, 40p a mile, paid in 10 working days."""
    version = PolicyVersion.objects.create(
        programme=programme,
        number=programme.policy_versions.count() + 1,
        effective_from=fields.pop("effective_from", programme.starts_on),
        pay_within_working_days=fields.pop("pay_within_working_days", 10),
        claim_window_months=fields.pop("claim_window_months", 3),
        second_approval_above_pence=fields.pop("second_approval_above_pence", None),
        no_receipt_up_to_pence=fields.pop("no_receipt_up_to_pence", None),
        no_receipt_second_above_pence=fields.pop("no_receipt_second_above_pence", None),
    )
    FeeRule.objects.create(
        version=version, method="half_or_full_day", half_day_pence=5000, full_day_pence=10000, half_day_hours=4
    )
    for kind in ("public_transport", "parking", "childcare", "other"):
        ExpenseRule.objects.create(version=version, kind=kind)
    ExpenseRule.objects.create(version=version, kind="mileage", pence_per_mile=40, receipt_needed=False)
    ExpenseRule.objects.create(version=version, kind="taxi", needs_prior_approval=True)
    version.published_at = timezone.now()
    version.save()
    return version


def a_draft(programme, **fields):
    """The draft of the next version of a policy: £60 for each hour, from today, nothing covered."""
    version = PolicyVersion.objects.create(
        programme=programme,
        number=programme.policy_versions.count() + 1,
        effective_from=fields.pop("effective_from", timezone.localdate()),
        pay_within_working_days=10,
        claim_window_months=3,
        **fields,
    )
    FeeRule.objects.create(version=version, method="per_hour", unit_pence=6000)
    return version


def a_claim(programme, person, status=Claim.Status.DRAFT, policy=None, amount_pence=5000, **fields):
    """Make a claim of half a day, and take it to `status` as the product's actions do.

    `person` may have no account, and nobody is written to: the steps are the actions' own (`transition`, the sums
    of `calculations.shares`), without their rules and messages.
    """
    paid_another_way(person)
    n = next(numbers)
    policy = policy or PolicyVersion.objects.filter(programme=programme).first() or a_policy(programme)
    on = fields.pop("activity_date", timezone.localdate() - dt.timedelta(days=5))
    claim = Claim.objects.create(
        programme=programme,
        person=person,
        reference=f"{programme.short_code}-{n:04d}",
        activity="meeting",
        description=fields.pop("description", "Curry and co-production"),
        activity_date=on,
        policy=policy,
        **fields,
    )
    ClaimLine.objects.create(
        claim=claim, category="time", description="Half a day", on=on, hours=3, amount_pence=amount_pence
    )
    line = claim.budget_line
    for step in STEPS_TO[Claim.Status(status)]:
        if step == "paid":
            # Pay by a method that can come back where the payment comes back later.
            comes_back = status == Claim.Status.PAYMENT_FAILED
            payment = pay_in_a_run(claim, timezone.localdate(), method="cheque" if comes_back else "other")
        if step == "payment_failed":
            send_back(payment, timezone.localdate())
        transition(claim, step, **what_a_step_writes(claim, step))
        if step == "submitted" and line:
            # Sending chooses the line by itself; colleagues may choose another.
            Claim.objects.filter(pk=claim.pk).update(budget_line=line)
            claim.budget_line = line
    return claim


def send_back(payment, on):
    """Let `payment`, made by cheque, come back on the day `on`."""
    reason = ReturnReason.objects.effective_on(on).filter(method=payment.method).first()
    PaymentReturn.objects.create(payment=payment, reason=reason, on=on, recorded_by=a_person("Rhona Runner"))
    payment.items.update(live=False)


def pay_in_a_run(claim, on, method="other"):
    """Pay `claim`, which is in a run, in one of its own that was closed on the day `on`. Returns its payment."""
    n, at = next(numbers), timezone.make_aware(dt.datetime.combine(on, dt.time(8)))
    maker, signer = a_person("Rhona Runner"), a_person("Sigrid Signer")
    run = PaymentRun.objects.create(programme=claim.programme, reference=f"FACTORY-{n}", made_by=maker, made_at=at)
    amounts = {
        "amount_pence": claim.money_pence,
        "payroll_pence": claim.payroll_pence,
        "voucher_pence": claim.voucher_pence,
        "donation_pence": claim.donation_pence,
    }
    payment = Payment.objects.create(
        run=run, person=claim.person, reference=f"FACTORY{n}", method=method, said_how=HOW[method], **amounts
    )
    PaymentItem.objects.create(payment=payment, claim=claim, **amounts)
    runs = PaymentRun.objects.filter(pk=run.pk)
    runs.update(status="signed", signed_by=signer, signed_at=at)
    for method, _pence in payment.parts:
        PaymentMade.objects.create(payment=payment, method=method, on=on, reference="12", recorded_by=maker)
    runs.update(status="paid", paid_on=on, paid_recorded_by=maker)
    # A cheque stands on the bank's statement, what was paid another way does not.
    statement = claim.money_pence if method == "cheque" else 0
    runs.update(status="closed", closed_by=maker, closed_at=at, statement_pence=statement)
    return payment


HOW = {"other": "As agreed", "cheque": ""}


STEPS_TO = {
    Claim.Status.DRAFT: [],
    Claim.Status.SUBMITTED: ["submitted"],
    Claim.Status.RETURNED: ["submitted", "returned"],
    Claim.Status.APPROVED: ["submitted", "approved"],
    Claim.Status.PARTLY_APPROVED: ["submitted", "partly_approved"],
    Claim.Status.DECLINED: ["submitted", "declined"],
    Claim.Status.PAYMENT_FAILED: ["submitted", "approved", "in_run", "paid", "payment_failed"],
    Claim.Status.IN_RUN: ["submitted", "approved", "in_run"],
    Claim.Status.PAID: ["submitted", "approved", "in_run", "paid"],
    Claim.Status.WITHDRAWN: ["withdrawn"],
}


def what_a_step_writes(claim, step):
    """Return the fields that the action of `step` writes besides the status. Of a part, a penny less is approved."""
    if step == "submitted":
        pay_by = timezone.localdate() + dt.timedelta(days=14)
        return {"submitted_at": timezone.now(), "submitted_by": claim.person, "pay_by": pay_by}
    if step in {"approved", "partly_approved"}:
        return approve_lines(claim, less_pence=1 if step == "partly_approved" else 0)
    if step == "declined":
        return {
            "declined_at": timezone.now(),
            "declined_by": a_person("Della Decliner"),
            "decline_reason": "The session was cancelled.",
        }
    if step == "withdrawn":
        return {"withdrawn_by": claim.person}
    if step == "paid":
        return {"paid_on": timezone.localdate()}
    return {"paid_on": None} if step == "payment_failed" else {}


def approve_lines(claim, less_pence):
    """Approve the line of `claim`, less so many pence, and return where the money goes, as the claim's fields."""
    line = claim.lines.get()
    line.approved_pence = line.amount_pence - less_pence
    line.decision_reason = "A penny less." if less_pence else ""
    line.save(update_fields=["approved_pence", "decision_reason"])
    shares = calculations.shares(line.approved_pence, 0, claim.recognition, claim.recognition_pence)
    return {
        "approved_at": timezone.now(),
        "approved_by": a_person("Abel Approver"),
        "approved_pence": line.approved_pence,
        "money_pence": shares.money,
        "payroll_pence": shares.payroll,
        "voucher_pence": shares.voucher,
        "donation_pence": shares.donation,
        "waived_pence": shares.waived,
        "advance_recovered_pence": shares.advance_recovered,
    }


def owe(programme, person):
    """An approved claim of `person` that `programme` has yet to pay: the one there is, or a new one."""
    owed = Claim.objects.owed().filter(programme=programme, person=person).first()
    return owed or a_claim(programme, person, Claim.Status.APPROVED)


def move_address(person, email):
    """Give `person` another e-mail address as a change of long ago, which holds up nothing any more."""
    person.email, person.address_changed_at = email, timezone.now() - dt.timedelta(days=200, seconds=next(numbers))
    person.save(update_fields=["email", "address_changed_at"])


def bank_details(user, confirmed_by=None, **fields):
    """The bank details of `user`, as they gave them; confirmed by the person `confirmed_by` when given."""
    values = {"account_name": user.person.full_name, "sort_code": "08-99-99", "account_number": "66374958", **fields}
    details = bank.save(person=user.person, by=user, **values)
    if confirmed_by:
        confirm_bank_details(details, confirmed_by)
    return details


def confirm_bank_details(details, confirmed_by, programmes=None):
    """Confirm bank details as finance of `programmes`, of every programme there is unless told."""
    now = timezone.now()
    for programme in Programme.objects.all() if programmes is None else programmes:
        BankConfirmation.objects.create(
            bank_details=details, programme=programme, confirmed_by=confirmed_by, confirmed_at=now, how="Rang them."
        )
    details.confirmed_at, details.confirmed_by, details.confirmed_how = now, confirmed_by, "Rang them."
    details.save()


def a_paying_account(programme, set_by, confirmed_by=None, **fields):
    """The account `programme` pays from, as the person `set_by` entered it; confirmed by `confirmed_by` when given."""
    values = {
        "effective_from": timezone.localdate(),
        "account_name": "Wellbeing Invented",
        "sort_code": "000001",
        "account_number": "00000042",
        "last_digits": "42",
        "service_user_number": "123456",
        **fields,
    }
    account = PayingAccount.objects.create(programme=programme, set_by=set_by, **values)
    if confirmed_by:
        account.confirmed_at, account.confirmed_by = timezone.now(), confirmed_by
        account.save(update_fields=["confirmed_at", "confirmed_by"])
    return account


# At the end: they make rows with the makers above.
from tests.factories.decisions import (  # noqa: E402, F401
    a_decided_proposal,
    a_decision,
    a_decision_file,
    a_position,
    a_seat,
    a_steering_group,
    a_wording,
    an_objection,
    some_rules,
)
