"""One's own record and limit: by week and month, before a limit is passed, for one pair of eyes alone."""

import datetime as dt

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments.claims.actions import payment_choice, sending
from payments.models import Claim, ClaimLine, EarningsLimit
from payments.my_record import actions as record_actions
from payments.my_record import queries as record_queries
from payments.recognition import actions as recognition_actions
from people.models import Notice
from tests import factories

MONDAY = dt.date(2026, 11, 2)


def a_day(scene, claim_in, on, pence=5000, status="draft", **fields):
    return claim_in(status, activity_date=on, amount_pence=pence, **fields)


def this_month(scene):
    return record_queries.period(
        record_queries.entries(scene.person.person), record_queries.month_of, timezone.localdate(), limit=None
    )


# Counted as earnings


def test_weeks_run_from_monday_to_sunday_and_months_by_the_calendar():
    assert record_queries.week_of(MONDAY) == (MONDAY, dt.date(2026, 11, 8))
    assert record_queries.week_of(dt.date(2026, 11, 8)) == (MONDAY, dt.date(2026, 11, 8))
    assert record_queries.week_of(dt.date(2026, 11, 1))[0] == dt.date(2026, 10, 26)
    assert record_queries.month_of(dt.date(2028, 2, 10)) == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))


def test_sunday_and_monday_lie_in_two_different_weeks(scene, claim_in):
    today = timezone.localdate()
    monday = record_queries.week_of(today)[0] - dt.timedelta(days=7)
    a_day(scene, claim_in, monday)
    a_day(scene, claim_in, monday - dt.timedelta(days=1), pence=3000)
    weeks = record_queries.periods(record_queries.entries(scene.person.person), record_queries.week_of, None)
    assert [(week.start, week.taken) for week in weeks] == [(monday, 5000), (monday - dt.timedelta(days=7), 3000)]


@pytest.mark.parametrize("status", [status.value for status in Claim.Status])
def test_every_claim_counts_but_those_taken_back_or_not_approved(scene, claim_in, status):
    a_day(scene, claim_in, timezone.localdate(), status=status)
    taken = this_month(scene).taken
    if status in {"withdrawn", "declined"}:
        assert taken == 0
    else:
        assert taken == (4999 if status == "partly_approved" else 5000)


def test_what_is_not_taken_or_given_and_expenses_are_shown_apart(scene, claim_in):
    claim = a_day(scene, claim_in, timezone.localdate())
    ClaimLine.objects.create(
        claim=claim,
        category="expense",
        expense_kind="parking",
        description="Parking",
        on=claim.activity_date,
        amount_pence=700,
    )
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="part", recognition_pence=2000)
    month = this_month(scene)
    assert (month.taken, month.left, month.expenses) == (2000, 3000, 700)


@pytest.mark.parametrize(("wish", "taken"), [("voucher", 5000), ("charity", 0), ("none", 0)])
def test_vouchers_count_towards_the_limit_and_gifts_do_not(scene, claim_in, wish, taken):
    recognition_actions.offer(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        charity_name="Brook House Trust",
        vouchers=True,
    )
    claim = a_day(scene, claim_in, timezone.localdate())
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition=wish)
    assert this_month(scene).taken == taken


def test_a_day_to_come_counts_once_somebody_said_they_will_come(scene):
    event = factories.an_event(scene.programme, days=2)
    invitation = factories.an_invitation(event, scene.person.person)
    assert record_queries.entries(scene.person.person) == []
    invitation.reply, invitation.replied_at = "coming", timezone.now()
    invitation.save()
    (entry,) = record_queries.entries(scene.person.person)
    assert (entry.on, entry.taken, entry.expected) == (event.day, 5000, True)
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="none")
    (entry,) = record_queries.entries(scene.person.person)
    assert (entry.taken, entry.left) == (0, 5000)


def test_a_day_with_a_claim_is_not_counted_twice(scene, claim_in):
    event = factories.an_event(scene.programme, days=2)
    factories.an_invitation(event, scene.person.person, reply="coming", replied_at=timezone.now())
    claim_in("draft", event=event, activity_date=event.day)
    assert [entry.expected for entry in record_queries.entries(scene.person.person)] == [False]


def test_nobody_elses_claims_count(scene, claim_in):
    a_day(scene, claim_in, timezone.localdate(), user=scene.steering)
    assert record_queries.entries(scene.person.person) == []


# The limit


def test_a_limit_is_unreadable_in_the_database(scene):
    record_actions.set_limit(by=scene.person, week_pence=15150, month_pence=60600, label="For my carer's benefit")
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM payments_earningslimit t")
        (row,) = cursor.fetchone()
    assert not {"15150", "60600", "carer"} & {word for word in ("15150", "60600", "carer") if word in row}
    limit = record_queries.limit_of(scene.person.person)
    assert (limit.week_pence, limit.month_pence, limit.label) == (15150, 60600, "For my carer's benefit")


def test_taking_both_amounts_away_takes_the_limit_away(scene):
    record_actions.set_limit(by=scene.person, week_pence=100)
    assert record_actions.set_limit(by=scene.person) is None
    assert not EarningsLimit.objects.exists()


def test_no_history_and_no_admin_page_of_the_limit_is_kept():
    assert not hasattr(EarningsLimit, "pgh_event_model")
    names = {model._meta.model_name for model in admin.site._registry}
    assert not names & {"ownlimit", "involvementletter", "recognitionchoice"}


def test_a_limit_of_nothing_is_a_limit(scene, claim_in):
    record_actions.set_limit(by=scene.person, week_pence=0)
    claim = a_day(scene, claim_in, timezone.localdate())
    (week,) = record_queries.periods_over_limit(scene.person, claim)
    assert (week.is_week, week.over, week.room) == (True, 5000, 0)


def test_the_warning_comes_with_the_claim_that_goes_past_and_not_before(scene, claim_in):
    today = timezone.localdate()
    first, last = record_queries.week_of(today)
    record_actions.set_limit(by=scene.person, week_pence=10000)
    claim = a_day(scene, claim_in, first)
    a_day(scene, claim_in, last, event=factories.an_event(scene.programme))
    assert record_queries.periods_over_limit(scene.person, claim) == []
    third = a_day(scene, claim_in, first, pence=1)
    (week,) = record_queries.periods_over_limit(scene.person, third)
    assert (week.over, week.taken, week.limit) == (1, 10001, 10000)


@pytest.mark.parametrize("who", ["staff", "finance", "administrator", "stranger"])
def test_a_limit_is_told_to_no_other_reader_of_the_claim(scene, claim_in, who):
    record_actions.set_limit(by=scene.person, week_pence=100)
    claim = a_day(scene, claim_in, timezone.localdate())
    assert record_queries.periods_over_limit(scene.person, claim)
    assert record_queries.periods_over_limit(getattr(scene, who), claim) == []


def test_somebody_who_takes_nothing_for_a_claim_is_not_warned_about_it(scene, claim_in):
    record_actions.set_limit(by=scene.person, week_pence=100)
    claim = a_day(scene, claim_in, timezone.localdate())
    a_day(scene, claim_in, timezone.localdate())
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="none")
    claim.refresh_from_db()
    assert record_queries.periods_over_limit(scene.person, claim) == []


# Pages


def test_the_check_page_warns_its_owner_and_no_message_ever_does(scene, claim_in, signed_in):
    record_actions.set_limit(by=scene.person, week_pence=1234, label="Secret label")
    claim = a_day(scene, claim_in, timezone.localdate())
    page = signed_in(scene.person).get(reverse("claim_check", args=[claim.pk])).content.decode()
    assert "Your limit is £12.34" in page
    assert "Only you can see this" in page
    sending.submit(claim=claim, by=scene.person)
    for reader in (scene.staff, scene.finance, scene.administrator):
        for url in (claim.get_absolute_url(), reverse("person", args=[scene.person.person.pk]), "/"):
            seen = signed_in(reader).get(url).content.decode()
            assert "12.34" not in seen
            assert "Secret label" not in seen
    for message in Notice.objects.all():
        assert "12.34" not in message.text_body + message.html_body


def test_the_record_shows_only_ones_own(scene, claim_in, signed_in):
    a_day(scene, claim_in, timezone.localdate(), pence=7777)
    url = reverse("your_record")
    assert "£77.77" in signed_in(scene.person).get(url).content.decode()
    for reader in (scene.staff, scene.finance, scene.administrator):
        assert "£77.77" not in signed_in(reader).get(url).content.decode()


def test_a_limit_is_set_on_the_page_and_shown_on_the_record(scene, claim_in, signed_in):
    a_day(scene, claim_in, timezone.localdate())
    client = signed_in(scene.person)
    answer = client.post(reverse("your_limit"), {"week": "40", "month": "", "label": "Mine"})
    assert answer.status_code == 302
    page = client.get(reverse("your_record")).content.decode()
    assert "£10.00 more than your limit of £40.00" in page
    assert 'value="40.00"' in client.get(reverse("your_limit")).content.decode()
    wrong = client.post(reverse("your_limit"), {"week": "forty", "label": "Mine"})
    assert wrong.status_code == 200
    assert "forty" in wrong.content.decode()


def test_the_record_asks_the_same_number_of_questions_for_3_days_and_30(scene, claim_in, signed_in):
    today = timezone.localdate()

    def count():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("your_record")).status_code == 200
        return len(captured)

    client = signed_in(scene.person)
    for number in range(3):
        a_day(scene, claim_in, today - dt.timedelta(days=number))
        event = factories.an_event(scene.programme, days=number + 1)
        factories.an_invitation(event, scene.person.person, reply="coming", replied_at=timezone.now())
    client.get(reverse("your_record"))
    few = count()
    for number in range(27):
        a_day(scene, claim_in, today - dt.timedelta(days=number))
        event = factories.an_event(scene.programme, days=number + 4)
        factories.an_invitation(event, scene.person.person, reply="coming", replied_at=timezone.now())
    assert count() == few
