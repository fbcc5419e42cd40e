"""The pages of a claim as objects: what each reader is shown, and what they may do."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from payments.approval.actions import decisions
from payments.budgets import actions as budget_actions
from payments.claims.actions import payment_choice, sending
from payments.claims.forms.claims import AnswerForm, DeclarationForm
from payments.models import Claim
from payments.my_record import actions as record_actions
from payments.pages import queries
from payments.pages.claim import CheckAnswersPage, PersonClaimPage, StaffClaimPage
from payments.recognition import actions as recognition_actions
from people.models import Person
from tests.helpers.budgets import a_line, a_sent_claim

pytestmark = pytest.mark.django_db


def for_person(claim, user):
    return PersonClaimPage(queries.whole_claim(claim.pk), user, AnswerForm())


def for_staff(claim, user):
    return StaffClaimPage(queries.whole_claim(claim.pk), user)


def before_sending(claim, user):
    form = DeclarationForm(has_expenses=False, cancelled=False, late=False, name="")
    return CheckAnswersPage(queries.whole_claim(claim.pk), user, form)


def permissions(page, *names):
    """The names of those permissions the reader has."""
    return {name for name in names if getattr(page.may, name)}


# For its person


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("draft", {"edit", "withdraw"}),
        ("submitted", {"withdraw"}),
        ("returned", {"edit", "withdraw"}),
        ("approved", set()),
        ("declined", {"ask_again"}),
        ("withdrawn", {"reopen"}),
        ("paid", set()),
    ],
)
def test_the_person_may_do_what_the_status_allows(scene, claim_in, status, allowed):
    page = for_person(claim_in(status), scene.person)
    assert permissions(page, "edit", "withdraw", "ask_again", "reopen") == allowed
    assert not page.is_for_somebody


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("draft", []),
        ("withdrawn", []),
        ("submitted", ["done", "current", "upcoming", "upcoming"]),
        ("approved", ["done", "done", "current", "upcoming"]),
        ("in_run", ["done", "done", "done", "current"]),
        ("paid", ["done", "done", "done", "done"]),
        ("declined", ["done", "problem"]),
    ],
)
def test_the_timeline_begins_when_the_claim_is_sent(scene, claim_in, status, steps):
    assert [step.state for step in for_person(claim_in(status), scene.person).steps] == steps


def test_a_promise_stands_under_the_timeline_until_its_day_has_gone_by(scene, claim_in):
    claim = claim_in("approved")
    assert for_person(claim, scene.person).promise.startswith("We will pay you by")
    Claim.objects.filter(pk=claim.pk).update(pay_by=timezone.localdate() - dt.timedelta(days=1))
    page = for_person(claim, scene.person)
    assert (page.is_overdue, page.promise) == (True, "")
    assert for_person(claim_in("paid"), scene.person).promise == ""


def test_the_question_stands_apart_from_the_conversation(scene, claim_in):
    claim = claim_in("submitted")
    decisions.return_with_question(claim=claim, by=scene.staff, question="Which station?")
    page = for_person(claim, scene.person)
    assert (page.question.body, page.conversation) == ("Which station?", [])
    assert [step.label for step in page.steps][:2] == ["Sent", "Question asked"]
    assert page.steps[2].state == "upcoming"
    sending.answer(claim=claim, by=scene.person, answer="Leeds")
    page = for_person(claim, scene.person)
    assert page.question is None
    assert [note.body for note in page.conversation] == ["Which station?", "Leeds"]


def test_the_reason_of_a_decision_is_not_repeated_in_the_conversation(scene, claim_in):
    claim = claim_in("submitted")
    decisions.decline(claim=claim, by=scene.staff, reason="It did not take place.")
    assert for_person(claim, scene.person).conversation == []
    sending.ask_again(claim=claim, by=scene.person, words="It did, next door.")
    bodies = [note.body for note in for_person(claim, scene.person).conversation]
    assert bodies == ["It did not take place.", "It did, next door."]


def test_a_letter_is_there_once_the_claim_is_paid(scene, claim_in):
    assert for_person(claim_in("in_run"), scene.person).letter is None
    claim = claim_in("paid")
    assert for_person(claim, scene.person).letter.payment.items.get().claim == claim


def test_the_time_to_claim_ends_with_its_last_day(scene, claim_in):
    page = for_person(claim_in("draft"), scene.person)
    assert not page.is_too_late
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    page = for_person(claim_in("draft", activity_date=long_ago), scene.person)
    assert page.is_too_late


def test_staff_who_fill_it_in_have_the_persons_page(scene, claim_in):
    claim = claim_in("draft", entered_by=scene.staff.person, entered_how="phone")
    page = for_person(claim, scene.staff)
    assert page.is_for_somebody
    assert permissions(page, "edit", "withdraw", "ask_again", "reopen") == {"edit", "withdraw"}
    assert not page.recognition.may_choose, "how one is recognised is one's own to choose"


# "Check your answers"


def test_the_own_limit_is_told_to_the_person_alone(scene, claim_in):
    record_actions.set_limit(by=scene.person, week_pence=100)
    claim = claim_in("draft")
    assert [period.is_week for period in before_sending(claim, scene.person).passed] == [True]
    assert before_sending(claim, scene.staff).passed == []


def test_the_answers_to_check_come_with_totals_and_when_the_money_comes(scene, claim_in):
    page = before_sending(claim_in("draft"), scene.person)
    assert (page.totals.total, page.lines[0]["line"].amount_pence) == (5000, 5000)
    assert page.when_paid


# Where the money goes


def test_where_the_money_goes_is_no_business_of_an_administrator(scene, claim_in):
    claim = claim_in("submitted")
    assert for_staff(claim, scene.administrator).recognition is None
    assert for_staff(claim, scene.finance).recognition.fee_pence == 5000


def test_money_that_all_goes_to_the_person_needs_no_list(scene, claim_in):
    panel = for_person(claim_in("draft"), scene.person).recognition
    assert (panel.is_own, panel.takes_all, panel.is_no_longer_offered) == (True, True, False)
    assert (panel.shares, panel.nothing_owed) == ([], "")
    assert panel.may_choose


def test_what_goes_as_a_voucher_is_listed(scene, claim_in):
    today = timezone.localdate()
    recognition_actions.offer(programme=scene.programme, by=scene.staff, effective_from=today, vouchers=True)
    claim = claim_in("draft")
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="voucher")
    panel = for_person(claim, scene.person).recognition
    assert not panel.takes_all
    assert [(share.key, share.pence) for share in panel.shares] == [("voucher", 5000)]


# For staff


def test_staff_approve_and_others_read_why_they_cannot(scene, claim_in):
    claim = claim_in("submitted")
    decided = ("approve", "decline", "ask")
    assert permissions(for_staff(claim, scene.staff), *decided, "note") == {*decided, "note"}
    finance = for_staff(claim, scene.finance)
    assert permissions(finance, *decided, "note") == {"note"}
    assert finance.may.approve.why_not == "Only staff of this programme can check claims."
    assert permissions(for_staff(claim, scene.administrator), *decided, "note") == set()
    own = claim_in("submitted", user=scene.staff)
    assert "your own claim" in for_staff(own, scene.staff).may.approve.why_not


def test_needs_are_shown_to_those_who_arrange_things(scene, claim_in):
    scene.person.person.access_needs.create(kind="large_print")
    claim = claim_in("submitted")
    assert for_staff(claim, scene.staff).needs == ["Large print"]
    assert for_staff(claim, scene.finance).needs == []


def test_warnings_end_with_the_decision(scene):
    day = timezone.localdate() - dt.timedelta(days=5)
    _first, second = a_sent_claim(scene, activity_date=day), a_sent_claim(scene, activity_date=day)
    page = for_staff(second, scene.staff)
    assert [warning.kind for warning in page.warnings] == ["same_line"]
    assert page.needs_reason
    decisions.approve(claim=second, by=scene.staff, duplicate_reason="Two sessions on one day.")
    page = for_staff(second, scene.staff)
    assert (page.warnings, page.needs_reason, page.approved_pence) == ([], False, 5000)


def test_a_claim_sent_late_says_by_how_many_days(scene, claim_in):
    assert not for_staff(claim_in("submitted"), scene.staff).is_late
    page = for_staff(claim_in("submitted", activity_date=timezone.localdate() - dt.timedelta(days=400)), scene.staff)
    assert page.is_late
    assert page.days_late == (timezone.localdate() - page.claim_until).days


def test_a_claim_taken_back_has_no_timeline(scene, claim_in):
    assert for_staff(claim_in("withdrawn"), scene.administrator).steps == []


def test_the_run_of_a_claim_is_a_link_for_finance(scene, claim_in):
    claim = claim_in("in_run")
    page = for_staff(claim, scene.finance)
    assert page.run == claim.payment_items.get().payment.run
    assert page.may.see_runs
    assert not for_staff(claim, scene.staff).may.see_runs
    assert for_staff(claim_in("approved"), scene.finance).run is None


def test_staff_see_that_a_claim_they_entered_has_yet_to_be_told(scene, claim_in):
    page = for_staff(claim_in("submitted"), scene.staff)
    assert page.notices == []
    Person.objects.filter(pk=scene.person.person.pk).update(channel=Person.Channel.LETTER)
    claim = claim_in("draft", entered_by=scene.staff.person, entered_how="phone")
    claim = sending.submit(claim=claim, by=scene.staff)
    assert [notice.kind for notice in for_staff(claim, scene.staff).notices] == ["claim_entered"]


# Its budget line


def test_a_programme_without_budget_lines_has_no_budget_on_its_claims(scene, claim_in):
    assert for_staff(claim_in("submitted"), scene.staff).budget is None


def test_a_claim_over_its_line_waits_until_finance_allows_all_of_it(scene):
    a_line(scene, amount_pence=3000)
    claim = a_sent_claim(scene)
    panel = for_staff(claim, scene.finance).budget
    assert (panel.over_pence, panel.is_allowed, panel.overrides) == (2000, False, [])
    assert panel.may.override
    assert not for_staff(claim, scene.staff).budget.may.override
    for up_to_pence, is_allowed in ((1999, False), (2000, True)):
        budget_actions.allow_over(claim=claim, by=scene.finance, reason="It was agreed.", up_to_pence=up_to_pence)
        assert for_staff(claim, scene.staff).budget.is_allowed is is_allowed
    decisions.approve(claim=claim, by=scene.staff)
    assert for_staff(claim, scene.staff).budget.over_pence is None


def test_a_claim_without_a_line_says_so_where_others_have_one(scene, claim_in):
    a_line(scene, activities=())
    panel = for_staff(claim_in("submitted"), scene.staff).budget
    assert (panel.line, panel.left, panel.over_pence, panel.is_allowed) == (None, "", None, False)
    assert panel.may.choose


# Rows read once


def test_a_thing_that_is_shown_twice_is_asked_once(scene, claim_in):
    page = for_staff(claim_in("submitted"), scene.staff)
    shown = ("attendance", "history", "warnings", "budget", "steps", "needs", "recognition", "totals")
    for name in shown:
        getattr(page, name)
    with CaptureQueriesContext(connection) as again:
        for name in shown:
            getattr(page, name)
    assert len(again) == 0
