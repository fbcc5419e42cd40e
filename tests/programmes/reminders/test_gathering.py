"""One message a day for each person, whatever there is to say, however often and however many at once it is sent."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from events.inviting.actions import invitations
from payments.claims import tasks as claim_tasks
from people.messages.returns import actions as stopping_actions
from people.models import Message, Notice
from programmes.models import Membership, Reminder, Role
from programmes.reminders import sending, tasks
from programmes.reminders.models import ReminderRule
from tests import factories
from tests.factories.reminders import a_claim_to_send, a_decision_to_review, a_rule, an_invitation_to_answer
from tests.helpers.database import queries_of, refused
from tests.helpers.threads import at_once
from wellbeing.celery import app


def notices():
    return list(Notice.objects.filter(kind="reminder").order_by("pk"))


def everything_due(scene, on):
    """Make one person silent about a reply, a claim, a role and a review. Return the person."""
    person = scene.staff.person
    an_invitation_to_answer(scene.programme, person, 4, title="Tea and talk")
    a_claim_to_send(scene.programme, person, 3)
    a_decision_to_review(scene.programme, person, 20)
    role = factories.a_membership(scene.programme, person, Role.LIVED_EXPERIENCE)
    Membership.objects.filter(pk=role.pk).update(ends_on=on(12))
    return person


def test_everything_due_for_a_person_stands_in_one_message_the_most_urgent_first(scene, remind, on):
    person = everything_due(scene, on)
    things = [thing.partition(":")[0] for _person, thing, _number in remind()]
    assert things == ["claim", "invitation", "role", "decision"]
    (notice,) = notices()
    assert notice.key == f"reminder:{person.pk}:{on(0)}"
    assert notice.subject == f"4 reminders from {scene.programme.name}"
    assert {row.notice for row in Reminder.objects.all()} == {notice}
    lines = ["There is £50.00 on it.", "“Tea and talk”", "Your role in", "was decided on"]
    places = [notice.text_body.index(line) for line in lines]
    assert places == sorted(places)
    for link in ("/claims/", "/decisions/", "/programmes/"):
        assert link in notice.text_body
        assert link in notice.html_body
    assert notice.messages.get().to == person.email


def test_the_words_of_each_reminder_are_kept(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4, title="Tea and talk")
    remind()
    assert Reminder.objects.get().words.startswith("You are invited to “Tea and talk”")


def test_a_second_run_on_one_day_says_nothing(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    first = remind()
    a_claim_to_send(scene.programme, scene.lived.person, 3)
    assert remind() == first
    assert len(notices()) == 1
    assert [thing.partition(":")[0] for _person, thing, _number in remind(1)] == ["claim"]


def test_the_programme_with_the_most_urgent_thing_speaks_and_the_other_waits_a_day(scene, remind, on):
    person = scene.lived.person
    factories.a_membership(scene.other, person, Role.LIVED_EXPERIENCE)
    ours = an_invitation_to_answer(scene.programme, person, 4)
    theirs = an_invitation_to_answer(scene.other, person, 3, title="A secret of theirs")
    second = an_invitation_to_answer(scene.programme, person, 5)
    assert remind() == [(person, f"invitation:{theirs.pk}", 1)]
    (notice,) = notices()
    assert notice.voice == notice.audience == f"programme:{scene.other.pk}"
    assert remind(1) == [
        (person, f"invitation:{ours.pk}", 1),
        (person, f"invitation:{second.pk}", 1),
    ]
    later = notices()[-1]
    assert later.audience == f"programme:{scene.programme.pk}"
    assert "A secret of theirs" not in later.text_body


def test_of_two_programmes_with_things_due_on_one_day_one_speaks(scene, remind):
    person = scene.lived.person
    an_invitation_to_answer(scene.programme, person, 4)
    an_invitation_to_answer(scene.other, person, 4)
    assert len(remind()) == 1
    assert len(remind(1)) == 1
    assert len({row.programme for row in Reminder.objects.all()}) == 2


def test_a_worker_killed_half_way_has_said_nothing_and_the_next_says_it_once(scene, remind, monkeypatch):
    people = [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person for _n in range(6)]
    for person in people:
        an_invitation_to_answer(scene.programme, person, 4)
    monkeypatch.setattr(sending, "BATCH", 2)
    noting = Reminder.objects.bulk_create
    batches = []

    def killed_in_the_second_batch(rows):
        done = noting(rows)
        batches.append(len(done))
        if len(batches) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Reminder.objects, "bulk_create", killed_in_the_second_batch, raising=True)
    with pytest.raises(KeyboardInterrupt):
        sending.send_due(timezone.localdate())
    assert batches == [2, 2]
    assert len(notices()) == Reminder.objects.count() == 2
    assert len(remind()) == 6
    assert len(notices()) == 6


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_each_person_once():
    programme = factories.a_programme()
    ReminderRule.objects.create(
        programme=None, subject="replies", effective_from=dt.date(2020, 1, 2), days=5, again_after=4, at_most=2
    )
    for _n in range(12):
        an_invitation_to_answer(programme, factories.a_person(), 4)
    today = timezone.localdate()
    numbers = at_once(*[lambda: sending.send_due(today)] * 3)
    assert sum(numbers) == 12
    assert len(notices()) == Reminder.objects.count() == 12


def test_what_is_due_for_many_takes_as_many_queries_as_for_few(scene):
    today = timezone.localdate()

    def with_people(number):
        for _n in range(number):
            person = factories.a_person()
            an_invitation_to_answer(scene.programme, person, 4)
            a_claim_to_send(scene.programme, person, 3)
        return len(queries_of(lambda: sending.send_due(today)))

    with_people(1)  # Reminders that wait are looked at from the second run on.
    few = with_people(3)
    assert with_people(30) == few
    assert Reminder.objects.count() == 68


def test_batches_go_by_themselves(scene, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 4)
    for _n in range(9):
        an_invitation_to_answer(scene.programme, factories.a_person(), 4)
    assert sending.send_due(timezone.localdate()) == 9


def test_a_reminder_that_waits_for_a_colleague_is_withdrawn_once_all_of_it_is_answered(scene, remind):
    person = scene.lived.person
    person.channel, person.phone = "phone", "01632 960001"
    person.save()
    replies = [an_invitation_to_answer(scene.programme, person, days) for days in (4, 5)]
    remind()
    message = Message.objects.get(notice__kind="reminder")
    assert (message.channel, message.status) == ("phone", "waiting")
    invitations.reply(invitation=replies[0], reply="coming", by=scene.staff)
    remind(1)
    message.refresh_from_db()
    assert message.status == "waiting", "one of the two is still to be answered"
    invitations.reply(invitation=replies[1], reply="coming", by=scene.staff)
    remind(2)
    message.refresh_from_db()
    assert message.status == "cancelled"


def test_a_reminder_that_waits_is_withdrawn_when_its_subject_is_turned_off(scene, remind, on):
    person = scene.lived.person
    person.channel, person.postal_address = "letter", "1 Invented Street"
    person.save()
    an_invitation_to_answer(scene.programme, person, 4)
    remind()
    a_rule(scene.programme, "replies", days=5, is_on=False, effective_from=on(1))
    remind(1)
    assert Message.objects.get(notice__kind="reminder").status == "cancelled"


def test_somebody_who_wants_no_reminders_by_email_gets_none(scene, remind):
    person = scene.lived.person
    stopping_actions.stop_emails(person=person, kind="reminder", by=None)
    an_invitation_to_answer(scene.programme, person, 4)
    remind()
    assert Message.objects.get(notice__kind="reminder").status == Message.Status.CANCELLED


def test_a_subject_that_is_off_reminds_nobody(scene, remind):
    a_rule(scene.programme, "replies", days=5, is_on=False)
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    an_invitation_to_answer(scene.other, scene.lived.person, 4)
    (only,) = remind()
    assert Reminder.objects.get(thing=only[1]).programme == scene.other


def test_a_rule_changed_from_a_later_day_counts_from_that_day(scene, remind, on):
    a_rule(scene.programme, "replies", days=1, effective_from=on(0))
    a_rule(scene.programme, "replies", days=7, again_after=5, at_most=2, effective_from=on(4))
    an_invitation_to_answer(scene.programme, scene.lived.person, 10)
    # By the later rule seven days before is day 3, when it was not in force.
    assert [days for days in range(12) if remind(days)] == [8]


def test_the_later_of_two_rules_of_one_day_counts(scene, remind, on):
    a_rule(scene.programme, "replies", days=1, effective_from=on(0))
    a_rule(scene.programme, "replies", days=3, effective_from=on(0))
    an_invitation_to_answer(scene.programme, scene.lived.person, 3)
    assert remind()


@pytest.mark.usefixtures("reviewed")
def test_how_often_at_most_is_counted_from_what_was_said(scene, remind, on):
    invitation = an_invitation_to_answer(scene.programme, scene.lived.person, 5)
    assert [days for days in range(6) if remind(days)] == [0, 4]
    event = invitation.event
    event.reply_by, event.starts_at = on(30), event.starts_at + dt.timedelta(days=40)
    event.ends_at = event.starts_at + dt.timedelta(hours=1)
    event.save()
    assert [days for days in range(6, 50) if remind(days)] == [], "two reminders are enough"


def test_the_task_goes_by_the_day_in_london_and_by_its_earlier_name(scene):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    assert app.tasks["payments.tasks.remind_before_the_time_to_claim_ends"] is not None
    claim_tasks.remind_before_the_time_to_claim_ends()
    tasks.send_reminders()
    assert [row.on for row in Reminder.objects.all()] == [timezone.localdate()]
    assert app.conf.beat_schedule["send-reminders"]["task"] == "programmes.tasks.send_reminders"
    assert "programmes.tasks.send_reminders" in app.tasks


# Postgres refuses


def test_postgres_refuses_a_second_message_with_reminders_on_one_day(scene, remind):
    invitation = an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    remind()
    row = Reminder.objects.get()
    again = (
        "INSERT INTO people_notice (key, kind, person_id, audience, voice, reply_to, subject, text_body, html_body,"
        " short, link, read_key, created_at) SELECT %s, kind, person_id, audience, voice, reply_to, subject, text_body,"
        " html_body, short, link, 'another', created_at FROM people_notice WHERE id = %s"
    )
    assert "people_notice_key" in refused(again, row.notice.key, row.notice_id)
    another = Notice.objects.create(key="news:1", kind="reminder", person=row.person, subject="x", text_body="x")
    note = (
        'INSERT INTO programmes_reminder (programme_id, person_id, subject, thing, number, "on", words, notice_id)'
        " VALUES (%s, %s, 'replies', %s, %s, %s, 'x', %s)"
    )
    values = (scene.programme.pk, row.person_id, f"invitation:{invitation.pk}")
    assert "the one message with reminders" in refused(note, *values, 2, row.on, another.pk)
    stranger = factories.a_person()
    assert "the one message" in refused(note, scene.programme.pk, stranger.pk, "claim:1", 1, row.on, row.notice_id)
    assert "one_reminder_of_a_number" in refused(note, *values, 1, row.on, row.notice_id)


def test_reminders_and_rules_are_kept_as_they_are(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    remind()
    rule = a_rule(scene.programme, "replies", days=5)
    assert "Cannot" in refused("DELETE FROM programmes_reminder")
    assert "Cannot" in refused('UPDATE programmes_reminder SET "on" = "on" + 1')
    assert "Cannot" in refused("UPDATE programmes_reminder SET notice_id = notice_id")
    assert "Cannot" in refused("UPDATE programmes_reminderrule SET days = 9 WHERE id = %s", rule.pk)
    assert "Cannot" in refused("DELETE FROM programmes_reminderrule WHERE id = %s", rule.pk)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"at_most": 2}, "reminder_rule_says_how_often"),
        ({"at_most": 0}, "reminder_rule_makes_sense"),
        ({"at_most": 11, "again_after": 1}, "reminder_rule_makes_sense"),
        ({"days": 366}, "reminder_rule_makes_sense"),
        ({"when": "while"}, "reminder_rule_is_before_or_after"),
        ({"set_by_id": None}, "reminder_rule_says_who_set_it"),
    ],
)
def test_postgres_refuses_a_rule_that_makes_no_sense(scene, fields, name):
    values = {
        "programme_id": scene.programme.pk,
        "subject": "replies",
        "effective_from": dt.date(2026, 1, 1),
        "is_on": True,
        "days": 5,
        "when": "before",
        "again_after": None,
        "at_most": 1,
        "set_by_id": scene.staff.person.pk,
        "set_at": timezone.now(),
        **fields,
    }
    columns = ", ".join(f'"{column}"' for column in values)
    places = ", ".join(["%s"] * len(values))
    insert = f"INSERT INTO programmes_reminderrule ({columns}) VALUES ({places})"
    assert name in refused(insert, *values.values())


def test_what_a_transaction_takes_back_is_said_the_next_time(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    with transaction.atomic():
        assert sending.send_due(timezone.localdate()) == 1
        transaction.set_rollback(True)
    assert notices() == []
    assert len(remind()) == 1
