"""Texts that people write: STOP, START, YES and NO are acted on once, everything else is read by a colleague."""

import threading

import pytest
from django.core import mail
from django.db import connection, transaction

from people import registry
from people.directory.models import Supporter
from people.messages import routing
from people.messages.texts import actions, queries, sending
from people.models import AddressMark, IncomingText, Message, Notice
from programmes.models import Role, message_audience
from tests import factories as make
from wellbeing.lib.errors import ActionError

ANN = "+447700900123"
Status = Message.Status

pytestmark = pytest.mark.django_db


def write(words, number=ANN, ident="text-1"):
    return actions.take_text(provider_ref=ident, number=number, words=words, by=None)


@pytest.fixture
def answers(monkeypatch):
    """Collect the answers, as (key of the notice, answer); news can be answered."""
    given = []

    def answer(notice, yes):
        given.append((notice.key, yes))
        return "Thank you. We have noted it."

    monkeypatch.setitem(registry.text_answers, "details-changed", answer)
    return given


@pytest.fixture
def asked(notify, ann, tell, answers):
    """fn(key) -> a question that was sent to Ann by text."""

    def ask(key="question:1", **more):
        message = tell(more.pop("person", ann), key, **more)
        sending.send([message.pk])
        message.refresh_from_db()
        assert message.status == Status.SENT
        return message.notice

    return ask


def test_stop_stops_texts_to_the_number_and_the_second_choice_is_used_from_then_on(notify, ann, tell, worker):
    waiting = tell(ann)
    with worker():
        text = write("Stop.")
    assert (text.understood_as, text.person, text.for_a_colleague) == ("stop", ann, False)
    mark = AddressMark.objects.open().get()
    assert (mark.channel, mark.address, mark.reason, mark.said) == ("sms", ANN, "stopped", "Stop.")
    waiting.refresh_from_db()
    assert waiting.status == Status.FAILED
    assert len(mail.outbox) == 1, "what waited is told at once"
    assert tell(ann, "news:2").channel == "email"
    assert notify.asked == []


def test_start_undoes_stop(notify, ann, tell):
    write("STOP")
    write("start", ident="text-2")
    mark = AddressMark.objects.get()
    assert mark.ended_at
    assert mark.ended_by is None
    assert tell(ann).channel == "sms"


def test_start_tells_by_text_what_a_colleague_was_to_find_a_way_for(notify, ann, tell, worker):
    ann.second_channel = ""
    ann.save()
    write("STOP")
    task = tell(ann)
    assert task.channel == "colleague"
    with worker():
        write("START", ident="text-2")
    task.refresh_from_db()
    assert task.status == Status.CANCELLED
    assert [text["body"] for text in notify.sent] == ["News for you."]


def test_start_does_not_make_a_number_work_that_reaches_nobody(ann):
    routing.mark("sms", ANN, AddressMark.Reason.REFUSED)
    write("START")
    assert routing.is_marked("sms", ANN)


def test_stop_counts_for_a_number_that_is_marked_for_another_reason(ann):
    routing.mark("sms", ANN, AddressMark.Reason.REFUSED)
    write("STOP")
    assert AddressMark.objects.open().get().reason == "stopped", "a colleague must not end it by saying it works again"
    assert AddressMark.objects.count() == 2


def test_stop_from_a_shared_number_or_one_of_nobody_stops_texts_to_it(ann):
    make.a_person("Ben Invented", phone=ANN, channel="sms")
    assert write("STOP").person is None
    assert write("STOP", number="+447700900999", ident="text-2").person is None
    assert routing.is_marked("sms", ANN)
    assert routing.is_marked("sms", "+447700900999")
    assert not IncomingText.objects.to_read().exists()


@pytest.mark.parametrize(("words", "yes"), [("Yes please", True), ("no thanks", False)])
def test_an_answer_goes_to_the_question_and_the_text_back_says_what_was_recorded(
    notify, asked, answers, words, yes, worker
):
    question = asked(audience="somebody", voice="")
    with worker():
        text = write(words)
    assert answers == [("question:1", yes)]
    assert (text.notice, text.for_a_colleague, text.audience) == (question, False, "somebody")
    back = Notice.objects.get(kind="text_answer")
    assert (back.person, back.audience) == (text.person, "somebody")
    assert notify.sent[-1]["body"] == "Thank you. We have noted it."
    assert back.messages.get().status == Status.SENT


def test_an_answer_that_comes_again_is_recorded_once_and_texted_back_once(notify, asked, answers, worker):
    asked()
    with worker():
        first, second = write("YES"), write("YES")
    assert first.pk == second.pk
    assert len(answers) == 1
    assert len(notify.sent) == 2


def test_the_latest_unanswered_question_is_answered(asked, answers):
    asked("question:1")
    asked("question:2")
    write("YES", ident="text-1")
    write("NO", ident="text-2")
    third = write("NO", ident="text-3")
    assert answers == [("question:2", True), ("question:1", False)]
    assert third.for_a_colleague, "nothing was left to answer"


def test_news_after_a_question_is_no_question(asked, answers, ann, tell, notify):
    question = asked("question:1")
    registry.text_answers["role"] = registry.text_answers.pop("details-changed")
    try:
        assert write("YES").for_a_colleague, "nothing that was sent asks anything"
    finally:
        registry.text_answers["details-changed"] = registry.text_answers.pop("role")
    assert write("YES", ident="text-2").notice == question


def test_a_question_that_went_by_email_is_not_answered_by_text(notify, answers, tell, worker):
    person = make.a_person("Eve Email", phone=ANN)
    with worker():
        assert tell(person).channel == "email"
    assert write("YES").for_a_colleague
    assert answers == []


def test_a_question_that_has_not_gone_out_or_failed_is_not_answered(notify, ann, answers, tell):
    message = tell(ann)
    assert write("YES").for_a_colleague
    notify.troubles = ["trial_mode"]
    sending.send([message.pk])
    assert write("YES", ident="text-2").for_a_colleague
    assert answers == []


def test_an_answer_before_the_worker_knows_that_the_text_went_counts(notify, ann, answers, tell):
    tell(ann)
    Message.objects.update(status=Status.SENDING, taken_at="2026-11-23T10:00:00Z", attempts=1)
    assert write("YES").notice
    assert len(answers) == 1


def test_whose_answer_a_shared_number_gives_is_not_guessed(asked, answers):
    asked()
    make.a_person("Ben Invented", phone=ANN)
    text = write("YES")
    assert (text.person, text.notice, text.for_a_colleague) == (None, None, True)
    assert answers == []


def test_an_answer_from_a_number_that_was_somebody_elses_is_not_given_to_their_question(asked, answers, ann):
    asked()
    ann.phone = "+447700900555"
    ann.save()
    ben = make.a_person("Ben Invented", phone=ANN)
    text = write("YES")
    assert (text.person, text.notice, text.for_a_colleague) == (ben, None, True)
    assert answers == []


def test_a_supporter_answers_for_the_person(notify, answers, tell):
    person = make.a_person("Ben Invented", channel="supporter")
    a_supporter(person)
    message = tell(person)
    sending.send([message.pk])
    assert write("YES", number="+447700900456").person == person
    assert len(answers) == 1


def a_supporter(person):
    return Supporter.objects.create(
        person=person,
        name="Sue Supporter",
        channel="sms",
        phone="+447700900456",
        consent_on="2026-01-01",
        consent_how="On the phone",
        recorded_by=make.a_person("Cara Colleague"),
    )


def test_an_answer_that_cannot_be_recorded_is_texted_back_with_the_reason_and_read_by_a_colleague(
    notify, asked, monkeypatch, worker
):
    def refuse(notice, yes):
        raise ActionError("This event is over.")

    question = asked()
    monkeypatch.setitem(registry.text_answers, "details-changed", refuse)
    with worker():
        text = write("YES")
    assert (text.notice, text.for_a_colleague) == (question, True)
    assert notify.sent[-1]["body"] == "This event is over."


def test_an_answer_after_stop_is_recorded_and_told_by_the_second_choice(notify, asked, answers, worker):
    asked()
    with worker():
        write("STOP")
        write("YES", ident="text-2")
    assert len(answers) == 1
    assert len(notify.sent) == 1, "no text went to the number any more"
    assert mail.outbox[-1].body.startswith("Thank you. We have noted it.")


@pytest.mark.parametrize("number", ["+447700900123", "447700900123", "07700900123", "07700 900 123"])
def test_a_number_is_found_however_the_provider_writes_it(ann, number):
    assert write("Hello", number=number).person == ann


@pytest.mark.parametrize(("number", "kept"), [("60006", "60006"), ("Invented", "Invented")])
def test_a_text_from_a_short_or_lettered_number_is_kept_as_it_is(db, number, kept):
    assert write("Hello", number=number).number == kept


@pytest.mark.parametrize("number", ["", "   ", "x" * 41])
def test_a_text_from_no_number_is_refused(db, number):
    with pytest.raises(ActionError, match="not a phone number"):
        write("Hello", number=number)


def test_words_are_kept_for_the_staff_of_the_programme_that_wrote_last(asked):
    programme, other = make.a_programme(), make.a_programme()
    staff, stranger = make.with_role(programme, Role.STAFF), make.with_role(other, Role.STAFF)
    asked(audience=message_audience(programme.pk))
    text = write("Can I bring my sister?")
    assert list(queries.texts_to_read(staff)) == [text]
    assert list(queries.texts_to_read(stranger)) == []
    assert list(queries.texts_to_read(make.an_administrator())) == [text]


def test_a_text_without_an_earlier_one_is_for_administrators(ann):
    write("Who is this?")
    assert queries.texts_to_read(make.an_administrator()).count() == 1
    assert queries.texts_to_read(make.with_role(make.a_programme(), Role.STAFF)).count() == 0


def test_a_colleague_reads_a_text_once_and_only_one_that_is_for_them(asked):
    programme = make.a_programme()
    staff, stranger = make.with_role(programme, Role.STAFF), make.with_role(make.a_programme(), Role.STAFF)
    asked(audience=message_audience(programme.pk))
    text = write("Can I bring my sister?")
    with pytest.raises(ActionError, match="Only staff of the programme"):
        actions.mark_read(text=text, by=stranger)
    read = actions.mark_read(text=text, by=staff)
    assert read.read_by == staff.person
    assert actions.mark_read(text=text, by=make.an_administrator()).read_by == staff.person
    assert not queries.texts_to_read(staff).exists()
    with pytest.raises(ActionError, match="Nobody has to read it"):
        actions.mark_read(text=write("START", ident="text-2"), by=make.an_administrator())


def test_a_long_or_odd_text_is_kept(ann):
    text = write("ł\u0000" * 30_000)
    assert text.words == "ł" * 20_000


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_go_to_two_questions(asked, answers):
    asked("question:1")
    asked("question:2")
    barrier = threading.Barrier(2)

    def answer(ident):
        barrier.wait()
        try:
            write("YES", ident=ident)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(f"text-{number}",)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [("question:1", True), ("question:2", True)]


@pytest.mark.django_db(transaction=True)
def test_the_same_answer_brought_twice_at_the_same_moment_counts_once(asked, answers):
    asked()
    barrier = threading.Barrier(2)

    def answer():
        barrier.wait()
        try:
            write("YES")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _time in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 1
    assert IncomingText.objects.count() == 1


def test_postgres_refuses_to_lose_a_text_or_to_change_its_words(ann):
    write("Hello")
    for sql in ("DELETE FROM people_incomingtext", "UPDATE people_incomingtext SET words = 'Bye'"):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
