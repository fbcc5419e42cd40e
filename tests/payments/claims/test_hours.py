"""Part of a day: the claim takes the hours that staff recorded, and its person can say others."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from events.day import actions as day_actions
from payments.approval.warnings import warnings_of
from payments.claims.actions import hours, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim
from payments.pages.queries import whole_claim
from tests import factories
from tests.helpers.database import refused


@pytest.fixture
def event(scene):
    """An event of six hours, which is a full day."""
    event = factories.an_event(scene.programme, organiser=scene.staff.person, hours=6)
    factories.an_invitation(event, scene.person.person)
    return event


@pytest.fixture
def record(scene, event):
    """fn(hours=None) -> the person's claim, once staff recorded that they came (for so many hours)."""

    def there(hours=None):
        mine = scene.person.person.pk
        given = {} if hours is None else {mine: Decimal(hours)}
        day_actions.record(event=event, came={mine}, hours=given, by=scene.staff)
        return Claim.objects.get(event=event, person=mine)

    return there


def time_of(claim):
    line = claim.lines.get(category="time")
    return line.hours, line.amount_pence, line.hours_reason


def words(response):
    return " ".join(strip_tags(response.text).split())


def test_the_claim_takes_the_hours_that_staff_recorded(record):
    assert time_of(record()) == (6, 10_000, "")
    assert time_of(record(2)) == (2, 5_000, ""), "a draft takes what was put right"
    assert record(2).lines.get().rate_note == "Half a day, up to 4 hours: £50.00"


def test_a_sent_claim_stays_and_the_approver_is_told_that_the_list_says_otherwise(scene, record):
    claim = record()
    sending.submit(claim=claim, by=scene.person)
    assert time_of(record(1)) == (6, 10_000, "")
    [warning] = warnings_of(whole_claim(claim.pk), scene.staff)
    assert warning.text == "Staff recorded 1 hour. The claim is for 6 hours, with no reason."


def test_a_person_says_other_hours_with_a_reason_and_the_approver_sees_both(scene, signed_in, record):
    claim = record(2)
    client, address = signed_in(scene.person), reverse("claim_hours", args=[claim.pk])
    assert f'href="{address}"' in client.get(claim.get_absolute_url()).text
    assert "We have written down that you were there for 2 hours." in words(client.get(address))
    page = client.post(address, {"hours": "5", "reason": " "})
    assert page.context["form"].errors["reason"] == ["Say why these are not the hours on our list."]
    assert page.context["form"]["hours"].value() == "5"
    assert client.post(address, {"hours": "5", "reason": "I stayed to clear up."}).url == claim.get_absolute_url()
    assert time_of(claim) == (5, 10_000, "I stayed to clear up.")
    assert "Not the hours on our list. I stayed to clear up." in words(client.get(claim.get_absolute_url()))
    assert time_of(record(1)) == (5, 10_000, "I stayed to clear up."), "what the person says stays"
    sending.submit(claim=claim, by=scene.person)
    read = words(signed_in(scene.staff).get(claim.get_absolute_url()))
    assert "Staff recorded 1 hour. The claim is for 5 hours: “I stayed to clear up.”" in read
    assert "On the list of who came, for 1 hour" in read


def test_the_hours_of_the_list_put_the_line_back_without_a_reason(scene, record):
    claim = record()
    hours.say(claim=claim, by=scene.person, hours=Decimal(1), reason="I left after an hour.")
    assert time_of(claim) == (1, 5_000, "I left after an hour.")
    hours.say(claim=claim, by=scene.person, hours=Decimal(6), reason="Sorry, I did not.")
    assert time_of(claim) == (6, 10_000, "")


def test_hours_are_changed_by_who_fills_in_a_claim_for_an_event_that_may_change(scene, signed_in, record, claim_in):
    with pytest.raises(ClaimError, match="Only the person"):
        hours.say(claim=record(), by=scene.staff, hours=Decimal(1), reason="No.")
    other = claim_in("draft")
    with pytest.raises(ClaimError, match="no hours at an event"):
        hours.say(claim=other, by=scene.person, hours=Decimal(1), reason="No.")
    assert signed_in(scene.person).get(reverse("claim_hours", args=[other.pk])).url == other.get_absolute_url()
    sent = sending.submit(claim=record(), by=scene.person)
    with pytest.raises(ClaimError, match="before you send it"):
        hours.say(claim=sent, by=scene.person, hours=Decimal(1), reason="No.")


def test_postgres_refuses_other_hours_of_an_expense(scene, record):
    claim = record()
    line = claim.lines.create(
        category="expense", expense_kind="parking", description="Car park", on=claim.activity_date, amount_pence=1
    )
    change = "UPDATE payments_claimline SET hours_reason = 'x' WHERE id = %s"
    assert "claim_line_hours_differ_for_time_alone" in refused(change, line.pk)
