"""Texts go out once, wait where the provider is away, and are told in another way where it refuses."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from people.directory.models import Supporter
from people.messages import routing, settling
from people.messages import tasks as message_tasks
from people.messages.actions import delivering as message_actions
from people.messages.texts import sending
from people.models import AddressMark, DemoText, Message
from tests.factories import a_person, an_administrator

ANN = "+447700900123"
Status = Message.Status

pytestmark = pytest.mark.django_db


def again(message):
    """Let the next try of `message` be now."""
    Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now())


def next_way(message):
    return message.notice.messages.exclude(pk=message.pk).first()


def test_a_text_is_sent_after_commit_and_keeps_the_providers_number(notify, ann, tell, worker):
    with worker():
        message = tell(ann)
        assert message.channel == "sms"
        assert notify.sent == []
    message.refresh_from_db()
    [text] = notify.sent
    assert (message.status, message.provider_ref) == (Status.SENT, text["id"])
    assert (text["phone_number"], text["body"]) == (ANN, "News for you.")
    assert text["reference"] == sending.reference_of(message)
    assert message.sent_at
    assert not message.delivered_at, "nobody has said that it arrived"


def test_our_own_words_go_out_in_plain_signs_and_names_as_they_are(notify, ann, tell):
    message = tell(ann, short="“Łucja’s day” – 10\u00a0am…")
    sending.send([message.pk])
    assert notify.sent[0]["body"] == '"Łucja\'s day" - 10 am...'


def test_a_text_through_a_supporter_says_for_whom_it_is(notify, tell):
    person = a_person("Ben Invented", channel="supporter")
    Supporter.objects.create(
        person=person,
        name="Sue Supporter",
        channel="sms",
        phone="07700 900456",
        consent_on=timezone.localdate(),
        consent_how="On the phone",
        recorded_by=a_person("Cara Colleague"),
    )
    sending.send([tell(person).pk])
    [text] = notify.sent
    assert (text["phone_number"], text["body"]) == ("+447700900456", "For Ben Invented: News for you.")


def test_the_same_text_is_sent_once_however_often_it_is_handed_out(notify, ann, tell):
    message = tell(ann)
    assert [sending.send([message.pk]) for _time in range(3)] == [1, 0, 0]
    assert len(notify.sent) == 1


def test_a_text_whose_answer_got_lost_is_found_and_not_sent_again(notify, ann, tell):
    message = tell(ann)
    notify.troubles = ["took_and_closed"]
    assert sending.send([message.pk]) == 0
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.WAITING, 1)
    again(message)
    assert sending.send([message.pk]) == 1
    message.refresh_from_db()
    assert (message.status, message.provider_ref) == (Status.SENT, notify.sent[0]["id"])
    assert len(notify.sent) == 1


def test_two_sites_with_one_account_do_not_take_each_others_texts_for_theirs(notify, ann, tell, settings):
    message = tell(ann)
    settings.SITE_URL = "https://another.example.org"
    there = sending.reference_of(message)
    settings.SITE_URL = "https://wellbeing.example.org"
    assert sending.reference_of(message) != there
    assert sending.message_of(there) is None
    assert sending.message_of(sending.reference_of(message)) == message


@pytest.mark.parametrize("reference", ["", "-", "x-1", "1", "99999999999999999999-1", "٣-1", "news:1"])
def test_a_reference_that_is_not_ours_leads_nowhere(ann, tell, reference):
    tell(ann)
    assert sending.message_of(reference) is None


def test_a_passing_problem_waits_and_the_rest_of_the_batch_does_not_ask_again(notify, ann, tell):
    messages = [tell(ann, f"news:{number}") for number in range(4)]
    notify.troubles = ["outage"]
    assert sending.send([message.pk for message in messages]) == 0
    assert len(notify.asked) == 1
    rows = set(Message.objects.values_list("status", "attempts", "last_error"))
    assert rows == {("waiting", 1, "GOV.UK Notify has a fault (500).")}
    waits = {round((row.next_try_at - timezone.now()).total_seconds() / 60) for row in Message.objects.all()}
    assert waits == {1}


@pytest.mark.parametrize("trouble", ["rate_limit", "daily_limit"])
def test_a_limit_is_kept_for_as_long_as_the_provider_says_by_the_whole_batch(notify, ann, tell, trouble):
    messages = [tell(ann, f"news:{number}") for number in range(3)]
    notify.troubles = [trouble]
    now = timezone.now()
    assert sending.send([message.pk for message in messages]) == 0
    assert len(notify.asked) == 1
    for message in Message.objects.all():
        assert message.status == Status.WAITING
        if trouble == "rate_limit":
            assert 55 <= (message.next_try_at - now).total_seconds() <= 90
        else:
            assert message.next_try_at.date() == now.date() + dt.timedelta(days=1)
            assert message.next_try_at.hour == 0


def test_a_provider_that_asks_again_and_again_for_a_minute_gets_longer_each_time(notify, ann, tell):
    message = tell(ann)
    Message.objects.update(attempts=3)
    # The look-up is what meets the limit.
    notify.troubles = ["rate_limit"]
    sending.send([message.pk])
    message.refresh_from_db()
    assert round((message.next_try_at - timezone.now()).total_seconds() / 60) == 60


def test_a_number_that_is_refused_is_marked_and_the_second_choice_is_used(notify, ann, tell, worker):
    ann.phone = "+441632960123"
    ann.save()
    with worker():
        message = tell(ann)
    message.refresh_from_db()
    assert message.status == Status.FAILED
    assert "cannot be sent to this number" in message.last_error
    assert routing.is_marked("sms", "+441632960123")
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]
    assert next_way(message).status == Status.SENT
    with worker():
        assert tell(ann, "news:2").channel == "email", "from now on"


def test_what_is_wrong_with_our_account_marks_nobodys_number(notify, ann, tell, worker):
    notify.troubles = ["trial_mode"]
    with worker():
        message = tell(ann)
    message.refresh_from_db()
    assert message.status == Status.FAILED
    assert "trial mode" in message.last_error
    assert not AddressMark.objects.exists()
    assert len(mail.outbox) == 1, "told all the same"


def test_after_the_last_try_the_second_choice_is_used(notify, ann, tell, worker):
    message = tell(ann)
    Message.objects.update(attempts=Message.MAX_TRIES - 1)
    # The look-up and the text.
    notify.troubles = ["outage", "outage"]
    with worker():
        sending.send([message.pk])
    message.refresh_from_db()
    assert message.status == Status.FAILED
    assert "12 times" in message.last_error
    assert len(mail.outbox) == 1


def test_a_number_that_was_stopped_while_a_text_waited_gets_none(notify, ann, tell, worker):
    message = tell(ann)
    routing.mark("sms", ANN, AddressMark.Reason.STOPPED)
    with worker():
        sending.send([message.pk])
    message.refresh_from_db()
    assert message.status == Status.FAILED
    assert notify.asked == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("number", ["the number of my sister", "+44 7700", "+447700900123;ext=12"])
def test_what_is_no_number_is_refused_without_asking(notify, ann, tell, number):
    message = tell(ann)
    Message.objects.filter(pk=message.pk).update(to=number)
    sending.send([message.pk])
    message.refresh_from_db()
    assert message.status == Status.FAILED
    assert "is not a number that can get text messages" in message.last_error
    assert notify.asked == []


def test_without_a_provider_texts_are_no_way_and_one_that_waited_is_told_otherwise(notify, ann, tell, settings, worker):
    message = tell(ann)
    settings.TEXT_PROVIDER = ""
    with worker():
        assert sending.send([message.pk]) == 0
        assert tell(ann, "news:2").channel == "email"
    message.refresh_from_db()
    assert message.status == Status.FAILED
    assert len(mail.outbox) == 2


def test_one_bad_text_holds_up_no_other(notify, ann, tell):
    bad = tell(a_person("Lena Landline", phone="+441632960123", channel="sms"))
    good = tell(ann, "news:2")
    assert sending.send([bad.pk, good.pk]) == 1


def test_what_nobody_foresaw_is_tried_again_and_says_so(notify, ann, tell, monkeypatch, caplog):
    message = tell(ann)
    monkeypatch.setattr("people.messages.texts.notify.NotifyProvider.send", lambda *_arguments: 1 / 0)
    assert sending.send([message.pk]) == 0
    message.refresh_from_db()
    assert message.status == Status.WAITING
    assert "unexpected" in message.last_error
    assert "ZeroDivisionError" in caplog.text


def test_a_text_held_by_a_silent_worker_is_looked_up_before_it_goes_again(notify, ann, tell, settings):
    message = tell(ann)
    [held] = settling.take_all([message.pk])
    ident = sending._hand_over(held, sending.provider())
    # The worker dies here. After its lease another one takes the text.
    Message.objects.update(taken_at=timezone.now() - dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS + 1))
    assert sending.send([message.pk]) == 1
    message.refresh_from_db()
    assert (message.status, message.provider_ref) == (Status.SENT, ident)
    assert len(notify.sent) == 1
    assert settling.settle(held, Status.WAITING) == 0, "the first worker, should it live, changes nothing"


def test_a_text_that_failed_and_is_tried_again_goes_out_again(notify, ann, tell, worker):
    ann.second_channel = ""
    ann.save()
    notify.troubles = ["trial_mode"]
    with worker():
        message = tell(ann)
    message.refresh_from_db()
    assert message.status == Status.FAILED
    with worker():
        message_actions.try_again(message=message, by=an_administrator())
    message.refresh_from_db()
    assert (message.status, message.provider_ref) == (Status.SENT, notify.sent[0]["id"])


def test_a_text_another_worker_took_meanwhile_is_left_to_it(notify, ann, tell, monkeypatch):
    messages = [tell(ann, f"news:{number}") for number in range(2)]
    take_all = settling.take_all
    monkeypatch.setattr(settling, "take_all", lambda ids: [one for one in take_all(ids) if one.pk != messages[0].pk])
    assert sending.send([message.pk for message in messages]) == 1
    assert len(notify.sent) == 1


def test_the_demos_phone_shows_a_text_once_and_it_has_arrived(ann, tell, settings, worker):
    settings.TEXT_PROVIDER = "demo"
    with worker():
        message = tell(ann)
    message.refresh_from_db()
    [text] = DemoText.objects.all()
    assert (text.number, text.words, text.from_phone) == (ANN, "News for you.", False)
    assert (message.status, message.provider_ref) == (Status.DELIVERED, f"demo-{text.pk}")
    found = sending.provider()
    assert found.send(ANN, "News for you.", text.reference) == found.find(text.reference) == f"demo-{text.pk}"
    assert DemoText.objects.count() == 1


def test_the_sweep_sends_emails_and_texts_that_are_due(notify, ann, tell, worker):
    tell(ann)
    tell(a_person("Eve Email"), "news:2")
    with worker():
        message_tasks.sweep_outbox.delay()
    assert set(Message.objects.values_list("channel", "status")) == {("sms", "sent"), ("email", "sent")}
