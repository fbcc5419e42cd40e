"""A claim approved in part is looked at again, once, by somebody else; what was agreed is paid meanwhile."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from payments.approval import queries as approval_queries
from payments.approval.actions import decisions
from payments.approval.warnings import warnings_of
from payments.claims.actions import looking_again, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim
from payments.pages.queries import whole_claim
from payments.runs.actions import runs
from people.models import Notice
from tests import factories
from tests.helpers.claims import with_receipt
from tests.helpers.database import refused
from tests.helpers.runs import pay

Status = Claim.Status


@pytest.fixture
def first(scene, claim_in):
    """A claim for £50 of time and £5 of parking, of which Stan agreed £50 and £2."""
    claim = claim_in("draft")
    line, _receipt = with_receipt(scene, claim)
    sending.submit(claim=claim, by=scene.person)
    less = decisions.LineDecision(line, 200, "Two hours.")
    return decisions.approve(claim=claim, by=scene.staff, decisions=[less])


@pytest.fixture
def rest(scene, first):
    """The claim by which its person asks for the other £3."""
    return looking_again.ask_for_the_rest(claim=first, by=scene.person, words="I was there all day.")


@pytest.fixture
def other(claim_in):
    """Another claim of the same person."""
    return claim_in("draft")


def words(response):
    return " ".join(strip_tags(response.text).split())


def test_the_person_asks_on_the_page_and_both_claims_lead_to_each_other(scene, signed_in, first):
    client, address = signed_in(scene.person), reverse("claim_ask_again", args=[first.pk])
    assert f'href="{address}"' in client.get(first.get_absolute_url()).text
    assert "We pay what we agreed as we said" in words(client.get(address))
    refused_page = client.post(address, {"words": " "})
    assert "words" in refused_page.context["form"].errors
    response = client.post(address, {"words": "I was there all day."})
    rest = Claim.objects.get(looks_again_at=first)
    assert response.url == rest.get_absolute_url()
    page = client.get(response.url)
    assert f'href="{first.get_absolute_url()}"' in page.text
    assert "I was there all day." in page.text
    assert "Add an expense" not in page.text
    before = client.get(first.get_absolute_url())
    assert f'href="{rest.get_absolute_url()}"' in before.text
    assert f'href="{address}"' not in before.text


def test_it_asks_for_what_was_not_agreed_and_changes_nothing_of_the_first(first, rest):
    [line] = rest.lines.all()
    assert (line.amount_pence, line.expense_kind, line.adds_to.claim) == (300, "parking", first)
    assert line.rate_note == "The rest of £5.00, of which £2.00 was agreed"
    assert (rest.status, rest.policy) == (Status.SUBMITTED, first.policy)
    first.refresh_from_db()
    assert (first.status, first.approved_pence) == (Status.PARTLY_APPROVED, 5200)


def test_somebody_else_decides_and_sees_why_it_was_less(scene, signed_in, rest):
    for act in (
        lambda: decisions.approve(claim=rest, by=scene.staff),
        lambda: decisions.decline(claim=rest, by=scene.staff, reason="No."),
    ):
        with pytest.raises(ClaimError, match="another member of staff must decide"):
            act()
    page = words(signed_in(scene.staff_two).get(rest.get_absolute_url()))
    assert "Why not all of it: Two hours." in page
    assert f"{rest.looks_again_at.reference}, with its receipts" in page
    assert warnings_of(whole_claim(rest.pk), scene.staff_two) == []
    asked = approval_queries.claims_asked_of
    today = rest.activity_date
    assert not asked(scene.staff, [scene.programme.pk], today).exists()
    assert asked(scene.staff_two, [scene.programme.pk], today).get() == rest
    assert decisions.approve(claim=rest, by=scene.staff_two).status == Status.APPROVED


def test_what_was_agreed_is_paid_first_and_the_rest_by_itself(scene, first):
    pay(scene, runs.make_run(programme=scene.programme, claims=[first], by=scene.finance))
    first.refresh_from_db()
    assert first.status == Status.PAID
    rest = looking_again.ask_for_the_rest(claim=first, by=scene.person, words="I was there all day.")
    rest = decisions.approve(claim=rest, by=scene.staff_two)
    assert (rest.approved_pence, rest.money_pence) == (300, 300)
    pay(scene, runs.make_run(programme=scene.programme, claims=[rest], by=scene.finance))
    rest.refresh_from_db()
    assert (rest.status, rest.payment_items.get().amount_pence) == (Status.PAID, 300)


def test_a_claim_is_looked_at_again_once_and_the_second_look_not_at_all(scene, signed_in, first, rest):
    with pytest.raises(ClaimError, match="You have asked us to look at this claim again"):
        looking_again.ask_for_the_rest(claim=first, by=scene.person, words="Please.")
    line = rest.lines.get()
    rest = decisions.approve(claim=rest, by=scene.staff_two, decisions=[decisions.LineDecision(line, 100, "A bit.")])
    with pytest.raises(ClaimError, match="Two people have looked at this claim"):
        looking_again.ask_for_the_rest(claim=rest, by=scene.person, words="Please.")
    assert "Ask us to look again" not in signed_in(scene.person).get(rest.get_absolute_url()).text


def test_only_its_person_asks_and_only_where_less_was_agreed(scene, first, claim_in):
    with pytest.raises(ClaimError, match="Only the person"):
        looking_again.ask_for_the_rest(claim=first, by=scene.staff, words="Please.")
    with pytest.raises(ClaimError, match="not approved in full"):
        looking_again.ask_for_the_rest(claim=claim_in("approved"), by=scene.person, words="Please.")
    with pytest.raises(ClaimError, match="approved in part has a rest"):
        looking_again.ask_for_the_rest(claim=claim_in("declined"), by=scene.person, words="Please.")


def test_its_lines_stay_and_once_withdrawn_it_is_not_started_anew(scene, signed_in, rest):
    client = signed_in(scene.person)
    address = reverse("claim_expense_new", args=[rest.pk])
    assert client.get(address).url == rest.get_absolute_url()
    withdraw = reverse("claim_withdraw", args=[rest.pk])
    assert "We look at a claim again once" in words(client.get(withdraw))
    client.post(withdraw)
    rest.refresh_from_db()
    assert rest.status == Status.WITHDRAWN
    with pytest.raises(ClaimError, match="cannot be started anew"):
        sending.reopen(claim=rest, by=scene.person)


@pytest.mark.parametrize(("part", "choice"), [(2000, ("none", None)), (4500, ("part", 1500))])
def test_who_takes_part_of_the_payment_takes_no_more_of_it(scene, claim_in, part, choice):
    claim = claim_in("submitted", recognition="part", recognition_pence=part)
    less = decisions.LineDecision(claim.lines.get(), 3000, "You left early.")
    claim = decisions.approve(claim=claim, by=scene.staff, decisions=[less])
    rest = looking_again.ask_for_the_rest(claim=claim, by=scene.person, words="I did not.")
    assert (rest.recognition, rest.recognition_pence) == choice


def test_the_message_about_less_says_how_to_ask_and_the_second_that_two_have_looked(scene, first, rest):
    assert "ask us to look again" in Notice.objects.get(key=f"claim-partly-approved-{first.pk}").text_body
    decisions.approve(
        claim=rest, by=scene.staff_two, decisions=[decisions.LineDecision(rest.lines.get(), 1, "A penny.")]
    )
    assert "Two people have looked" in Notice.objects.get(key=f"claim-partly-approved-{rest.pk}").text_body


# Refused by the database itself


def test_postgres_refuses_a_second_look_decided_by_who_approved_the_first(scene, rest):
    mine = scene.staff.person.pk
    once = "UPDATE payments_claim SET first_approved_at = now(), first_approved_by_id = %s WHERE id = %s"
    no = (
        "UPDATE payments_claim SET status = 'declined', declined_at = now(), declined_by_id = %s,"
        " decline_reason = 'No.' WHERE id = %s"
    )
    for change in (once, no):
        assert "does not decide on its second look" in refused(change, mine, rest.pk)


def test_postgres_refuses_a_second_look_at_another_claim_or_for_more_than_the_rest(other, first, rest):
    look = "UPDATE payments_claim SET looks_again_at_id = %s WHERE id = %s"
    assert "stays at its claim" in refused(look, other.pk, rest.pk)
    assert "stays at its claim" in refused(look, first.pk, other.pk)
    adds = "UPDATE payments_claimline SET adds_to_id = %s WHERE id = %s"
    assert "what was not agreed before" in refused(adds, first.lines.first().pk, other.lines.get().pk)


def test_postgres_refuses_a_new_claim_that_looks_at_one_not_approved(scene, claim_in):
    sent = claim_in("submitted")
    with pytest.raises(Exception, match="approved claim of the same person"):
        factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, looks_again_at=sent)
