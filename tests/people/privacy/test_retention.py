"""Rows kept long enough are listed for their days, then removed at night; rows used again stay."""

import datetime as dt

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments.models import Claim, ClaimLine, YearStatement
from people.models import Call, DueForRetention, IncomingText, Look, Notice, Person, PrivacyRule
from people.privacy import erasing, hooks, timed
from people.privacy.actions import retention
from people.privacy.actions.retention import RetentionError
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.messages import a_message
from wellbeing.lib.dates import short_date

pytestmark = pytest.mark.django_db


def years_on(number, **more):
    return time_machine.travel(timezone.now() + dt.timedelta(days=366 * number, **more), tick=False)


def night(kind=None):
    timed.keep_no_longer()
    lines = DueForRetention.objects.filter(done_at=None)
    return list(lines.filter(kind=kind) if kind else lines)


@pytest.fixture
def left(here):
    """Somebody whose only role ended a year ago."""
    user = make.with_role(here.programme, "lived_experience", "Lionel Leftwich")
    user.person.joined_at = timezone.now()
    user.person.save()
    membership = user.person.memberships.get()
    membership.ends_on = timezone.localdate() - dt.timedelta(days=365)
    membership.save()
    return user.person


def test_somebody_who_left_is_listed_for_fourteen_days_and_then_removed(here, left):
    assert night("left") == []
    with years_on(2):
        (line,) = [line for line in night("left") if line.subject_id == left.pk]
        assert line.removed_on == timezone.localdate() + dt.timedelta(days=14)
        left.refresh_from_db()
        assert left.full_name == "Lionel Leftwich"
    with years_on(2, hours=24 * 14):
        night()
        left.refresh_from_db()
        assert left.full_name == "Somebody who left"
        line.refresh_from_db()
        assert line.done_at


def test_somebody_who_comes_back_meanwhile_stays(here, left):
    with years_on(2):
        night()
    with years_on(2, hours=24 * 14):
        make.a_membership(here.programme, left, "lived_experience", starts_on=timezone.localdate())
        night()
        left.refresh_from_db()
        assert left.full_name == "Lionel Leftwich"
        assert (
            DueForRetention.objects.get(subject_id=left.pk, kind="left").problem
            == "It has been used again, so it stays."
        )


def test_an_administrator_holds_what_is_due_with_a_reason(here, left, signed_in):
    with years_on(2):
        (line,) = [line for line in night("left") if line.subject_id == left.pk]
        with pytest.raises(RetentionError):
            retention.hold(line=line, why="No", by=here.staff)
        browser = signed_in(here.admin)
        assert "Lionel Leftwich" in page_text(browser.get(reverse("due_for_retention")))
        browser.post(reverse("retention_line", args=[line.pk]), {"why": "A legal claim is open."})
    with years_on(2, hours=24 * 14):
        night()
        left.refresh_from_db()
        assert left.full_name == "Lionel Leftwich"


def test_the_words_of_old_messages_go_and_that_they_were_told_stays(here, signed_in):
    notice = a_message(to=here.member.email, person=here.member.person).notice
    with years_on(4):
        assert [line.kind for line in night("messages")] == ["messages"]
        assert "November 2026" in page_text(signed_in(here.admin).get(reverse("due_for_retention")))
    with years_on(4, hours=24 * 14):
        night()
    notice.refresh_from_db()
    assert (notice.text_body, notice.subject) == ("[removed]", "[removed]")
    assert Notice.objects.filter(pk=notice.pk, messages__to=here.member.email).exists()


def test_who_looked_goes_after_two_years(here):
    Look.objects.create(reader=here.staff.person, person=here.member.person, kind="needs")
    with years_on(3):
        night("looks")
    with years_on(3, hours=24 * 14):
        night()
    assert not Look.objects.exists()


def test_a_claim_loses_its_words_six_years_after_its_year_and_its_sums_stay(here, signed_in):
    policy = make.a_policy(here.programme)
    claim = make.a_claim(here.programme, here.member.person, Claim.Status.PAID, policy=policy)
    line = ClaimLine.objects.filter(claim=claim).first()
    if line is None:
        line = ClaimLine.objects.create(
            claim=make.a_claim(here.programme, here.member.person, policy=policy),
            category="expense",
            expense_kind="taxi",
            description="Taxi to my mother",
            on=timezone.localdate(),
            amount_pence=900,
        )
    claim, sums = line.claim, line.amount_pence
    words = line.description
    with years_on(6):
        # Six years to the day, but not after the end of the financial year.
        assert claim.pk not in {one.subject_id for one in night("claims")}
    with years_on(7):
        assert claim.pk in {one.subject_id for one in night("claims")}
        page = page_text(signed_in(here.admin).get(reverse("due_for_retention")))
        assert f"{claim}, {short_date(claim.activity_date)}" in page
    with years_on(7, hours=24 * 14):
        night()
        line.refresh_from_db()
        assert (line.description, line.amount_pence) == ("[removed]" if words else "", sums)
        assert night("claims") == []


def test_a_longer_rule_from_a_later_day_counts_from_that_day(here, left):
    on = timezone.localdate() + dt.timedelta(days=100)
    PrivacyRule.objects.create(kind="left", number=9, unit="years", effective_from=on)
    with years_on(2):
        assert [line for line in night("left") if line.subject_id == left.pk] == []


def test_somebody_added_who_never_answered_goes_after_a_year(here):
    added = make.of_programme(here.programme)
    with years_on(1, hours=24):
        assert added.pk in {line.subject_id for line in night("unanswered")}
        assert Person.objects.get(pk=added.pk).full_name == added.full_name


def test_somebody_who_took_part_without_an_account_is_kept_as_long_as_others(here):
    person = make.a_person("Lottie Letters", email="")
    today = timezone.localdate()
    ended = today - dt.timedelta(days=1)
    make.a_membership(here.programme, person, "lived_experience", starts_on=ended, ends_on=ended)
    with years_on(1, hours=24):
        assert person.pk not in {line.subject_id for line in night()}
    with years_on(2, hours=48):
        assert [line.kind for line in night() if line.subject_id == person.pk] == ["left"]


def test_the_words_of_texts_and_calls_go_with_those_of_messages(here):
    message = a_message(to="+447700900001", person=here.member.person, channel="phone")
    call = Call.objects.create(message=message, outcome="later", note="Is in hospital until May", by=here.staff.person)
    text = IncomingText.objects.create(
        number="+447700900001", words="I am ill", provider_ref="1", person=here.member.person, for_a_colleague=True
    )
    with years_on(4):
        night()
    with years_on(4, hours=24 * 14):
        night()
        assert night("messages") == []
    call.refresh_from_db()
    text.refresh_from_db()
    assert (call.note, text.words) == ("[removed]", "[removed]")
    assert set(Call.pgh_event_model.objects.values_list("note", flat=True)) == {"[removed]"}


def test_a_statement_of_a_tax_year_loses_its_file_with_the_records_it_is_made_of(here, signed_in):
    statement = YearStatement(
        person=here.member.person,
        year=2025,
        asked_by=here.member.person,
        made_at=timezone.now(),
        sha256="0" * 64,
        size=4,
    )
    statement.file.save("statement.pdf", ContentFile(b"Mabel"), save=False)
    statement.save()
    with years_on(5):
        assert night("statements") == []
    with years_on(6):
        assert [line.subject_id for line in night("statements")] == [statement.pk]
        assert str(statement) in page_text(signed_in(here.admin).get(reverse("due_for_retention")))
    with years_on(6, hours=24 * 14):
        night()
        assert night("statements") == []
    statement.refresh_from_db()
    assert b"Mabel" not in statement.file.read()


def test_a_line_takes_as_many_queries_however_many_others_are_due(here, left):
    kind = hooks.retention_kinds["left"]
    with years_on(2):
        rule, today = PrivacyRule.objects.effective_on(kind.rule, timezone.localdate()), timezone.localdate()
        with CaptureQueriesContext(connection) as alone:
            assert [pk for pk, _since in kind.due(rule, today, left.pk)] == [left.pk]
    others = [make.with_role(here.programme, "lived_experience", f"Lettice Leftover {n}").person for n in range(5)]
    for person in others:
        person.joined_at = timezone.now()
        person.save()
        person.memberships.update(ends_on=timezone.localdate() - dt.timedelta(days=365))
    with years_on(2):
        assert {pk for pk, _since in kind.due(rule, today, None)} >= {left.pk, *(person.pk for person in others)}
        with CaptureQueriesContext(connection) as among_others:
            assert [pk for pk, _since in kind.due(rule, today, left.pk)] == [left.pk]
    assert len(among_others) == len(alone)


def test_who_is_owed_money_is_kept_however_long_ago_they_left(here, left):
    make.a_claim(here.programme, left, Claim.Status.APPROVED, policy=make.a_policy(here.programme))
    with years_on(2):
        assert left.pk not in {line.subject_id for line in night("left")}
    assert any("is not settled" in sentence for sentence in erasing.what_to_settle(left))
