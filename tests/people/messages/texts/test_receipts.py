"""Receipts settle a text once, in whichever order they come; a text that did not arrive is told in another way."""

import itertools

import pytest
from django.core import mail
from django.db import connection, transaction

from people.messages import routing
from people.messages.texts import actions, sending
from people.models import AddressMark, Message, Notice, TextReceipt

ANN = "+447700900123"
Status = Message.Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(notify, ann, tell):
    """A text that Notify took."""
    message = tell(ann)
    sending.send([message.pk])
    message.refresh_from_db()
    return message


def receipt(message, *, delivered, reference="", **more):
    return actions.take_receipt(
        provider_ref=more.pop("provider_ref", message.provider_ref),
        reference=reference,
        delivered=delivered,
        by=None,
        **more,
    )


def email_of(message):
    return message.notice.messages.filter(channel="email").first()


def test_a_receipt_says_that_a_text_arrived(sent):
    found = receipt(sent, delivered=True)
    assert (found.pk, found.status) == (sent.pk, Status.DELIVERED)
    assert found.delivered_at
    assert email_of(sent) is None


def test_a_text_that_did_not_arrive_is_told_by_the_second_choice(sent, worker):
    with worker():
        found = receipt(sent, delivered=False, reason="The phone was off.")
    assert (found.status, found.last_error) == (Status.FAILED, "The phone was off.")
    assert email_of(sent).status == Status.SENT
    assert len(mail.outbox) == 1
    assert not routing.is_marked("sms", ANN), "the number may work tomorrow"


def test_a_number_that_reaches_nobody_is_marked(sent, ann, tell):
    receipt(sent, delivered=False, reason="No such number.", number=True)
    mark = AddressMark.objects.open().get()
    assert (mark.channel, mark.address, mark.reason) == ("sms", ANN, "refused")
    assert tell(ann, "news:2").channel == "email"


@pytest.mark.parametrize("delivered", [True, False])
def test_a_receipt_that_comes_again_changes_nothing(sent, worker, delivered):
    with worker():
        for _time in range(3):
            receipt(sent, delivered=delivered)
    assert TextReceipt.objects.count() == 1
    assert Message.objects.count() == (1 if delivered else 2)
    assert len(mail.outbox) == (0 if delivered else 1)


def test_a_failure_after_it_arrived_is_kept_and_changes_nothing(sent, worker):
    with worker():
        receipt(sent, delivered=True)
        found = receipt(sent, delivered=False, reason="Too late.", number=True)
    assert found.status == Status.DELIVERED
    assert mail.outbox == []
    assert not routing.is_marked("sms", ANN)
    assert TextReceipt.objects.count() == 2


def test_an_arrival_after_a_failure_counts_and_calls_off_what_nobody_has_sent(sent):
    # No worker: the email still waits.
    receipt(sent, delivered=False, reason="No such number.", number=True)
    assert email_of(sent).status == Status.WAITING
    found = receipt(sent, delivered=True)
    assert (found.status, found.last_error) == (Status.DELIVERED, "")
    assert email_of(sent).status == Status.CANCELLED
    assert not routing.is_marked("sms", ANN), "the number works"


def test_an_arrival_after_a_failure_leaves_an_email_that_has_gone(sent, worker):
    with worker():
        receipt(sent, delivered=False)
    assert receipt(sent, delivered=True).status == Status.DELIVERED
    assert email_of(sent).status == Status.SENT


@pytest.mark.parametrize("order", list(itertools.permutations(["delivered", "failed", "delivered", "failed"], 3)))
def test_in_any_order_a_text_that_once_arrived_has_arrived(sent, order):
    for outcome in order:
        receipt(sent, delivered=outcome == "delivered")
    sent.refresh_from_db()
    assert sent.status == Status.DELIVERED


@pytest.mark.parametrize("delivered", [True, False])
def test_a_receipt_before_the_worker_knows_finds_its_text_by_our_reference(notify, ann, tell, worker, delivered):
    message = tell(ann)
    notify.troubles = ["took_and_closed"]
    sending.send([message.pk])
    message.refresh_from_db()
    assert (message.status, message.provider_ref) == (Status.WAITING, "")
    [text] = notify.sent
    with worker():
        receipt(message, provider_ref=text["id"], reference=text["reference"], delivered=delivered)
    message.refresh_from_db()
    assert (message.status, message.provider_ref) == (Status.DELIVERED if delivered else Status.FAILED, text["id"])
    assert message.sent_at if delivered else len(mail.outbox) == 1
    assert len(notify.sent) == 1


@pytest.mark.parametrize("delivered", [True, False])
def test_a_receipt_while_a_worker_holds_the_text_counts_and_the_worker_changes_nothing(
    notify, ann, tell, monkeypatch, delivered
):
    message = tell(ann)
    take = notify.take

    def take_and_tell(body):
        text = take(body)
        received.append(text)
        return text

    received = []
    monkeypatch.setattr(notify, "take", take_and_tell)
    hand_over = sending._hand_over

    def hand_over_and_get_a_receipt(*arguments):
        ident = hand_over(*arguments)
        receipt(message, provider_ref=ident, reference=received[0]["reference"], delivered=delivered)
        return ident

    monkeypatch.setattr(sending, "_hand_over", hand_over_and_get_a_receipt)
    assert sending.send([message.pk]) == 0
    message.refresh_from_db()
    assert message.status == (Status.DELIVERED if delivered else Status.FAILED)


def test_a_failure_of_an_earlier_try_does_not_fail_the_next(sent, worker):
    earlier = sent.provider_ref
    Message.objects.filter(pk=sent.pk).update(status=Status.FAILED)
    Message.objects.filter(pk=sent.pk).update(status=Status.WAITING, attempts=0, sent_at=None, provider_ref="")
    reference = sending.reference_of(sent)
    found = receipt(sent, provider_ref=earlier, reference=reference, delivered=False)
    assert found.status == Status.WAITING
    sending.send([sent.pk])
    sent.refresh_from_db()
    found = receipt(sent, provider_ref="one-we-never-heard-of", reference=reference, delivered=False)
    assert found.status == Status.SENT
    assert receipt(sent, delivered=False).status == Status.FAILED


def test_a_receipt_for_a_text_that_is_not_ours_is_harmless_and_named_in_no_log(sent, caplog):
    caplog.set_level("INFO")
    assert receipt(sent, provider_ref="unknown-7700900123", reference=f"{sent.pk}-0000", delivered=False) is None
    assert not TextReceipt.objects.exists()
    assert "not one of ours" in caplog.text
    assert "7700900123" not in caplog.text


def test_a_receipt_of_a_text_that_is_not_needed_any_more_changes_nothing(notify, ann, tell):
    message = tell(ann)
    Message.objects.update(status=Status.CANCELLED)
    for delivered in (True, False):
        found = receipt(message, provider_ref="x", reference=sending.reference_of(message), delivered=delivered)
        assert found.status == Status.CANCELLED


def test_a_failure_without_anybody_to_tell_opens_no_other_way(sent):
    Notice.objects.update(person=None)
    assert receipt(sent, delivered=False).status == Status.FAILED
    assert Message.objects.count() == 1


def test_a_receipt_never_settles_an_email(sent, worker):
    with worker():
        receipt(sent, delivered=False)
    email = email_of(sent)
    Message.objects.filter(pk=email.pk).update(provider_ref="email-1")
    assert actions.take_receipt(provider_ref="email-1", reference="", delivered=True, by=None) is None


def test_postgres_refuses_to_lose_or_change_a_receipt(sent):
    receipt(sent, delivered=True)
    for sql in ("DELETE FROM people_textreceipt", "UPDATE people_textreceipt SET outcome = 'failed'"):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
