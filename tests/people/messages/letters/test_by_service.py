"""Letters that GOV.UK Notify prints and posts: handed over when their time comes, followed until they are posted."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.messages import handing, posting, routing, telling
from people.messages.actions import delivering
from people.messages.actions import letters as actions
from people.messages.letters import asking, sending
from people.messages.letters.notify import ENDED
from people.messages.tasks import follow_letters
from people.models import Message, Person, PostageRule
from tests.helpers.letters import a_reader, a_waiting_letter, text_in
from tests.helpers.notify_server import NotifyServer

pytestmark = pytest.mark.django_db
# Four o'clock of the day of every test.
HANDED_OVER = dt.datetime(2026, 11, 23, 16, tzinfo=dt.UTC)


@pytest.fixture
def notify(settings):
    with NotifyServer() as server:
        server.use_for_letters(settings)
        settings.TEXT_TIMEOUT_SECONDS = 5
        yield server


@pytest.fixture
def letter(notify, programme, audience):
    """A letter that waits for Notify."""
    return a_waiting_letter(a_reader(programme, "Ann Able", letter_size="18"), audience)


def at_four(*letters):
    """Let the time come at which Notify gets letters."""
    for each in letters:
        assert each.next_try_at == HANDED_OVER
    Message.objects.filter(pk__in=[each.pk for each in letters]).update(next_try_at=timezone.now())


def sent(*letters):
    at_four(*letters)
    number = sending.send([each.pk for each in letters])
    for each in letters:
        each.refresh_from_db()
    return number


def test_a_letter_waits_for_its_time_and_is_handed_over_once(letter, notify):
    assert letter.by_service
    assert not letter.is_by_hand
    assert letter.status_in_words == "Waiting to be sent to the service"
    assert sending.send([letter.pk]) == 0, "it is 10am"
    assert notify.letters == []
    assert sent(letter) == 1
    assert sending.send([letter.pk]) == 0
    [taken] = notify.letters
    assert (taken["id"], taken["postage"]) == (letter.provider_ref, "second")
    assert taken["reference"] == sending.reference_of(letter)
    assert "Ann" not in taken["reference"]
    text = " ".join(text_in(taken["content"]))
    assert "Hello Ann Able" in text
    assert f"L{letter.pk:06d}" in text
    assert letter.status_in_words == "Handed over to be printed"


def test_a_worker_that_is_given_due_messages_hands_over_letters_whose_time_has_come(letter, notify):
    at_four(letter)
    assert list(Message.objects.due(timezone.now())) == [letter]
    handing.send_messages([letter.pk])
    letter.refresh_from_db()
    assert letter.provider_ref == notify.letters[0]["id"]


def test_a_letter_is_posted_once_notify_says_so(letter, notify):
    sent(letter)
    for status in ("pending-virus-check", "accepted", "created", "sending"):
        notify.letters[0]["status"] = status
        assert sending.follow() == 0
    letter.refresh_from_db()
    assert letter.status == "sent"
    notify.letters[0]["status"] = "received"
    assert sending.follow() == 1
    letter.refresh_from_db()
    assert (letter.status, letter.status_in_words) == ("delivered", "Posted")
    assert letter.delivered_at
    asked = len(notify.asked)
    follow_letters()
    assert len(notify.asked) == asked, "nothing is left to ask"


@pytest.mark.parametrize("status", ENDED)
def test_a_letter_that_notify_does_not_print_is_printed_here_with_the_reason(status, letter, notify, staff):
    sent(letter)
    notify.letters[0]["status"] = status
    assert sending.follow() == 1
    assert sending.follow() == 0
    letter.refresh_from_db()
    assert (letter.status, letter.by_service, letter.sent_at, letter.provider_ref) == ("waiting", False, None, "")
    [waiting] = asking.waiting_letters(staff)
    assert waiting == letter
    assert waiting.problem == str(ENDED[status])
    assert "GOV.UK Notify" in waiting.problem
    assert letter.notice.messages.count() == 1, "they still get the letter they asked for"
    actions.make_batch(audience=letter.notice.audience, by=staff)
    assert sending.send([letter.pk]) == 0


def test_many_letters_are_followed_with_few_requests(notify, programme, audience):
    letters = [a_waiting_letter(a_reader(programme, f"Reader {number}"), audience) for number in range(7)]
    assert sent(*letters) == 7
    for taken in notify.letters:
        taken["status"] = "received"
    notify.page_size = 4
    asked = len(notify.asked)
    assert sending.follow() == 7
    assert len(notify.asked) - asked == 2


def test_a_letter_notify_no_longer_tells_of_stays_as_it_is_and_is_not_asked_for_for_ever(letter, notify):
    sent(letter)
    notify.letters.clear()
    assert sending.follow() == 0
    Message.objects.filter(pk=letter.pk).update(sent_at=timezone.now() - dt.timedelta(days=8))
    asked = len(notify.asked)
    assert sending.follow() == 0
    assert len(notify.asked) == asked


def test_a_letter_whose_answer_never_came_is_found_and_not_sent_again(letter, notify):
    notify.troubles = ["took_and_closed"]
    assert sent(letter) == 0
    assert letter.status == "waiting"
    assert "could not be reached" in letter.last_error
    Message.objects.filter(pk=letter.pk).update(next_try_at=timezone.now())
    assert sending.send([letter.pk]) == 1
    letter.refresh_from_db()
    assert [taken["id"] for taken in notify.letters] == [letter.provider_ref]


@pytest.mark.parametrize(
    ("trouble", "words", "minutes"),
    [
        ("rate_limit", "asked us to send more slowly", 1),
        ("daily_limit", "posts no more letters for us today", "until midnight"),
        ("outage", "has a fault", 1),
        (b"<html>Please sign in to the network</html>", "do not understand", 1),
    ],
)
def test_a_limit_or_an_outage_puts_it_off_and_the_rest_of_the_batch_with_it(
    trouble, words, minutes, notify, programme, audience
):
    letters = [a_waiting_letter(a_reader(programme, f"Reader {number}"), audience) for number in range(2)]
    notify.troubles = [trouble]
    assert sent(*letters) == 0
    assert notify.letters == []
    assert len(notify.asked) == 1
    for each in letters:
        assert (each.status, each.by_service) == ("waiting", True)
        assert words in each.last_error
        now = timezone.now()
        midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0)
        due = midnight if minutes == "until midnight" else now + dt.timedelta(minutes=minutes)
        assert abs(each.next_try_at - due) < dt.timedelta(minutes=5)
    Message.objects.update(next_try_at=timezone.now())
    assert sending.send([each.pk for each in letters]) == 2


def test_after_the_last_try_it_is_printed_here(letter, notify):
    Message.objects.filter(pk=letter.pk).update(attempts=Message.MAX_TRIES - 1)
    notify.troubles = ["outage"]
    sent(letter)
    assert (letter.status, letter.by_service, letter.attempts) == ("waiting", False, 0)
    assert letter.last_error.startswith(
        "We tried 12 times to have it printed. The last answer: GOV.UK Notify has a fault"
    )
    assert f"look for {sending.reference_of(letter)} at the printing service" in letter.last_error


@pytest.mark.parametrize(("trouble", "words"), [("team_key", "team api key"), ("no_letters", "trial mode")])
def test_a_refusal_has_it_printed_here(trouble, words, letter, notify):
    notify.troubles = [trouble]
    sent(letter)
    assert (letter.status, letter.by_service) == ("waiting", False)
    assert words in letter.last_error


def test_a_letter_that_notify_cannot_print_never_goes_there(notify, programme, audience):
    abroad = a_waiting_letter(a_reader(programme, "Ann", postal_address="1 Rue Inventée\nParis"), audience)
    long = a_waiting_letter(a_reader(programme, "Bea"), audience, text="Many words. " * 9000)
    assert sent(abroad, long) == 0
    assert notify.letters == []
    assert abroad.last_error == "GOV.UK Notify posts to addresses that end with a UK postcode alone."
    assert "at most 10" in long.last_error
    assert not abroad.by_service
    assert not long.by_service


def test_a_letter_to_an_address_that_was_marked_meanwhile_is_not_sent(letter, notify):
    routing.mark("letter", letter.to, "returned", "Gone away")
    sent(letter)
    assert (letter.status, letter.status_in_words) == ("failed", "Could not be sent")
    assert letter.notice.latest.channel == "colleague"
    assert notify.letters == []


def test_a_letter_nobody_needs_any_more_is_not_handed_over(letter, notify):
    telling.withdraw([letter.notice])
    at_four(letter)
    assert sending.send([letter.pk]) == 0
    assert notify.letters == []


def test_staff_take_a_letter_back_until_it_has_gone(letter, notify, staff, audience):
    actions.print_here(message=letter, by=staff)
    letter.refresh_from_db()
    assert list(asking.waiting_letters(staff)) == [letter]
    assert letter.status_in_words == "To be posted"
    with pytest.raises(actions.LetterError, match="took it back before"):
        actions.print_here(message=letter, by=staff)
    assert sending.send([letter.pk]) == 0
    other = a_waiting_letter(Person.objects.get(full_name="Ann Able"), audience)
    sent(other)
    with pytest.raises(actions.LetterError, match="is with the printing service"):
        actions.print_here(message=other, by=staff)
    assert len(notify.letters) == 1


def test_a_letter_whose_answer_was_lost_is_not_taken_back_as_it_may_be_there(letter, notify, staff):
    notify.troubles = ["took_and_closed"]
    sent(letter)
    assert len(notify.letters) == 1
    with pytest.raises(actions.LetterError, match="may have it"):
        actions.print_here(message=letter, by=staff)


def test_a_colleague_who_tells_them_otherwise_keeps_the_letter_from_going(letter, notify, staff):
    delivering.record_told(message=letter, by=staff, how="She came by")
    letter.refresh_from_db()
    assert (letter.status, letter.by_service) == ("sent", False)
    assert sending.send([letter.pk]) == 0
    assert notify.letters == []


def test_a_posted_letter_that_came_back_and_is_tried_again_is_printed_here(letter, notify, staff):
    sent(letter)
    notify.letters[0]["status"] = "received"
    sending.follow()
    actions.came_back(message=letter, by=staff, reason="Gone away")
    letter.refresh_from_db()
    assert letter.status_in_words == "Came back"
    delivering.try_again(message=letter, by=staff)
    [waiting] = asking.waiting_letters(staff)
    assert waiting == letter
    assert not waiting.problem


def test_without_a_service_any_more_what_waits_is_printed_here(letter, settings):
    settings.LETTER_PROVIDER = ""
    sent(letter)
    assert not letter.by_service
    assert letter.last_error == "No service prints letters for us any more."
    assert sending.follow() == 0


def test_letters_that_an_app_posts_itself_stay_with_its_staff(notify, programme, audience):
    assert not a_waiting_letter(a_reader(programme, "Ann Able"), audience, kind="payment_made").by_service


def test_without_a_service_letters_are_printed_here(programme, audience):
    assert not a_waiting_letter(a_reader(programme, "Ann Able"), audience).by_service


def test_the_postage_and_the_time_are_those_of_the_day(letter, notify):
    PostageRule.objects.create(postage="first", handed_over_at=dt.time(11), effective_from=dt.date(2026, 11, 23))
    assert posting.next_handover(timezone.now()) == dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
    PostageRule.objects.create(postage="first", handed_over_at=dt.time(9), effective_from=dt.date(2026, 11, 24))
    late = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
    assert posting.next_handover(late) == dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    sent(letter)
    assert notify.letters[0]["postage"] == "first"
    assert str(PostageRule.objects.first()) == "First class, 2026-11-24"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"channel": "email", "by_service": True}, "message_by_service_is_a_letter"),
        (
            {"by_service": True, "status": "sent", "sent_at": HANDED_OVER, "provider_ref": ""},
            "message_told_by_hand_says_by_whom",
        ),
    ],
)
def test_the_database_refuses_what_no_service_does(changes, name, letter):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Message.objects.filter(pk=letter.pk).update(**changes)


def test_the_database_keeps_the_rules_of_postage(db):
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        PostageRule.objects.update(postage="economy")
