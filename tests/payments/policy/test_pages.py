"""Any published policy can be set up on the pages alone; mileage at HMRC's rates; the page anyone may read."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from events.models import Event
from payments.claims.actions import filling, sending
from payments.claims.transitions import ClaimError
from payments.models import ClaimLine, ExpenseRule, MileageRate, PolicyVersion
from payments.policy import actions as policy_actions
from payments.policy import calculations
from payments.policy.calculations import half_or_full_day
from payments.policy.models.kinds import Activity
from tests import factories
from tests.helpers.policies import publish_at_once

DATA = Path(__file__).parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What the page is told besides the payment for time.
REST = {
    "effective_from_day": "6",
    "effective_from_month": "4",
    "effective_from_year": "2025",
    "preparation_included": "yes",
    "mileage": "none",
    "pay_within_working_days": "10",
    "claim_window_months": "3",
    "rates": "0",
}
# The activities of the bodies that are one of ours; what else they name is paid by the rule for everything.
OURS = {"document review": "document_review", "online meeting": "online", "taking part from home": "online"}


def answers(rate):
    """Return what staff type for a row of published_rates.csv."""
    amount, rule = rate["half_day_or_unit_gbp"], rate["rule"]
    if rule.startswith("half_day"):
        limit = "half" if rule == "half_day_up_to_4" else "full"
        return {
            "method": "half_or_full_day",
            "half_day": amount,
            "full_day": rate["full_day_gbp"],
            "half_day_hours": "4",
            "limit": limit,
        }
    if rule == "per_3_hours_or_part":
        return {"method": "per_part", "unit": amount, "unit_hours": "3"}
    return {"method": {"per_hour": "per_hour", "fixed": "fixed"}[rule], "unit": amount}


@pytest.mark.parametrize("rate", rows("published_rates.csv"), ids=lambda rate: f"{rate['body']} {rate['activity']}")
def test_what_a_body_publishes_can_be_set_up_on_the_pages_alone(scene, signed_in, publish_on_pages, rate):
    activity = OURS.get(rate["activity"], "")
    told = answers(rate)
    if activity:
        told = {
            "method": "none",
            "rates": "1",
            "rate0-activity": activity,
            **{f"rate0-{k}": v for k, v in told.items()},
        }
    version = publish_on_pages(signed_in(scene.elsewhere), scene.other, {**REST, **told})
    terms = version.fee_rule_for(activity or "meeting").terms
    for row in rows("published_rates_expected.csv"):
        if (row["body"], row["activity"]) == (rate["body"], rate["activity"]):
            assert calculations.fee(terms, Decimal(row["hours"])) == int(Decimal(row["fee_gbp"]) * 100)
    assert calculations.fee(terms, Decimal(1)) == int(Decimal(rate["half_day_or_unit_gbp"]) * 100), (
        "an hour is half a day, a started block, the whole or itself"
    )
    if activity:
        assert version.fee_rule_for("meeting") is None
    page = signed_in(None).get(reverse("policy", args=[scene.other.slug])).content.decode()
    assert f"We pay £{rate['half_day_or_unit_gbp']}" in page


def test_one_policy_can_pay_each_activity_in_its_own_way(scene, signed_in, publish_on_pages):
    version = publish_on_pages(
        signed_in(scene.elsewhere),
        scene.other,
        {
            **REST,
            **answers(rows("published_rates.csv")[1]),
            "rates": "3",
            "rate0-activity": "document_review",
            "rate0-method": "fixed",
            "rate0-unit": "25",
            "rate1-activity": "facilitating",
            "rate1-method": "per_hour",
            "rate1-unit": "30",
            # What does not belong to the chosen way is left out.
            "rate1-unit_hours": "3",
            "rate2-remove": "on",
        },
    )
    assert version.fee_rule_for("preparation") is None, "the payment includes it"
    others = [activity for activity in Activity.values if activity != "preparation"]
    fees = {a: calculations.fee(version.fee_rule_for(a).terms, Decimal(4)) for a in others}
    assert fees == dict.fromkeys(others, 15000) | {"document_review": 2500, "facilitating": 12000}
    assert version.fee_rule_for("facilitating").unit_hours is None
    page = signed_in(scene.elsewhere).get(reverse("policy_draft", args=[scene.other.slug])).content.decode()
    assert 'name="rates" value="2"' in page, "the next version starts from this one"
    words = signed_in(None).get(reverse("policy", args=[scene.other.slug])).content.decode()
    assert "Leading or helping to run a session: We pay £30.00 for each hour." in words
    assert "Everything else: We pay £75.00 for half a day." in words


def test_a_rate_more_is_added_without_losing_what_was_typed_and_nothing_is_published(scene, signed_in):
    url = reverse("policy_draft", args=[scene.other.slug])
    typed = {**REST, "method": "per_hour", "unit": "thirty", "parking-covered": "on", "add": "rate"}
    page = signed_in(scene.elsewhere).post(url, typed).content.decode()
    assert 'value="thirty"' in page
    assert 'name="rates" value="1"' in page
    assert "rate0-activity" in page
    assert "There is a problem" not in page
    assert not PolicyVersion.objects.filter(programme=scene.other).exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"method": ""}, "Answer the question “How is time paid?”"),
        ({"method": "per_hour"}, "Enter what you pay"),
        ({"method": "per_part", "unit": "20"}, "Enter how many hours a block is"),
        ({"method": "per_part", "unit": "20", "unit_hours": "0"}, "Enter a quarter of an hour (0.25) or more"),
        ({"method": "half_or_full_day", "half_day": "50"}, "Enter what a full day is paid"),
        ({"method": "fixed", "unit": "5", "mileage": "own"}, "Enter the pence for each mile"),
        (
            {"method": "fixed", "unit": "5", "rates": "1", "rate0-method": "fixed"},
            "Answer the question “Which activity?”",
        ),
        (
            {"method": "fixed", "unit": "5", "rates": "2"}
            | {
                f"rate{n}-{k}": v
                for n in (0, 1)
                for k, v in {"activity": "meeting", "method": "fixed", "unit": "1"}.items()
            },
            "This activity has a rate already",
        ),
        (
            {"method": "fixed", "unit": "5", "rates": "1", "rate0-activity": "meeting", "rate0-limit": "half"}
            | {
                "rate0-method": "half_or_full_day",
                "rate0-half_day": "9",
                "rate0-full_day": "8",
                "rate0-half_day_hours": "4",
            },
            "A full day cannot be paid less than half a day.",
        ),
    ],
)
def test_an_answer_that_is_missing_or_wrong_is_said_and_nothing_published(scene, signed_in, wrong, words):
    page = signed_in(scene.elsewhere).post(reverse("policy_draft", args=[scene.other.slug]), {**REST, **wrong})
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not PolicyVersion.objects.filter(programme=scene.other).exists()


def test_every_kind_of_event_is_an_activity_a_policy_can_name():
    assert set(Event.Kind.values) < set(Activity.values)


# Mileage at HMRC's rates


def test_the_rates_we_ship_are_those_hmrc_published(db):
    vehicles = {"car or van": "car", "motorcycle": "motorcycle", "bicycle": "bicycle"}
    shipped = {(str(rate.effective_from), rate.vehicle): rate for rate in MileageRate.objects.all()}
    published = rows("mileage_rates.csv")
    assert len(shipped) == len(published)
    for row in published:
        terms = shipped[row["effective_from"], vehicles[row["vehicle"]]].terms
        assert terms.first_band_pence == Decimal(row["first_band_pence"])
        assert terms.first_band_miles == (int(row["first_band_miles_a_tax_year"] or 0) or None)
        assert terms.after_pence == (Decimal(row["after_pence"]) if row["after_pence"] else None)
        assert terms.passenger_pence == Decimal(row["passenger_pence"])
    assert all(rate.source for rate in shipped.values())


@pytest.fixture
def hmrc(scene):
    """A policy of the other programme that pays HMRC's rates, and fn(day, person) -> a draft claim under it."""
    version = publish_at_once(
        programme=scene.other,
        by=scene.elsewhere,
        effective_from=dt.date(2025, 1, 1),
        fees=[policy_actions.ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))],
        hmrc_rates=True,
        pay_within_working_days=10,
        claim_window_months=3,
    )

    def claim_on(day, person=None):
        return factories.a_claim(scene.other, (person or scene.person).person, policy=version, activity_date=day)

    return claim_on


def drive(claim, by, miles, vehicle="car", passengers=0):
    return filling.add_expense(
        claim=claim, by=by, kind="mileage", description="", miles=Decimal(miles), vehicle=vehicle, passengers=passengers
    )


SEPTEMBER = dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("miles", "vehicle", "passengers", "pence", "note"),
    [
        ("24", "car", 0, 1320, "24 miles at 55p. Car or van, HMRC rate from 6 April 2026"),
        (
            "24",
            "car",
            1,
            1440,
            "24 miles at 55p and 5p a mile for 1 passenger. Car or van, HMRC rate from 6 April 2026",
        ),
        ("7.5", "bicycle", 3, 150, "7.5 miles at 20p. Bicycle, HMRC rate from 6 April 2026"),
        ("10", "motorcycle", 0, 240, "10 miles at 24p. Motorcycle, HMRC rate from 6 April 2026"),
    ],
)
def test_a_journey_is_repaid_by_its_day_vehicle_and_passengers(scene, hmrc, miles, vehicle, passengers, pence, note):
    line = drive(hmrc(SEPTEMBER), scene.person, miles, vehicle, passengers)
    assert (line.amount_pence, line.rate_note) == (pence, note)


def test_the_rate_is_that_of_the_day_of_the_journey(scene, hmrc):
    assert drive(hmrc(dt.date(2026, 4, 5)), scene.person, 100).amount_pence == 4500
    assert drive(hmrc(dt.date(2026, 4, 6)), scene.person, 100).amount_pence == 5500


def test_the_yearly_band_counts_the_persons_own_miles_with_that_vehicle_from_6_april(scene, hmrc):
    for _part in range(2):
        drive(hmrc(dt.date(2026, 5, 1)), scene.person, "4975")
    drive(hmrc(dt.date(2026, 4, 5)), scene.person, 500)
    drive(hmrc(SEPTEMBER), scene.person, 500, "bicycle")
    drive(hmrc(SEPTEMBER, scene.stranger), scene.stranger, 500)
    taken_back = hmrc(SEPTEMBER)
    drive(taken_back, scene.person, 500)
    sending.withdraw(claim=taken_back, by=scene.person)
    line = drive(hmrc(SEPTEMBER), scene.person, 100)
    assert line.amount_pence == 50 * 55 + 50 * 25
    assert line.rate_note.startswith("50 miles at 55p and 50 miles at 25p.")


def test_taking_a_journey_off_a_claim_prices_those_after_it_again(scene, hmrc):
    claim = hmrc(SEPTEMBER)
    first, second = drive(claim, scene.person, "9999"), drive(claim, scene.person, 11)
    assert second.amount_pence == 55 + 250
    filling.change_expense(line=first, by=scene.person, description="", miles=Decimal(9990), vehicle="car")
    second.refresh_from_db()
    assert second.amount_pence == 550 + 25
    filling.remove_line(line=first, by=scene.person)
    second.refresh_from_db()
    assert (second.amount_pence, second.rate_note[:8]) == (605, "11 miles")


def test_hmrc_mileage_needs_a_vehicle_and_a_day_there_is_a_rate_for(scene, hmrc):
    with pytest.raises(ClaimError) as refusal:
        drive(hmrc(SEPTEMBER), scene.person, 10, "horse")
    assert refusal.value.field == "vehicle"
    with pytest.raises(ClaimError, match="no HMRC rate"):
        drive(hmrc(dt.date(2010, 1, 1)), scene.person, 10)


def test_a_claim_asks_vehicle_and_passengers_only_where_hmrc_rates_are_paid(scene, hmrc, signed_in, claim_in):
    client = signed_in(scene.person)
    own = client.get(reverse("claim_expense_cost", args=[claim_in("draft").pk, "mileage"])).content.decode()
    assert "drive or ride" not in own
    claim = hmrc(SEPTEMBER)
    url = reverse("claim_expense_cost", args=[claim.pk, "mileage"])
    page = client.get(url).content.decode()
    assert "Car or van: 55p a mile for the first 10,000 miles" in page
    assert client.post(url, {"miles": "24", "passengers": "1"}).status_code == 200, "the vehicle is missing"
    assert client.post(url, {"miles": "24", "vehicle": "car", "passengers": "x"}).status_code == 200
    assert client.post(url, {"miles": "24", "vehicle": "car", "passengers": "1"}).url == claim.get_absolute_url()
    line = claim.lines.get(category="expense")
    assert line.amount_pence == 1440
    edit = client.get(reverse("claim_line_edit", args=[claim.pk, line.pk])).content.decode()
    assert 'value="24.0"' in edit


def test_the_database_holds_a_mileage_rule_to_one_rate_and_passengers_to_a_drive(scene, claim_in):
    draft = PolicyVersion.objects.create(
        programme=scene.other, number=9, effective_from=SEPTEMBER, pay_within_working_days=5, claim_window_months=3
    )
    for rates in ({}, {"pence_per_mile": 40, "hmrc_rates": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExpenseRule.objects.create(version=draft, kind="mileage", **rates)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpenseRule.objects.create(version=draft, kind="parking", hmrc_rates=True)
    line = claim_in("draft").lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimLine.objects.filter(pk=line.pk).update(passengers=1)


# The page anyone may read


def the_page(client, programme, **query):
    return client.get(reverse("policy", args=[programme.slug]), query)


def test_anyone_reads_a_published_policy_and_nothing_else_of_the_programme(scene, signed_in):
    page = the_page(signed_in(None), scene.programme)
    assert page.status_code == 200
    text = page.content.decode()
    assert "We pay £50.00 for half a day." in text
    for private in (
        scene.programme.contact_name,
        scene.programme.contact_email,
        f'"{reverse("programme", args=[scene.programme.slug])}"',
    ):
        assert private not in text
    assert scene.programme.contact_email in the_page(signed_in(scene.person), scene.programme).content.decode()


def test_before_a_policy_is_published_only_people_of_the_programme_reach_its_page(scene, signed_in):
    assert the_page(signed_in(None), scene.other).status_code == 404
    assert the_page(signed_in(scene.person), scene.other).status_code == 404
    assert the_page(signed_in(scene.elsewhere), scene.other).status_code == 200


def test_anyone_tries_a_sum(scene, signed_in):
    text = the_page(signed_in(None), scene.programme, hours="3", miles="24").content.decode()
    assert "You would be paid £59.60" in text
    assert "Half a day, up to 4 hours: £50.00" in text
    assert "24 miles at 40p a mile" in text
    assert 'value="24"' in text
    assert "You would be paid £100.00" in the_page(signed_in(None), scene.programme, hours="4.25").content.decode()
    assert "You would be paid" not in the_page(signed_in(None), scene.programme).content.decode()


def test_a_sum_follows_the_activity_and_hmrc_where_the_policy_does(scene, signed_in, publish_on_pages):
    publish_on_pages(
        signed_in(scene.elsewhere),
        scene.other,
        {**REST, "method": "none", "mileage": "hmrc", "rates": "1", "rate0-activity": "meeting"}
        | {"rate0-method": "per_part", "rate0-unit": "20", "rate0-unit_hours": "3"},
    )
    client = signed_in(None)
    told = {"hours": "3.25", "activity": "meeting", "miles": "24", "vehicle": "car", "passengers": "1"}
    text = the_page(client, scene.other, **told).content.decode()
    assert "You would be paid £54.40" in text
    assert "Your time is not paid for this" in the_page(client, scene.other, **told | {"activity": ""}).content.decode()
    assert "Choose what you drove or rode" in the_page(client, scene.other, **told | {"vehicle": ""}).content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"hours": "", "miles": ""}, "Enter the hours you gave, or the miles you drove"),
        ({"hours": "three"}, "Enter hours like 1.5 or 1:30"),
        ({"hours": "0"}, "Enter a quarter of an hour (0.25) or more"),
        ({"hours": "99"}, "Enter the hours of one day, 24 at most"),
        ({"miles": "far"}, "Enter the miles as a number"),
    ],
)
def test_a_sum_that_cannot_be_worked_out_says_why_and_keeps_what_was_typed(scene, signed_in, query, words):
    text = the_page(signed_in(None), scene.programme, **query).content.decode()
    assert words in text
    assert "Error: " in text
    assert "You would be paid" not in text
    assert all(f'value="{typed}"' in text for typed in query.values() if typed)
