"""Approving many claims at once: all or none, whoever else presses at the same moment."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments.approval.actions import decisions
from payments.approval.actions.decisions import NeedsIndividualReviewError, StaleClaimsError
from payments.claims.transitions import ClaimError
from payments.models import Claim
from programmes.models import Role
from tests import factories
from tests.helpers.threads import at_once

Status = Claim.Status


@pytest.fixture
def waiting(scene):
    """fn(n) -> n claims of different people, sent."""

    def make(number, **fields):
        return [
            factories.a_claim(
                scene.programme,
                factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person,
                "submitted",
                policy=scene.policy,
                **fields,
            )
            for _n in range(number)
        ]

    return make


def statuses(claims):
    return {Claim.objects.get(pk=claim.pk).status for claim in claims}


def test_claims_are_approved_together_each_in_the_name_of_who_pressed(scene, waiting):
    claims = waiting(3)
    approved = decisions.approve_many(programme=scene.programme, claims=claims, by=scene.staff)
    assert statuses(claims) == {Status.APPROVED}
    assert {(claim.approved_by, claim.approved_pence, claim.money_pence) for claim in approved} == {
        (scene.staff.person, 5000, 5000)
    }


def test_one_that_moved_on_leaves_all_as_they_were_and_is_named_with_its_status(scene, waiting):
    claims = waiting(3)
    decisions.return_with_question(claim=claims[1], by=scene.staff_two, question="Which day?")
    with pytest.raises(StaleClaimsError) as refusal:
        decisions.approve_many(programme=scene.programme, claims=claims, by=scene.staff)
    assert refusal.value.claims == [claims[1]]
    assert f"{claims[1].reference} (We have a question)" in str(refusal.value)
    assert statuses([claims[0], claims[2]]) == {Status.SUBMITTED}


def test_nothing_chosen_and_claims_of_another_programme_are_refused(scene, waiting):
    with pytest.raises(ClaimError, match="at least one"):
        decisions.approve_many(programme=scene.programme, claims=[], by=scene.staff)
    foreign = factories.a_claim(scene.other, scene.person.person, "submitted")
    claims = waiting(1)
    with pytest.raises(ClaimError, match="not in this programme"):
        decisions.approve_many(programme=scene.programme, claims=[*claims, foreign], by=scene.staff)
    assert statuses(claims) == {Status.SUBMITTED}


def test_claims_that_need_a_look_are_refused_by_name(scene, waiting):
    fine, sent_by_me, twin = waiting(3)
    Claim.objects.filter(pk=sent_by_me.pk).update(submitted_by=scene.staff.person)
    factories.a_claim(scene.programme, twin.person, "submitted", policy=scene.policy)
    own = factories.a_claim(scene.programme, scene.staff.person, "submitted", policy=scene.policy)
    limited = factories.a_policy(scene.programme, second_approval_above_pence=4000)
    large = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=limited)
    with pytest.raises(NeedsIndividualReviewError) as refusal:
        decisions.approve_many(programme=scene.programme, claims=[fine, sent_by_me, twin, own, large], by=scene.staff)
    reasons = dict(refusal.value.reasons)
    assert set(reasons) == {sent_by_me, twin, own, large}
    assert "looks like another" in reasons[twin]
    assert "two approvals" in reasons[large]
    for claim in reasons:
        assert f"{claim.reference}, {claim.person.full_name}" in str(refusal.value)
    assert statuses([fine, sent_by_me, twin, own, large]) == {Status.SUBMITTED}


# The pages


def choose(programme, claims):
    return reverse("claims_approve", args=[programme.slug]), {"claims": [claim.pk for claim in claims]}


def test_the_list_offers_a_box_for_each_claim_that_waits_and_none_for_ones_own(scene, waiting, signed_in):
    claims = waiting(2)
    own = factories.a_claim(scene.programme, scene.staff.person, "submitted", policy=scene.policy)
    done = factories.a_claim(scene.programme, scene.person.person, "approved", policy=scene.policy)
    page = reverse("claims", args=[scene.programme.slug])
    html = signed_in(scene.staff).get(page).content.decode()
    for claim in claims:
        assert f'id="tick-{claim.pk}"' in html
    for claim in (own, done):
        assert f'id="tick-{claim.pk}"' not in html
    assert "Choose all 2 that can be chosen" in html
    assert 'name="tick"' not in signed_in(scene.finance).get(page).content.decode()
    export = b"".join(signed_in(scene.staff).get(f"{page}?export=csv").streaming_content).decode()
    assert "Choose" not in export


def test_the_page_says_how_many_how_much_and_what_is_left_out(scene, waiting, signed_in):
    fine, moved = waiting(2)
    twin = waiting(1)[0]
    factories.a_claim(scene.programme, twin.person, "submitted", policy=scene.policy)
    decisions.decline(claim=moved, by=scene.staff_two, reason="No.")
    url, data = choose(scene.programme, [fine, moved, twin])
    html = signed_in(scene.staff).get(url, data).content.decode()
    assert "Approve 1 claim, £50.00" in html
    assert f"{moved.reference}</a>: Not approved" in html
    assert f"{twin.reference}, {twin.person.full_name}</a>: It looks like another claim" in html
    assert html.count('type="hidden" name="claims"') == 1


def test_pressing_approves_all_and_goes_back_to_the_list(scene, waiting, signed_in):
    claims = waiting(3)
    url, data = choose(scene.programme, claims)
    response = signed_in(scene.staff).post(url, data, follow=True)
    assert "3 claims approved: £150.00" in response.content.decode()
    assert statuses(claims) == {Status.APPROVED}


def test_pressing_late_approves_nothing_and_says_which_moved_on(scene, waiting, signed_in):
    claims = waiting(2)
    url, data = choose(scene.programme, claims)
    decisions.approve(claim=claims[0], by=scene.staff_two)
    response = signed_in(scene.staff).post(url, data)
    html = response.content.decode()
    assert response.status_code == 200
    assert f"{claims[0].reference} (Approved)" in html
    assert f"{claims[0].reference}</a>: Approved" in html
    # What is left can be approved by pressing once more.
    assert "Approve 1 claim, £50.00" in html
    assert statuses(claims[1:]) == {Status.SUBMITTED}


def test_claims_of_another_programme_are_neither_shown_nor_approved(scene, signed_in):
    foreign = factories.a_claim(scene.other, scene.person.person, "submitted")
    url, data = choose(scene.programme, [foreign])
    assert foreign.reference not in signed_in(scene.staff).get(url, data).content.decode()
    assert signed_in(scene.staff).post(url, data).status_code == 200
    assert statuses([foreign]) == {Status.SUBMITTED}


def test_the_page_asks_the_same_number_of_questions_for_3_and_for_30_claims(scene, waiting, signed_in):
    counts = []
    for number in (3, 30):
        url, data = choose(scene.programme, waiting(number))
        client = signed_in(scene.staff)
        client.get(url, data)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url, data)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Two people at the same moment


@pytest.mark.django_db(transaction=True)
def test_two_of_staff_approving_overlapping_claims_at_once_never_approve_one_twice_nor_half():
    programme = factories.a_programme("At Once")
    policy = factories.a_policy(programme)
    staff = [factories.with_role(programme, Role.STAFF, f"Staff {name}") for name in ("One", "Two")]
    people = [factories.with_role(programme, Role.LIVED_EXPERIENCE) for _n in range(4)]
    for _round in range(5):
        chosen = [
            factories.a_claim(programme, user.person, "submitted", policy=policy, amount_pence=5000 + _round)
            for user in people
        ]
        orders = [chosen[:3], list(reversed(chosen[1:]))]
        results = at_once(
            *[
                partial(decisions.approve_many, programme=programme, claims=claims, by=user)
                for user, claims in zip(staff, orders, strict=True)
            ],
            expected=StaleClaimsError,
        )
        lost = [result for result in results if isinstance(result, StaleClaimsError)]
        approved = [result for result in results if result not in lost]
        assert (len(approved), len(lost)) == (1, 1)
        assert len(approved[0]) == 3
        assert {claim.pk for claim in lost[0].claims} == {chosen[1].pk, chosen[2].pk}
        done = Claim.objects.filter(pk__in=[claim.pk for claim in chosen], status=Status.APPROVED)
        assert set(done) == set(approved[0])
        assert done.values("approved_by").distinct().count() == 1
