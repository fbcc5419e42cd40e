"""The demo where it is not loaded: the rows an installation begins with, and a programme it must leave alone."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from programmes.models import Programme
from tests.factories import a_programme
from tests.helpers.demo import FACTS
from wellbeing.demo import load, shift_dates
from wellbeing.demo.clock import our_models

pytestmark = pytest.mark.django_db


def test_every_row_a_migration_brings_is_a_fact_that_stays():
    # Before the demo is loaded, every row there is came with migrations.
    brought = {model for model in our_models() if model._default_manager.exists()}
    assert brought == shift_dates.FACTS == set(FACTS)


def test_a_programme_of_the_same_name_that_is_not_the_demos_is_left_alone():
    a_programme("Wellbeing Our Way")
    with pytest.raises(CommandError, match="not the demo's"):
        call_command("load_demo", skip_checks=True)
    assert Programme.objects.count() == 1
    assert load.the_week() is None
