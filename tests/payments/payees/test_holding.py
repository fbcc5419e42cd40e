"""Payments held until the bank details are checked."""

import re

import pytest
from django.urls import reverse

from payments.models import PaymentRun
from payments.runs.actions import runs
from payments.runs.actions.runs import RunError
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.payees import check, give, signed_run

# Holding payments


def test_nobody_is_paid_while_their_details_wait_to_be_checked(scene, claim_in, signed_in):
    claim, details = claim_in("approved"), give(scene.person)
    other = claim_in("approved", user=factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second"))
    with pytest.raises(RunError, match="Petra Person"):
        runs.make_run(programme=scene.programme, claims=[claim, other], by=scene.finance)
    assert not PaymentRun.objects.exists()
    page = signed_in(scene.finance).get(reverse("payment_run_new", args=[scene.programme.slug])).content.decode()
    assert "Bank details are new or changed, and not checked yet." in page
    assert f'value="{claim.pk}"' not in page
    assert f'value="{other.pk}"' in page
    check(scene, details)
    runs.make_run(programme=scene.programme, claims=[claim, other], by=scene.finance)


def test_details_that_change_after_the_run_was_made_stop_the_sign_off_until_checked(scene, claim_in):
    check(scene, give(scene.person))
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    details = give(scene.person, account_number="12345678")
    with pytest.raises(RunError, match="Petra Person"):
        runs.sign_off(run=run, by=scene.finance_two)
    check(scene, details)
    runs.sign_off(run=run, by=scene.finance_two)
    assert run.payments.get().account_number == "12345678"


def ways_on(page):
    """How many payments go which way, as the page of a run says."""
    table = page.split("Where it goes</caption>")[1].split("<tfoot")[0]
    return dict(re.findall(r'govuk-table__header">([^<]+)</th><td[^>]*>(\d+)</td>', table))


def test_somebody_is_paid_another_way_and_the_run_says_how_many(scene, claim_in, signed_in):
    check(scene, give(scene.person))
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    claims = [claim_in("approved"), claim_in("approved", user=second)]
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    client, address = signed_in(scene.finance), reverse("payment_run", args=[run.pk])
    assert ways_on(client.get(address).text) == {"To the bank, by bank file": "1", "Other payment method": "1"}
    assert reverse("bank_file", args=[run.pk]) not in client.get(address).content.decode()
    runs.sign_off(run=run, by=scene.finance_two)
    page = client.get(address).content.decode()
    assert ways_on(page) == {"To the bank, by bank file": "1", "Other payment method": "1"}
    assert "•••• 58" in page
    assert reverse("bank_file", args=[run.pk]) in page
    assert dict(run.payments.values_list("person__full_name", "method")) == {
        "Petra Person": "bank",
        "Quentin Second": "other",
    }


def test_a_signed_run_keeps_the_account_it_was_signed_with(scene, claim_in):
    check(scene, give(scene.person))
    run = signed_run(scene, [claim_in("approved")])
    give(scene.person, account_number="12345678")
    assert run.payments.get().account_number == "66374958"
    refused("UPDATE payments_payment SET account_number = 'x' WHERE run_id = %s", run.pk)
    refused("UPDATE payments_payment SET method = 'other' WHERE run_id = %s", run.pk)


def test_a_payment_by_bank_has_an_account_and_one_another_way_has_none(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    refused("UPDATE payments_payment SET method = 'bank' WHERE run_id = %s", run.pk)
    refused("UPDATE payments_payment SET sort_code = 'x' WHERE run_id = %s", run.pk)
