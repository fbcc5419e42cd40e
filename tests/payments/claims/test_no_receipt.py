"""An expense whose receipt is lost or was never given: its reason, the policy's limit, the second approval."""

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils.html import strip_tags

from payments.approval.actions import decisions
from payments.claims.actions import filling, no_receipt, receipts, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim, ClaimLine, PolicyVersion
from payments.policy import wording
from tests import factories
from tests.helpers import samples
from tests.helpers.database import refused
from tests.helpers.policies import TYPED_LIMITS

LOST = ClaimLine.NoReceipt.LOST


def page_text(response):
    """The words of a page, without its tags."""
    return " ".join(strip_tags(response.text).split())


@pytest.fixture
def policy(scene):
    """£10 is repaid without a receipt; above £5 of that two people approve."""
    scene.policy = factories.a_policy(scene.programme, no_receipt_up_to_pence=1000, no_receipt_second_above_pence=500)
    return scene.policy


@pytest.fixture
def spend(scene, policy, claim_in):
    """fn(pence) -> a line for parking without a receipt, on a new draft."""

    def add(pence, claim=None):
        return filling.add_expense(
            claim=claim or claim_in("draft"),
            by=scene.person,
            kind="parking",
            description="Car park",
            amount_pence=pence,
        )

    return add


@pytest.fixture
def sent(scene, spend):
    """fn(pence) -> a claim that was sent with so much for parking, whose receipt is lost."""

    def send(pence):
        line = no_receipt.say_why(line=spend(pence), by=scene.person, reason=LOST, words="It blew away.")
        return sending.submit(claim=line.claim, by=scene.person)

    return send


def test_a_reason_takes_the_place_of_the_receipt(scene, signed_in, spend):
    line = spend(400)
    client, check = signed_in(scene.person), reverse("claim_check", args=[line.claim_id])
    address = reverse("claim_line_no_receipt", args=[line.claim_id, line.pk]) + "?check"
    assert f'href="{address}"' in client.get(check).text
    assert f'href="{address}"' in client.get(address.replace("no-receipt", "receipt")).text
    page = client.get(address)
    assert "up to £10.00 for each expense" in page_text(page)
    done = client.post(address, {"reason": "lost", "words": "It blew away."})
    assert (done.status_code, done.url) == (302, check)
    after = client.get(check)
    assert "Before you send it" not in after.text
    assert "Lost: It blew away." in page_text(after)
    assert sending.submit(claim=line.claim, by=scene.person).status == Claim.Status.SUBMITTED


def test_above_the_limit_the_reason_is_refused_beside_its_field(scene, signed_in, spend):
    line = spend(1001)
    address = reverse("claim_line_no_receipt", args=[line.claim_id, line.pk])
    page = signed_in(scene.person).post(address, {"reason": "lost", "words": "On the train."})
    assert page.context["form"].errors["reason"] == [
        "Without a receipt we can pay back £10.00 at most. Ask where you paid for a copy and add that, or ask Connie"
        " Contact what to do."
    ]
    assert 'value="On the train."' in page.text
    line.refresh_from_db()
    assert line.no_receipt_reason == ""
    with pytest.raises(ClaimError, match="Add a receipt"):
        sending.submit(claim=line.claim, by=scene.person)


def test_another_reason_needs_words_and_no_reason_is_none(scene, signed_in, spend):
    line = spend(400)
    address = reverse("claim_line_no_receipt", args=[line.claim_id, line.pk])
    client = signed_in(scene.person)
    assert "words" in client.post(address, {"reason": "other"}).context["form"].errors
    assert "reason" in client.post(address, {"words": "Hm."}).context["form"].errors
    for reason, field in (("other", "words"), ("because", "reason")):
        with pytest.raises(ClaimError) as refusal:
            no_receipt.say_why(line=line, by=scene.person, reason=reason)
        assert refusal.value.field == field


def test_a_policy_without_a_limit_takes_no_reason_and_says_whom_to_ask(scene, signed_in, claim_in):
    line = filling.add_expense(
        claim=claim_in("draft"), by=scene.person, kind="parking", description="Car park", amount_pence=300
    )
    page = signed_in(scene.person).get(reverse("claim_line_receipt", args=[line.claim_id, line.pk]))
    assert "ask Connie Contact what else you can show us" in page_text(page)
    assert "no-receipt" not in page.text
    with pytest.raises(ClaimError, match="only pay this back with a receipt"):
        no_receipt.say_why(line=line, by=scene.person, reason=LOST)


def test_a_reason_is_for_an_expense_that_needs_a_receipt_and_has_none(scene, spend):
    driven = filling.add_expense(claim=spend(100).claim, by=scene.person, kind="mileage", description="", miles=3)
    with pytest.raises(ClaimError, match="does not need a receipt"):
        no_receipt.say_why(line=driven, by=scene.person, reason=LOST)
    line = spend(400, claim=driven.claim)
    receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.jpeg()))
    with pytest.raises(ClaimError, match="has a receipt"):
        no_receipt.say_why(line=line, by=scene.person, reason=LOST)


def test_only_who_fills_in_the_claim_gives_the_reason(scene, spend):
    with pytest.raises(ClaimError, match="Only the person"):
        no_receipt.say_why(line=spend(400), by=scene.staff, reason=LOST)


def test_a_receipt_that_turns_up_takes_the_place_of_the_reason(scene, spend):
    line = no_receipt.say_why(line=spend(400), by=scene.person, reason=LOST)
    receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.jpeg()))
    line.refresh_from_db()
    assert (line.no_receipt_reason, line.no_receipt_words) == ("", "")


def test_a_line_with_a_reason_is_not_changed_to_more_than_the_limit(scene, spend):
    line = no_receipt.say_why(line=spend(400), by=scene.person, reason=LOST)
    with pytest.raises(ClaimError) as refusal:
        filling.change_expense(line=line, by=scene.person, description="Car park", amount_pence=1100)
    assert refusal.value.field == "amount"
    assert (
        filling.change_expense(line=line, by=scene.person, description="", amount_pence=900).no_receipt_reason == LOST
    )


def test_the_approver_reads_the_reason_and_is_warned(scene, signed_in, sent):
    claim = sent(400)
    client = signed_in(scene.staff)
    page = page_text(client.get(claim.get_absolute_url()))
    assert "No receipt Lost: “It blew away.”" in page
    assert "“Car park”, £4.00, has no receipt. Lost: It blew away." in page
    assert "No receipt Lost" in page_text(client.get(reverse("claim_decide", args=[claim.pk])))
    assert decisions.approve(claim=claim, by=scene.staff).status == Claim.Status.APPROVED


def test_above_the_amount_two_different_people_approve(scene, signed_in, sent):
    claim = decisions.approve(claim=sent(501), by=scene.staff)
    assert (claim.status, claim.waits_for_second_approval) == (Claim.Status.SUBMITTED, True)
    page = page_text(signed_in(scene.staff_two).get(claim.get_absolute_url()))
    assert "Approved by Stan Staff, waiting for a second person" in page
    assert "Because a receipt is missing, a second member of staff has to approve it too." in page
    listed = signed_in(scene.finance).get(reverse("claims", args=[scene.programme.slug]))
    assert "Approved by Stan Staff, waiting for a second person" in page_text(listed)
    own = page_text(signed_in(scene.person).get(claim.get_absolute_url()))
    assert "We are checking it. A second person has to agree to it too." in own
    assert "Stan Staff" not in own
    with pytest.raises(ClaimError, match="Another member of staff must approve it the second time"):
        decisions.approve(claim=claim, by=scene.staff)
    assert decisions.approve(claim=claim, by=scene.staff_two).status == Claim.Status.APPROVED


def test_it_is_left_out_of_many_that_are_approved_together(scene, signed_in, sent):
    claim = sent(501)
    page = signed_in(scene.staff).get(reverse("claims_approve", args=[scene.programme.slug]), {"claims": claim.pk})
    assert "What has no receipt needs two approvals." in page_text(page)
    with pytest.raises(ClaimError, match="looked at alone"):
        decisions.approve_many(programme=scene.programme, claims=[claim], by=scene.staff)


def test_one_is_enough_once_less_is_agreed(scene, sent):
    claim = sent(900)
    line = claim.lines.get(category="expense")
    less = decisions.LineDecision(line, 500, "We agreed on half.")
    assert decisions.approve(claim=claim, by=scene.staff, decisions=[less]).status == Claim.Status.PARTLY_APPROVED


def test_the_policy_says_its_limits_and_the_form_sets_them(scene, signed_in):
    client, url = signed_in(scene.staff), reverse("policy_draft", args=[scene.programme.slug])
    page = client.post(url, {**TYPED_LIMITS, "no_receipt_second_above": "5"})
    assert "no_receipt_up_to" in page.context["form"].errors
    response = client.post(url, {**TYPED_LIMITS, "no_receipt_up_to": "12.50", "no_receipt_second_above": "0"})
    assert response.status_code == 302, response.content.decode()
    version = PolicyVersion.objects.filter(programme=scene.programme).latest("number")
    assert (version.no_receipt_up_to_pence, version.no_receipt_second_above_pence) == (1250, 0)
    sentence = "If you have no receipt, tell us why. We can then pay back up to £12.50 for each expense."
    assert f"{sentence} Where a receipt is needed and there is none, two people check the claim." in page_text(
        client.get(response.url)
    )
    assert 'value="12.50"' in client.get(url).text
    version.no_receipt_second_above_pence = 700
    assert wording.without_receipt(version).endswith(
        "Where receipts for more than £7.00 are missing, two people check the claim."
    )
    version.no_receipt_up_to_pence = None
    assert wording.without_receipt(version) == ""


def test_the_policy_page_says_what_is_paid_without_a_receipt(scene, signed_in, policy):
    page = signed_in(scene.person).get(reverse("policy", args=[scene.programme.slug]))
    assert wording.without_receipt(policy) in page_text(page)


# Refused by the database itself


def test_postgres_refuses_a_reason_above_the_limit_and_another_reason_without_words(spend):
    line = spend(1001)
    why = "UPDATE payments_claimline SET no_receipt_reason = %s WHERE id = %s"
    assert "does not repay this amount" in refused(why, "lost", line.pk)
    assert "claim_line_without_receipt_says_why" in refused(why, "other", spend(100, claim=line.claim).pk)


def test_postgres_refuses_one_approval_of_what_has_no_receipt(scene, sent):
    claim = sent(501)
    claim.lines.update(approved_pence=F("amount_pence"))
    approve = (
        "UPDATE payments_claim SET status = 'approved', approved_at = now(), approved_by_id = %s,"
        " approved_pence = 5501, money_pence = 5501, payroll_pence = 0, voucher_pence = 0, donation_pence = 0,"
        " waived_pence = 0, advance_recovered_pence = 0 WHERE id = %s"
    )
    assert "without receipts needs two approvals" in refused(approve, scene.staff.person.pk, claim.pk)


def test_postgres_refuses_a_version_with_a_second_approval_of_what_it_never_repays(scene):
    draft = factories.a_draft(scene.programme)
    change = "UPDATE payments_policyversion SET no_receipt_second_above_pence = 0 WHERE id = %s"
    assert "policy_without_receipt_has_its_limit" in refused(change, draft.pk)
