"""The forecast of events to come, and the years of a budget."""

import datetime as dt

import pytest
from django.utils import timezone

from events.models import Event, Places
from payments.budgets import forecast
from payments.budgets import queries as budget_queries
from payments.models import Claim, ClaimLine
from programmes.models import Programme, Role
from tests import factories
from tests.helpers.budgets import a_line, line_figures
from tests.helpers.client import page_text
from wellbeing.lib.money import pounds

# Events to come


def test_the_forecast_counts_people_who_said_yes_and_the_usual_share_of_the_others(scene):
    line = a_line(scene, activities=("",))
    people = [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE) for _n in range(8)]
    past = factories.an_event(scene.programme, days=-20, kind=Event.Kind.WORKSHOP)
    for number, user in enumerate(people):
        factories.an_invitation(
            past, user.person, reply="coming" if number < 6 else "not_coming", replied_at=timezone.now()
        )
    # A partner's people are not paid.
    factories.an_invitation(past, factories.a_person(), reply="coming", replied_at=timezone.now())
    for pence in (1000, 501):
        claim = factories.a_claim(
            scene.programme, factories.a_person(), policy=scene.policy, event=past, activity_date=past.day
        )
        ClaimLine.objects.create(
            claim=claim, category="expense", expense_kind="taxi", description="Taxi", on=past.day, amount_pence=pence
        )
        Claim.objects.filter(pk=claim.pk).update(
            status="submitted", submitted_at=timezone.now(), submitted_by=claim.person, pay_by=timezone.localdate()
        )
    coming = factories.an_event(scene.programme, days=9, hours=3, kind=Event.Kind.WORKSHOP)
    for number, user in enumerate(people):
        reply = ("coming", "coming", "not_coming", "not_sure")[number] if number < 4 else ""
        factories.an_invitation(coming, user.person, reply=reply, replied_at=timezone.now() if reply else None)
    (found,) = forecast.forecast(scene.programme)
    rate = forecast.yes_rate(scene.programme)
    assert (rate.yes, rate.invited) == (6, 8)
    # Five have not said; of those, six eighths are 3.75.
    assert (found.said_yes, found.maybe, found.expected_maybe, found.people) == (2, 5, 4, 6)
    fee = scene.policy.fee_rule_for("workshop").half_day_pence
    assert (found.fee_pence, found.expenses_pence, found.same_kind) == (fee, 751, True)
    assert found.pence == 6 * (fee + 751)
    assert found.line == line
    assert forecast.pence_by_line([found]) == {line.pk: found.pence}
    assert line_figures(line).pending_pence == 0


def test_the_page_of_an_event_says_what_it_is_likely_to_cost_and_what_that_rests_on(scene, signed_in):
    line = a_line(scene, activities=("",))
    event = factories.an_event(scene.programme, days=9, hours=3, kind=Event.Kind.WORKSHOP)
    people = [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person for _n in range(3)]
    for number, person in enumerate(people):
        reply = "coming" if number == 0 else ""
        factories.an_invitation(event, person, reply=reply, replied_at=timezone.now() if reply else None)
    Places.objects.create(event=event, number=2, set_by=scene.staff.person)
    found = forecast.forecast_of(event)
    assert (found.people, found.expected_maybe, found.capped) == (2, 1, True)
    fee = scene.policy.fee_rule_for("workshop").half_day_pence
    address = event.get_absolute_url()
    for user, query in ((scene.staff, "?tab=claims"), (scene.finance, "")):
        page = page_text(signed_in(user).get(f"{address}{query}"))
        assert pounds(2 * fee) in page
        assert "1 person said yes. 2 have not said and are counted. No more are counted than there are places." in page
        assert line.name in page
    factories.an_invitation(event, scene.person.person)
    assert "likely to cost" not in page_text(signed_in(scene.person).get(address))


def test_an_event_that_is_over_has_no_forecast(scene):
    assert forecast.forecast_of(factories.an_event(scene.programme, days=-3)) is None


def test_the_forecast_leaves_out_cancelled_events_and_uses_all_kinds_where_one_is_new(scene):
    past = factories.an_event(scene.programme, days=-20, kind=Event.Kind.MEETING)
    claim = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, event=past)
    ClaimLine.objects.create(
        claim=claim, category="expense", expense_kind="taxi", description="Taxi", on=past.day, amount_pence=800
    )
    Claim.objects.filter(pk=claim.pk).update(
        status="submitted", submitted_at=timezone.now(), submitted_by=claim.person, pay_by=timezone.localdate()
    )
    factories.an_event(scene.programme, days=4, status=Event.Status.CANCELLED)
    online = factories.an_event(scene.programme, days=5, kind=Event.Kind.ONLINE)
    factories.an_invitation(online, scene.person.person)
    (found,) = forecast.forecast(scene.programme)
    assert (found.expenses_pence, found.same_kind, found.line) == (800, False, None)
    # Nobody was invited before, so whoever is invited is counted.
    assert (found.said_yes, found.expected_maybe) == (0, 1)


def test_the_forecast_takes_the_same_queries_for_many_events(scene, django_assert_num_queries):
    a_line(scene)

    def queries_for(events):
        for _n in range(events):
            event = factories.an_event(scene.programme, days=6)
            factories.an_invitation(event, scene.person.person)
        with django_assert_num_queries(10):
            return len(forecast.forecast(scene.programme))

    assert queries_for(3) == 3
    assert queries_for(27) == 30


def test_a_programme_with_nothing_to_come_has_no_forecast(scene):
    assert forecast.forecast(scene.programme) == []
    assert forecast.pence_by_line([]) == {}


@pytest.mark.parametrize(
    ("first", "last", "on", "expected"),
    [
        ("2025-04-01", "2028-03-31", "2026-03-31", ("2025-04-01", "2026-03-31")),
        ("2025-04-01", "2028-03-31", "2026-04-01", ("2026-04-01", "2027-03-31")),
        ("2025-04-01", "2026-09-30", "2026-05-01", ("2026-04-01", "2026-09-30")),
        ("2024-02-29", "2028-02-28", "2025-02-28", ("2024-02-29", "2025-02-27")),
        ("2025-04-01", "2028-03-31", "2024-01-01", ("2025-04-01", "2026-03-31")),
    ],
)
def test_funding_years_are_counted_from_the_first_day(first, last, on, expected):
    day = dt.date.fromisoformat
    programme = Programme(starts_on=day(first), ends_on=day(last))
    assert budget_queries.year_of(programme, day(on)) == tuple(map(day, expected))
