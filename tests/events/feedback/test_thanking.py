"""Those who came are thanked once, in the way they chose, with a link, and with the word on their claim if it is so."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from events import registry
from events.day import actions as day_actions
from events.feedback import queries, telling
from events.feedback.actions import setting, thanking
from events.feedback.slips import slip_of
from events.feedback.timed import follow_events
from events.models import Event, FeedbackAsked, FeedbackRound, FeedbackRule
from people.jobs import running
from people.jobs.models import Job
from people.models import Message, Notice, Person
from tests import factories as make
from tests.factories.feedback import a_held_event, thanked
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError


def thanks(event):
    return Notice.objects.filter(kind="event_thanks", key__in=[f"event-thanks:{pk}" for pk in asked_of(event)])


def asked_of(event):
    return FeedbackAsked.objects.filter(round__event=event).values_list("pk", flat=True)


def test_everybody_who_came_is_thanked_and_asked_in_their_group(day):
    assert thanks(day.event).count() == 15
    assert day.round.asked.filter(side="lived_experience").count() == 9
    assert day.round.asked.filter(side="staff").count() == 6
    notice = thanks(day.event).get(person=day.lived[0].person)
    assert notice.link == day.round.asked.get(person=day.lived[0].person).link
    for words in (
        "Thank you for coming",
        "about two minutes",
        "without your name",
        "The notes go to the steering group.",
    ):
        assert words in notice.text_body
    assert "claim" not in notice.text_body, "nothing is said of a claim that is not there"


def test_nobody_who_did_not_come_is_thanked(programme, staff):
    event, lived, colleagues = a_held_event(programme, lived=2, staff=1)
    day_actions.record(event=event, came=[lived[0].person.pk], by=colleagues[0])
    thanked(event, colleagues[0])
    assert [one.person for one in thanks(event)] == [lived[0].person]


def test_nobody_is_thanked_twice_however_often_it_is_pressed_and_run(day):
    with pytest.raises(ActionError, match="Everybody who came has been thanked"):
        thanking.thank(event=day.event, by=day.boss)
    Job.objects.filter(kind="event_thanks").update(status=Job.Status.WAITING)
    running.run(Job.objects.get(kind="event_thanks").pk)
    assert thanks(day.event).count() == Message.objects.filter(notice__kind="event_thanks").count() == 15


def test_a_worker_that_dies_half_way_leaves_nobody_out_and_nobody_thanked_twice(programme, monkeypatch):
    event, _lived, colleagues = a_held_event(programme, lived=4, staff=1)
    monkeypatch.setattr("events.feedback.sending.BATCH", 2)
    job = thanking.thank(event=event, by=colleagues[0])
    tell, batches = telling.tell_thanks, []

    def die_in_the_second_batch(*args):
        batches.append(args)
        if len(batches) == 2:
            raise KeyboardInterrupt
        tell(*args)

    monkeypatch.setattr(telling, "tell_thanks", die_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        running.run(job.pk)
    assert thanks(event).count() == FeedbackAsked.objects.count() == 2
    Job.objects.filter(pk=job.pk).update(status=Job.Status.WAITING)
    running.run(job.pk)
    assert thanks(event).count() == FeedbackAsked.objects.count() == 5


def test_somebody_who_is_recorded_later_is_thanked_then(day):
    late = make.with_role(day.programme, "lived_experience", "Late Comer").person
    came = [*day.event.attendances.filter(came=True).values_list("person", flat=True), late.pk]
    day_actions.record(event=day.event, came=came, by=day.boss)
    assert [row.person for row in queries.to_thank(day.event)] == [late]
    thanked(day.event, day.boss)
    assert thanks(day.event).count() == 16
    assert day.round.asked.get(person=late).side == "lived_experience"


def test_the_word_on_a_claim_is_for_those_alone_whose_claim_is_ready(programme, monkeypatch):
    event, lived, colleagues = a_held_event(programme, lived=2, staff=1)
    ready = {lived[0].person.pk: "Your claim for it is ready."}
    monkeypatch.setattr(registry, "claim_words", [lambda event, people: ready])
    thanked(event, colleagues[0])
    texts = {notice.person: notice.text_body for notice in thanks(event)}
    assert [person for person, text in texts.items() if "Your claim for it is ready." in text] == [lived[0].person]


def test_they_are_thanked_in_the_way_they_chose_and_a_letter_has_the_questions_without_a_name(programme):
    event, lived, colleagues = a_held_event(programme, lived=4, staff=1)
    ways = {"email": {}, "sms": {"phone": "07700 900123"}, "letter": {"postal_address": "1 Plain Street"}, "phone": {}}
    for user, (channel, more) in zip(lived, ways.items(), strict=True):
        Person.objects.filter(pk=user.person.pk).update(channel=channel, **({"phone": "020 7946 0000"} | more))
    thanked(event, colleagues[0])
    found = {one.notice.person: one.channel for one in Message.objects.filter(notice__in=thanks(event))}
    # No provider of text messages is set up here, so a colleague writes the text.
    assert [found[user.person] for user in lived] == ["email", "colleague", "letter", "phone"]
    slip = slip_of(thanks(event).get(person=lived[2].person))
    assert slip.nameless
    assert "I felt heard" in [str(question.words) for question in slip.questions]


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (1, True), (14, True), (15, False)])
def test_who_came_is_thanked_by_itself_from_a_day_to_a_fortnight_after(programme, days, is_due):
    event, _lived, _staff = a_held_event(programme, lived=1, staff=1)
    on = event.day + dt.timedelta(days=days)
    assert (event in queries.events_to_thank_for(on)) is is_due


def test_after_a_meeting_people_are_thanked_by_staff_unless_the_rule_says_otherwise(programme, staff):
    event, _lived, _staff = a_held_event(programme, lived=1, staff=1)
    Event.objects.filter(pk=event.pk).update(kind=Event.Kind.MEETING)
    on = event.day + dt.timedelta(days=1)
    assert queries.events_to_thank_for(on) == []
    setting.set_rule(
        programme=programme,
        effective_from=timezone.localdate(),
        thank_after_days=1,
        thank_within_days=14,
        open_days=21,
        after_meetings=True,
        by=staff,
    )
    assert queries.events_to_thank_for(max(on, timezone.localdate())) == [event]


def test_the_rule_of_the_programme_says_when(programme, staff):
    event, _lived, _staff = a_held_event(programme, lived=1, staff=1)
    FeedbackRule.objects.create(
        programme=programme,
        effective_from=timezone.localdate(),
        thank_after_days=5,
        thank_within_days=9,
        open_days=7,
        set_by=staff.person,
    )
    assert queries.events_to_thank_for(timezone.localdate()) == []
    with time_machine.travel(dt.datetime.combine(event.day + dt.timedelta(days=5), dt.time(9)), tick=False):
        follow_events()
        round = FeedbackRound.objects.get(event=event)
        assert (round.started_by, round.closes_on) == (None, event.day + dt.timedelta(days=12))
        assert Job.objects.filter(kind="event_thanks", subject_id=event.pk).count() == 1


def test_feedback_closes_by_itself_the_day_after_its_last(day):
    follow_events()
    day.round.refresh_from_db()
    assert day.round.is_open
    with time_machine.travel(dt.datetime.combine(day.round.closes_on + dt.timedelta(days=1), dt.time(9)), tick=False):
        follow_events()
        follow_events()
    day.round.refresh_from_db()
    assert (day.round.is_over, day.round.closed_on) == (True, day.round.closes_on + dt.timedelta(days=1))


def test_staff_alone_thank_and_only_once_who_came_is_recorded(day):
    past = make.an_event(day.programme, organiser=day.boss.person)
    with pytest.raises(ActionError, match="Record who came first"):
        thanking.thank(event=past, by=day.boss)
    for user in (day.lived[0], day.finance, day.steering, day.elsewhere):
        with pytest.raises(ActionError, match="Only staff"):
            thanking.thank(event=day.event, by=user)


def test_more_time_is_a_later_day(day):
    with pytest.raises(ActionError, match="Choose a day after"):
        thanking.give_more_time(round=day.round, closes_on=day.round.closes_on, by=day.boss)
    later = day.round.closes_on + dt.timedelta(days=4)
    assert thanking.give_more_time(round=day.round, closes_on=later, by=day.boss).closes_on == later
    thanking.close(round=day.round, by=day.boss)
    with pytest.raises(ActionError, match="closed already"):
        thanking.give_more_time(round=day.round, closes_on=later + dt.timedelta(days=1), by=day.boss)


def test_the_database_keeps_who_was_thanked_and_what_they_were_promised(day):
    asked = day.round.asked.first()
    refused("DELETE FROM events_feedbackasked WHERE id = %s", asked.pk)
    refused("UPDATE events_feedbackasked SET side = 'staff' WHERE id = %s", asked.pk)
    refused("UPDATE events_feedbackround SET fewest = 3 WHERE id = %s", day.round.pk)
    thanking.close(round=day.round, by=day.boss)
    refused("UPDATE events_feedbackround SET status = 'open', closed_on = NULL WHERE id = %s", day.round.pk)
    refused(
        "INSERT INTO events_feedbackasked (round_id, person_id, side, link_key, asked_on, way)"
        " VALUES (%s, %s, 'staff', 'a-key', now(), '')",
        day.round.pk,
        day.finance.person.pk,
    )
