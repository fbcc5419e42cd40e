"""The large programme: the same rows from the same seed, and every promise of the database kept."""

import datetime as dt
import io
import itertools

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import InternalError, connection, transaction
from django.db.models import F, Sum

from events.models import Attendance, Event, Invitation
from payments.models import BudgetLine, Claim, ClaimLine, PaymentRun, ReferenceCounter
from people.models import Person
from programmes.models import Programme
from wellbeing import seeding
from wellbeing.demo.clock import our_models

DAY = dt.date(2026, 11, 23)
SMALL = {"people": 200, "events": 5, "claims": 400, "today": DAY}


def seed(number=1, **others):
    return seeding.make(seeding.Plan(**{**SMALL, "seed": number, **others}))


def everything():
    """Rows as they read, without the ids the database gave and the moment they were made."""
    people = Person.objects.order_by("pk").values_list("full_name", "email", "channel", "user__email")
    events = Event.objects.order_by("pk").values_list("title", "starts_at", "organiser__full_name", "status")
    invitations = Invitation.objects.order_by("pk").values_list("link_key", "person__full_name", "reply", "replied_at")
    claims = Claim.objects.order_by("reference").values_list(
        "reference", "person__full_name", "status", "submitted_at", "approved_at", "paid_on", "pay_by"
    )
    lines = ClaimLine.objects.order_by("pk").values_list("claim__reference", "description", "amount_pence")
    runs = PaymentRun.objects.order_by("reference").values_list("reference", "status", "made_by__full_name", "paid_on")
    payments = PaymentRun.objects.order_by("payments__reference").values_list(
        "payments__reference", "payments__amount_pence", "payments__person__full_name"
    )
    return [list(rows) for rows in (people, events, invitations, claims, lines, runs, payments)]


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows_and_another_gives_others():
    read = []
    for number in (1, 1, 2):
        with transaction.atomic():
            seed(number)
            read.append(everything())
            transaction.set_rollback(True)
    assert read[0] == read[1]
    assert read[0] != read[2]


@pytest.mark.django_db
def test_a_small_programme_holds_what_it_should():
    counts = seed()
    assert (counts["people"], counts["events"], counts["claims"]) == (210, 5, 400)
    # No bank has sent anything back.
    assert set(Claim.objects.values_list("status", flat=True)) == set(Claim.Status.values) - {"payment_failed"}
    partly = Claim.objects.filter(status="partly_approved").with_totals().first()
    assert partly.approved_pence < partly.total_pence
    assert partly.approved_pence == partly.lines.aggregate(sum=Sum("approved_pence"))["sum"]
    assert partly.lines.exclude(decision_reason="").count() == 1
    assert {"open", "signed", "paid"} >= set(PaymentRun.objects.values_list("status", flat=True))
    assert PaymentRun.objects.filter(status="paid").exists()
    # Who claims came.
    assert Attendance.objects.filter(came=True).count() == 400
    assert not Claim.objects.exclude(person__attendances__event=F("event")).exists()
    # A payment is the sum of its claims, a claim is paid what its lines say.
    for run in PaymentRun.objects.all():
        paid = run.payments.aggregate(sum=Sum("amount_pence"))["sum"]
        claims = Claim.objects.filter(payment_items__payment__run=run)
        assert paid == claims.aggregate(sum=Sum("lines__amount_pence"))["sum"]
        assert paid == run.payments.aggregate(sum=Sum("items__amount_pence"))["sum"]
        assert not run.payments.filter(person__in=[run.made_by_id, run.signed_by_id or 0]).exists()
    assert all(person.email.endswith("@example.org") for person in Person.objects.exclude(email=""))
    # Every claim is on the budget line of its year.
    lines = list(BudgetLine.objects.with_figures().order_by("starts_on"))
    assert [line.claims.count() for line in lines] == [
        Claim.objects.filter(activity_date__range=(line.starts_on, line.ends_on)).count() for line in lines
    ]
    assert sum(line.claims.count() for line in lines) == 400
    assert all(line.left_pence > 0 for line in lines)


@pytest.mark.django_db
def test_the_history_is_whole_and_the_walls_stand():
    seed()
    for model in our_models():
        if "history" not in {field.name for field in model._meta.get_fields()}:
            continue
        table, history = model._meta.db_table, model._meta.get_field("history").related_model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT FROM {history} h WHERE h.id = t.id)"
            )
            assert cursor.fetchone() == (0,), table
    for claim in Claim.objects.all()[:100]:
        steps = list(claim.history.order_by("pgh_id").values_list("status", "pgh_created_at"))
        assert steps[0][0] == Claim.Status.DRAFT
        assert steps[-1][0] == claim.status
        assert all(after in Claim.TRANSITIONS[before] for (before, _at), (after, _then) in itertools.pairwise(steps))
        assert sorted(at for _status, at in steps) == [at for _status, at in steps]
        assert claim.history.first().pgh_context.metadata["seed"] == 1
    paid = Claim.objects.filter(status=Claim.Status.PAID).first()
    with pytest.raises(InternalError), transaction.atomic():
        Claim.objects.filter(pk=paid.pk).update(description="Another")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_numbers_go_on_after_those_of_the_seed():
    seed()
    programme = Programme.objects.get(slug="seeded-1")
    assert ReferenceCounter.objects.next_claim(programme) == 401


@pytest.mark.django_db
def test_the_command_says_what_it_made_and_a_second_call_changes_nothing():
    said = io.StringIO()
    options = {"people": 30, "events": 2, "claims": 20, "seed": 5, "stdout": said, "skip_checks": True}
    call_command("seed", **options)
    assert "claims" in said.getvalue()
    assert "seconds" in said.getvalue()
    call_command("seed", **options)
    assert "is there already" in said.getvalue()
    assert Claim.objects.count() == 20


@pytest.mark.parametrize(
    "wrong", [{"people": 0}, {"events": 0}, {"claims": -1}, {"claims": 200 * 5 + 1}, {"seed": -1}, {"seed": 26**5}]
)
def test_what_cannot_be_made_is_refused_in_words(wrong):
    with pytest.raises(ValueError, match=r"\w+"):
        seeding.Plan(**{**SMALL, "seed": 1, **wrong})


def test_production_refuses(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("seed", skip_checks=True)
