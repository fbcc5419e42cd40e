"""Each contribution ends with an answer; those who said it are told, and say whether it is true."""

import pytest
from django.db import DatabaseError, transaction

from people.messages.actions import delivering
from people.models import Call, Message, Notice
from programmes.heard import calculations, contributions, queries
from programmes.heard.actions import answering
from programmes.heard.page import ContributionPage
from programmes.models import Contribution, ContributionOutcome, Role, ToldBack
from tests import factories as make
from tests.factories.heard import a_contribution, a_reply, an_outcome
from tests.helpers.database import refused
from tests.helpers.messages import a_message
from wellbeing.lib.errors import ActionError


def refuse(field, act):
    with pytest.raises(ActionError) as error:
        act()
    assert error.value.field == field
    return str(error.value)


def answer(scene, said, kind="changed", by=None, **fields):
    return answering.answer(contribution=said, kind=kind, by=by or scene.staff, **fields)


def row_of(answered, user):
    return ToldBack.objects.get(outcome=answered.outcome, contributor__person=user.person)


def test_an_answer_is_told_to_those_who_want_to_know(scene, ann, bob, told):
    said = a_contribution(scene.programme, ann.person, theme="The bus leaves early.")
    said.contributors.create(person=bob.person, wants_to_be_told=False, added_by=scene.staff.person)
    outcome = answer(scene, said, what_changed="We finish at four.", reason="typed before", evidence="See the door.")
    said.refresh_from_db()
    assert (said.status, said.outcome, outcome.number, outcome.reason) == ("answered", outcome, 1, "")
    assert told(ann.person) == [("told_back", "You said: The bus leaves early. Here is what happened")]
    assert told(bob.person) == []
    assert ToldBack.objects.filter(outcome=outcome).count() == 2
    text = Notice.objects.get(kind="told_back").text_body
    for words in ("You said: The bus leaves early.", "Changed", "We finish at four.", "See the door.", "Is that true?"):
        assert words in text


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("not_changed", {}, "reason"),
        ("not_changed", {"reason": "  ", "what_changed": "x"}, "reason"),
        ("partly", {"what_changed": "x"}, "reason"),
        ("partly", {"reason": "x"}, "what_changed"),
        ("changed", {"reason": "x"}, "what_changed"),
    ],
)
def test_an_answer_says_what_changed_or_why_not(scene, said, kind, fields, field):
    refuse(field, lambda: answer(scene, said, kind, **fields))
    assert not ContributionOutcome.objects.exists()


def test_only_staff_answer_and_only_what_is_open(scene, said, ann):
    for user in (ann, scene.member, scene.finance, scene.elsewhere):
        refuse(None, lambda user=user: answer(scene, said, what_changed="x", by=user))
    answer(scene, said, what_changed="x")
    refuse(None, lambda: answer(scene, said, what_changed="y"))
    assert ContributionOutcome.objects.count() == 1


def test_opening_it_again_keeps_what_was_answered_and_said_of_it(scene, answered, ann, bob, told):
    answering.reply(contribution=answered, reply="not_true", words="No.", by=ann)
    refuse("reason", lambda: answering.reopen(contribution=answered, reason=" ", by=scene.staff))
    refuse(None, lambda: answering.reopen(contribution=answered, reason="x", by=ann))
    first = answered.outcome
    answering.reopen(contribution=answered, reason="They counted.", by=scene.staff)
    answered.refresh_from_db()
    assert (answered.status, answered.outcome, answered.reopened_reason) == ("open", None, "They counted.")
    assert told(bob.person)[-1] == ("contribution", "We are looking again at what you said")
    refuse(None, lambda: answering.reopen(contribution=answered, reason="x", by=scene.staff))
    refuse(None, lambda: answering.reply(contribution=answered, reply="true", by=bob))
    second = answer(scene, answered, "not_changed", reason="There is no money.")
    assert second.number == 2
    answered.refresh_from_db()
    assert list(queries.earlier_outcomes(answered)) == [first]
    assert first.told_back.get(contributor__person=ann.person).reply_words == "No."
    assert [kind for kind, _subject in told(ann.person)] == ["told_back", "contribution", "told_back"]


def test_each_of_those_who_said_it_says_whether_it_is_true_and_may_change_that(scene, answered, ann, bob):
    answering.reply(contribution=answered, reply="true", by=bob)
    answering.reply(contribution=answered, reply="not_true", words=" The bus. ", by=ann)
    answering.reply(contribution=answered, reply="true", named=True, by=ann)
    row = row_of(answered, ann)
    assert (row.reply, row.reply_words, row.reply_named, row.reply_how) == ("true", "", True, "page")
    assert list(row.history.order_by("pgh_id").values_list("reply", flat=True)) == ["", "not_true", "true"]
    for user in (scene.lived, scene.staff, scene.administrator):
        refuse(None, lambda user=user: answering.reply(contribution=answered, reply="true", by=user))


def test_staff_write_down_what_somebody_says_and_confirm_it(scene, answered, ann, told):
    contributor = answered.contributors.get(person=ann.person)
    row = answering.reply_for(contributor=contributor, reply="not_true", how="phone", words="No.", by=scene.staff)
    assert (row.reply, row.reply_how, row.reply_by) == ("not_true", "phone", scene.staff.person)
    assert told(ann.person)[-1] == ("contribution", "We wrote down what you said about our answer")
    refuse(None, lambda: answering.reply_for(contributor=contributor, reply="true", how="phone", by=scene.member))


def test_nobody_is_rung_to_be_told_what_they_have_just_spoken_about(scene, said, ann):
    ann.person.channel, ann.person.phone = "phone", "+441632960001"
    ann.person.save()
    answer(scene, said, what_changed="We finish at four.")
    call = Message.objects.get(notice__kind="told_back", notice__person=ann.person)
    contributor = said.contributors.get(person=ann.person)
    answering.reply_for(contributor=contributor, reply="true", how="phone", by=scene.staff)
    call.refresh_from_db()
    assert (call.status, call.told_by) == ("sent", scene.staff.person)


def test_a_reply_that_it_is_not_true_is_answered_once_and_then_stays(scene, answered, ann, bob, told):
    answering.reply(contribution=answered, reply="not_true", words="No.", by=ann)
    answering.reply(contribution=answered, reply="true", by=bob)
    row = row_of(answered, ann)
    assert [each.pk for each in queries.disputed([scene.programme.pk])] == [row.pk]
    refuse("response", lambda: answering.respond(told_back=row, response=" ", by=scene.staff))
    refuse(None, lambda: answering.respond(told_back=row, response="x", by=ann))
    refuse(None, lambda: answering.respond(told_back=row_of(answered, bob), response="x", by=scene.staff))
    answering.respond(told_back=row, response="We asked the bus company.", by=scene.staff)
    assert told(ann.person)[-1] == ("contribution", "Our answer to what you said is not true")
    assert not queries.disputed([scene.programme.pk]).exists()
    refuse(None, lambda: answering.respond(told_back=row, response="again", by=scene.staff))
    refuse(None, lambda: answering.reply(contribution=answered, reply="true", by=ann))
    answering.reopen(contribution=answered, reason="x", by=scene.staff)
    refuse(None, lambda: answering.respond(told_back=row, response="late", by=scene.staff))


# Told is a fact only when a message says so


def numbers(said):
    row = queries.with_numbers(Contribution.objects.filter(pk=said.pk)).get()
    return {name: getattr(row, name) for name in ("people", "asked", "told", "true", "not_true", "disputed")}


def test_told_is_counted_from_messages_and_never_more(scene, ann, bob, worker):
    carol, dora = (make.a_person(f"{name} Invented", email="") for name in ("Carol", "Dora"))
    for person in (carol, dora):
        make.a_membership(scene.programme, person, Role.LIVED_EXPERIENCE)
        person.channel, person.phone = "phone", "+441632960001"
        person.save()
    said = a_contribution(scene.programme, ann.person, bob.person, carol)
    said.contributors.create(person=dora, wants_to_be_told=False, added_by=scene.staff.person)
    answer(scene, said, what_changed="We finish at four.")
    assert numbers(said) == {"people": 4, "asked": 3, "told": 0, "true": 0, "not_true": 0, "disputed": False}
    Message.objects.filter(notice__person=ann.person).update(status="sending")
    Message.objects.filter(notice__person=ann.person).update(status="sent", sent_at="2026-11-23T10:00Z")
    assert numbers(said)["told"] == 1
    call = Message.objects.get(notice__person=carol)
    delivering.record_call(message=call, by=scene.staff, outcome=Call.Outcome.NO_ANSWER)
    assert numbers(said)["told"] == 1
    delivering.record_call(message=call, by=scene.staff, outcome=Call.Outcome.TOLD)
    assert numbers(said)["told"] == 2
    said.refresh_from_db()
    assert ContributionPage(said, scene.staff).told_in_words == "2 of 3 told."
    assert ContributionPage(said, scene.lived).told_in_words == (
        "Not everybody who said it and wanted to know has been told yet."
    )
    # It comes back after all.
    Message.objects.filter(notice__person=ann.person).update(status="failed")
    assert numbers(said)["told"] == 1


def test_numbers_of_people_are_read_by_members_once_they_are_no_longer_small(scene, ann):
    people = [make.with_role(scene.programme, Role.LIVED_EXPERIENCE).person for _each in range(4)]
    said = a_contribution(scene.programme, *people)
    answer(scene, said, what_changed="x")
    Message.objects.update(status="sending")
    Message.objects.update(status="sent", sent_at="2026-11-23T10:00Z")
    said.refresh_from_db()
    assert ContributionPage(said, scene.lived).told_in_words == (
        "Those who said it and wanted to know were told by Monday 23 November 2026."
    )
    said = a_contribution(scene.programme, ann.person, *people)
    answer(scene, said, what_changed="x")
    said.refresh_from_db()
    assert ContributionPage(said, scene.lived).told_in_words == "0 of 5 told."


# Replies without a name


@pytest.mark.parametrize(
    ("may_have_said_it", "anyones"),
    [
        ([False], True),
        ([True], False),
        ([True, True], False),
        ([True, False], True),
        ([True] * 4, False),
        ([True] * 5, True),
    ],
)
def test_a_reply_without_a_name_is_shown_where_it_could_be_anyones(may_have_said_it, anyones):
    assert calculations.can_be_anyones(may_have_said_it, 5) == anyones


def shown(said, user):
    page = ContributionPage(said, user)
    return [(reply.label, reply.words, reply.by) for reply in page.replies], page.held_back


def test_a_reply_is_shown_with_the_name_its_author_chose_or_without(scene, answered, ann, bob):
    answering.reply(contribution=answered, reply="not_true", words="No.", by=ann)
    answering.reply(contribution=answered, reply="true", named=True, by=bob)
    assert shown(answered, scene.lived) == (
        [("That is not true", "No.", ""), ("That is true", "", "Bob Bramblewick")],
        False,
    )


def test_replies_stand_in_the_order_in_which_they_came_and_not_in_that_of_names(scene, answered, ann, bob):
    a_reply(answered.outcome, ann.person, "not_true", words="Second.")
    a_reply(answered.outcome, bob.person, "true", words="First.")
    ToldBack.objects.filter(contributor__person=bob.person).update(replied_at="2026-11-22T10:00Z")
    assert [words for _label, words, _by in shown(answered, scene.lived)[0]] == ["First.", "Second."]


def test_a_reply_of_somebody_who_is_named_with_what_they_said_is_not_shown_without_their_name(scene, ann):
    said = a_contribution(scene.programme, ann.person, named=True)
    an_outcome(said)
    a_reply(said.outcome, ann.person, words="No.")
    assert shown(said, scene.lived) == ([], True)
    a_reply(said.outcome, ann.person, words="No.", named=True)
    assert shown(said, scene.lived) == ([("That is not true", "No.", "Ann Invented")], False)


def test_how_many_say_that_it_is_true_is_counted_where_nobody_can_be_found_by_it(scene):
    people = [make.with_role(scene.programme, Role.LIVED_EXPERIENCE).person for _each in range(12)]
    said = a_contribution(scene.programme, *people)
    an_outcome(said)
    for person in people[:6]:
        a_reply(said.outcome, person, "true")
    assert queries.replies_in(scene.programme, 5) == {"true": 6, "not_true": 0, "": 0}, "nobody else was told"
    row = ToldBack.objects.get(contributor__person=people[7])
    row.notice = a_message(person=people[7], status="sent").notice
    row.save()
    # One who was told and has said nothing is too few; the six go with them, as the total would tell.
    assert queries.replies_in(scene.programme, 5) == {"true": None, "not_true": 0, "": None}


# Tasks


def titles(find, user):
    return [str(task.title) for task in find(user)]


def test_those_who_were_told_are_asked_on_their_home_page_whether_it_is_true(scene, answered, ann, bob):
    title = "Is this true? You said: The last bus leaves before we finish"
    assert titles(contributions.answers_to_check, ann) == [title]
    answering.reply(contribution=answered, reply="true", by=ann)
    assert titles(contributions.answers_to_check, ann) == []
    assert titles(contributions.answers_to_check, bob) == [title]
    assert titles(contributions.answers_to_check, scene.lived) == []


def test_who_sees_to_it_has_a_task_once_the_day_has_gone(scene, said, today):
    said.owner, said.due_on = scene.staff.person, today
    said.save()
    assert titles(contributions.contributions_to_answer, scene.staff) == []
    Contribution.objects.update(due_on=today.replace(day=today.day - 1))
    other = make.with_role(scene.programme, Role.STAFF)
    assert titles(contributions.contributions_to_answer, scene.staff) == [f"Say what became of it: {said.theme}"]
    assert titles(contributions.contributions_to_answer, other) == []
    an_outcome(said)
    assert titles(contributions.contributions_to_answer, scene.staff) == []


def test_what_nobody_sees_to_is_a_task_of_all_staff(scene, said):
    assert titles(contributions.contributions_without_owner, scene.staff) == ["Say who sees to 1 thing that was said"]
    for user in (scene.lived, scene.member, scene.finance, scene.elsewhere):
        assert titles(contributions.contributions_without_owner, user) == []


def test_not_true_is_a_task_of_who_sees_to_it_and_of_all_staff_once_they_have_left(scene, answered, ann, today):
    other = make.with_role(scene.programme, Role.STAFF)
    title = f"Respond to “that is not true”: {answered.theme}"
    answering.reply(contribution=answered, reply="not_true", by=ann)
    assert titles(contributions.replies_to_answer, other) == titles(contributions.replies_to_answer, scene.staff)
    Contribution.objects.update(owner=scene.staff.person, due_on=today)
    assert titles(contributions.replies_to_answer, scene.staff) == [title]
    assert titles(contributions.replies_to_answer, other) == []
    scene.staff.person.memberships.update(ends_on=today.replace(day=1))
    assert titles(contributions.replies_to_answer, other) == [title]
    assert titles(contributions.replies_to_answer, scene.lived) == []


def test_a_colleague_on_the_phone_writes_down_the_reply_from_the_call(scene, answered, ann):
    notice = Notice.objects.get(kind="told_back", person=ann.person)
    panel = contributions.reply_on_the_phone(scene.staff, notice)
    contributor = answered.contributors.get(person=ann.person)
    assert panel.context["url"] == f"/heard/{answered.pk}/people/{contributor.pk}/true/"
    assert contributions.reply_on_the_phone(scene.member, notice) is None
    answering.reopen(contribution=answered, reason="x", by=scene.staff)
    assert contributions.reply_on_the_phone(scene.staff, notice) is None


# The database


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'not_changed'",
        "what_changed = 'Nothing'",
        "reason = ''",
        "evidence = 'Other'",
        "answered_on = '2020-01-01'",
    ],
)
def test_an_answer_never_changes(answered, change):
    refused(f"UPDATE programmes_contributionoutcome SET {change}")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("not_changed", {"reason": "", "what_changed": ""}),
        ("partly", {"reason": ""}),
        ("changed", {"what_changed": ""}),
        ("forgotten", {"reason": "x"}),
    ],
)
def test_the_database_refuses_an_answer_that_does_not_say_why(said, kind, fields):
    with pytest.raises(DatabaseError), transaction.atomic():
        an_outcome(said, kind, **fields)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM programmes_contributionoutcome",
        "DELETE FROM programmes_toldback",
        "DELETE FROM programmes_contributor",
        "UPDATE programmes_contribution SET status = 'open'",
        "UPDATE programmes_contribution SET outcome_id = NULL",
        "UPDATE programmes_toldback SET reply = ''",
        "UPDATE programmes_toldback SET reply = 'perhaps'",
        "UPDATE programmes_toldback SET reply_words = 'Yes'",
        "UPDATE programmes_toldback SET response = 'Nothing'",
    ],
)
def test_the_database_keeps_answers_and_replies(scene, answered, ann, statement):
    answering.reply(contribution=answered, reply="not_true", words="No.", by=ann)
    answering.respond(told_back=row_of(answered, ann), response="We asked.", by=scene.staff)
    refused(statement)


def test_the_database_gives_no_contribution_the_answer_to_another(scene, answered):
    other = a_contribution(scene.programme)
    refused(
        "UPDATE programmes_contribution SET status = 'answered', outcome_id = %s WHERE id = %s",
        answered.outcome_id,
        other.pk,
    )


def test_the_database_tells_nobody_back_what_they_did_not_say(scene, answered, ann):
    other = a_contribution(scene.programme, scene.lived.person)
    with pytest.raises(DatabaseError), transaction.atomic():
        ToldBack.objects.create(outcome=answered.outcome, contributor=other.contributors.get())


@pytest.mark.parametrize("status", Contribution.Status.values)
def test_every_action_in_every_state_is_allowed_or_refused(scene, ann, status):
    """Answering needs an open one; opening again and replying an answered one."""
    acts = {
        "answer": lambda said: answer(scene, said, what_changed="x"),
        "reopen": lambda said: answering.reopen(contribution=said, reason="x", by=scene.staff),
        "reply": lambda said: answering.reply(contribution=said, reply="true", by=ann),
        "reply_for": lambda said: answering.reply_for(
            contributor=said.contributors.get(), reply="true", how="phone", by=scene.staff
        ),
    }
    allowed = {"open": {"answer"}, "answered": {"reopen", "reply", "reply_for"}}[status]
    for name, act in acts.items():
        said = a_contribution(scene.programme, ann.person)
        if status == "answered":
            an_outcome(said)
        if name in allowed:
            act(said)
        else:
            refuse(None, lambda act=act, said=said: act(said))
