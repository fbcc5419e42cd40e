"""Keeping what people say: in their own name, written down for them, and many things at once."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from programmes.heard import queries
from programmes.heard.actions import contributors, saying, wishes
from programmes.models import Contribution, ContributionDraft, Contributor, Group
from tests import factories as make
from tests.factories.heard import a_contribution, an_outcome
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError


def refuse(field, act):
    with pytest.raises(ActionError) as refused:
        act()
    assert refused.value.field == field
    return str(refused.value)


def test_somebody_tells_their_programme_something_and_their_draft_goes(scene, ann, told):
    saying.keep_draft(programme=scene.programme, theme="The bus", by=ann)
    assert queries.draft_of(ann, scene.programme).theme == "The bus"
    said = saying.send(programme=scene.programme, theme=" The bus leaves early ", words="At six.", by=ann)
    row = said.contributors.get()
    assert (said.theme, said.words, said.way, said.status) == ("The bus leaves early", "At six.", "page", "open")
    assert (row.person, row.named, row.wants_to_be_told) == (ann.person, False, True)
    assert not ContributionDraft.objects.exists()
    assert told(ann.person) == [], "the page has said so already"


def test_a_draft_is_one_for_each_programme_and_person(scene, ann, bob):
    for words in ("One", "Two"):
        saying.keep_draft(programme=scene.programme, words=words, by=ann)
    saying.keep_draft(programme=scene.programme, words="Mine", by=bob)
    assert queries.draft_of(ann, scene.programme).words == "Two"
    saying.discard_draft(programme=scene.programme, by=ann)
    saying.discard_draft(programme=scene.programme, by=ann)
    assert ContributionDraft.objects.get().person == bob.person


def test_only_people_of_a_programme_tell_it_something(scene):
    for user in (scene.elsewhere, scene.stranger, scene.administrator):
        refuse(None, lambda user=user: saying.send(programme=scene.programme, theme="Hello", by=user))
        refuse(None, lambda user=user: saying.keep_draft(programme=scene.programme, theme="Hello", by=user))
    refuse("theme", lambda: saying.send(programme=scene.programme, theme="  ", by=scene.lived))


def record(scene, **fields):
    values = {"theme": "The bus", "way": "phone", "said_on": dt.date(2026, 11, 20), "by": scene.staff, **fields}
    return saying.record(programme=scene.programme, **values)


def test_what_a_colleague_writes_down_is_confirmed_to_those_who_said_it(scene, ann, bob, today, told):
    said = record(
        scene,
        words="It leaves at six.",
        people=[ann.person, bob.person],
        rung="consultation",
        said_at="The spring meeting",
        group=scene.group,
        owner=scene.staff.person,
        due_on=today,
    )
    assert said.contributors.count() == 2
    assert said.recorded_by == scene.staff.person
    assert told(ann.person) == told(bob.person) == [("contribution", "We wrote down what you told us")]


def test_what_is_written_down_is_checked(scene, ann, today):
    tomorrow = today + dt.timedelta(days=1)
    theirs = Group.objects.create(programme=scene.other, name="Theirs", kind="working")
    staff = scene.staff.person
    refuse("said_on", lambda: record(scene, said_on=tomorrow))
    refuse("theme", lambda: record(scene, theme=" "))
    refuse("group", lambda: record(scene, group=theirs))
    refuse("person", lambda: record(scene, people=[scene.stranger.person]))
    refuse("owner", lambda: record(scene, owner=ann.person, due_on=today))
    refuse("due_on", lambda: record(scene, owner=staff))
    refuse("owner", lambda: record(scene, due_on=today))
    refuse("theme", lambda: record(scene, theme="x" * 201))
    for user in (scene.lived, scene.member, scene.finance, scene.elsewhere):
        refuse(None, lambda user=user: record(scene, by=user))
    assert not Contribution.objects.exists()


def test_many_things_are_written_down_at_once(scene, today):
    rows = saying.record_several(
        programme=scene.programme,
        themes=["One", " ", "Two "],
        way="meeting",
        said_on=today,
        group=scene.group,
        owner=scene.staff.person,
        due_on=today,
        by=scene.staff,
    )
    assert [(row.theme, row.group, row.owner) for row in rows] == [
        ("One", scene.group, scene.staff.person),
        ("Two", scene.group, scene.staff.person),
    ]

    def several(*themes, by=scene.staff):
        saying.record_several(programme=scene.programme, themes=themes, way="meeting", said_on=today, by=by)

    refuse("themes", lambda: several(" "))
    refuse("themes", lambda: several(*["x"] * 101))
    refuse(None, lambda: several("x", by=scene.lived))


def correct(scene, said, **fields):
    values = {"theme": said.theme, "words": said.words, "way": said.way, "said_on": said.said_on, "by": scene.staff}
    return saying.correct(contribution=said, **{**values, **fields})


def test_a_correction_needs_a_reason_keeps_what_was_there_and_is_told(scene, said, ann, told):
    refuse("reason", lambda: correct(scene, said, theme="Another thing"))
    correct(scene, said, theme="Another thing", reason="We misheard.")
    correct(scene, said, theme="A third thing", words="More.", reason="We misheard again.")
    said.refresh_from_db()
    assert [(row.theme, row.words) for row in queries.earlier_words(said)] == [
        ("Another thing", ""),
        ("The last bus leaves before we finish", ""),
    ]
    assert told(ann.person) == [("contribution", "We corrected what we wrote down")] * 2
    assert said.correction_reason == "We misheard again."


def test_when_and_where_it_was_said_changes_without_a_reason_and_nobody_is_told(scene, said, ann, told):
    correct(scene, said, said_at="The hall", rung="co_design")
    said.refresh_from_db()
    assert (said.said_at, said.rung, said.corrected_at) == ("The hall", "co_design", None)
    assert told(ann.person) == []
    assert queries.earlier_words(said) == []
    refuse(None, lambda: correct(scene, said, said_at="Elsewhere", by=scene.lived))


def test_who_sees_to_it_is_staff_with_a_day(scene, said, ann, today):
    saying.set_owner(contribution=said, owner=scene.staff.person, due_on=today, by=scene.staff)
    said.refresh_from_db()
    assert (said.owner, said.due_on) == (scene.staff.person, today)
    refuse("owner", lambda: saying.set_owner(contribution=said, owner=ann.person, due_on=today, by=scene.staff))
    refuse(None, lambda: saying.set_owner(contribution=said, owner=scene.staff.person, due_on=today, by=scene.member))


def test_people_are_added_and_removed_until_they_are_asked(scene, ann, bob, told):
    said = a_contribution(scene.programme)
    row = contributors.add(contribution=said, person=ann.person, by=scene.staff)
    again = contributors.add(contribution=said, person=ann.person, named=True, by=scene.staff)
    assert (row.pk, again.named) == (again.pk, True)
    assert told(ann.person) == [("contribution", "We wrote down what you told us")]
    refuse("person", lambda: contributors.add(contribution=said, person=scene.stranger.person, by=scene.staff))
    refuse(None, lambda: contributors.add(contribution=said, person=bob.person, by=scene.lived))
    other = contributors.add(contribution=said, person=bob.person, by=scene.staff)
    contributors.remove(contributor=other, by=scene.staff)
    an_outcome(said)
    refuse(None, lambda: contributors.remove(contributor=again, by=scene.staff))
    assert said.contributors.get() == again


def test_somebody_added_after_the_answer_is_told_of_it(scene, ann, told):
    said = a_contribution(scene.programme)
    an_outcome(said)
    contributors.add(contribution=said, person=ann.person, wants_to_be_told=False, by=scene.staff)
    assert [kind for kind, _subject in told(ann.person)] == ["contribution"]
    for _twice in range(2):
        wishes.say_what_is_shown(contribution=said, named=False, wants_to_be_told=True, by=ann)
    assert [kind for kind, _subject in told(ann.person)] == ["contribution", "told_back"]


def test_those_who_said_it_choose_whether_their_name_is_shown(scene, said, ann):
    row = wishes.say_what_is_shown(contribution=said, named=True, wants_to_be_told=False, by=ann)
    assert (row.named, row.wants_to_be_told) == (True, False)
    refuse(
        None,
        lambda: wishes.say_what_is_shown(contribution=said, named=True, wants_to_be_told=True, by=scene.lived),
    )


def test_it_is_taken_off_the_page_and_put_back_as_those_who_said_it_ask(scene, said, ann, bob, told):
    refuse(None, lambda: wishes.take_off(contribution=said, by=scene.lived))
    refuse("how", lambda: wishes.take_off(contribution=said, by=scene.staff))
    wishes.take_off(contribution=said, by=ann)
    wishes.take_off(contribution=said, by=ann)
    said.refresh_from_db()
    assert (said.hidden_by, said.hidden_how) == (ann.person, "")
    assert (told(ann.person), told(bob.person)) == ([], [("contribution", "We took what you said off the page")])
    assert queries.hidden_in(scene.programme) == 1
    assert not queries.open_for(scene.programme).exists()
    wishes.put_back(contribution=said, by=ann)
    wishes.put_back(contribution=said, by=ann)
    wishes.take_off(contribution=said, how="Bob, by phone", by=scene.staff)
    said.refresh_from_db()
    assert (said.hidden_by, said.hidden_how) == (scene.staff.person, "Bob, by phone")


@pytest.mark.parametrize(
    ("who", "sees", "sees_hidden"),
    [
        ("lived", True, False),
        ("member", True, False),
        ("finance", True, False),
        ("staff", True, True),
        ("administrator", True, True),
        ("elsewhere", False, False),
        ("stranger", False, False),
    ],
)
def test_who_reads_contributions_and_those_taken_off_the_page(scene, who, sees, sees_hidden):
    shown, hidden = a_contribution(scene.programme), a_contribution(scene.programme)
    wishes.take_off(contribution=hidden, how="By phone", by=scene.staff)
    seen = set(Contribution.objects.visible_to(getattr(scene, who)))
    assert seen == ({shown} if sees else set()) | ({hidden} if sees_hidden else set())


def test_those_who_said_it_read_it_after_they_left_and_when_it_is_off_the_page(scene):
    said = a_contribution(scene.programme, scene.elsewhere.person)
    wishes.take_off(contribution=said, by=scene.elsewhere)
    assert list(Contribution.objects.visible_to(scene.elsewhere)) == [said]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programmes_contribution SET theme = 'Something else'",
        "UPDATE programmes_contribution SET words = 'Something else'",
        "UPDATE programmes_contribution SET status = 'answered'",
        "UPDATE programmes_contribution SET corrected_at = now()",
        "UPDATE programmes_contribution SET hidden_at = now()",
        "UPDATE programmes_contribution SET due_on = now()",
        "UPDATE programmes_contribution SET programme_id = (SELECT max(id) FROM programmes_programme)",
        "DELETE FROM programmes_contribution",
    ],
)
def test_the_database_keeps_what_was_said(scene, statement):
    a_contribution(scene.programme)
    refused(statement)


def test_the_database_takes_nobody_down_twice(scene, said, ann):
    with pytest.raises(DatabaseError), transaction.atomic():
        Contributor.objects.create(contribution=said, person=ann.person, added_by=ann.person)


def test_somebody_of_another_programme_is_no_owner_of_ours(scene, said, today):
    make.with_role(scene.other, "staff", "Otto Other")
    assert list(queries.owners(scene.programme, today)) == [scene.staff.person]
