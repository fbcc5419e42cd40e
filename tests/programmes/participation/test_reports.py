"""A report says in bands who takes part, once for each quarter, and nothing by which an answer could be found."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Attendance
from people.models import MonitoringAnswer
from programmes import registry
from programmes.models import AreaShare, Membership, ParticipationReport, Role
from programmes.participation import building, periods
from programmes.participation.actions import reports
from programmes.participation.actions.reports import ParticipationError
from programmes.participation.page import ReportPage
from tests import factories as make
from tests.factories.participation import QUARTER, a_report, answered, people_in
from tests.helpers.client import page_text, words_of
from tests.helpers.pdf_checks import faults

pytestmark = pytest.mark.django_db

START = dt.date(2025, 7, 1)
# 12 Christian, 8 Muslim, 3 Hindu, 3 who prefer not to say, 14 who did not answer: 40 people.
SAID = ["christian"] * 12 + ["muslim"] * 8 + ["hindu"] * 3 + ["prefer_not"] * 3 + [""] * 14


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def programme():
    return make.a_programme(starts_on=START, ends_on=dt.date(2028, 6, 30))


@pytest.fixture
def staff(programme):
    return make.with_role(programme, Role.STAFF)


@pytest.fixture
def people(programme):
    people = people_in(programme, 40)
    answered(people, "religion", *SAID)
    return people


def religion(report):
    return next(one for one in report.content["questions"] if one["key"] == "religion")


def test_the_quarters_that_are_over_are_offered_and_no_other_times(programme):
    over = periods.periods_over(programme, dt.date(2026, 11, 23))
    assert [(one.number, one.first, one.last) for one in over] == [
        (5, dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
        (4, dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
        (3, dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
        (2, dt.date(2025, 10, 1), dt.date(2025, 12, 31)),
        (1, dt.date(2025, 7, 1), dt.date(2025, 9, 30)),
    ]
    assert periods.period_of(programme, 6, dt.date(2026, 12, 31)) is None
    assert periods.period_of(programme, 6, dt.date(2027, 1, 1)).number == 6
    assert len(periods.periods_over(programme, dt.date(2040, 1, 1))) == 12


def test_a_report_has_bands_and_no_count_and_no_person(programme, staff, people):
    report = reports.make(programme=programme, number=3, by=staff)
    column = religion(report)["columns"]["in"]
    assert column["bands"]["christian"] == 10
    assert column["bands"]["muslim"] == 5
    assert column["bands"]["hindu"] == column["bands"]["jewish"] == column["bands"]["prefer_not"] == 0
    assert column["bands"]["unanswered"] == 10
    assert report.content["stages"][0]["people"] == 40
    said = json.dumps(report.content)
    assert not any(person.full_name in said for person in people)
    bands = [
        band
        for one in report.content["questions"]
        for c in one["columns"].values()
        for band in c.get("bands", {}).values()
    ]
    assert all(band % 5 == 0 for band in bands)


def test_stages_of_few_people_and_of_almost_the_same_people_are_not_shown(programme, people):
    """Thirty were invited, of whom 27 came; everybody stayed; nobody was paid."""
    event = make.an_event(programme, organiser=people[0], starts_at=dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC))
    for person in people[:30]:
        make.an_invitation(event, person)
    Attendance.objects.bulk_create(
        Attendance(event=event, person=person, came=True, recorded_by=people[0]) for person in people[3:30]
    )
    found = building.people_of_stages(programme, QUARTER.first, QUARTER.last)
    assert {key: len(members) for key, members in found.items()} == {
        "in": 40,
        "asked": 30,
        "came": 27,
        "spoke": 0,
        "paid": 0,
        "stayed": 40,
    }
    columns = religion(a_report(programme))["columns"]
    assert columns["came"] == {"why": "same"}
    assert columns["paid"] == columns["spoke"] == {"why": "few"}
    assert columns["stayed"]["bands"] == columns["in"]["bands"]
    assert columns["asked"].keys() <= {"bands", "why"}


def test_every_app_tells_a_stage_and_all_are_counted_among_people_in_the_programme(world):
    assert [stage.key for stage in sorted(registry.participation_stages, key=lambda stage: stage.order)] == [
        "in",
        "asked",
        "came",
        "spoke",
        "paid",
        "stayed",
    ]
    found = building.people_of_stages(
        world.a, world.today - dt.timedelta(days=200), world.today + dt.timedelta(days=99)
    )
    assert world.owner.pk in found["asked"] & found["came"] & found["paid"] & found["stayed"]
    assert all(people <= found["in"] for people in found.values())
    assert world.staff.pk not in found["in"]


def test_a_column_that_would_give_an_answer_away_is_not_shown(programme):
    """All forty gave the same answer: that nobody gave another would be plain."""
    answered(people_in(programme, 40), "religion", *["christian"] * 40)
    assert religion(a_report(programme))["columns"]["in"] == {"why": "open"}


def test_a_report_is_made_once_and_only_when_its_quarter_is_over(programme, staff, people):
    reports.make(programme=programme, number=3, by=staff)
    with pytest.raises(ParticipationError, match="made already"):
        reports.make(programme=programme, number=3, by=staff)
    with pytest.raises(ParticipationError, match="once the quarter is over"):
        reports.make(programme=programme, number=6, by=staff)
    for user in (make.with_role(programme, Role.STEERING), make.with_role(make.a_programme(), Role.STAFF)):
        with pytest.raises(ParticipationError, match="Only programme staff"):
            reports.make(programme=programme, number=1, by=user)


def test_a_report_that_would_show_nothing_is_refused_before_any_answer_is_read(programme, staff, people):
    """Nobody was there in the first quarter; 40 in the third, and 39 in the fourth."""
    with pytest.raises(ParticipationError, match="Too few people"):
        reports.make(programme=programme, number=1, by=staff)
    reports.make(programme=programme, number=3, by=staff)
    people[12].memberships.update(ends_on=dt.date(2026, 3, 31))
    with pytest.raises(ParticipationError, match="almost the same people as in an earlier report"):
        reports.make(programme=programme, number=4, by=staff)
    assert ParticipationReport.objects.count() == 1


def test_the_database_keeps_a_report_as_it_is_and_refuses_one_before_its_time_is_over(programme, people):
    report = a_report(programme)
    with connection.cursor() as cursor:
        for sql in (
            "UPDATE programmes_participationreport SET content = '{}'",
            "DELETE FROM programmes_participationreport",
            "INSERT INTO programmes_participationreport (programme_id, first_on, last_on, made_on, content)"
            f" VALUES ({programme.pk}, '2026-07-01', '2026-12-31', '2026-11-23', '{{}}')",
            "INSERT INTO programmes_participationreport (programme_id, first_on, last_on, made_on, content)"
            f" VALUES ({programme.pk}, '{report.first_on}', '2026-06-30', '2026-11-23', '{{}}')",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql)


def test_somebody_who_left_between_two_reports_cannot_be_seen_in_what_differs(programme, people):
    """One Muslim of ten is gone in the second quarter. The second report has no column of its own for 39 people."""
    first = a_report(programme)
    assert "bands" in religion(first)["columns"]["in"]
    people[12].memberships.update(ends_on=dt.date(2026, 6, 30))
    later = a_report(programme, period=periods.Period(2, dt.date(2026, 7, 1), dt.date(2026, 11, 1)))
    assert religion(later)["columns"]["in"] == {"why": "same"}


def test_the_same_people_are_not_counted_again_after_answers_changed(programme, staff, people):
    reports.make(programme=programme, number=3, by=staff)
    answered(people[26:29], "age", "18_24", "18_24", "18_24")
    with pytest.raises(ParticipationError, match="almost the same people"):
        reports.make(programme=programme, number=4, by=staff)
    later = a_report(programme, period=periods.Period(4, dt.date(2026, 4, 1), dt.date(2026, 6, 30)))
    assert all("bands" not in column for one in later.content["questions"] for column in one["columns"].values())


def test_two_programmes_with_almost_the_same_people_do_not_give_anybody_away(programme, people):
    other = make.a_programme()
    Membership.objects.bulk_create(
        Membership(person=person, programme=other, role=Role.LIVED_EXPERIENCE, starts_on=START)
        for person in people[:38]
    )
    a_report(programme)
    columns = religion(a_report(other))["columns"]
    assert columns["in"] == {"why": "same"}
    assert all("bands" not in column for column in columns.values())


def test_an_answer_that_is_taken_back_changes_no_report(programme, staff, people):
    report = a_report(programme)
    before = report.content
    MonitoringAnswer.objects.all().delete()
    report.refresh_from_db()
    assert report.content == before


def profile(programme, **shares):
    for option, percent in shares.items():
        AreaShare.objects.create(
            programme=programme,
            question="religion",
            option=option,
            percent=Decimal(percent),
            source="Census 2021, Fernshire",
            counted_on=dt.date(2021, 3, 21),
        )


def test_the_page_says_whom_the_programme_reaches_and_misses(programme, staff, people, signed_in):
    profile(programme, christian="46.2", muslim="6.5", none="37.2")
    report = a_report(programme)
    text = words_of(signed_in(staff).get(report.get_absolute_url()))
    assert "Whom we miss – fewer of us than of the area: No religion." in text
    assert "More of us than of the area: Muslim." in text
    assert "Did not answer: 10 to 14. Preferred not to say: fewer than 5." in text
    assert "The area: Census 2021, Fernshire, 21 March 2021" in text
    assert "46.2%" in text


def test_nothing_is_said_of_whom_is_missed_where_few_answered(programme, staff, signed_in):
    answered(people_in(programme, 40), "religion", *(["christian"] * 7 + ["muslim"] * 2))
    profile(programme, none="37.2")
    page = ReportPage(a_report(programme))
    question = next(one for one in page.questions if one.title == "Religion")
    assert question.sentences[-1] == "Fewer than half said something, so nothing can be said about whom we miss."


def test_without_a_profile_the_page_says_so(programme, staff, people, signed_in):
    text = words_of(signed_in(staff).get(a_report(programme).get_absolute_url()))
    assert "There is no profile of the area for this question yet." in text


def test_the_files_and_the_paper_hold_what_the_page_shows(programme, staff, people, signed_in, tmp_path):
    profile(programme, christian="46.2")
    report, client = a_report(programme), signed_in(staff)
    csv = b"".join(client.get(f"{report.get_absolute_url()}?export=csv").streaming_content).decode()
    assert "Religion,Christian (all denominations),46.2," in csv
    assert "10 to 14" in csv
    assert client.get(f"{report.get_absolute_url()}?export=xlsx").status_code == 200
    for layout in ("standard", "large-print"):
        page = client.get(reverse("participation_paper", args=[report.pk, layout]))
        assert page["Content-Type"] == "application/pdf"
        assert faults(page.content, tmp_path) == []
    assert client.get(reverse("participation_paper", args=[report.pk, "tiny"])).status_code == 404


def test_staff_make_a_report_with_one_press_and_the_steering_group_reads_it(programme, staff, people, signed_in):
    client = signed_in(staff)
    page = client.get(reverse("participation", args=[programme.slug]))
    assert "Make this report" in page_text(page)
    page = client.post(reverse("participation_make", args=[programme.slug, 3]), follow=True)
    assert "The report is made. It stays as it is." in page_text(page)
    steering = signed_in(make.with_role(programme, Role.STEERING))
    text = page_text(steering.get(reverse("participation", args=[programme.slug])))
    assert "Make this report" not in text
    assert "1 January 2026 to 31 March 2026" in text
    assert steering.get(ParticipationReport.objects.get().get_absolute_url()).status_code == 200
    page = client.post(reverse("participation_make", args=[programme.slug, 6]), follow=True)
    assert "once the quarter is over" in page_text(page)


def test_a_report_takes_as_many_questions_to_the_database_for_ten_people_as_for_forty(programme):
    answered(people_in(programme, 10), "religion", *["christian"] * 7)
    with CaptureQueriesContext(connection) as few:
        building.build(programme, QUARTER, dt.date(2026, 11, 23))
    answered(people_in(programme, 30), "religion", *["muslim"] * 17)
    with CaptureQueriesContext(connection) as many:
        building.build(programme, QUARTER, dt.date(2026, 11, 23))
    assert len(many) == len(few)
