"""Queries that are put together once: their rows are those of the query, for whatever they are asked."""

import datetime as dt

import pytest
from django.utils import timezone

from programmes.models import Programme
from tests import factories as make
from wellbeing.lib.prepared import NotPreparedError, prepared


def test_each_call_is_answered_for_its_own_arguments_and_sends_one_statement(db, django_assert_num_queries):
    one, other = make.a_programme(name="One"), make.a_programme(name="Other")

    @prepared
    def begun(programme, slug, on):
        return Programme.objects.filter(pk=programme, slug=slug, starts_on__lte=on).values_list("name")

    day = one.starts_on
    assert begun(one.pk, one.slug, day) == [("One",)]
    with django_assert_num_queries(3):
        assert begun(other.pk, other.slug, day) == [("Other",)]
        assert begun(other.pk, one.slug, day) == []
        assert begun(one.pk, one.slug, day - dt.timedelta(days=1)) == []


def test_a_value_of_the_query_that_is_no_argument_stays_as_it_is(db):
    programme = make.a_programme()

    @prepared
    def found(key):
        return Programme.objects.filter(pk=key, slug=programme.slug).values_list("pk")[:1]

    assert found(programme.pk) == [(programme.pk,)]
    assert found(programme.pk + 1) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda on: Programme.objects.filter(starts_on__lte=on - dt.timedelta(days=3)).values_list("pk"),
        lambda on: Programme.objects.filter(pk__in=range(on.toordinal() % 2 + 1)).values_list("pk"),
        lambda on: Programme.objects.filter(starts_on__lte=on, ends_on__gt=timezone.localdate()).values_list("pk"),
    ],
)
def test_a_query_that_makes_something_else_of_its_arguments_is_refused(db, build):
    with pytest.raises(NotPreparedError):
        prepared(build)(dt.date(2026, 11, 23))


@pytest.mark.parametrize("argument", [None, True, [1], dt.datetime(2026, 11, 23, tzinfo=dt.UTC)])
def test_an_argument_that_could_change_the_statement_is_refused(db, argument):
    with pytest.raises(NotPreparedError):
        prepared(lambda key: Programme.objects.filter(pk=key).values_list("pk"))(argument)
