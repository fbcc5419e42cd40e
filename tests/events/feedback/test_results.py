"""Both groups side by side, nothing of the few, nothing before it is closed; on the dashboard and in the report too."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from events import registry
from events.feedback import rules
from events.feedback.actions import speaking, thanking
from events.feedback.board import feedback
from events.feedback.contributions import home_tasks
from events.feedback.documents import LARGE, STANDARD, form_paper, report_html, report_paper
from events.feedback.page import FeedbackPage, page_url
from events.feedback.queries import questions_of
from events.feedback.report import EventReport
from events.feedback.results import Results, year_of
from events.models import WhoSpoke
from people.models import Notice
from programmes.models import Reminder
from programmes.reminders.sending import send_due
from tests import factories as make
from tests.factories.feedback import DOES_NOT_APPLY, NO, PARTLY, YES, a_held_event, answer_all, thanked
from tests.helpers.client import page_text, signed_in
from tests.helpers.database import queries_of
from tests.helpers.documents import text_of
from tests.helpers.pdf_checks import faults
from wellbeing.lib.errors import ActionError


def closed(day, lived=(), staff=(), **more):
    answer_all(day.round, "lived_experience", *lived, **more)
    answer_all(day.round, "staff", *staff)
    return Results(thanking.close(round=day.round, by=day.boss))


def cells(results):
    line = results.lines[0]
    return {side: (cell.mean, cell.number) for side, cell in line.cells.items()}


def test_both_groups_stand_side_by_side_from_1_to_5(day):
    results = closed(day, [YES, YES, PARTLY, PARTLY, NO], [YES, YES, YES, YES, YES])
    assert cells(results) == {"lived_experience": (Decimal("3.4"), 5), "staff": (Decimal("5.0"), 5)}
    assert results.lines[0].gap == Decimal("-1.6")
    assert [line.question.words for line in results.lines] == [
        "I had a chance to speak",
        "I felt heard",
        "My needs were met",
        "I knew what could and could not change",
        "I would come again",
    ]


def test_a_group_of_which_few_answered_is_not_shown_nor_how_many_they_were(day):
    results = closed(day, [YES] * 6, [NO] * 4)
    assert cells(results) == {"lived_experience": (Decimal("5.0"), 6), "staff": (None, None)}
    assert results.answered == {"lived_experience": None, "staff": None}, "with the total one would give the other away"


def test_how_many_answered_a_question_is_left_out_where_the_rest_are_few(day):
    """Of eight who answered, two said "does not apply": six would say so."""
    results = closed(day, [YES] * 6 + [DOES_NOT_APPLY] * 2)
    assert cells(results)["lived_experience"] == (Decimal("5.0"), None)
    assert results.shown_sides == ["lived_experience"]


def test_a_question_that_few_of_a_group_answered_is_not_shown(day):
    assert cells(closed(day, [YES] * 4 + [DOES_NOT_APPLY] * 4))["lived_experience"] == (None, None)


def test_own_words_are_read_by_whom_their_giver_said(day):
    answer_all(day.round, "lived_experience", YES, words={"worked": "The lunch."}, readers="results")
    answer_all(day.round, "lived_experience", YES, words={"different": "The room was cold."}, readers="staff")
    results = closed(day, [YES] * 5)
    said = {topic: [one.words for one in words] for topic, words in results.words(for_staff=True)}
    assert said == {"worked": ["The lunch."], "different": ["The room was cold."]}
    said = {topic: [one.words for one in words] for topic, words in results.words(for_staff=False)}
    assert said == {"worked": ["The lunch."], "different": []}
    report = EventReport(day.event)
    assert [one.words for _topic, words in report.words for one in words] == ["The lunch."]


def test_words_of_a_group_that_is_not_shown_are_read_only_with_a_name(day):
    answer_all(day.round, "staff", YES, words={"worked": "Nobody knows me."}, readers="results")
    answer_all(
        day.round, "staff", YES, words={"worked": "I am happy to be named."}, readers="results", name="Sal Staff"
    )
    results = closed(day)
    assert [(one.words, one.name) for one in results.words(for_staff=True)[0][1]] == [
        ("I am happy to be named.", "Sal Staff")
    ]


def test_nobody_sees_results_before_feedback_is_closed(day):
    answer_all(day.round, "lived_experience", *[YES] * 6, words={"worked": "A secret"}, readers="results")
    for user in (day.boss, day.helper, day.steering, day.finance):
        assert not rules.can_see_results(user, day.round)
        page = FeedbackPage(day.event, user)
        assert (page.results, page.lines, page.words) == (None, [], [])
    assert EventReport(day.event).lines == []
    assert "A secret" not in signed_in(day.boss).get(page_url(day.event)).text


def test_the_page_shows_who_helps_to_run_it_finance_and_the_steering_group_what_both_groups_said(day):
    closed(day, [YES] * 6, [PARTLY] * 5, words={"worked": "The lunch.", "different": ""}, readers="results")
    for user in (day.helper, day.steering, day.finance):
        page = signed_in(user).get(reverse("event_feedback", args=[day.event.pk]))
        assert "I felt heard" in page.text
        assert "“The lunch.”" in page.text
        assert "Enter their answers" not in page.text
    assert signed_in(day.boss).get(reverse("event_feedback", args=[day.event.pk])).url == page_url(day.event)
    staff = page_text(signed_in(day.boss).get(page_url(day.event)))
    for words in ("I felt heard", "Report on this event (PDF)", "+2.0"):
        assert words in staff


def test_the_page_asks_the_same_number_of_queries_however_many_answered(day):
    page = signed_in(day.boss)
    address = page_url(day.event)
    page.get(address)
    few = len(queries_of(lambda: page.get(address)))
    for number in range(12):
        make.an_attendance(day.event, make.a_person(f"More Number{number}"))
    thanked(day.event, day.boss)
    answer_all(day.round, "staff", *[YES] * 6)
    assert len(queries_of(lambda: page.get(address))) == few


# The year
def test_the_dashboard_shows_each_question_over_the_events_of_the_year(day):
    closed(day, [YES] * 5, [PARTLY] * 5)
    shown = feedback(None, day.programme, timezone.localdate())
    assert [(line.text, line.detail) for line in shown.lines][1] == (
        "I felt heard",
        "lived experience 5.0, staff and partners 3.0",
    )
    assert "From 1 event;" in shown.note
    assert not feedback(None, day.programme, timezone.localdate() + dt.timedelta(days=400)).lines


def test_the_year_is_the_mean_of_what_is_shown_so_that_an_event_of_few_cannot_be_worked_out(day):
    closed(day, [YES] * 5, [YES] * 5)
    before = year_of(day.programme, timezone.localdate())
    other, _lived, colleagues = a_held_event(day.programme, lived=4, staff=1, title="A small event")
    small = thanked(other, colleagues[0])
    answer_all(small, "lived_experience", *[NO] * 4)
    thanking.close(round=small, by=colleagues[0])
    assert year_of(day.programme, timezone.localdate()) == before
    few = len(queries_of(lambda: year_of(day.programme, timezone.localdate())))
    assert few == 3


# Who spoke
def test_a_facilitator_notes_who_spoke_and_changes_it(day):
    client = signed_in(day.helper)
    address = reverse("event_who_spoke", args=[day.event.pk])
    wrong = client.post(address, {"lived_experience": "most", "partners": "", "staff": "everybody", "note": "In pairs"})
    assert "In pairs" in wrong.text, "nothing typed is lost"
    assert not WhoSpoke.objects.exists()
    sent = {"lived_experience": "most", "partners": "not_there", "staff": "a_few", "note": "In small groups."}
    assert client.post(address, sent).url == reverse("event_feedback", args=[day.event.pk])
    row = WhoSpoke.objects.get(event=day.event)
    assert [words for _kind, words in row.lines] == ["Most or all", "None of them were there", "A few"]
    assert row.noted_by == day.helper.person
    speaking.note(event=day.event, lived_experience="half", partners="not_there", staff="half", by=day.boss)
    assert WhoSpoke.objects.get(event=day.event).lived_experience == "half"
    for user in (day.lived[0], day.finance, day.steering, day.elsewhere):
        with pytest.raises(ActionError, match="Only staff and those who help"):
            speaking.note(event=day.event, lived_experience="half", partners="half", staff="half", by=user)
    ahead = make.an_event(day.programme, days=3)
    with pytest.raises(ActionError, match="once the event has started"):
        speaking.note(event=ahead, lived_experience="half", partners="half", staff="half", by=day.boss)


# The report
def test_the_report_says_who_was_there_whose_voice_was_heard_and_what_it_cost(day, monkeypatch):
    cost = registry.Cost(total_pence=75_000, parts=(60_000, 15_000), people=9, least=5, unsent=1)
    monkeypatch.setattr(registry, "costs", [lambda event: cost])
    speaking.note(event=day.event, lived_experience="most", partners="not_there", staff="a_few", by=day.boss)
    closed(day, [YES] * 5, [PARTLY] * 5)
    text = text_of(report_paper(EventReport(day.event), STANDARD))
    for words in (
        "9 were invited, 9 said they would come, 15 came",
        "60 in 100 had lived experience",
        "Most or all",
        "I felt heard",
        "£600.00",
        "£750.00",
        "£50.00",
        "the cost may rise",
    ):
        assert words in text
    for user in (*day.lived, *day.staff):
        assert user.person.full_name not in text


@pytest.mark.parametrize(
    ("lived", "staff", "kinds", "balance"),
    [
        (9, 6, [9, 0, 6, 0], "60 in 100"),
        (9, 4, [None, 0, None, 0], "Too few"),
        (3, 9, [None, 0, None, 0], "Too few"),
    ],
)
def test_counts_of_few_people_are_left_out_with_those_that_give_them_away(programme, lived, staff, kinds, balance):
    event, _lived, _staff = a_held_event(programme, lived=lived, staff=staff)
    report = EventReport(event)
    assert [each.number for each in report.came_by_kind] == kinds
    assert balance in report.balance


def test_a_cost_that_few_people_are_behind_is_not_shown(day, monkeypatch):
    for people, parts, shown in ((4, (100, 0), 0), (5, None, 2), (5, (100, 20), 4)):
        cost = registry.Cost(total_pence=120, parts=parts, people=people, least=5)
        monkeypatch.setattr(registry, "costs", [lambda event, cost=cost: cost])
        assert len(EventReport(day.event).cost_lines) == shown, people


@pytest.mark.parametrize("size", ["standard", "16", "18", "20", "24", "easy_read"])
def test_the_form_passes_the_checker_in_each_print_and_has_no_name_on_it(day, size, tmp_path):
    content = form_paper(day.event, questions_of(day.round), size, closes_on=day.round.closes_on, number=7)
    assert faults(content, tmp_path) == []
    text = " ".join(text_of(content).split())
    assert "I felt heard" in text
    assert "Number: 7" in text


@pytest.mark.parametrize("layout", [STANDARD, LARGE])
def test_the_report_passes_the_checker_whether_there_is_much_to_say_or_little(day, layout, tmp_path, monkeypatch):
    assert faults(report_paper(EventReport(day.event), layout), tmp_path) == []
    cost = registry.Cost(total_pence=75_000, parts=(60_000, 15_000), people=9, least=5)
    monkeypatch.setattr(registry, "costs", [lambda event: cost])
    speaking.note(event=day.event, lived_experience="most", partners="not_there", staff="a_few", by=day.boss)
    closed(day, [YES] * 5, [PARTLY] * 5, words={"worked": "Lunch."}, readers="results")
    assert faults(report_paper(EventReport(day.event), layout), tmp_path) == []


def test_the_report_is_for_staff_finance_and_the_steering_group(day):
    paper = signed_in(day.steering).get(reverse("event_report", args=[day.event.pk, LARGE]))
    assert paper.content.startswith(b"%PDF")
    assert "print-18" in report_html(EventReport(day.event), LARGE)
    assert signed_in(day.helper).get(reverse("event_report", args=[day.event.pk, STANDARD])).status_code == 403
    assert signed_in(day.boss).get(reverse("event_report", args=[day.event.pk, "tiny"])).status_code == 404


# Reminders and the home page
def test_those_who_are_silent_are_reminded_once_before_the_last_day(day):
    answer_all(day.round, "lived_experience", YES)
    days = [(day.round.closes_on - timezone.localdate()).days - before for before in (6, 5, 4, 1)]
    sent = []
    for number in days:
        send_due(timezone.localdate() + dt.timedelta(days=number))
        sent.append(Reminder.objects.filter(subject="event_feedback").count())
    assert sent == [0, 14, 14, 14]
    notice = Notice.objects.get(kind="reminder", person=day.lived[1].person)
    assert notice.link == day.round.asked.get(person=day.lived[1].person).link


def test_the_home_page_asks_until_they_have_answered(day):
    assert [str(task.title) for task in home_tasks(day.lived[0])] == [f"Tell us how it was: {day.event}"]
    answer_all(day.round, "lived_experience", YES)
    assert home_tasks(day.lived[0]) == []
