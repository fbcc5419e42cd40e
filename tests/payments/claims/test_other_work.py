"""Claims for work that was no event: started by the person, priced by the policy of the day."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from payments.claims import queries as claim_queries
from payments.claims.actions import entering
from payments.claims.transitions import ClaimError
from payments.models import Claim, FeeRule, PolicyVersion
from programmes.models import Membership, Role
from tests import factories

TODAY = timezone.localdate
FEW_DAYS = dt.timedelta(days=3)


def start(scene, **values):
    values = {
        "programme": scene.programme,
        "by": scene.person,
        "activity": "document_review",
        "on": TODAY() - FEW_DAYS,
        "hours": Decimal("2.5"),
        "description": "Read the draft report",
        **values,
    }
    return entering.start(**values)


def publish(programme, effective_from, rates, **fields):
    """A version that pays `rates`: {activity: pence an hour}."""
    version = PolicyVersion.objects.create(
        programme=programme,
        number=programme.policy_versions.count() + 1,
        effective_from=effective_from,
        pay_within_working_days=10,
        claim_window_months=3,
        **fields,
    )
    for activity, pence in rates.items():
        FeeRule.objects.create(version=version, activity=activity, method="per_hour", unit_pence=pence)
    version.published_at = timezone.now()
    version.save()
    return version


def test_time_is_priced_by_the_policy_of_the_day_it_was_given(scene):
    newer = publish(scene.programme, TODAY() - dt.timedelta(days=1), {"document_review": 2000})
    before, after = start(scene), start(scene, on=TODAY())
    assert (before.policy, before.lines.get().amount_pence) == (scene.policy, 5000)
    assert (after.policy, after.lines.get().amount_pence) == (newer, 5000)
    assert "£20.00 an hour" in after.lines.get().rate_note
    assert (after.status, after.event, after.activity, after.description) == (
        "draft",
        None,
        "document_review",
        "Read the draft report",
    )
    assert after.reference.startswith(scene.programme.short_code)


def test_pressing_the_button_twice_makes_one_claim(scene):
    assert start(scene) == start(scene)
    assert start(scene, hours=Decimal(3)) != start(scene)
    assert start(scene, description="Read the other report") != start(scene)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": TODAY() + dt.timedelta(days=1)}, "on"),
        ({"on": TODAY() - dt.timedelta(days=450)}, "on"),
        ({"activity": "meeting"}, "activity"),
        ({"activity": "juggling"}, "activity"),
        ({"activity": "preparation"}, "activity"),
        ({"hours": Decimal(0)}, "hours"),
        ({"description": "  "}, "description"),
    ],
)
def test_what_cannot_be_claimed_is_refused_beside_its_question(scene, values, field):
    with pytest.raises(ClaimError) as refusal:
        start(scene, **values)
    assert refusal.value.field == field
    assert not Claim.objects.exists()


def test_somebody_who_left_claims_for_the_days_before_and_not_after(scene):
    Membership.objects.filter(person=scene.person.person).update(ends_on=TODAY() - dt.timedelta(days=2))
    assert start(scene)
    with pytest.raises(ClaimError) as refusal:
        start(scene, on=TODAY())
    assert refusal.value.field == "on"


@pytest.mark.parametrize("who", ["staff", "finance", "steering", "stranger", "administrator"])
def test_nobody_without_lived_experience_in_the_programme_starts_one(scene, who):
    with pytest.raises(ClaimError, match="lived experience"):
        start(scene, by=getattr(scene, who))


def test_preparation_is_offered_only_where_no_other_payment_includes_it(scene):
    activities = [activity for activity, _version in claim_queries.activities_apart(scene.programme, TODAY())]
    assert "preparation" not in activities
    assert {"document_review", "conversation"} <= set(activities)
    assert not {"meeting", "online", "workshop"} & set(activities)
    publish(scene.other, TODAY() - FEW_DAYS, {"preparation": 1500}, preparation_included=False)
    assert [a for a, _version in claim_queries.activities_apart(scene.other, TODAY())] == ["preparation"]


def test_what_an_older_version_paid_can_still_be_claimed_for_its_days(scene):
    publish(scene.programme, TODAY() - dt.timedelta(days=1), {"facilitating": 2000})
    offered = dict(claim_queries.activities_apart(scene.programme, TODAY()))
    assert offered["document_review"] == scene.policy
    with pytest.raises(ClaimError) as refusal:
        start(scene, on=TODAY())
    assert refusal.value.field == "activity"


def test_the_database_keeps_claims_without_an_event_out_of_the_future(scene):
    claim = start(scene)
    with pytest.raises(IntegrityError, match="gone_by"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE payments_claim SET activity_date = %s WHERE id = %s", [TODAY() + dt.timedelta(days=1), claim.pk]
        )


# The pages


def test_a_person_answers_one_question_a_page_and_finds_their_claim(scene, signed_in):
    client = signed_in(scene.person)
    assert b"Claim for something else you did" in client.get(reverse("my_claims")).content
    page = client.get(reverse("claim_new"), follow=True)
    assert "What did you do?" in page.content.decode()
    page = client.post(page.request["PATH_INFO"], {"activity": "document_review"}, follow=True)
    day = TODAY() - FEW_DAYS
    page = client.post(
        page.request["PATH_INFO"],
        {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)},
        follow=True,
    )
    assert "How long did it take?" in page.content.decode()
    page = client.post(page.request["PATH_INFO"], {"hours": "2.5"}, follow=True)
    assert "£50.00" in page.content.decode()
    last = page.request["PATH_INFO"]
    page = client.post(last, {"description": "Read the draft report"}, follow=True)
    claim = Claim.objects.get()
    assert page.request["PATH_INFO"] == claim.get_absolute_url()
    assert "Thank you for your work." in page.content.decode()
    client.post(last, {"description": "Read the draft report"})
    assert Claim.objects.count() == 1
    client.post(reverse("claim_submit", args=[claim.pk]), {"agree": "on"})
    claim.refresh_from_db()
    assert claim.status == "submitted"


def test_the_day_is_refused_on_its_own_page_with_what_was_typed(scene, signed_in):
    tomorrow = TODAY() + dt.timedelta(days=1)
    page = signed_in(scene.person).post(
        reverse("claim_new_day", args=[scene.programme.slug, "document_review"]),
        {"day_day": str(tomorrow.day), "day_month": str(tomorrow.month), "day_year": str(tomorrow.year)},
    )
    assert page.status_code == 200
    assert "or earlier" in page.content.decode()
    assert f'value="{tomorrow.year}"' in page.content.decode()


def test_somebody_in_two_programmes_is_asked_which(scene, signed_in):
    factories.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.person)
    factories.a_policy(scene.other)
    client = signed_in(scene.person)
    page = client.get(reverse("claim_new"))
    assert "Which programme is it for?" in page.content.decode()
    assert client.post(reverse("claim_new"), {"programme": scene.other.slug})["Location"] == reverse(
        "claim_new_activity", args=[scene.other.slug]
    )


def test_where_nothing_is_paid_outside_events_the_page_says_so(scene, signed_in):
    publish(scene.other, scene.other.starts_on, {"meeting": 2000})
    only = factories.with_role(scene.other, Role.LIVED_EXPERIENCE)
    client = signed_in(only)
    assert "nothing to claim" in client.get(reverse("claim_new")).content.decode()
    assert "nothing to claim" in client.get(reverse("claim_new_activity", args=[scene.other.slug])).content.decode()


@pytest.mark.parametrize(
    "tail",
    ["juggling/", "document_review/2026-13-01/", "document_review/2026-11-01/0/", "document_review/2026-11-01/x/"],
)
def test_an_address_nobody_was_given_is_not_found(scene, signed_in, tail):
    page = signed_in(scene.person).get(reverse("claim_new_activity", args=[scene.programme.slug]) + tail)
    assert page.status_code == 404
