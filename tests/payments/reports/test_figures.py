"""The numbers of each report against a scene worked out by hand."""

import pytest
from django.utils import timezone

from payments.models import BudgetLine, Claim, ClosedDay
from payments.reports import catalogue, periods
from programmes.models import Programme, Role
from tests import factories
from tests.helpers.reporting import a_settled_claim, tables_of
from tests.helpers.settled_claims import D, add_claims_that_count_otherwise, paid_in_november, paid_in_october

TODAY = D(2026, 11, 23)


@pytest.fixture
def people(scene):
    """Three people with lived experience, by name."""
    return [
        factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name).person
        for name in ("Ann Able", "Bo Brook", "Cy Cole")
    ]


@pytest.fixture
def settled(scene, people):
    """Five claims paid in October and November 2026, one sent back by the bank, one of nothing, one elsewhere."""
    ann, bo, cy = people
    add_claims_that_count_otherwise(scene, people)
    return paid_in_october(scene.programme, ann, bo, cy) + paid_in_november(scene.programme, ann)


def test_paid_on_time_counts_by_month_with_median_and_longest(scene, settled):
    tables = tables_of(scene.programme, "on-time", "2026-Q4", TODAY)
    on_time = tables["Paid by the day we promised"]
    # The one the bank sent back was promised for 21 October and is not paid.
    assert on_time[0] == ["October 2026", 3, 2, 1, 1, 50]
    assert on_time[1] == ["November 2026", 2, 2, 0, 0, 100]
    assert on_time[2] == ["December 2026", 0, 0, 0, 0, None]
    assert on_time[3] == ["In all", 5, 4, 1, 1, pytest.approx(400 / 6)]
    # Working days 5, 11 and 3; days 7, 17 and 3.
    assert tables["From activity to money"][0] == ["October 2026", 5, 11, 7, 17]
    # Days from the activity 3 and 3 in November, working days 3 and 3.
    assert tables["From activity to money"][1] == ["November 2026", 3, 3, 3, 3]
    assert tables["From activity to money"][2] == ["December 2026", None, None, None, None]
    # From sending: working days 4, 11, 2; days 6, 17, 2.
    assert tables["From sending to money"][0] == ["October 2026", 4, 11, 6, 17]
    # From sending in all: working days 4, 11, 2, 2, 3; days 6, 17, 2, 2, 3.
    assert tables["From sending to money"][3] == ["In all", 3, 11, 3, 17]


def test_a_claim_not_paid_by_its_promised_day_is_late_in_the_month_of_that_day(scene, people):
    days = {"activity_on": D(2026, 10, 1), "sent_on": D(2026, 10, 2)}
    # Sent and not decided; approved; promised for today; promised for later; nothing left to give.
    a_settled_claim(scene.programme, people[0], **days, pay_by=D(2026, 10, 31))
    a_settled_claim(scene.programme, people[1], **days, approved_on=D(2026, 10, 5), pay_by=D(2026, 11, 22))
    a_settled_claim(scene.programme, people[1], **days, pay_by=TODAY)
    a_settled_claim(scene.programme, people[1], **days, pay_by=D(2026, 12, 1))
    nothing = {"recognition": "none", "fee": 3000, "waived": 3000, "approved_on": D(2026, 10, 5)}
    a_settled_claim(scene.programme, people[2], **days, pay_by=D(2026, 11, 2), **nothing)
    paid_in_november(scene.programme, people[0])
    rows = tables_of(scene.programme, "on-time", "2026-Q4", TODAY)["Paid by the day we promised"]
    assert [row[1:] for row in rows] == [
        [0, 0, 0, 1, 0],
        [2, 2, 0, 1, pytest.approx(200 / 3)],
        [0, 0, 0, 0, None],
        [2, 2, 0, 2, 50],
    ]
    assert tables_of(scene.programme, "on-time", "2026-09", TODAY)["Paid by the day we promised"][0][4] == 0


def test_payments_by_person_keep_fees_expenses_and_what_was_not_taken_apart(scene, settled):
    (rows,) = tables_of(scene.programme, "by-person", "tax-2026", TODAY).values()
    # name, claims, fee as money, expenses, before, money, payroll, vouchers, charity, not taken
    assert rows == [
        ["Ann Able", 3, 5000, 3550, -500, 8050, 7000, 5000, 0, 0],
        ["Bo Brook", 2, 6000, 999, 0, 6999, 0, 0, 0, 7000],
        ["Cy Cole", 1, 0, 4001, 0, 4001, 0, 0, 5000, 0],
    ]
    for _name, _claims, fee, expenses, before, money, *_rest in rows:
        assert fee + expenses + before == money
    assert tables_of(scene.programme, "by-person", "tax-2025", TODAY) == {"People paid, by name": []}


def test_expenses_by_kind_have_their_count_sum_average_and_largest(scene, settled):
    tables = tables_of(scene.programme, "expenses", "2026", TODAY)
    assert tables["By kind"] == [
        # 1250, 999 and 2000: 4249 in all, 1416.33 on average.
        ["Train, bus or tram fare", 3, 4249, 1416, 2000],
        ["Parking", 1, 300, 300, 300],
        ["Childcare", 1, 4001, 4001, 4001],
    ]
    assert tables["By month"] == [
        ["October 2026", "Train, bus or tram fare", 2, 2249],
        ["October 2026", "Parking", 1, 300],
        ["October 2026", "Childcare", 1, 4001],
        ["November 2026", "Train, bus or tram fare", 1, 2000],
    ]


def test_spend_says_what_is_being_checked_approved_and_paid(scene, settled, people):
    a_settled_claim(
        scene.programme,
        people[0],
        activity_on=D(2026, 11, 20),
        sent_on=D(2026, 11, 21),
        fee=5000,
        expenses=[("parking", 450)],
    )
    a_settled_claim(scene.programme, people[0], activity_on=D(2026, 11, 20))
    tables = tables_of(scene.programme, "spend", "2026-Q4", TODAY)
    by_activity = {row[0]: row[1:] for row in tables["By activity"]}
    # Workshops: 10999 less 4000 not taken, and 9001.
    assert by_activity.pop("Workshop") == [2, 0, 0, 16000, 16000]
    # Meetings: sent 5450; sent back by the bank 8800; paid 6550 + 5000 + 9000; of what was not taken nothing.
    (meeting,) = by_activity.values()
    assert meeting == [6, 5450, 8800, 20550, 34800]
    assert tables["By month"] == [
        ["October 2026", 5, 0, 8800, 22550, 31350],
        ["November 2026", 3, 5450, 0, 14000, 19450],
    ]


def test_spend_has_what_each_budget_line_of_the_period_has_left(scene, settled, people):
    fields = {"programme": scene.programme, "funder": "Invented Fund", "amount_set_by": scene.finance.person}
    lines = [
        BudgetLine.objects.create(
            name=name,
            cost_code=code,
            starts_on=D(year, 4, 1),
            ends_on=D(year + 1, 3, 31),
            amount_pence=100_000,
            amount_reason="As the funder wrote.",
            **fields,
        )
        for name, code, year in (("Workshops", "W1", 2026), ("Last year's", "L1", 2025))
    ]
    days = {"activity_on": D(2026, 11, 10), "sent_on": D(2026, 11, 11)}
    for more in ({}, {"approved_on": D(2026, 11, 12)}):
        claim = a_settled_claim(scene.programme, people[0], **days, fee=4000)
        Claim.objects.filter(pk=claim.pk).update(budget_line=lines[0])
        if more:
            claim.refresh_from_db()
            claim.lines.update(approved_pence=4000)
            claim.status, claim.approved_at = "approved", timezone.now()
            claim.approved_by = scene.staff.person
            claim.approved_pence, claim.money_pence, claim.waived_pence = 4000, 3000, 1000
            claim.payroll_pence = claim.voucher_pence = claim.donation_pence = claim.advance_recovered_pence = 0
            claim.recognition, claim.recognition_pence = "part", 3000
            claim.save()
    (row,) = tables_of(scene.programme, "spend", "2026-Q4", TODAY)["By budget line"]
    # Asked for 4000, agreed 4000 of which 1000 is not taken.
    assert row == [
        "Workshops",
        "W1",
        "Invented Fund",
        D(2026, 4, 1),
        D(2027, 3, 31),
        100_000,
        4000,
        3000,
        0,
        93_000,
        0,
    ]


def test_days_the_programme_is_closed_are_no_working_days(scene, settled):
    ClosedDay.objects.create(programme=scene.programme, day=D(2026, 10, 6))
    tables = tables_of(scene.programme, "on-time", "2026-Q4", TODAY)
    # Tuesday 6 October is one of the days each October claim took: 4, 10 and 2 now.
    assert tables["From activity to money"][0] == ["October 2026", 4, 10, 7, 17]


def test_claims_stand_by_status_and_age_the_longest_waiting_first(scene, settled, people):
    sent = a_settled_claim(
        scene.programme,
        people[1],
        activity_on=D(2026, 11, 1),
        sent_on=D(2026, 11, 16),
        pay_by=D(2026, 11, 20),
        fee=5000,
        expenses=[("parking", 450)],
    )
    waiting = a_settled_claim(
        scene.programme, people[2], activity_on=D(2026, 11, 1), sent_on=D(2026, 11, 9), approved_on=D(2026, 11, 10)
    )
    a_settled_claim(scene.programme, people[2], activity_on=D(2026, 11, 1))
    tables = tables_of(scene.programme, "ageing", today=TODAY)
    assert tables["By status"] == [
        ["Sent, being checked", 1, 5450],
        ["Approved", 2, 8000],
        ["Paid", 5, 6550 + 10999 + 9001 + 5000 + 9000],
        ["Payment came back", 1, 8800],
    ]
    rows = tables["Not paid, the oldest first"]
    assert [row[2:] for row in rows] == [
        [D(2026, 10, 7), D(2026, 10, 21), 47, 33, 8800],
        [D(2026, 11, 9), D(2026, 11, 23), 14, None, 5000],
        [D(2026, 11, 16), D(2026, 11, 20), 7, 3, 5450],
    ]
    assert [row[0] for row in rows[1:]] == [waiting.reference, sent.reference]
    assert tables["Not paid, by days since sent"] == [
        ["0 to 7 days ago", 1, 5450],
        ["8 to 14 days ago", 1, 5000],
        ["15 to 28 days ago", 0, 0],
        ["29 days ago or longer", 1, 8800],
    ]


@pytest.fixture
def recognised(scene):
    """fn(quarter's day, {recognition: how many}, people=one each) -> claims approved on that day."""

    def make(day, numbers, one_person=False):
        for recognition, number in numbers.items():
            person = factories.a_person()
            for _each in range(number):
                person = person if one_person else factories.a_person()
                other = {"none": {"waived": 5000}, "charity": {"donation": 5000}, "voucher": {"voucher": 5000}}
                shares = {"waived": 2000} if recognition == "part" else other.get(recognition, {})
                a_settled_claim(
                    scene.programme,
                    person,
                    activity_on=day,
                    sent_on=day,
                    approved_on=day,
                    recognition=recognition,
                    **shares,
                )

    return make


def test_recognition_hides_small_numbers_and_a_second_one_with_them(scene, recognised):
    recognised(D(2026, 7, 10), {"all": 9, "part": 6, "none": 3, "charity": 5})
    (rows,) = tables_of(scene.programme, "recognition", "2026-Q3", TODAY).values()
    assert rows == [
        ["All of the payment", 9],
        ["Part of the payment", 6],
        ["No payment", "not shown"],
        # With nobody taking a voucher, the three would be told by the total: the next number goes too.
        ["Give it to charity", "not shown"],
        ["A voucher", "not shown"],
        ["In all", 23],
    ]


def test_many_claims_of_one_person_are_a_small_number(scene, recognised):
    recognised(D(2026, 7, 10), {"all": 9, "part": 8, "charity": 7, "voucher": 6})
    recognised(D(2026, 7, 11), {"none": 12}, one_person=True)
    (rows,) = tables_of(scene.programme, "recognition", "2026-Q3", TODAY).values()
    shown = dict(rows)
    assert shown["No payment"] == "not shown"
    assert shown["A voucher"] == "not shown"
    assert (shown["All of the payment"], shown["Part of the payment"], shown["Give it to charity"]) == (9, 8, 7)
    assert shown["In all"] == 42


def test_a_quarter_hides_the_same_in_the_report_of_its_year(scene, recognised):
    scene.programme.starts_on = D(2024, 1, 1)
    scene.programme.save()
    numbers = [
        {"all": 20, "none": 3, "charity": 6},
        {"all": 21, "none": 7, "charity": 2},
        {"all": 22, "none": 8, "charity": 9, "part": 5, "voucher": 5},
        {"all": 23, "none": 4, "charity": 3},
    ]
    for month, each in zip((2, 5, 8, 11), numbers, strict=True):
        recognised(D(2025, month, 3), each)
    (year,) = tables_of(scene.programme, "recognition", "2025", TODAY).values()
    for quarter in range(4):
        (alone,) = tables_of(scene.programme, "recognition", f"2025-Q{quarter + 1}", TODAY).values()
        assert [row[1] for row in alone] == [row[quarter + 1] for row in year]
    whole = {row[0]: row[5] for row in year}
    assert whole["In all"] == 138
    assert whole["All of the payment"] == 86
    for row in year[:-1]:
        hidden = row[1:5].count("not shown")
        # A total beside one hidden number would say it.
        assert hidden != 1 or row[5] == "not shown"


def test_a_quarter_is_not_reported_before_it_is_over(scene, recognised):
    recognised(D(2026, 10, 10), {"all": 9})
    scene.programme.starts_on = D(2026, 1, 1)
    offered = dict(catalogue.KINDS["recognition"].offered(TODAY, scene.programme))
    assert [str(each) for each in offered[periods.QUARTER]] == [
        "July to September 2026",
        "April to June 2026",
        "January to March 2026",
    ]
    assert periods.YEAR not in offered
    (rows,) = tables_of(scene.programme, "recognition", "2026-Q4", TODAY).values()
    assert rows[0] == ["All of the payment"]


def test_periods_begin_and_end_where_they_say():
    assert (periods.period("2026-Q3").first, periods.period("2026-Q3").last) == (D(2026, 7, 1), D(2026, 9, 30))
    assert (periods.period("2024-02").first, periods.period("2024-02").last) == (D(2024, 2, 1), D(2024, 2, 29))
    assert (periods.period("tax-2026").first, periods.period("tax-2026").last) == (D(2026, 4, 6), D(2027, 4, 5))
    assert (periods.period("2026").first, periods.period("2026").last) == (D(2026, 1, 1), D(2026, 12, 31))
    assert str(periods.tax_year_of(D(2026, 4, 5))) == "Tax year 2025 to 2026"
    tax_months = periods.months_of(periods.period("tax-2026"))
    assert len(tax_months) == 13
    assert (tax_months[0].first, tax_months[-1].last) == (D(2026, 4, 6), D(2027, 4, 5))


def test_a_programme_that_begins_today_has_this_month():
    programme = Programme(starts_on=TODAY, ends_on=D(2029, 3, 31))
    assert [str(each) for each in periods.offered(periods.MONTH, TODAY, programme)] == ["November 2026"]
    (year,) = periods.offered(periods.GRANT_YEAR, TODAY, programme)
    assert (year.first, year.last) == (TODAY, D(2027, 11, 22))


def test_years_of_the_grant_and_of_its_host_are_offered():
    programme = Programme(starts_on=D(2024, 7, 1), ends_on=D(2026, 9, 30), financial_year_starts=8)
    assert [str(each) for each in periods.offered(periods.GRANT_YEAR, TODAY, programme)] == [
        "Grant year 1 July 2026 to 30 September 2026",
        "Grant year 1 July 2025 to 30 June 2026",
        "Grant year 1 July 2024 to 30 June 2025",
    ]
    years = periods.offered(periods.FINANCIAL_YEAR, TODAY, programme)
    assert [str(each) for each in years] == [
        "Financial year August 2026 to July 2027",
        "Financial year August 2025 to July 2026",
        "Financial year August 2024 to July 2025",
        "Financial year August 2023 to July 2024",
    ]
    assert (years[1].first, years[1].last) == (D(2025, 8, 1), D(2026, 7, 31))
    assert periods.financial_year_of(D(2026, 3, 31), 4).first == D(2025, 4, 1)
    for each in years:
        assert periods.period(each.key) == each


def test_days_that_nothing_can_be_said_about_are_refused(scene):
    kind = catalogue.KINDS["spend"]
    assert kind.takes("2026-10-01_2026-11-15", TODAY, scene.programme)
    assert not kind.takes("2026-11-15_2026-10-01", TODAY, scene.programme)
    assert not kind.takes("", TODAY, scene.programme)
    # Any days would tell by their difference what small numbers hide.
    assert not catalogue.KINDS["recognition"].takes("2026-10-01_2026-11-15", TODAY, scene.programme)
    assert catalogue.KINDS["ageing"].takes("", TODAY, scene.programme)
    assert not catalogue.KINDS["ageing"].takes("2026-10", TODAY, scene.programme)


def test_a_report_is_made_from_one_day_to_another(scene, settled):
    rows = tables_of(scene.programme, "on-time", "2026-10-09_2026-11-05", TODAY)["Paid by the day we promised"]
    assert [row[:4] for row in rows] == [["October 2026", 1, 0, 1], ["November 2026", 1, 1, 0], ["In all", 2, 1, 1]]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "tax-2026-Q1",
        "tax-2026-01",
        "1999",
        "9999",
        "x",
        "fin-2026-13",
        "fin-2026-00",
        "2026-02-30_2026-03-01",
        "grant-2026",
    ],
)
def test_no_other_stretch_of_time_can_be_asked_for(key):
    with pytest.raises(ValueError, match=key or "$"):
        periods.period(key)
