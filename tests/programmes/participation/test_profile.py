"""The profile of the area is typed in question by question, or brought in from a file: all of it or nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from programmes.models import AreaShare, Role
from programmes.participation.actions import profile
from programmes.participation.actions.reports import ParticipationError
from tests import factories as make
from tests.factories.monitoring import a_question
from tests.helpers.client import page_text, words_of

pytestmark = pytest.mark.django_db

HEAD = "question,answer,per cent,source,date\n"


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def programme():
    return make.a_programme()


@pytest.fixture
def client(programme, signed_in):
    return signed_in(make.with_role(programme, Role.STAFF))


def bring_in(client, programme, content):
    address = reverse("area_profile_import", args=[programme.slug])
    return client.post(address, {"file": SimpleUploadedFile("profile.csv", content.encode())}, follow=True)


def stored():
    return dict(AreaShare.objects.values_list("option", "percent"))


def test_staff_type_in_the_shares_of_a_question_and_change_them(client, programme):
    address = reverse("area_profile_edit", args=[programme.slug, "religion"])
    form = {"share_none": "37.2", "share_muslim": "6.5", "source": "Census 2021, Fernshire"}
    day = {"counted_on_day": "21", "counted_on_month": "3", "counted_on_year": "2021"}
    page = client.post(address, {**form, **day}, follow=True)
    assert "No religion: 37.2%" in words_of(page)
    assert stored() == {"none": Decimal("37.2"), "muslim": Decimal("6.5")}
    client.post(address, {**form, **day, "share_none": "", "share_muslim": "7"})
    assert stored() == {"muslim": Decimal("7")}
    assert 'value="7.0"' in page_text(client.get(address))


def test_shares_of_more_than_a_hundred_and_a_day_to_come_are_refused(client, programme):
    address = reverse("area_profile_edit", args=[programme.slug, "religion"])
    form = {
        "share_none": "80",
        "share_muslim": "40",
        "source": "Census",
        "counted_on_day": "21",
        "counted_on_month": "3",
    }
    assert "the shares add up to 120%" in page_text(client.post(address, {**form, "counted_on_year": "2021"}))
    client.post(address, {**form, "share_muslim": "4", "counted_on_year": "2030"})
    assert stored() == {}


def test_the_database_refuses_a_share_of_more_than_a_hundred(programme):
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(
            "INSERT INTO programmes_areashare (programme_id, question, option, percent, source, counted_on)"
            f" VALUES ({programme.pk}, 'age', '18_24', 101, 'Us', '2021-03-21')"
        )


def test_a_file_with_the_profile_is_brought_in(client, programme):
    page = bring_in(
        client,
        programme,
        HEAD
        + "religion,No religion,37.2,Census 2021,21/03/2021\n"
        + "What is your religion?,muslim,6.5%,Census 2021,21/03/2021\n"
        + "Age,18 to 24,,,\n",
    )
    assert "2 shares are brought in." in page_text(page)
    assert stored() == {"none": Decimal("37.2"), "muslim": Decimal("6.5")}
    assert AreaShare.objects.first().counted_on == dt.date(2021, 3, 21)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("shoes,43,5,Us,21/03/2021", "Row 3: there is no question called “shoes”."),
        ("religion,Jedi,5,Us,21/03/2021", "Row 3: “Religion” has no answer “Jedi”."),
        ("religion,I prefer not to say,5,Us,21/03/2021", "Row 3: “Religion” has no answer"),
        ("religion,hindu,a lot,Us,21/03/2021", "Row 3: “a lot” is no share."),
        ("religion,hindu,NaN,Us,21/03/2021", "Row 3: “NaN” is no share."),
        ("religion,hindu,-1,Us,21/03/2021", "Row 3: “-1” is no share."),
        ("religion,hindu,5,,21/03/2021", "Row 3: say where the number is from"),
        ("religion,hindu,5,Us,31/02/2021", "Row 3: “31/02/2021” is no day of the past."),
        ("religion,hindu,5,Us,21/03/2090", "Row 3: “21/03/2090” is no day of the past."),
        ("religion,hindu,5,Them,21/03/2021", "Row 3: all shares of “Religion” need the same source and date."),
        ("religion,none,5,Us,21/03/2021", "Row 3: “No religion” is there twice."),
        ("religion,hindu,99,Us,21/03/2021", "the shares add up to"),
    ],
)
def test_a_file_with_a_mistake_is_refused_whole(client, programme, row, problem):
    page = bring_in(client, programme, f"{HEAD}religion,none,37.2,Us,21/03/2021\n{row}\n")
    assert problem in page_text(page)
    assert stored() == {}


def test_files_without_headings_shares_or_rows_that_are_no_spreadsheet_or_too_big_are_refused(client, programme):
    assert "The first row needs these headings" in page_text(bring_in(client, programme, "a,b\n1,2\n"))
    assert "There is no share in this file" in page_text(bring_in(client, programme, HEAD + "religion,none,,,\n"))
    assert "bigger than 1 MB" in page_text(bring_in(client, programme, HEAD + "a" * 1_100_000))
    page = bring_in(client, programme, "<html><body>no</body></html>")
    assert "govuk-error-summary" in page_text(page)


def test_the_empty_file_can_be_filled_in_and_brought_in(client, programme):
    page = client.get(f"{reverse('area_profile', args=[programme.slug])}?export=csv")
    lines = b"".join(page.streaming_content).decode().splitlines()
    assert len(lines) == 39
    filled = [lines[0], *(line.replace(",,,", ",1.5,Us,2021-03-21") for line in lines[1:])]
    assert "38 shares are brought in." in page_text(bring_in(client, programme, "\r\n".join(filled)))


def test_only_staff_set_the_profile(programme):
    for user in (make.with_role(programme, Role.STEERING), make.with_role(make.a_programme(), Role.STAFF)):
        with pytest.raises(ParticipationError, match="Only programme staff"):
            profile.set_shares(
                programme=programme,
                question=a_question(),
                shares={},
                source="Us",
                counted_on=dt.date(2021, 3, 21),
                by=user,
            )
        with pytest.raises(ParticipationError):
            profile.bring_in(programme=programme, rows=[], by=user)
