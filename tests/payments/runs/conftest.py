"""Runs in each status."""

import pytest

from payments.models import PaymentRun
from payments.runs.actions import runs
from programmes.models import Role
from tests import factories
from tests.helpers.runs import pay

Status = PaymentRun.Status


@pytest.fixture
def run_in(scene, claim_in):
    """fn(status) -> a run of two people and three claims in that status."""

    def make(status):
        second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
        chosen = [claim_in("approved"), claim_in("approved", amount_pence=1234), claim_in("approved", user=second)]
        run = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
        if status in {Status.SIGNED, Status.EXPORTED}:
            run = runs.sign_off(run=run, by=scene.finance_two)
        if status == Status.EXPORTED:
            runs.mark_exported(run=run, by=scene.finance, bank_file=False)
        if status in {Status.PAID, Status.CLOSED}:
            pay(scene, run)
        if status == Status.CLOSED:
            runs.close(run=run, by=scene.finance_two, statement_pence=0)
        if status == Status.CANCELLED:
            runs.cancel(run=run, by=scene.finance)
        run.refresh_from_db()
        return run

    return make
