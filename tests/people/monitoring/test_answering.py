"""People answer for themselves, change it and take it back; nobody else sees what they said."""

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people import registry
from people.models import MonitoringAnswer, MonitoringClosed, MonitoringPromise, MonitoringQuestion
from people.monitoring import actions, queries
from people.privacy import erasing, export
from people.privacy.page import WhatWeHold
from programmes.models import Role
from tests import factories as make
from tests.factories.monitoring import a_question, answers
from tests.helpers.client import page_text, words_of
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make.a_programme()


@pytest.fixture
def user(programme):
    return make.with_role(programme, Role.LIVED_EXPERIENCE, "Mabel Memberton")


def said_by(user):
    return {one.question.key: one.answer.said for one in queries.own(user.person, today()) if one.answer}


def test_somebody_answers_changes_it_and_takes_it_back_on_the_pages(user, signed_in):
    client = signed_in(user)
    page = client.get(reverse("monitoring"))
    assert "Staff never see what you said" in words_of(page)
    address = reverse("monitoring_question", args=["religion"])
    page = client.post(address, {"option": "other", "own_words": "Quaker"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("monitoring_question", args=["carer"])
    assert said_by(user) == {"religion": "Any other religion: Quaker"}
    assert "Any other religion: Quaker" in words_of(client.get(reverse("monitoring")))
    client.post(address, {"option": "prefer_not", "own_words": "Quaker"})
    assert said_by(user) == {"religion": "I prefer not to say"}
    client.post(reverse("monitoring_take_back", args=["religion"]))
    assert said_by(user) == {}
    assert MonitoringAnswer.objects.count() == 0


def test_all_answers_are_taken_back_at_once(user, signed_in):
    answers(user, age="35_49", sex="female")
    other = make.a_user()
    answers(other, age="18_24")
    page = signed_in(user).post(reverse("monitoring_take_back_all"), follow=True)
    assert "We have none of them any more" in words_of(page)
    assert said_by(user) == {}
    assert said_by(other) == {"age": "18 to 24"}


def test_every_question_can_be_left_out_and_an_empty_answer_is_told(user, signed_in):
    client = signed_in(user)
    page = client.post(reverse("monitoring_question", args=["age"]), {})
    assert "Choose an answer, or leave this question out" in page_text(page)
    assert "Leave this out" in page_text(page)
    page = client.post(reverse("monitoring_question", args=["age"]), {"option": "a hundred"})
    assert page.status_code == 200
    assert MonitoringAnswer.objects.count() == 0


def test_every_question_has_prefer_not_to_say_and_names_its_source():
    rows = queries.questions(today())
    assert len(rows) == 9
    assert all(row.option("prefer_not") and row.source for row in rows)


def test_a_question_that_is_not_asked_is_not_found(user, signed_in):
    assert signed_in(user).get(reverse("monitoring_question", args=["shoe-size"])).status_code == 404


def test_the_home_page_asks_those_who_take_part_once_and_never_after_not_now(user, signed_in):
    client = signed_in(user)
    assert "A few questions about you, for fairness" in page_text(client.get("/"))
    page = client.post(reverse("monitoring_not_now"), follow=True)
    assert "We will not ask again" in page_text(page)
    assert "A few questions about you, for fairness" not in page_text(client.get("/"))
    assert "A few questions about you, for fairness" not in page_text(client.get("/"))
    assert client.get(reverse("monitoring")).status_code == 200


def test_the_home_page_asks_no_more_once_somebody_answered_and_took_it_back(user, signed_in):
    answers(user, age="35_49")
    actions.take_back(person=user.person, by=user)
    assert "for fairness" not in page_text(signed_in(user).get("/"))


def test_the_home_page_does_not_ask_staff(programme, signed_in, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    staff = make.with_role(programme, Role.STAFF)
    assert "for fairness" not in page_text(signed_in(staff).get("/"))


def test_nobody_answers_or_takes_back_for_somebody_else(user, programme):
    staff, admin = make.with_role(programme, Role.STAFF), make.an_administrator()
    answers(user, age="35_49")
    for other in (staff, admin):
        with pytest.raises(actions.MonitoringError, match="each person for themselves"):
            actions.answer(person=user.person, question=a_question("age"), option="18_24", by=other)
        with pytest.raises(actions.MonitoringError):
            actions.take_back(person=user.person, by=other)
        with pytest.raises(actions.MonitoringError):
            actions.not_now(person=user.person, by=other)
    assert said_by(user) == {"age": "35 to 49"}


def test_an_answer_that_the_question_does_not_have_is_refused_by_the_action_and_the_database(user):
    with pytest.raises(actions.MonitoringError, match="Choose one of the answers"):
        actions.answer(person=user.person, question=a_question("age"), option="buddhist", by=user)
    answers(user, age="35_49")
    with connection.cursor() as cursor:
        for change in ("option = 'buddhist'", "answered_in = '2026-11-23'", "key = 'Mabel'"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"UPDATE people_monitoringanswer SET {change}")


def test_questions_and_promises_are_dated_and_never_change():
    row = a_question("age")
    with pytest.raises(DatabaseError), transaction.atomic():
        MonitoringQuestion.objects.filter(pk=row.pk).update(words="How old?")
    with pytest.raises(DatabaseError), transaction.atomic():
        MonitoringPromise.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        MonitoringQuestion.objects.create(
            key="shoes", effective_from=today(), position=10, title="Shoes", words="Your size?", source="Us", options=[]
        )


def test_a_question_in_other_words_is_a_new_row_and_one_that_is_asked_no_more_is_gone(user):
    row = a_question("age")
    answers(user, age="35_49")
    values = {"key": "age", "position": 1, "title": "Age", "options": row.options, "source": "Us"}
    MonitoringQuestion.objects.create(effective_from=today(), words="Which age are you?", **values)
    assert a_question("age").words == "Which age are you?"
    assert said_by(user) == {"age": "35 to 49"}
    MonitoringQuestion.objects.create(
        effective_from=today().replace(year=today().year + 1), words="No more", is_asked=False, **values
    )
    assert "age" in [one.key for one in queries.questions(today())]
    assert "age" not in [one.key for one in queries.questions(today().replace(year=today().year + 1))]


def test_nothing_in_the_table_of_answers_leads_to_a_person_or_from_one_answer_to_the_next(user):
    answers(user, age="35_49", sex="female", religion="other")
    rows = list(MonitoringAnswer.objects.all())
    assert len({row.key for row in rows}) == 3
    assert {row.answered_in.day for row in rows} == {1}
    keys = [one.related_model._meta.label for one in MonitoringAnswer._meta.fields if one.related_model]
    assert set(keys) == {"people.MonitoringQuestion", "people.MonitoringPromise"}
    assert not any(getattr(model, "pgh_tracked_model", None) is MonitoringAnswer for model in apps.get_models())


def test_own_words_are_stored_without_the_moment_of_writing(user):
    actions.answer(person=user.person, question=a_question(), option="other", own_words="Quaker", by=user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT own_words FROM people_monitoringanswer")
        (stored,) = cursor.fetchone()
    assert "Quaker" not in stored
    # A token of Fernet begins with its version and eight bytes of the time: all of them 0.
    assert stored.startswith("gAAAAAAAAAAA")


def test_own_words_go_where_the_answer_has_no_room_for_them(user):
    actions.answer(person=user.person, question=a_question(), option="hindu", own_words="Quaker", by=user)
    assert said_by(user) == {"religion": "Hindu"}


def test_answers_are_found_and_renewed_when_the_secret_key_changes(user, settings):
    answers(user, age="35_49", religion="hindu")
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], Fernet.generate_key().decode()
    before = set(MonitoringAnswer.objects.values_list("pk", flat=True))
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert said_by(user) == {"age": "35 to 49", "religion": "Hindu"}
    answers(user, age="18_24")
    assert MonitoringAnswer.objects.count() == 2
    call_command("rotate_keys")
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert said_by(user) == {"age": "18 to 24", "religion": "Hindu"}
    assert not before & set(MonitoringAnswer.objects.values_list("pk", flat=True))
    settings.FIELD_ENCRYPTION_KEYS = [old]
    assert said_by(user) == {}


def test_a_copy_of_ones_data_holds_the_answers_in_words(user):
    actions.answer(person=user.person, question=a_question(), option="other", own_words="Quaker", by=user)
    held = next(one for one in export.gather(user.person) if one.label == "people.MonitoringAnswer")
    (row,) = held.rows
    assert row["question"] == "What is your religion?"
    assert (row["option"], row["own_words"]) == ("Any other religion", "Quaker")
    assert "We ask so that a programme can see" in row["promise"]
    assert "key" not in row
    assert ("What you said about yourself, for fairness", 2) in [
        (kind.title, kind.number) for kind in WhatWeHold(user.person).kinds
    ]


def test_an_erasure_removes_the_answers_and_no_others(user):
    other = make.a_user()
    answers(user, age="35_49", religion="hindu")
    answers(other, age="18_24")
    person = user.person
    erasing.remove(person, by=None)
    assert MonitoringAnswer.objects.of_person(person).count() == 0
    assert MonitoringAnswer.objects.count() == 1
    assert MonitoringClosed.objects.filter(person=person).count() == 0


def test_two_records_of_one_person_become_one_with_one_answer_to_each_question(user):
    record = make.a_user()
    answers(record, age="18_24", religion="hindu")
    answers(user, age="35_49")
    for ready in registry.before_take_over:
        if ready.__module__.startswith("people.monitoring"):
            ready(record.person, user.person)
    assert said_by(user) == {"age": "35 to 49", "religion": "Hindu"}
    assert MonitoringAnswer.objects.of_person(record.person).count() == 0
    assert MonitoringClosed.objects.get().person == user.person


def test_no_page_of_staff_or_of_the_admin_site_shows_an_answer(world):
    """Neither their page, nor its history, nor the admin site."""
    for visitor in ("staff", "finance", "admin"):
        client = world.client_of(visitor)
        for name in ("person", "person_history"):
            page = client.get(world.address(name))
            assert "Zoroastrian" not in page.content.decode()
    assert reverse("admin:people_monitoringquestion_changelist")
    assert "people_monitoringanswer" not in str(world.client_of("admin").get(reverse("admin:index")).content)


def test_the_pages_ask_the_database_as_often_with_no_answer_as_with_nine(user, signed_in):
    client = signed_in(user)
    client.get(reverse("monitoring"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("monitoring"))
    for question in queries.questions(today()):
        actions.answer(person=user.person, question=question, option="prefer_not", by=user)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("monitoring"))
    assert len(many) == len(few)
