"""Refusals around feedback: to whom, when, and with which words."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.feedback import rules
from events.feedback.actions import answering, setting, speaking, thanking
from events.models import Event, FeedbackQuestion, FeedbackRule
from people import registry
from people.jobs.models import Job
from people.models import Notice
from programmes import registry as programmes_registry
from tests.factories.feedback import a_held_event
from wellbeing.lib.errors import ActionError


def in_state(event, **fields):
    Event.objects.filter(pk=event.pk).update(**fields)
    return Event.objects.get(pk=event.pk)


def not_begun(event):
    starts = timezone.now() + dt.timedelta(days=3)
    return {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=2)}


@pytest.fixture
def planned(programme, staff):
    """An event to come, of the programme whose staff is `staff`."""
    from tests import factories as make

    return make.an_event(programme, organiser=staff.person, days=5)


def test_before_an_event_has_started_there_is_nothing_to_see_or_to_note(as_staff, planned, staff):
    for allowed in (rules.can_see(staff, planned), rules.can_note_who_spoke(staff, planned)):
        assert "once the event has started" in allowed.why_not
    page = as_staff.get(reverse("event_who_spoke", args=[planned.pk]), follow=True)
    assert "You can note who spoke once the event has started." in page.text
    page = as_staff.get(reverse("event_thank", args=[planned.pk]), follow=True)
    assert "Record who came first" in page.text
    page = as_staff.get(reverse("event_report", args=[planned.pk, "standard"]), follow=True)
    assert "There is a report once staff have recorded who came." in page.text


def test_of_a_cancelled_event_nothing_is_said(planned, staff):
    cancelled = in_state(planned, status=Event.Status.CANCELLED)
    assert "was cancelled" in rules.can_see(staff, cancelled).why_not
    assert "was cancelled" in rules.can_note_who_spoke(staff, cancelled).why_not


def test_a_stranger_reads_nothing_and_notes_nothing(day):
    for allowed in (
        rules.can_see(day.elsewhere, day.event),
        rules.can_note_who_spoke(day.elsewhere, day.event),
        rules.can_read_report(day.helper, day.event),
        rules.can_close(day.helper, day.round),
        rules.can_enter_for(day.helper, day.round.asked.first()),
    ):
        assert not allowed and allowed.why_not


def test_results_wait_until_feedback_is_closed(day):
    assert "once feedback is closed" in rules.can_see_results(day.boss, day.round).why_not
    closed = thanking.close(round=day.round, by=day.boss)
    assert rules.can_see_results(day.boss, closed)
    assert not rules.can_see_results(day.elsewhere, closed)
    # The second time is harmless, and more time comes too late.
    assert thanking.close(round=closed, by=day.boss).closed_on == closed.closed_on
    with pytest.raises(ActionError, match="closed already"):
        thanking.give_more_time(round=closed, closes_on=closed.closes_on + dt.timedelta(days=9), by=day.boss)


def test_a_worker_closes_nothing_before_its_day_and_time_is_only_added(day):
    with pytest.raises(ActionError, match="can still answer"):
        thanking.close(round=day.round, by=None)
    with pytest.raises(ActionError, match="Choose a day after"):
        thanking.give_more_time(round=day.round, closes_on=day.round.closes_on, by=day.boss)


def test_nobody_enters_their_own_answers_for_themselves_or_a_second_time(day):
    own = day.round.asked.get(person=day.boss.person)
    assert "your own link" in rules.can_enter_for(day.boss, own).why_not
    asked = day.round.asked.filter(side="lived_experience").first()
    with pytest.raises(ActionError, match="by phone or on paper"):
        answering.answer(asked=asked, values={}, by=day.boss, way="page")
    with pytest.raises(ActionError, match="at least one"):
        answering.answer(asked=asked, values={}, by=None)
    question = FeedbackQuestion.objects.first()
    with pytest.raises(ActionError, match="not the questions"):
        answering.answer(asked=asked, values={question.pk: 7}, by=None)
    answering.answer(asked=asked, values={question.pk: 5}, by=None)
    assert "in already" in rules.can_enter_for(day.boss, asked.round.asked.get(pk=asked.pk)).why_not


def test_an_event_without_questions_asks_nobody(programme, monkeypatch):
    event, _lived, colleagues = a_held_event(programme, lived=1, staff=1)
    monkeypatch.setattr(type(FeedbackQuestion.objects), "in_force_on", lambda *args: [])
    with pytest.raises(ActionError, match="no questions"):
        thanking.thank(event=event, by=colleagues[0])


def test_the_words_on_what_happens_next_can_change_while_people_are_thanked(day):
    newcomer = a_held_event(day.programme, lived=1, staff=1)[1][0]
    day.event.attendances.create(person=newcomer.person, came=True, recorded_by=day.boss.person)
    thanking.thank(event=day.event, by=day.boss, next_words="The notes are on the wall.")
    day.round.refresh_from_db()
    assert day.round.next_words == "The notes are on the wall."


def test_settings_that_make_no_sense_are_refused(day):
    on = timezone.localdate()
    times = {"thank_after_days": 1, "thank_within_days": 14, "open_days": 21}
    for wrong in ({"thank_within_days": 0}, {"open_days": 0}, {"effective_from": on - dt.timedelta(days=1)}):
        with pytest.raises(ActionError):
            setting.set_rule(programme=day.programme, by=day.boss, **{"effective_from": on, **times, **wrong})
    setting.set_rule(programme=day.programme, by=day.boss, effective_from=on, **times)
    with pytest.raises(ActionError, match="a rule from that day"):
        setting.set_rule(programme=day.programme, by=day.boss, effective_from=on, **times)
    with pytest.raises(ActionError):
        setting.set_questions(programme=day.programme, by=day.boss, effective_from=on, questions=["  "])
    assert str(FeedbackRule.objects.filter(programme=day.programme).get())
    assert str(FeedbackQuestion.objects.first())


def test_staff_are_led_from_a_message_and_from_a_reminder_to_where_they_enter_answers(day):
    asked = day.round.asked.filter(side="lived_experience").first()
    notice = Notice.objects.get(kind="event_thanks", key=f"event-thanks:{asked.pk}")
    answer = registry.notice_kinds["event_thanks"].answer
    assert answer is not None
    panel = answer(day.boss, notice)
    address = reverse("feedback_answer_for", args=[asked.pk])
    assert panel.context["url"] == address
    assert answer(day.elsewhere, notice) is None
    subject = programmes_registry.reminder_subjects["event_feedback"]
    assert subject.answer(day.boss, f"feedback:{asked.pk}")[0] == address
    assert subject.answer(day.elsewhere, f"feedback:{asked.pk}") is None
    assert subject.answer(day.boss, "feedback:0") is None


def test_the_work_of_thanking_is_seen_by_staff_of_the_event(day):
    job = Job.objects.filter(kind="event_thanks", subject_id=day.event.pk).first()
    kind = registry.job_kinds["event_thanks"]
    assert kind.can_see(day.boss, job) and not kind.can_see(day.elsewhere, job)
    assert "tab=feedback" in kind.url(job)


def test_who_spoke_is_noted_by_those_who_run_the_event_alone(day):
    values = {"lived_experience": 2, "partners": 1, "staff": 1}
    with pytest.raises(ActionError):
        speaking.note(event=day.event, by=day.elsewhere, **values)


def test_the_page_without_a_tab_leads_staff_to_theirs(client, day):
    client.force_login(day.boss)
    assert "tab=feedback" in client.get(reverse("event_feedback", args=[day.event.pk])).url
