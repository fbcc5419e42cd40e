"""Tests of who is asked to check claims, cover for who is away, and limits of warnings."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments import contributions
from payments.approval import queries as approval_queries
from payments.approval.actions import approvers, decisions
from payments.approval.actions.approvers import AssignmentError
from payments.claims.transitions import ClaimError
from payments.models import ApproverAssignment, Claim, WarningThresholds
from programmes.models import Membership, Role
from tests import factories

LIMITS = {
    "picture_distance": 4,
    "usual_percent": 90,
    "usual_examples": 5,
    "usual_months": 6,
    "long_route_miles": Decimal(80),
    "ask_above_pence": 15_000,
    "ask_times_usual": 2,
}


def day(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


def asked(scene, on=None):
    found = approval_queries.who_is_asked([scene.programme.pk], on or day())[scene.programme.pk]
    return [person.full_name for person in found.people.values()]


def to_check(user):
    user.__dict__.pop("_programme_roles", None)
    return [task for task in contributions.tasks(user) if "to check" in task.title and "claim" in task.title]


def on_duty(scene, user, **fields):
    return approvers.add(
        programme=scene.programme, by=scene.staff, person=user.person, **{"starts_on": day(), **fields}
    )


def test_without_a_duty_all_staff_are_asked(scene, claim_in):
    claim_in("submitted")
    assert asked(scene) == ["Stan Staff", "Stella Staff"]
    assert len(to_check(scene.staff)) == len(to_check(scene.staff_two)) == 1
    assert not to_check(scene.elsewhere)


def test_with_a_duty_only_those_on_duty_are_asked(scene, claim_in):
    claim_in("submitted")
    on_duty(scene, scene.staff_two)
    assert asked(scene) == ["Stella Staff"]
    assert not to_check(scene.staff)
    assert to_check(scene.staff_two)[0].title == "1 claim to check"


def test_an_overdue_claim_is_urgent_for_who_is_on_duty(scene, claim_in):
    claim = claim_in("submitted")
    Claim.objects.filter(pk=claim.pk).update(pay_by=day(-1))
    on_duty(scene, scene.staff_two)
    assert to_check(scene.staff_two)[0].urgent
    assert not to_check(scene.staff)


def test_who_covers_is_asked_in_place_of_who_is_away_and_from_the_day_after_no_more(scene, claim_in):
    claim_in("submitted")
    third = factories.with_role(scene.programme, Role.STAFF, "Sana Staff")
    on_duty(scene, scene.staff)
    on_duty(scene, scene.staff_two, deputises_for=scene.staff.person, starts_on=day(1), ends_on=day(5))
    assert asked(scene) == ["Stan Staff"]
    assert asked(scene, day(1)) == asked(scene, day(5)) == ["Stella Staff"]
    assert asked(scene, day(6)) == ["Stan Staff"]
    assert not to_check(third)


def test_cover_works_where_all_staff_are_asked(scene):
    on_duty(scene, scene.staff_two, deputises_for=scene.staff.person, ends_on=day(5))
    assert asked(scene) == ["Stella Staff"]


def test_where_nobody_on_duty_is_staff_any_more_all_staff_are_asked(scene):
    on_duty(scene, scene.staff_two)
    Membership.objects.filter(person=scene.staff_two.person).update(ends_on=day(-1))
    assert asked(scene) == ["Stan Staff"]


def test_a_claim_nobody_on_duty_may_decide_is_asked_of_the_others(scene, claim_in):
    claim_in("submitted", user=scene.staff_two)
    on_duty(scene, scene.staff_two)
    assert not to_check(scene.staff_two)
    assert to_check(scene.staff)[0].title == "1 claim to check"


def test_a_claim_approved_once_is_asked_of_another(scene):
    policy = factories.a_policy(scene.programme, second_approval_above_pence=4000)
    claim = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=policy)
    on_duty(scene, scene.staff)
    decisions.approve(claim=claim, by=scene.staff)
    assert not to_check(scene.staff)
    assert to_check(scene.staff_two)


def test_covering_gives_no_right_to_approve_ones_own_claim(scene, claim_in):
    claim = claim_in("submitted", user=scene.staff_two)
    on_duty(scene, scene.staff_two, deputises_for=scene.staff.person, ends_on=day(5))
    with pytest.raises(ClaimError, match="your own"):
        decisions.approve(claim=claim, by=scene.staff_two)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("ends_on", {"starts_on": day(3), "ends_on": day(2)}),
        ("ends_on", {"starts_on": day(-3), "ends_on": day(-2)}),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_the_field(scene, field, values):
    with pytest.raises(AssignmentError) as refusal:
        on_duty(scene, scene.staff_two, **values)
    assert refusal.value.field == field


def test_cover_ends_is_by_somebody_else_and_by_staff(scene):
    away = scene.staff.person
    for user, field, values in (
        (scene.staff_two, "ends_on", {"deputises_for": away}),
        (scene.staff, "person", {"deputises_for": away, "ends_on": day(3)}),
        (scene.finance, "person", {"deputises_for": away, "ends_on": day(3)}),
        (scene.staff_two, "deputises_for", {"deputises_for": scene.elsewhere.person, "ends_on": day(3)}),
    ):
        with pytest.raises(AssignmentError) as refusal:
            on_duty(scene, user, **values)
        assert refusal.value.field == field


def test_the_same_duty_twice_is_refused(scene):
    on_duty(scene, scene.staff_two)
    with pytest.raises(AssignmentError) as refusal:
        on_duty(scene, scene.staff_two, starts_on=day(20))
    assert refusal.value.field == "starts_on"


@pytest.mark.parametrize("who", ["finance", "steering", "elsewhere", "stranger", "administrator", "person"])
def test_only_staff_say_who_is_asked_and_when_to_warn(scene, who):
    user, duty = getattr(scene, who), on_duty(scene, scene.staff_two)
    for work in (
        lambda: approvers.add(programme=scene.programme, by=user, person=scene.staff.person, starts_on=day()),
        lambda: approvers.end(duty=duty, by=user),
        lambda: approvers.set_limits(programme=scene.programme, by=user, **LIMITS),
    ):
        with pytest.raises(AssignmentError, match="Only staff"):
            work()


def test_an_ended_duty_is_over_at_once_and_kept_unless_it_never_held(scene):
    old = on_duty(scene, scene.staff_two, starts_on=day(-5))
    coming = on_duty(scene, scene.staff, starts_on=day(5))
    for duty in (old, coming):
        approvers.end(duty=duty, by=scene.staff)
    approvers.end(duty=old, by=scene.staff)
    assert asked(scene) == ["Stan Staff", "Stella Staff"]
    assert list(ApproverAssignment.objects.values_list("pk", "ends_on")) == [(old.pk, day(-1))]


def test_postgres_refuses_a_cover_of_oneself_without_an_end_or_that_ends_before_it_starts(scene):
    duty = on_duty(scene, scene.staff_two, deputises_for=scene.staff.person, ends_on=day(5))
    for change in ("deputises_for_id = person_id", "ends_on = NULL", "ends_on = starts_on - 1"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE payments_approverassignment SET {change} WHERE id = %s", [duty.pk])


# Limits of warnings


def test_a_programmes_own_limits_hold_from_their_day_and_others_keep_theirs(scene):
    approvers.set_limits(programme=scene.programme, by=scene.staff, **LIMITS)
    mine, theirs = scene.programme.pk, scene.other.pk
    now = WarningThresholds.objects.effective_on([mine, theirs], day())
    assert (now[mine].usual_percent, now[mine].long_route_miles) == (90, 80)
    assert now[theirs].programme_id is None
    before = WarningThresholds.objects.effective_on([mine], day(-1))[mine]
    assert before.programme_id is None


def test_postgres_keeps_limits_and_refuses_those_that_make_no_sense(scene):
    limits = approvers.set_limits(programme=scene.programme, by=scene.staff, **LIMITS)
    with pytest.raises(DatabaseError), transaction.atomic():
        WarningThresholds.objects.filter(pk=limits.pk).update(usual_percent=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        approvers.set_limits(programme=scene.programme, by=scene.staff, **{**LIMITS, "picture_distance": 8})


# The pages


def boxes(client, url):
    return re.findall(r'name="((?:starts|ends)_on[^"]*)"', client.get(url).content.decode())


def test_staff_name_their_cover_on_the_page_and_the_list_of_claims_says_so(scene, signed_in):
    client, url = signed_in(scene.staff), reverse("approvers", args=[scene.programme.slug])
    names = boxes(client, url)
    data = {"person": scene.staff_two.person.pk, "deputises_for": scene.staff.person.pk}
    first, last = day(), day(5)
    values = [first.day, first.month, first.year, last.day, last.month, last.year]
    data |= dict(zip(names, values, strict=True))
    html = client.post(url, data, follow=True).content.decode()
    assert "Saved: Stella Staff is asked to check claims." in html
    html = client.get(reverse("claims", args=[scene.programme.slug])).content.decode()
    assert "Stella Staff (in place of Stan Staff until" in " ".join(html.split())
    duty = ApproverAssignment.objects.get()
    client.post(reverse("approver_end", args=[scene.programme.slug, duty.pk]))
    assert not ApproverAssignment.objects.exists()


def test_a_cover_without_a_last_day_is_asked_again_with_what_was_typed(scene, signed_in):
    client, url = signed_in(scene.staff), reverse("approvers", args=[scene.programme.slug])
    names = boxes(client, url)
    data = {"person": scene.staff_two.person.pk, "deputises_for": scene.staff.person.pk}
    data |= dict(zip(names, [day().day, day().month, day().year, "", "", ""], strict=True))
    response = client.post(url, data)
    assert response.status_code == 200
    assert "Enter the last day of the cover." in response.content.decode()
    assert f'value="{scene.staff_two.person.pk}" selected' in response.content.decode()


def test_a_duty_of_another_programme_cannot_be_ended_from_here(scene, signed_in):
    duty = ApproverAssignment.objects.create(
        programme=scene.other, person=scene.elsewhere.person, starts_on=day(), set_by=scene.elsewhere.person
    )
    url = reverse("approver_end", args=[scene.programme.slug, duty.pk])
    assert signed_in(scene.staff).post(url).status_code == 404


def test_limits_are_set_on_their_page(scene, signed_in):
    url = reverse("warning_limits", args=[scene.programme.slug])
    client = signed_in(scene.staff)
    typed = {**LIMITS, "ask_above_pence": "150", "usual_percent": "10", "picture_distance": "3"}
    assert client.post(url, {**typed, "usual_percent": 51}).status_code == 200
    assert client.post(url, {**typed, "picture_distance": 4}).status_code == 200, "none of the three"
    assert client.post(url, typed).status_code == 302
    assert WarningThresholds.objects.get(programme=scene.programme).usual_percent == 90
    assert 'value="10"' in client.get(url).content.decode()
    assert "an expense they enter if it is over £150.00 and more than 2 times the usual amount" in " ".join(
        client.get(reverse("approvers", args=[scene.programme.slug])).text.split()
    )


def test_the_worklist_asks_the_same_number_of_questions_for_one_and_for_many_duties(scene, claim_in):
    counts = []
    for number in (1, 6):
        for _n in range(number):
            claim_in("submitted")
            on_duty(scene, factories.with_role(scene.programme, Role.STAFF))
        scene.staff.__dict__.pop("_programme_roles", None)
        with CaptureQueriesContext(connection) as queries:
            contributions.tasks(scene.staff)
        counts.append(len(queries))
    assert counts[0] == counts[1]
