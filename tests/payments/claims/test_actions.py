"""Claims: from attendance to approval, and what every status allows."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from payments.approval.actions import decisions
from payments.claims import receipts as claim_receipts
from payments.claims.actions import filling, opening, receipts, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim, Receipt
from payments.pages import queries as page_queries
from payments.runs.actions import runs
from people.models import Notice
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from tests.helpers.claims import add_parking
from tests.helpers.policies import publish_at_once
from wellbeing.lib.dates import add_working_days
from wellbeing.lib.errors import ActionError

Status = Claim.Status


def came(scene, hours=3, user=None, **fields):
    event = factories.an_event(scene.programme, hours=hours, **fields)
    return factories.an_attendance(event, (user or scene.person).person)


# From attendance to a claim


HALF, WHOLE = "Half a day, up to 4 hours: £50.00", "A full day, more than 4 hours: £100.00"


@pytest.mark.parametrize(
    ("hours", "pence", "note"),
    [(3, 5000, HALF), (4, 5000, HALF), (4.25, 10000, WHOLE), (7, 10000, WHOLE)],
)
def test_who_came_finds_a_claim_with_their_time_already_priced(scene, hours, pence, note):
    claim = opening.open_for_attendance(attendance=came(scene, hours), by=scene.staff)
    line = claim.lines.get()
    assert (claim.status, line.amount_pence, line.hours) == (Status.DRAFT, pence, Decimal(str(hours)))
    assert line.rate_note == note
    assert claim.policy == scene.policy
    assert claim.reference == f"{scene.programme.short_code}-0001"


def test_a_claim_is_priced_by_the_policy_of_the_day_of_the_event(scene):
    newer = factories.a_policy(scene.programme, effective_from=timezone.localdate() - dt.timedelta(days=2))
    before = opening.open_for_attendance(attendance=came(scene, days=-3), by=scene.staff)
    after = opening.open_for_attendance(attendance=came(scene, days=-1), by=scene.staff)
    assert (before.policy, after.policy) == (scene.policy, newer)


def test_recording_attendance_twice_makes_one_claim_and_one_message(scene):
    attendance = came(scene)
    first = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    again = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    assert first == again
    message = Notice.objects.get(key=f"claim-waiting-{first.pk}")
    assert message.messages.get().to == scene.person.email
    assert f"/claims/{first.pk}/" in message.text_body
    assert "£50.00" in message.text_body
    assert message.reply_to == scene.programme.contact_email


def test_each_claim_of_a_programme_has_its_own_number(scene):
    made = [opening.open_for_attendance(attendance=came(scene), by=scene.staff) for _n in range(3)]
    assert [claim.reference[-4:] for claim in made] == ["0001", "0002", "0003"]


def test_numbers_go_on_after_claims_that_were_loaded_without_the_counter(scene):
    loaded = factories.a_claim(scene.programme, scene.person.person)
    Claim.objects.filter(pk=loaded.pk).update(reference=f"{scene.programme.short_code}-0450")
    claim = opening.open_for_attendance(attendance=came(scene), by=scene.staff)
    assert claim.reference.endswith("-0451")


def test_a_colleague_who_came_is_not_paid_as_a_person_with_lived_experience(scene):
    assert opening.open_for_attendance(attendance=came(scene, user=scene.staff_two), by=scene.staff) is None


def test_without_a_policy_that_day_there_is_no_claim(scene):
    person = factories.with_role(scene.other, Role.LIVED_EXPERIENCE)
    event = factories.an_event(scene.other)
    attendance = factories.an_attendance(event, person.person)
    assert opening.open_for_attendance(attendance=attendance, by=scene.elsewhere) is None


def test_a_colleague_tells_a_person_no_way_reaches_of_their_claim(scene):
    factories.move_address(scene.person.person, "")
    assert opening.open_for_attendance(attendance=came(scene), by=scene.staff)
    message = Notice.objects.get(kind="claim_waiting").messages.get()
    assert (message.channel, message.colleague) == ("colleague", scene.staff.person)


def test_an_unsent_claim_closes_when_the_person_did_not_come_and_opens_again_when_they_did(scene):
    attendance = came(scene)
    claim = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    attendance.came = False
    opening.open_for_attendance(attendance=attendance, by=scene.staff)
    claim.refresh_from_db()
    assert claim.status == Status.WITHDRAWN
    with pytest.raises(ClaimError, match="did not come"):
        sending.reopen(claim=claim, by=scene.person)
    attendance.came = True
    assert opening.open_for_attendance(attendance=attendance, by=scene.staff).status == Status.DRAFT


def test_a_claim_its_owner_took_back_stays_closed_when_attendance_is_recorded_again(scene):
    attendance = came(scene)
    claim = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    sending.withdraw(claim=claim, by=scene.person)
    assert opening.open_for_attendance(attendance=attendance, by=scene.staff).status == Status.WITHDRAWN
    sending.reopen(claim=claim, by=scene.person)
    claim.refresh_from_db()
    assert claim.status == Status.DRAFT


def test_attendance_cannot_be_taken_away_once_the_claim_is_sent(scene):
    attendance = came(scene)
    claim = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    sending.submit(claim=claim, by=scene.person)
    attendance.came = False
    with pytest.raises(ClaimError, match=claim.reference):
        opening.open_for_attendance(attendance=attendance, by=scene.staff)


# Filling it in


def test_mileage_is_priced_by_the_policy(claim_in, scene):
    line = filling.add_expense(
        claim=claim_in("draft"), by=scene.person, kind="mileage", description="Leeds and back", miles=Decimal("24.5")
    )
    assert line.amount_pence == 980
    assert line.rate_note == "24.5 miles at 40p a mile"


def test_an_expense_the_policy_does_not_cover_is_refused(claim_in, scene):
    with pytest.raises(ClaimError) as refusal:
        filling.add_expense(claim=claim_in("draft"), by=scene.person, kind="food", description="Tea", amount_pence=300)
    assert refusal.value.field == "kind"


def test_an_expense_above_the_cap_is_refused_beside_the_amount(scene):
    from payments.policy import actions as policy_actions
    from payments.policy.calculations import half_or_full_day

    version = publish_at_once(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        fees=[policy_actions.ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))],
        pay_within_working_days=10,
        claim_window_months=3,
        expenses=[policy_actions.ExpenseTerms("parking", cap_pence=1500)],
    )
    claim = factories.a_claim(scene.programme, scene.person.person, policy=version)
    with pytest.raises(ClaimError, match=r"£15.00") as refusal:
        filling.add_expense(claim=claim, by=scene.person, kind="parking", description="", amount_pence=1501)
    assert refusal.value.field == "amount"
    line = filling.add_expense(claim=claim, by=scene.person, kind="parking", description="", amount_pence=1500)
    assert line.description == "Parking"


def test_nobody_else_can_change_a_claim(claim_in, scene):
    claim = claim_in("draft")
    for user in (scene.staff, scene.finance, scene.administrator, scene.stranger):
        with pytest.raises(ClaimError, match="Only the person"):
            filling.add_expense(claim=claim, by=user, kind="parking", description="", amount_pence=100)


def test_payment_for_time_cannot_be_removed_as_a_line(claim_in, scene):
    claim = claim_in("draft")
    with pytest.raises(ClaimError, match="your time"):
        filling.remove_line(line=claim.lines.get(), by=scene.person)


def test_a_removed_expense_takes_its_receipt_and_file_with_it(claim_in, scene, worker):
    claim = claim_in("draft")
    with worker():
        line = add_parking(scene, claim, description="")
    file = Receipt.objects.get().file
    assert file.storage.exists(file.name)
    with worker():
        filling.remove_line(line=line, by=scene.person)
    assert not Receipt.objects.exists()
    assert not file.storage.exists(file.name)


def test_a_second_receipt_stands_beside_the_first(claim_in, scene, worker):
    claim = claim_in("draft")
    with worker():
        line = add_parking(scene, claim, description="")
    with worker():
        receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.pdf(), "ticket.pdf"))
    assert [receipt.original_name for receipt in line.receipts.all()] == ["receipt.jpg", "ticket.pdf"]


# Sending


def test_sending_promises_a_day_by_working_days(claim_in, scene):
    claim = sending.submit(claim=claim_in("draft"), by=scene.person)
    assert claim.pay_by == add_working_days(timezone.localdate(), 10)
    assert claim.submitted_by == scene.person.person
    assert Notice.objects.get(key=f"claim-received-{claim.pk}")


def test_a_claim_without_a_needed_receipt_is_not_sent(claim_in, scene):
    claim = claim_in("draft")
    filling.add_expense(claim=claim, by=scene.person, kind="public_transport", description="Leeds", amount_pence=1250)
    with pytest.raises(ClaimError, match="Add a receipt for “Leeds”"):
        sending.submit(claim=claim, by=scene.person)


def test_a_claim_may_be_sent_while_its_receipt_is_being_checked_but_not_approved(claim_in, scene):
    claim = claim_in("draft")
    add_parking(scene, claim, description="")
    sending.submit(claim=claim, by=scene.person)
    with pytest.raises(ClaimError, match="still being checked"):
        decisions.approve(claim=claim, by=scene.staff)
    claim_receipts.make_clean(Receipt.objects.get().pk)
    assert decisions.approve(claim=claim, by=scene.staff).status == Status.APPROVED


def test_a_claim_with_a_refused_receipt_is_neither_sent_nor_approved(claim_in, scene, worker):
    claim = claim_in("draft")
    with worker():
        add_parking(scene, claim, file=samples.upload(samples.broken_jpeg()))
    with pytest.raises(ClaimError, match=r"Car park.*damaged"):
        sending.submit(claim=claim, by=scene.person)
    # The worker may also find it out after sending.
    Receipt.objects.all().delete()
    receipts.add_receipt(
        line=claim.lines.get(category="expense"), by=scene.person, file=samples.upload(samples.broken_jpeg())
    )
    sending.submit(claim=claim, by=scene.person)
    claim_receipts.make_clean(Receipt.objects.get().pk)
    with pytest.raises(ClaimError, match="could not be opened"):
        decisions.approve(claim=claim, by=scene.staff)


def test_a_claim_for_nothing_is_not_sent(scene):
    claim = factories.a_claim(scene.programme, scene.person.person, amount_pence=0)
    with pytest.raises(ClaimError, match="nothing to pay"):
        sending.submit(claim=claim, by=scene.person)


def test_answering_a_question_keeps_the_place_in_the_queue_and_the_conversation(claim_in, scene):
    claim = claim_in("submitted")
    sent = claim.submitted_at
    decisions.return_with_question(claim=claim, by=scene.staff, question="Which station?")
    message = Notice.objects.get(kind="claim_question")
    assert "Which station?" in message.text_body
    claim = sending.answer(claim=claim, by=scene.person, answer="Leeds")
    assert (claim.status, claim.submitted_at) == (Status.SUBMITTED, sent)
    assert [note.body for note in claim.notes.all()] == ["Which station?", "Leeds"]
    decisions.return_with_question(claim=claim, by=scene.staff, question="Which day?")
    assert Notice.objects.filter(kind="claim_question").count() == 2


def test_a_returned_claim_can_be_put_right_before_it_is_sent_again(claim_in, scene):
    claim = claim_in("returned")
    filling.add_expense(
        claim=claim, by=scene.person, kind="mileage", description="Home to hall", miles=Decimal(10), on=None
    )
    sending.answer(claim=claim, by=scene.person, answer="Done")
    assert page_queries.whole_claim(claim.pk).lines.count() == 2


# Who may check


def test_nobody_approves_their_own_claim(scene, claim_in):
    factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, user=scene.staff)
    claim = claim_in("submitted", user=scene.staff)
    with pytest.raises(ClaimError, match="your own"):
        decisions.approve(claim=claim, by=scene.staff)
    with pytest.raises(ClaimError, match="your own"):
        decisions.return_with_question(claim=claim, by=scene.staff, question="Why?")


@pytest.mark.parametrize("who", ["finance", "steering", "elsewhere", "stranger", "administrator"])
def test_only_staff_of_the_programme_approve_and_return(scene, claim_in, who):
    claim = claim_in("submitted")
    with pytest.raises(ClaimError, match="Only staff"):
        decisions.approve(claim=claim, by=getattr(scene, who))
    with pytest.raises(ClaimError, match="Only staff"):
        decisions.return_with_question(claim=claim, by=getattr(scene, who), question="Why?")


# Every status against every action

ACTIONS = {
    "add_expense": lambda c, s: filling.add_expense(
        claim=c, by=s.person, kind="mileage", description="", miles=Decimal(5)
    ),
    "submit": lambda c, s: sending.submit(claim=c, by=s.person),
    "answer": lambda c, s: sending.answer(claim=c, by=s.person, answer="Here you are"),
    "withdraw": lambda c, s: sending.withdraw(claim=c, by=s.person),
    "reopen": lambda c, s: sending.reopen(claim=c, by=s.person),
    "approve": lambda c, s: decisions.approve(claim=c, by=s.staff),
    "return": lambda c, s: decisions.return_with_question(claim=c, by=s.staff, question="Why?"),
    "approve part": lambda c, s: decisions.approve(
        claim=c, by=s.staff, decisions=[decisions.LineDecision(c.lines.first(), 1, "A penny is enough.")]
    ),
    "decline": lambda c, s: decisions.decline(claim=c, by=s.staff, reason="The session was cancelled."),
    "ask again": lambda c, s: sending.ask_again(claim=c, by=s.person, words="I was there."),
    "note": lambda c, s: decisions.note(claim=c, by=s.staff, words="Rang them."),
    "approve with others": lambda c, s: decisions.approve_many(programme=s.programme, claims=[c], by=s.staff),
    "put in a run": lambda c, s: runs.make_run(programme=s.programme, claims=[c], by=s.finance_three),
}
ALLOWED = {
    Status.DRAFT: {"add_expense": "draft", "submit": "submitted", "withdraw": "withdrawn"},
    Status.SUBMITTED: {
        "approve": "approved",
        "approve part": "partly_approved",
        "approve with others": "approved",
        "decline": "declined",
        "return": "returned",
        "withdraw": "withdrawn",
    },
    Status.RETURNED: {"add_expense": "returned", "answer": "submitted", "withdraw": "withdrawn"},
    Status.APPROVED: {"put in a run": "in_run"},
    Status.PARTLY_APPROVED: {"put in a run": "in_run"},
    Status.DECLINED: {"ask again": "submitted"},
    Status.PAYMENT_FAILED: {"put in a run": "in_run"},
    Status.IN_RUN: {},
    Status.PAID: {},
    Status.WITHDRAWN: {"reopen": "draft"},
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_status_against_every_action(scene, claim_in, status, action):
    claim = claim_in(status)
    becomes = status if action == "note" else ALLOWED[status].get(action)
    if becomes:
        ACTIONS[action](claim, scene)
        claim.refresh_from_db()
        assert claim.status == becomes
        assert becomes == status or becomes in Claim.TRANSITIONS[status]
    else:
        with pytest.raises(ActionError) as refusal:
            ACTIONS[action](claim, scene)
        assert str(refusal.value)
        claim.refresh_from_db()
        assert claim.status == status
