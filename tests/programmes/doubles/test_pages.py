"""Tests of the pages on which records that may be one person are found, compared and put together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Job, Person
from programmes.doubles import actions
from programmes.doubles.contributions import doubles_panel, history_of_person, home_tasks
from programmes.doubles.timed import find_doubles
from programmes.models import Double, Merge, Role
from tests import factories as make
from tests.helpers.client import page_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(scene, signed_in):
    return signed_in(scene.staff)


def pair_url(name, one, other):
    return reverse(name, args=["wow", one.pk, other.pk])


def look(scene):
    return actions.look(programme=scene.programme, by=scene.staff)


# Found


def test_a_look_notes_each_pair_once_and_forgets_those_that_are_no_longer_alike(scene, pair):
    assert look(scene) == 1
    assert look(scene) == 0
    row = Double.objects.get(one=pair[0], other=pair[1])
    assert row.same_in_words == "name, phone number"
    Person.objects.filter(pk=pair[1].pk).update(phone="")
    look(scene)
    row.refresh_from_db()
    assert row.same_in_words == "name"
    Person.objects.filter(pk=pair[1].pk).update(full_name="Nobody Alike")
    look(scene)
    assert not Double.objects.exists()


def test_two_people_who_share_a_name_or_an_address_stay_two(scene, pair, staff):
    look(scene)
    older, newer = pair
    page = staff.post(pair_url("double_apart", older, newer), follow=True)
    assert "Nobody is asked about them again." in page_text(page)
    assert "No two records look like one person" in page_text(page)
    assert look(scene) == 0
    assert home_tasks(scene.staff) == []
    page = page_text(staff.get(pair_url("double", newer, older)))
    assert "Stella Staffordly noted on " in page
    assert "23 November 2026 that they are two people." in page
    page = staff.post(pair_url("double_apart", older, newer), follow=True)
    assert "They may be one person again." in page_text(page)
    assert len(home_tasks(scene.staff)) == 1


def test_people_of_another_programme_are_never_compared(scene, pair):
    make.of_programme(scene.other, make.a_person("Liz Madeup", phone="+441632960111"))
    find_doubles()
    assert Double.objects.count() == 1


def test_one_programme_that_cannot_be_looked_through_leaves_the_others_to_be(scene, pair, monkeypatch, caplog):
    def look(*, programme, by):
        if programme == min(scene.programme, scene.other, key=lambda one: one.pk):
            raise ValueError("cannot be read")
        seen.append(programme)

    seen = []
    monkeypatch.setattr("programmes.doubles.actions.look", look)
    find_doubles()
    assert len(seen) == 1
    assert "could not be looked through for doubles" in caplog.text


def test_a_worker_looks_when_staff_ask_for_it(scene, pair, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = staff.post(reverse("doubles_look", args=["wow"]))
    job = Job.objects.get(kind="doubles")
    assert response.url == reverse("job", args=[job.pk])
    assert job.subject_id == scene.programme.pk


def test_the_list_takes_as_many_queries_for_many_pairs(scene, pair, staff):
    def queries():
        look(scene)
        with CaptureQueriesContext(connection) as captured:
            page = staff.get(reverse("doubles", args=["wow"]))
        return len(captured), page_text(page)

    queries()
    few, text = queries()
    assert "Elizabeth Madeup" in text
    for n in range(8):
        for name in (f"Robert Many{n}", f"Bob Many{n}"):
            make.of_programme(scene.programme, make.a_person(name))
    many, text = queries()
    assert "Bob Many7" in text
    assert many == few


def test_the_pairs_come_as_a_file(scene, pair, staff):
    look(scene)
    answer = staff.get(reverse("doubles", args=["wow"]), {"export": "csv"})
    assert "Elizabeth Madeup,Liz Madeup" in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_persons_page_names_who_else_they_may_be_for_staff_alone(scene, pair):
    older, newer = pair
    look(scene)
    panel = doubles_panel(scene.staff, newer)
    assert [line["name"] for line in panel.context["lines"]] == ["Elizabeth Madeup"]
    assert doubles_panel(scene.finance, older) is None
    assert doubles_panel(scene.elsewhere, older) is None
    assert doubles_panel(scene.staff, scene.staff.person) is None


# Put together


def test_staff_see_what_happens_before_it_does(scene, pair, staff):
    older, newer = pair
    make.an_invitation(make.an_event(scene.programme), newer)
    url = pair_url("double", newer, older)
    page = page_text(staff.get(url))
    assert "Elizabeth Madeup" in page
    assert "Large print (18 point)" in page
    answers = {"full_name": "person", "letter_size": "record"}
    page = page_text(staff.post(url, answers))
    assert "invitations: 1" in page
    assert Person.objects.filter(pk=newer.pk).exists()
    assert not Merge.objects.exists()
    page = staff.post(url, answers | {"confirmed": "yes"}, follow=True)
    assert "The two records of Elizabeth Madeup are one now." in page_text(page)
    assert "Can be undone until" in page_text(page)
    older.refresh_from_db()
    assert (older.full_name, older.letter_size) == ("Elizabeth Madeup", "18")
    merge = Merge.objects.get()
    words = [line.words for line in history_of_person(scene.staff, older)]
    assert words == ["Put together with a second record: Liz Madeup"]
    assert list(history_of_person(scene.elsewhere, older)) == []
    page = staff.post(reverse("merge_undo", args=["wow", merge.pk]), follow=True)
    assert "They are two records again." in page_text(page)
    assert Person.objects.get(pk=newer.pk).full_name == "Liz Madeup"
    assert [line.words for line in history_of_person(scene.staff, older)][-1] == (
        "Taken apart again from the record: Liz Madeup"
    )
    page = staff.post(reverse("merge_undo", args=["wow", merge.pk]), follow=True)
    assert "These records are not put together." in page_text(page)


def test_what_differs_has_to_be_chosen(scene, pair, staff):
    page = page_text(staff.post(pair_url("double", *pair), {"confirmed": "yes"}))
    assert "There is a problem" in page
    assert not Merge.objects.exists()


def test_a_refusal_stands_where_the_foresight_would(scene, staff):
    one, other = (make.of_programme(scene.programme, make.a_person(name)) for name in ("Una One", "Una Other"))
    make.a_policy(scene.programme)
    event = make.an_event(scene.programme)
    for person in (one, other):
        make.an_attendance(event, person)
        make.a_claim(scene.programme, person, "submitted", event=event)
    answers = {"full_name": "person", "email": "person", "confirmed": "yes"}
    page = page_text(staff.post(pair_url("double", one, other), answers))
    assert "They stay two records" in page
    assert not Merge.objects.exists()


def test_the_other_record_is_chosen_from_the_programme(scene, pair, staff):
    older, newer = pair
    url = reverse("double_of", args=["wow", older.pk])
    assert staff.post(url, {"other": newer.pk}).url == pair_url("double", older, newer)
    assert "Choose a record" in page_text(staff.post(url, {"other": ""}))
    page = page_text(staff.post(url, {"other": scene.elsewhere.person.pk}))
    assert "There is a problem" in page
    assert staff.get(pair_url("double", older, older)).url == url
    assert staff.get(pair_url("double", older, scene.elsewhere.person)).status_code == 404


def test_two_accounts_are_not_put_together_and_the_page_says_what_to_do(scene, staff):
    page = page_text(staff.get(pair_url("double", scene.lived.person, scene.member.person)))
    assert "Each of them has an account" in page
    assert "See what would happen" not in page


# Asked first


def test_somebody_with_an_account_says_yes_or_no_on_a_page_of_their_own(scene, pair, staff, signed_in):
    older, _newer = pair
    lived = scene.lived.person
    page = page_text(staff.get(pair_url("double", older, lived)))
    assert "So they are asked first" in page
    page = staff.post(pair_url("double_ask", older, lived), follow=True)
    assert "A message to Lena Lived is on its way." in page_text(page)
    assert "has been asked since" in page_text(staff.get(pair_url("double", older, lived)))
    (task,) = home_tasks(scene.lived)
    client = signed_in(scene.lived)
    page = page_text(client.get(task.url))
    assert "It has the name Elizabeth Madeup." in page
    assert "Choose yes or no" in page_text(client.post(task.url, {}))
    assert signed_in(scene.member).get(task.url).status_code == 404
    page = client.post(task.url, {"answer": "yes"}, follow=True)
    assert "Both records are one now." in page_text(page)
    assert not Person.objects.filter(pk=older.pk).exists()
    assert client.get(task.url).status_code == 404


def test_a_no_on_the_page_leaves_both(scene, pair, signed_in):
    merge = actions.ask(programme=scene.programme, one=pair[0], other=scene.lived.person, by=scene.staff)
    client = signed_in(scene.lived)
    page = client.post(reverse("merge_answer", args=[merge.pk]), {"answer": "no"}, follow=True)
    assert "It is noted that this record is somebody else&#x27;s." in page_text(page)
    assert Person.objects.filter(pk=pair[0].pk).exists()


def test_staff_take_the_question_back(scene, pair, staff):
    merge = actions.ask(programme=scene.programme, one=pair[0], other=scene.lived.person, by=scene.staff)
    page = staff.post(reverse("merge_withdraw", args=["wow", merge.pk]), follow=True)
    assert "They are not asked any more." in page_text(page)
    assert home_tasks(scene.lived) == []
    assert "Not asked any more" in page_text(staff.get(reverse("doubles", args=["wow"])))


# While typing


def like(client, **typed):
    return page_text(client.post(reverse("programme_person_like", args=["wow"]), typed))


@pytest.mark.parametrize(
    "typed",
    [
        {"full_name": "Liz Madeup"},
        {"full_name": "Madeup, Élizabeth"},
        {"full_name": "Beth Madeup"},
        {"full_name": "Somebody Else", "phone": "01632 960111", "email": "LIZ@example.org"},
    ],
)
def test_who_it_may_be_is_said_while_a_name_is_typed(pair, staff, typed):
    assert "Madeup" in like(staff, **typed)


@pytest.mark.parametrize(
    "typed",
    [{}, {"full_name": "Liz"}, {"full_name": "Ben Madeup"}, {"full_name": "Somebody Else", "phone": "nonsense"}],
)
def test_nobody_is_named_where_nothing_is_alike(pair, staff, typed):
    assert "Madeup" not in like(staff, **typed)


def test_nobody_of_another_programme_is_named(scene, staff):
    make.of_programme(scene.other, make.a_person("Elsie Onlythere", email="only@example.org"))
    assert "Onlythere" not in like(staff, full_name="Elsie Onlythere", email="only@example.org")


def test_somebody_alike_is_asked_about_before_a_second_record_is_made(scene, pair, staff):
    url = reverse("programme_person_new", args=["wow"])
    typed = {
        "full_name": "Liz Madeup",
        "channel": "phone",
        "phone": "01632 960111",
        "letter_size": "standard",
        "roles": [Role.LIVED_EXPERIENCE],
    }
    page = page_text(staff.post(url, typed))
    assert "You may have this person already" in page
    assert "<strong>Elizabeth Madeup</strong> has the same name, phone number." in page
    assert "No, add Liz Madeup as somebody else" in page
    staff.post(url, typed | {"somebody_else": "yes"})
    assert Person.objects.filter(full_name="Liz Madeup").count() == 2
