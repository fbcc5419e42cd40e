"""The drill's own logic: what breaks is named, the same seed plays the same faults, the odd moments are found."""

import datetime as dt
import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from payments.claims import receipts
from payments.models import PaymentItem
from people.messages.returns.addresses import message_id
from people.models import Job, Message
from tests.helpers.claims import add_parking
from wellbeing.drill import invariants, report
from wellbeing.drill.browser import Page
from wellbeing.drill.clock import odd_moments
from wellbeing.drill.faults import KINDS, Plan
from wellbeing.drill.notes import Notes


def broken(**seen):
    """Return {title: what is broken} of the invariants that do not hold."""
    found = invariants.all_of(invariants.Seen(**seen))
    return {each.title: each.broken for each in found if each.broken}


def past_all_rules(statement, *parameters):
    """Carry out a statement that a trigger would refuse."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            cursor.execute(statement, parameters)
        finally:
            cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def paid(scene, claim_in):
    """Two paid claims of one person, each in a run of its own, and another with a receipt."""
    claims = [claim_in("paid"), claim_in("paid")]
    draft = claim_in("draft")
    receipt = add_parking(scene, draft, description="car park drill").receipts.get()
    receipts.make_clean(receipt.pk)
    receipt.refresh_from_db()
    Message.objects.filter(status="waiting").update(status="sent", sent_at=timezone.now())
    return SimpleNamespace(claims=claims, receipt=receipt)


def test_a_whole_installation_breaks_nothing(paid):
    assert broken(last_message=Message.objects.latest("pk").pk) == {}


def test_a_claim_that_is_paid_twice_is_named(paid):
    first, second = paid.claims
    payment = PaymentItem.objects.get(claim=second).payment
    past_all_rules(
        "INSERT INTO payments_paymentitem (payment_id, claim_id, amount_pence, live) VALUES (%s, %s, 1, false)",
        payment.pk,
        first.pk,
    )
    found = broken(last_message=Message.objects.latest("pk").pk)
    assert found["One payment a claim"] == [f"Claim {first.pk} was paid 2 times."]
    assert payment.reference in found["Sums of the ledger"][0]


def test_files_work_and_history_that_do_not_fit_are_named(paid, scene):
    Path(paid.receipt.file.path).unlink()
    Job.objects.create(kind="payment-documents", subject_id=1)
    past_all_rules("UPDATE payments_claim SET description = 'Another' WHERE id = %s", paid.claims[0].pk)
    found = broken(last_message=Message.objects.latest("pk").pk)
    assert "FileNotFoundError" in found["Files match their rows"][0]
    assert "has not ended" in found["Messages and jobs ended, or seen as work"][0]
    assert f"Claim {paid.claims[0].pk} differs" in found["The history ends with each row as it stands"][0]


def test_what_was_acknowledged_and_is_lost_or_doubled_is_named(paid):
    message = Message.objects.filter(status="sent", channel="email").latest("pk")
    facts = [
        {"what": "expense", "certain": True, "description": "car park drill"},
        {"what": "receipt", "certain": True, "description": "car park drill"},
        {"what": "receipt", "certain": False, "description": "car park drill"},
    ]
    lost = {"what": "expense", "certain": True, "description": "car park lost"}
    last = {"last_message": message.pk}
    assert broken(facts=facts, **last) == {}
    title = "What was acknowledged is there, once"
    assert broken(facts=[*facts, lost], **last) == {title: ["expense ['car park lost']: 0 there, 1 acknowledged."]}
    found = broken(last_message=message.pk - 1)
    assert found == {"Mails went, and went once": [f"A mail to {message.to} was called sent, and did not arrive."]}
    twice = [[message_id(message.notice), message.to]] * 2
    assert "went twice" in broken(mails=twice, last_message=message.pk - 1)["Mails went, and went once"][0]
    assert broken(mails=twice, last_message=message.pk - 1, doubles_allowed=1) == {}


def test_the_same_seed_plays_the_same_faults_each_once_a_round():
    first, again, other = (list(itertools.islice(Plan(seed, KINDS), 2 * len(KINDS))) for seed in (1, 1, 2))
    assert first == again != other
    assert {kind for kind, *_rest in first[: len(KINDS)]} == set(KINDS)


def test_the_odd_moments_are_midnight_and_both_changes_of_summer_time():
    found = odd_moments(dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC))
    assert found == [
        ("midnight", dt.datetime(2026, 11, 29, tzinfo=dt.UTC)),
        ("clocks go forward", dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC)),
        ("clocks go back", dt.datetime(2027, 10, 31, 1, tzinfo=dt.UTC)),
    ]
    assert odd_moments(dt.datetime(2026, 7, 1, 22, 59, tzinfo=dt.UTC))[0][1].hour == 23


def a_page(status, content, kind="text/html"):
    answer = SimpleNamespace(
        status_code=status, url="http://127.0.0.1/claims/3/", content=content, headers={"Content-Type": kind}
    )
    return Page(answer)


def test_a_page_that_leaves_its_reader_alone_or_waiting_is_no_success():
    notes = Notes()
    helpful = a_page(503, b"<main><h1>There is no room</h1><p>Try again in an hour.</p></main>")
    for _page in range(3):
        notes.page("GET /", notes.began, a_page(200, b"<main><h1>Home</h1></main>"), "")
    notes.begins("hang-valkey")
    notes.page("GET /", notes.began, helpful, "")
    assert report.holds(report.outcome([], notes))
    assert notes.sentences["hang-valkey"] == {"There is no room Try again in an hour.": 1}
    notes.page("GET /", notes.began - 5, a_page(500, b"<h1>Server Error (500)</h1>"), "")
    states = {what: state for what, _count, state in report.outcome([], notes)}
    assert states == {"No page leaves a person alone": "BROKEN: 1", "Pages with Valkey stopped are quick": "BROKEN: 1"}
