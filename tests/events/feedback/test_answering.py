"""Taking answers in: once, while it is open, by link, by phone and on paper; nothing leads to who gave them."""

import datetime as dt
import itertools

import pghistory
import pytest
import time_machine
from django.apps import apps
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from events.day import actions as day_actions
from events.feedback.actions import answering, thanking
from events.models import FeedbackAsked, FeedbackQuestion, FeedbackTally, FeedbackWords
from tests import factories as make
from tests.factories.feedback import NO, YES, a_held_event, answer_all, thanked
from tests.helpers.client import page_text
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError

SECRET = "Words nobody else wrote"


@pytest.fixture
def asked(day):
    return day.round.asked.get(person=day.lived[0].person)


@pytest.fixture
def question(day):
    return FeedbackQuestion.objects.get(programme=None, words="I felt heard")


def count(question, side="lived_experience"):
    rows = FeedbackTally.objects.filter(question=question, side=side, number__gt=0)
    return dict(rows.values_list("value", "number"))


def test_an_answer_is_counted_in_its_group_and_its_day_is_noted(asked, question):
    answering.answer(asked=asked, values={question.pk: NO}, by=None)
    assert count(question) == {NO: 1}
    assert count(question, "staff") == {}
    asked.refresh_from_db()
    assert (asked.answered_on, asked.way, asked.taken_by) == (timezone.localdate(), "page", None)


def test_somebody_answers_once(asked, question):
    answering.answer(asked=asked, values={question.pk: YES}, by=None)
    with pytest.raises(ActionError, match="are in already"):
        answering.answer(asked=asked, values={question.pk: NO}, by=None)
    assert count(question) == {YES: 1}


def test_nothing_is_no_answer_and_other_questions_are_refused(asked, question):
    other = FeedbackQuestion.objects.create(
        programme=asked.round.event.programme, effective_from=timezone.localdate(), position=1, words="New"
    )
    with pytest.raises(ActionError, match="at least one"):
        answering.answer(asked=asked, values={}, words={"worked": "  "}, by=None)
    for more in (
        {"values": {other.pk: YES}},
        {"values": {question.pk: 4}},
        {"values": {}, "words": {"praise": "Good"}},
        {"values": {question.pk: YES}, "readers": "everybody"},
    ):
        with pytest.raises(ActionError, match="not the questions"):
            answering.answer(asked=asked, by=None, **more)
    asked.refresh_from_db()
    assert asked.answered_on is None


def test_answers_come_in_until_the_end_of_the_last_day(day, asked, question):
    last = day.round.closes_on
    after = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0, 30))
    with time_machine.travel(after, tick=False), pytest.raises(ActionError, match="ended on"):
        answering.answer(asked=asked, values={question.pk: YES}, by=None)
    with time_machine.travel(dt.datetime.combine(last, dt.time(23, 0)), tick=False):
        answering.answer(asked=asked, values={question.pk: YES}, by=None)
    thanking.close(round=day.round, by=day.boss)
    with pytest.raises(ActionError, match="ended on"):
        answering.answer(asked=day.round.asked.filter(answered_on=None).first(), values={question.pk: YES}, by=None)


def test_somebody_who_it_turns_out_did_not_come_is_not_asked_any_more(day, asked, question):
    came = set(day.event.attendances.filter(came=True).values_list("person", flat=True)) - {asked.person_id}
    day_actions.record(event=day.event, came=came, by=day.boss)
    with pytest.raises(ActionError, match="for people who came"):
        answering.answer(asked=asked, values={question.pk: YES}, by=None)
    assert asked not in FeedbackAsked.objects.silent()


@pytest.mark.parametrize("way", ["phone", "paper"])
def test_staff_enter_what_was_said_by_phone_or_on_paper_and_are_named_for_it(day, asked, question, way):
    answering.answer(asked=asked, values={question.pk: YES}, way=way, by=day.boss)
    asked.refresh_from_db()
    assert (asked.way, asked.taken_by) == (way, day.boss.person)


def test_staff_say_how_somebody_answered_and_never_answer_for_themselves_that_way(day, asked, question):
    with pytest.raises(ActionError, match="by phone or on paper"):
        answering.answer(asked=asked, values={question.pk: YES}, by=day.boss)
    own = day.round.asked.get(person=day.boss.person)
    with pytest.raises(ActionError, match="your own link"):
        answering.answer(asked=own, values={question.pk: YES}, way="phone", by=day.boss)
    with pytest.raises(ActionError, match="Only staff"):
        answering.answer(asked=asked, values={question.pk: YES}, way="phone", by=day.finance)


def test_the_link_asks_and_takes_the_answers_of_somebody_who_is_not_signed_in(day, asked, question, client):
    address = reverse("feedback_answer", args=[asked.link_key])
    page = client.get(address)
    assert page["Referrer-Policy"] == "no-referrer"
    for words in ("Hello Lived", "I felt heard", "Your answers are anonymous", "once 5 people in it have answered"):
        assert words in page_text(page)
    empty = client.post(address, {"worked": "", "name": "Lia"})
    assert "Answer at least one of the questions" in empty.text
    assert 'value="Lia"' in empty.text, "nothing typed is lost"
    sent = client.post(
        address, {f"question_{question.pk}": YES, "different": "Later in the day.", "readers": "results"}, follow=True
    )
    assert "Your answers are in" in sent.text
    assert "The notes go to the steering group." in sent.text
    assert count(question) == {YES: 1}
    row = FeedbackWords.objects.get()
    assert (row.topic, row.words, row.readers, row.name) == ("different", "Later in the day.", "results", "")
    again = client.post(address, {f"question_{question.pk}": NO}, follow=True)
    assert "Your answers are in" in again.text
    assert count(question) == {YES: 1}


def test_what_is_not_marked_for_others_is_for_staff_alone(asked):
    answering.answer(asked=asked, values={}, words={"worked": "The lunch."}, by=None)
    assert FeedbackWords.objects.get().readers == "staff"


def test_a_wrong_link_and_one_after_the_last_day_say_so(day, asked, client):
    assert client.get(reverse("feedback_answer", args=["no-such-key"])).status_code == 404
    thanking.close(round=day.round, by=day.boss)
    assert "The time to answer ended" in client.get(reverse("feedback_answer", args=[asked.link_key])).text


def test_the_database_counts_no_more_answers_than_people_and_none_once_closed(day, question):
    answer_all(day.round, "lived_experience", YES)
    refused("UPDATE events_feedbacktally SET number = number + 1 WHERE question_id = %s AND value = 1", question.pk)
    refused("UPDATE events_feedbacktally SET number = number + 2 WHERE question_id = %s AND value = 1", question.pk)
    refused("DELETE FROM events_feedbacktally WHERE question_id = %s", question.pk)
    refused(
        "UPDATE events_feedbackasked SET answered_on = NULL, way = '' WHERE answered_on IS NOT NULL AND round_id = %s",
        day.round.pk,
    )
    thanking.close(round=day.round, by=day.boss)
    refused("UPDATE events_feedbacktally SET number = number + 1 WHERE question_id = %s AND value = 5", question.pk)
    refused(
        "INSERT INTO events_feedbackwords (id, round_id, side, topic, words, readers, name)"
        " VALUES (gen_random_uuid(), %s, 'staff', 'worked', 'Late', 'staff', '')",
        day.round.pk,
    )


# Anonymity
def test_no_table_of_answers_has_a_time_a_person_a_serial_key_or_a_history():
    for model in (FeedbackTally, FeedbackWords):
        assert not any(isinstance(field, models.DateField) for field in model._meta.concrete_fields)
        related = {field.related_model._meta.label for field in model._meta.concrete_fields if field.is_relation}
        assert related <= {"events.FeedbackRound", "events.FeedbackQuestion"}
        histories = [one for one in apps.get_models() if issubclass(one, pghistory.models.Event)]
        assert not [one for one in histories if one.pgh_tracked_model is model]
    assert isinstance(FeedbackWords._meta.pk, models.UUIDField)
    assert not [field for field in FeedbackAsked._meta.concrete_fields if isinstance(field, models.DateTimeField)]
    assert {f.name for f in FeedbackAsked._meta.related_objects if f.name != "history"} == set()


def rows_of(table, *columns):
    """The rows of a table as they lie on disk, each with the number of the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}, xmin::text FROM {table} ORDER BY ctid")
        return cursor.fetchall()


def tables_with(words):
    """The tables of the database in which `words` stand."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.mark.django_db(transaction=True)
def test_nothing_in_the_whole_database_joins_an_answer_to_a_person():
    """No row of the history, no number of a transaction, no order on disk, no other table."""
    programme = make.a_programme()
    event, _lived, colleagues = a_held_event(programme, lived=6, staff=1)
    round = thanked(event, colleagues[0])
    histories = [one for one in apps.get_models() if issubclass(one, pghistory.models.Event)]
    kept = [*histories, apps.get_model("pghistory", "Context")]
    before = {one: one.objects.count() for one in kept}
    people = list(round.asked.filter(side="lived_experience").order_by("?"))
    values = itertools.cycle([YES, NO])
    with pghistory.context(user=colleagues[0].pk, path="/how-was-it/a-key/"):
        for number, asked in enumerate(people[:-1]):
            answer_all(round, asked.side, next(values), words={"worked": f"{SECRET} {number}"})
        last = round.asked.get(side="lived_experience", answered_on=None)
        answering.answer(asked=last, values={}, words={"worked": f"{SECRET} 5"}, way="phone", by=colleagues[0])
    assert {one.__name__ for one in kept if one.objects.count() != before[one]} == set()
    by_transaction = {xmin: pk for pk, on, xmin in rows_of("events_feedbackasked", "id", "answered_on") if on}
    assert len(by_transaction) == len(people), "each answered in a transaction of their own"
    words, tallies = rows_of("events_feedbackwords", "words"), rows_of("events_feedbacktally", "number")
    written = {xmin for *_columns, xmin in (*words, *tallies)}
    assert [by_transaction[xmin] for xmin in written] == [last.pk], "the last transaction wrote all of them"
    assert len(words) == len(people)
    assert tables_with(SECRET) == {"events_feedbackwords"}
