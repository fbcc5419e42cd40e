"""Monthly reports by e-mail: set by finance, made and sent once, with nothing attached that names people."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from payments.models import ReportFile, ReportRun, ReportSubscription
from payments.reports import actions as report_actions
from payments.reports import files, generate, monthly
from payments.reports import tasks as report_tasks
from payments.reports.models import ReportKind
from people.models import Job, Notice
from programmes.models import Membership
from tests.helpers.reporting import content, words_of

D = dt.date


def subscribe(scene, kind, *users):
    for user in users:
        ReportSubscription.objects.create(
            programme=scene.programme,
            kind=kind,
            person=user.person,
            set_by=scene.finance.person,
            set_at=dt.datetime(2026, 1, 5, 12, tzinfo=timezone.get_current_timezone()),
        )


def reports_sent():
    return Notice.objects.filter(kind="monthly_report").order_by("person__email")


@pytest.mark.parametrize(
    ("month", "day"),
    [
        # 1 November 2026 is a Sunday; 1 January a bank holiday, and the weekend follows it.
        (D(2026, 10, 1), D(2026, 11, 2)),
        (D(2026, 11, 1), D(2026, 12, 1)),
        (D(2026, 12, 1), D(2027, 1, 4)),
        # Good Friday is 2 April 2027, so 1 April it is; in 2021 it fell on 2 April, too.
        (D(2027, 3, 1), D(2027, 4, 1)),
    ],
)
def test_reports_go_out_on_the_first_working_day(month, day):
    assert monthly.send_day(month) == day


def test_nothing_is_made_before_the_first_working_day_and_then_once(scene, worker):
    subscribe(scene, "spend", scene.finance, scene.finance_two)
    with worker():
        monthly.make_due(D(2026, 11, 1))
    assert not ReportRun.objects.exists()
    for day in (D(2026, 11, 2), D(2026, 11, 2), D(2026, 11, 20)):
        with worker():
            monthly.make_due(day)
    report = ReportRun.objects.get()
    assert (report.for_month, report.parameters, report.asked_by) == (D(2026, 10, 1), {"period": "2026-10"}, None)
    sent = reports_sent()
    assert {message.person for message in sent} == {scene.finance.person, scene.finance_two.person}
    for message in sent:
        (part,) = message.parts.all()
        assert part.content_type == "application/pdf"
        assert bytes(part.content) == content(report, ReportFile.Format.PDF)
        assert reverse("report", args=[report.pk]) in message.text_body
        assert message.subject == "Spend against budget, October 2026: Wellbeing Invented"
    with worker():
        monthly.make_due(D(2026, 12, 1))
    assert ReportRun.objects.count() == 2
    assert reports_sent().count() == 4


@pytest.mark.parametrize("kind", ["by-person", "audit"])
def test_what_names_people_is_sent_as_a_link_alone(scene, worker, kind):
    subscribe(scene, kind, scene.finance)
    with worker():
        monthly.make_due(D(2026, 11, 3))
    (message,) = reports_sent()
    assert not message.parts.exists()
    assert "names people" in message.text_body
    report = ReportRun.objects.get()
    assert reverse("report", args=[report.pk]) in message.text_body
    assert report.parameters == {"period": "tax-2026" if kind == "by-person" else "2026-10"}


def test_declined_and_donated_is_sent_after_a_quarter_alone(scene, worker):
    subscribe(scene, "recognition", scene.finance)
    for day in (D(2026, 8, 3), D(2026, 9, 1)):
        with worker():
            monthly.make_due(day)
    assert not ReportRun.objects.exists()
    with worker():
        monthly.make_due(D(2026, 10, 1))
    assert ReportRun.objects.get().parameters == {"period": "2026-Q3"}


def test_who_left_finance_or_asked_later_gets_nothing(scene, worker):
    subscribe(scene, "spend", scene.finance, scene.finance_two, scene.finance_three)
    Membership.objects.filter(person=scene.finance_two.person).update(
        ends_on=timezone.localdate() - dt.timedelta(days=2)
    )
    ReportSubscription.objects.filter(person=scene.finance_three.person).update(
        set_at=dt.datetime(2026, 11, 3, 12, tzinfo=timezone.get_current_timezone())
    )
    with worker():
        monthly.make_due(D(2026, 11, 5))
    assert [message.person for message in reports_sent()] == [scene.finance.person]


def test_a_worker_that_dies_before_the_messages_leaves_them_to_the_next_round(scene, worker, monkeypatch):
    subscribe(scene, "spend", scene.finance)
    with monkeypatch.context() as patch:
        patch.setattr(monthly, "tell", lambda pk: 1 / 0)
        with worker():
            monthly.make_due(D(2026, 11, 2))
    assert ReportRun.objects.get().is_made
    assert not reports_sent().exists()
    with worker():
        monthly.make_due(D(2026, 11, 2))
        monthly.make_due(D(2026, 11, 2))
    assert reports_sent().count() == 1


def test_a_report_that_failed_waits_for_somebody_to_try_again(scene, worker, monkeypatch):
    subscribe(scene, "spend", scene.finance)
    with monkeypatch.context() as patch:
        patch.setattr(files, "write_csv", lambda *args: 1 / 0)
        for _round in range(3):
            with worker():
                monthly.make_due(D(2026, 11, 2))
    (job,) = Job.objects.filter(kind=generate.JOB_KIND)
    assert job.status == Job.Status.FAILED
    from people.jobs import actions as job_actions

    with worker():
        job_actions.try_again(job=job, by=scene.finance)
    assert reports_sent().count() == 1


def test_the_beat_task_looks_at_today(scene, worker):
    subscribe(scene, "ageing", scene.finance)
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC), tick=False), worker():
        report_tasks.make_monthly_reports()
    assert reports_sent().count() == 1


def test_postgres_keeps_one_monthly_report_and_one_wish_for_each(scene):
    fields = {"programme": scene.programme, "kind": "spend", "for_month": D(2026, 10, 1)}
    ReportRun.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.create(**fields)
    subscribe(scene, "spend", scene.finance)
    with pytest.raises(IntegrityError), transaction.atomic():
        subscribe(scene, "spend", scene.finance)


def test_finance_says_on_the_page_who_gets_what(scene, signed_in):
    address = reverse("report_emails", args=[scene.programme.slug])
    client = signed_in(scene.finance)
    one, two = scene.finance.person.pk, scene.finance_two.person.pk
    assert client.post(address, {"spend": [one, two], "audit": [two]}).status_code == 302
    now = ReportSubscription.objects.filter(stopped_at=None).values_list("kind", "person")
    assert set(now) == {("spend", one), ("spend", two), ("audit", two)}
    assert words_of(client.get(address)).count("Fay Finance") >= len(ReportKind)
    assert client.get(address).content.decode().count(" checked") == 3
    client.post(address, {"spend": [two]})
    now = ReportSubscription.objects.filter(stopped_at=None).values_list("kind", "person")
    assert set(now) == {("spend", two)}
    assert ReportSubscription.objects.count() == 3
    # Wished for again, it is a new wish.
    client.post(address, {"spend": [one, two]})
    assert ReportSubscription.objects.filter(stopped_at=None).count() == 2
    assert ReportSubscription.objects.count() == 4


def test_reports_are_sent_to_finance_only_and_set_by_finance_only(scene, signed_in):
    address = reverse("report_emails", args=[scene.programme.slug])
    assert signed_in(scene.finance).post(address, {"spend": [scene.staff.person.pk]}).status_code == 200
    with pytest.raises(report_actions.ReportError, match="finance only"):
        report_actions.set_monthly(
            programme=scene.programme, wanted={ReportKind.SPEND: [scene.staff.person.pk]}, by=scene.finance
        )
    with pytest.raises(report_actions.ReportError, match="Only finance"):
        report_actions.set_monthly(programme=scene.programme, wanted={ReportKind.SPEND: []}, by=scene.staff)
    assert not ReportSubscription.objects.exists()
