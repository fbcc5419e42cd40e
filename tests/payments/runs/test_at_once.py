"""Two people at the same moment: nobody is paid twice, and nobody waits for ever."""

import threading
from functools import partial

import pytest
from django.db import transaction

from payments.claims.actions import opening
from payments.models import Claim, Document, Payment, PaymentItem, PaymentRun
from payments.runs.actions import runs
from payments.runs.actions.runs import RunError, StaleClaimsError
from programmes.models import Role
from tests import factories
from tests.helpers.threads import at_once

Status = PaymentRun.Status

# Two people at the same moment


@pytest.mark.django_db(transaction=True)
def test_two_finance_officers_making_a_run_of_the_same_claims_at_once_never_pay_twice():
    programme = factories.a_programme("At Once")
    policy = factories.a_policy(programme)
    officers = [factories.with_role(programme, Role.FINANCE, f"Officer {name}") for name in ("One", "Two")]
    people = [factories.with_role(programme, Role.LIVED_EXPERIENCE) for _n in range(3)]
    for _round in range(20):
        chosen = [factories.a_claim(programme, user.person, "approved", policy=policy) for user in people]
        ids = [claim.pk for claim in chosen]
        results = at_once(
            *[
                partial(runs.make_run, programme=programme, claims=Claim.objects.filter(pk__in=order), by=user)
                for user, order in zip(officers, [ids, ids[::-1]], strict=True)
            ],
            expected=RunError,
        )
        made = [result for result in results if isinstance(result, PaymentRun)]
        lost = [result for result in results if isinstance(result, StaleClaimsError)]
        assert (len(made), len(lost)) == (1, 1)
        assert all(reference in str(lost[0]) for reference in (claim.reference for claim in chosen))
        assert "Look at the list again" in str(lost[0])
        items = PaymentItem.objects.filter(claim__in=ids)
        assert items.count() == len(ids)
        assert set(items.values_list("payment__run", flat=True)) == {made[0].pk}


@pytest.mark.django_db(transaction=True)
def test_claims_opened_at_once_get_different_numbers():
    programme = factories.a_programme("Numbers")
    factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF)
    event = factories.an_event(programme)
    attendances = [
        factories.an_attendance(event, factories.with_role(programme, Role.LIVED_EXPERIENCE).person) for _n in range(6)
    ]
    opened = at_once(
        *[partial(opening.open_for_attendance, attendance=attendance, by=staff) for attendance in attendances],
        expected=(),
    )
    assert sorted(claim.reference[-4:] for claim in opened) == [f"{number:04d}" for number in range(1, 7)]


def test_papers_and_payments_are_counted_once(run_in):
    run = run_in(Status.PAID)
    assert Document.objects.filter(run=run).count() == Payment.objects.filter(run=run).count() + 1


@pytest.mark.django_db(transaction=True)
def test_a_run_and_a_corrected_list_of_who_came_never_lock_each_other_out():
    """Each holds what the other wants next: the run a claim, the list the counter of references."""
    programme = factories.a_programme("At Once")
    policy = factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF)
    officer = factories.with_role(programme, Role.FINANCE)
    event = factories.an_event(programme)
    fresh, known = (factories.with_role(programme, Role.LIVED_EXPERIENCE).person for _n in range(2))
    claim = factories.a_claim(programme, known, "approved", policy=policy, event=event)
    attendances = [factories.an_attendance(event, person) for person in (fresh, known)]
    run_has_the_claim, list_has_the_counter = threading.Event(), threading.Event()

    @transaction.atomic
    def correct_the_list():
        opening.open_for_attendance(attendance=attendances[0], by=staff)
        list_has_the_counter.set()
        assert run_has_the_claim.wait(timeout=20)
        opening.open_for_attendance(attendance=attendances[1], by=staff)

    @transaction.atomic
    def make_the_run():
        Claim.objects.select_for_update().get(pk=claim.pk)
        run_has_the_claim.set()
        assert list_has_the_counter.wait(timeout=20)
        runs.make_run(programme=programme, claims=[claim], by=officer)

    at_once(correct_the_list, make_the_run, expected=())
    assert PaymentRun.objects.filter(programme=programme).count() == 1
    assert Claim.objects.filter(event=event).count() == 2
