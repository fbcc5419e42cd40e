"""The demo opened again two weeks later: its days have moved, all else is as it was. Moved once for all these tests."""

import datetime as dt
import hashlib
from types import SimpleNamespace

import pytest
import time_machine
from django.db import InternalError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from events.models import Event
from payments.models import (
    BankDetails,
    Claim,
    ClosedDay,
    Document,
    MileageRate,
    PayingAccount,
    PaymentRun,
    Receipt,
    ReportFile,
    ReportRun,
    Signpost,
)
from people.messages.demo_mail import opened
from people.models import DemoMail
from programmes.models import Decision, Term
from tests.helpers.demo import FACTS, counts, run_load_demo, wow
from tests.helpers.documents import text_of
from wellbeing.demo import shift_dates
from wellbeing.lib.dates import long_date

TWO_WEEKS = dt.timedelta(days=14)


def facts_as_they_are():
    return [list(model.objects.order_by("pk").values()) for model in (*FACTS, ReportRun, ReportFile)]


def accounts_as_they_are():
    return {each.pk: (each.sort_code, each.account_number) for each in BankDetails.objects.all()}


def closed_days():
    return list(ClosedDay.objects.order_by("day").values_list("day", flat=True))


def as_it_was():
    """Return the rows of the demo that the tests below look at again, and a rate and a signpost made beside them."""
    return SimpleNamespace(
        rate=MileageRate.objects.create(
            effective_from=dt.date(2001, 4, 6), vehicle="car", first_band_pence=1, source="example.org"
        ),
        signpost=Signpost.objects.create(
            key="one",
            kind="fact",
            place=1,
            effective_from=dt.date(2001, 4, 6),
            title="One",
            text="As published on 6 April 2001.",
            checked_on=dt.date(2001, 5, 1),
        ),
        event=Event.objects.get(title="Steering group meeting"),
        claim=Claim.objects.filter(status=Claim.Status.PAID).first(),
        decision=Decision.objects.get(title="A small fund for taxis"),
        term=Term.objects.get(person__email__startswith="bronwen", group__kind="steering"),
        receipt=Receipt.objects.filter(original_name="ticket.jpg").first(),
        paying=PayingAccount.objects.get(),
        closed=closed_days(),
        accounts=accounts_as_they_are(),
        facts=facts_as_they_are(),
        counts=counts(),
    )


@pytest.fixture(scope="module")
def _moved(_loaded_once, django_db_blocker):
    """The demo as it was; it has been loaded again two weeks later, and is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = as_it_was()
        with time_machine.travel(timezone.now() + TWO_WEEKS):
            before.said = run_load_demo()
        yield before
        transaction.set_rollback(True)


@pytest.fixture
def before(_moved, demo):
    """The demo as it was two weeks ago; the clock shows today."""
    with time_machine.travel(timezone.now() + TWO_WEEKS):
        yield _moved


def test_a_demo_opened_two_weeks_later_has_every_day_moved_by_two_weeks(before):
    assert "moved on by 2 weeks" in before.said
    later = Event.objects.get(pk=before.event.pk)
    local, local_later = timezone.localtime(before.event.starts_at), timezone.localtime(later.starts_at)
    assert local_later.replace(tzinfo=None) == local.replace(tzinfo=None) + TWO_WEEKS
    assert later.reply_by == before.event.reply_by + TWO_WEEKS
    paid = Claim.objects.get(pk=before.claim.pk)
    assert paid.activity_date == before.claim.activity_date + TWO_WEEKS
    assert paid.paid_on == before.claim.paid_on + TWO_WEEKS
    assert Decision.objects.get(pk=before.decision.pk).closes_on == before.decision.closes_on + TWO_WEEKS
    assert Term.objects.get(pk=before.term.pk).ends_on == before.term.ends_on + TWO_WEEKS
    assert closed_days() == [day + TWO_WEEKS for day in before.closed]
    assert wow().year_number == 2
    assert counts() == before.counts
    assert "moved" not in run_load_demo()
    assert shift_dates.move_to_this_week() == 0
    # The walls stand again.
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_claim SET paid_on = paid_on - 1 WHERE id = %s", [before.claim.pk])


def test_dates_in_mail_calendars_and_papers_move_too(before):
    event = Event.objects.get(pk=before.event.pk)
    run = PaymentRun.objects.get(status=PaymentRun.Status.PAID)
    mail = DemoMail.objects.filter(subject__startswith=f"Come and help: {event.title}").first()
    message = opened(bytes(mail.raw))
    day = long_date(event.starts_at)
    assert day in message.subject
    assert day in message.text
    assert day in message.html
    (calendar,) = message.parts
    assert calendar.calendar[0]["when"].startswith(day)
    for document in run.documents.all():
        content = document.file.read()
        assert hashlib.sha256(content).hexdigest() == document.sha256
    letter = run.documents.filter(kind=Document.Kind.REMITTANCE).first()
    text = text_of(PdfReader(letter.file))
    assert f"{run.paid_on:%B %Y}" in text
    drawn = Receipt.objects.get(pk=before.receipt.pk)
    assert drawn.sha256 != before.receipt.sha256
    assert len(drawn.file.read()) == drawn.size


def test_facts_of_the_world_and_kept_reports_keep_their_dates_when_the_demo_moves(before):
    assert all(before.facts)
    assert facts_as_they_are() == before.facts


def test_rates_and_signposts_keep_their_dates_when_the_demo_moves(before):
    rate = MileageRate.objects.get(pk=before.rate.pk)
    signpost = Signpost.objects.get(pk=before.signpost.pk)
    assert (rate.effective_from, signpost.effective_from) == (dt.date(2001, 4, 6), dt.date(2001, 4, 6))
    assert (signpost.checked_on, signpost.text) == (dt.date(2001, 5, 1), "As published on 6 April 2001.")


def test_moving_the_dates_leaves_every_account_readable(before):
    assert accounts_as_they_are() == before.accounts
    assert BankDetails.objects.filter(confirmed_at=None).count() == 2
    moved = PayingAccount.objects.effective_on(wow(), timezone.localdate())
    assert moved.account_number == "00000021"
    assert moved.effective_from - before.paying.effective_from == TWO_WEEKS
