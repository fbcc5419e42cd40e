"""Rows that every installation begins with: there after migrating, after a flush, and never written twice."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from payments import reference_data as payments_rows
from payments.models import MileageRate, ReturnReason, SmallNumberRule
from people import reference_data as people_rows
from programmes import reference_data as programmes_rows
from wellbeing.lib.reference import ReferenceRows

EVERY = [
    *payments_rows.EVERY,
    people_rows.WAITING_TIMES,
    people_rows.POSTAGE_RULES,
    people_rows.PRIVACY_RULES,
    programmes_rows.REMINDER_RULES,
    programmes_rows.FEWEST_SHOWN,
]


def of(rows):
    return apps.get_model(rows.app, rows.model).objects


def load():
    payments_rows.load(apps, "default")
    people_rows.load(apps, "default")
    programmes_rows.load(apps, "default")


@pytest.mark.django_db
@pytest.mark.parametrize("rows", EVERY, ids=lambda rows: rows.model)
def test_each_row_is_there_and_loading_again_adds_none(rows):
    load()
    assert of(rows).count() == len(rows.rows)
    for row in rows.rows:
        assert of(rows).filter(**row).count() == 1


@pytest.mark.django_db
def test_a_row_that_was_changed_stays_and_one_that_is_missing_comes_back():
    reason = ReturnReason.objects.get(code="B")
    ReturnReason.objects.filter(pk=reason.pk).update(words="Closed")
    MileageRate.objects.filter(vehicle="bicycle").delete()
    load()
    reason.refresh_from_db()
    assert reason.words == "Closed"
    assert MileageRate.objects.filter(vehicle="bicycle").count() == 2


@pytest.mark.django_db
def test_a_first_rule_goes_into_an_empty_table_alone():
    # A rule of the installation's own stays the only other one: rules begin in the future.
    SmallNumberRule.objects.create(effective_from=timezone.localdate() + dt.timedelta(days=9), least=7)
    load()
    assert sorted(SmallNumberRule.objects.values_list("least", flat=True)) == [5, 7]


@pytest.mark.django_db
def test_a_state_without_the_model_or_its_fields_gets_no_rows():
    ReferenceRows("payments", "Nothing", rows=({"code": "B"},)).load(apps, "default")
    ReferenceRows("payments", "ReturnReason", rows=({"another_name": "B"},)).load(apps, "default")
    assert ReturnReason.objects.count() == len(payments_rows.RETURN_REASONS.rows)


@pytest.mark.django_db(transaction=True)
def test_reference_rows_are_there_after_a_flush():
    call_command("flush", interactive=False, verbosity=0)
    for rows in EVERY:
        assert of(rows).count() == len(rows.rows)
