"""From the whole database nothing leads from an answer to who gave it: no key, no time, no order, no transaction."""

import itertools

import pghistory
import pytest
from django.apps import apps
from django.db import connection, models

from programmes.models import ReviewAsked, ReviewComment, ReviewTally
from programmes.reviews.actions import answering, rounds
from tests import factories as make
from tests.factories.reviews import a_review, some_people, statements_of

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "A comment nobody else wrote"


@pytest.fixture
def review(db):
    """An open review, each answer to which comes in a transaction of its own, as it does on the real site."""
    programme = make.a_programme()
    _lived, staff = some_people(programme, lived=8, staff=1)
    review = a_review(programme, staff[0])
    review.boss = staff[0]
    return review


def rows_of(table, *columns):
    """The rows of a table as they lie on disk, each with the number of the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}, xmin::text FROM {table} ORDER BY ctid")
        return cursor.fetchall()


def answer_each(review, people):
    """Answer as each of `people`, in this order: a comment of their own, and one of the five steps each."""
    for number, asked in enumerate(people):
        answering.answer(
            asked=asked,
            values={one.pk: number % 5 + 1 for one in statements_of(review).values()},
            comments={"purpose": f"{SECRET} {number}"},
            by=None,
        )


def test_no_table_of_answers_has_a_time_a_person_a_serial_key_or_a_history():
    of_people = {"people.Person", "people.User", "programmes.ReviewAsked", "people.Notice"}
    for model in (ReviewTally, ReviewComment):
        assert not any(isinstance(field, models.DateField) for field in model._meta.concrete_fields)
        related = {field.related_model._meta.label for field in model._meta.concrete_fields if field.is_relation}
        assert related <= {"programmes.ReviewRound", "programmes.ReviewStatement"}
        assert not related & of_people
        histories = [
            one
            for one in apps.get_models()
            if issubclass(one, pghistory.models.Event) and one.pgh_tracked_model is model
        ]
        assert not histories
    assert isinstance(ReviewComment._meta.pk, models.UUIDField)
    # The row of who is asked has the day of the answer, and no moment.
    moments = [field for field in ReviewAsked._meta.concrete_fields if isinstance(field, models.DateTimeField)]
    assert not moments
    assert {f.name for f in ReviewAsked._meta.related_objects if f.name != "history"} == set()


def test_answering_leaves_no_trace_in_the_history(review):
    """The history keeps moments and who was signed in: not one row of it comes from an answer."""
    histories = [one for one in apps.get_models() if issubclass(one, pghistory.models.Event)]
    contexts = apps.get_model("pghistory", "Context")
    before = {one: one.objects.count() for one in histories} | {contexts: contexts.objects.count()}
    with pghistory.context(user=review.boss.pk, path="/4pi/a-key/"):
        answer_each(review, list(review.asked.filter(side="lived_experience")[:2]))
        asked = review.asked.filter(side="lived_experience", answered_on=None).first()
        answering.answer(asked=asked, values={}, comments={"impact": "By phone"}, way="phone", by=review.boss)
    after = {one: one.objects.count() for one in histories} | {contexts: contexts.objects.count()}
    assert {model.__name__ for model in before if before[model] != after[model]} == set()


def test_neither_transactions_nor_the_order_on_disk_join_an_answer_to_a_person(review):
    people = list(review.asked.filter(side="lived_experience").order_by("?"))
    answer_each(review, people)
    answered = rows_of("programmes_reviewasked", "id", "answered_on")
    by_transaction = {xmin: pk for pk, on, xmin in answered if on}
    assert len(by_transaction) == len(people), "each answered in a transaction of their own"
    comments = rows_of("programmes_reviewcomment", "words")
    tallies = rows_of("programmes_reviewtally", "number")
    # All comments and all counts were written by the last transaction alone, whoever gave them.
    assert {xmin for *_columns, xmin in comments} == {xmin for *_columns, xmin in tallies}
    last = {by_transaction[xmin] for *_columns, xmin in comments if xmin in by_transaction}
    assert last == {people[-1].pk}
    assert len(comments) == len(people)


def test_the_order_of_comments_is_drawn_by_lot_on_disk_and_by_key(review):
    """Eight comments come back in the order they were written in once in 40,320 times: not twice in a row."""
    orders = []
    for attempt in range(2):
        one = review if attempt == 0 else a_review(review.programme, review.boss, title="Again")
        answer_each(one, list(one.asked.filter(side="lived_experience").order_by("pk")))
        with connection.cursor() as cursor:
            for order in ("ctid", "id"):
                cursor.execute(
                    f"SELECT words FROM programmes_reviewcomment WHERE round_id = %s ORDER BY {order}", [one.pk]
                )
                orders.append([words for (words,) in cursor.fetchall()])
    written = [f"{SECRET} {number}" for number in range(8)]
    assert all(sorted(order) == written for order in orders)
    assert any(order != written for order in orders)
    assert len({tuple(order) for order in orders}) > 1


def test_every_comment_gets_a_new_key_with_each_answer(review):
    people = list(review.asked.filter(side="lived_experience")[:2])
    answer_each(review, people[:1])
    first = set(ReviewComment.objects.values_list("pk", flat=True))
    answering.answer(asked=people[1], values={}, comments={"impact": "Another"}, by=None)
    assert not first & set(ReviewComment.objects.values_list("pk", flat=True))


def columns_of_database():
    """Every (table, column, type) of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        )
        return cursor.fetchall()


def test_no_value_of_a_comment_or_a_count_stands_anywhere_else_in_the_database(review):
    """The words of an answer, and the key of its row, are found in the table of comments and in no other."""
    people = list(review.asked.filter(side="lived_experience"))
    answer_each(review, people)
    rounds.close(review=review, by=review.boss)
    keys = [str(pk) for pk in ReviewComment.objects.values_list("pk", flat=True)]
    found = set()
    by_table = itertools.groupby(sorted(columns_of_database()), key=lambda row: row[0])
    with connection.cursor() as cursor:
        for table, _columns in by_table:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s OR t::text LIKE ANY(%s)',
                [f"%{SECRET}%", [f"%{key}%" for key in keys]],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    assert found == {"programmes_reviewcomment"}
