"""Deciding on a claim: line by line, not at all, once more, by two people; and what the database refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from payments.approval import queries as approval_queries
from payments.approval.actions import decisions
from payments.approval.actions.decisions import LineDecision
from payments.claims.actions import filling, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim, ClaimNote, PolicyVersion, StaffNote
from payments.pages import queries as page_queries
from people.models import Notice
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused

Status = Claim.Status
REASON = "The receipt is for another day."


@pytest.fixture
def sent(claim_in, scene):
    """A claim of £50 for time and £12 for a drive, sent."""
    claim = claim_in("draft")
    filling.add_expense(claim=claim, by=scene.person, kind="mileage", description="Journey", miles=Decimal(30))
    return sending.submit(claim=claim, by=scene.person)


def line(claim, category="expense"):
    return claim.lines.get(category=category)


# Line by line


def test_lines_nobody_mentions_are_agreed_in_full(sent, scene):
    claim = decisions.approve(claim=sent, by=scene.staff)
    assert (claim.status, claim.approved_pence, claim.money_pence) == (Status.APPROVED, 6200, 6200)
    assert not Notice.objects.filter(kind="claim_partly_approved").exists()


def test_a_line_agreed_for_less_makes_the_claim_partly_approved_and_tells_why(sent, scene):
    claim = decisions.approve(claim=sent, by=scene.staff, decisions=[LineDecision(line(sent), 700, REASON)])
    assert (claim.status, claim.approved_pence, claim.money_pence) == (Status.PARTLY_APPROVED, 5700, 5700)
    assert line(claim).decision_reason == REASON
    happened = approval_queries.history(page_queries.whole_claim(claim.pk))
    assert happened[-1].sentence == f"{scene.staff.person.full_name} approved part of it"
    message = Notice.objects.get(kind="claim_partly_approved")
    assert message.messages.get().to == scene.person.email
    for words in ("£57.00", "£62.00", "Journey", "£7.00 of £12.00", REASON, scene.programme.contact_email):
        assert words in message.text_body
        assert words in message.html_body


def test_a_line_may_be_agreed_not_at_all(sent, scene):
    claim = decisions.approve(claim=sent, by=scene.staff, decisions=[LineDecision(line(sent), 0, REASON)])
    assert (claim.status, claim.approved_pence) == (Status.PARTLY_APPROVED, 5000)


def test_less_needs_a_reason_and_more_is_refused(sent, scene):
    for pence, reason, words in ((700, " ", "say why"), (1201, REASON, "or less"), (-1, REASON, "or less")):
        with pytest.raises(ClaimError, match=words):
            decisions.approve(claim=sent, by=scene.staff, decisions=[LineDecision(line(sent), pence, reason)])
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED
    assert not sent.lines.exclude(approved_pence=None).exists()


def test_an_approval_of_nothing_is_refused(sent, scene):
    nothing = [LineDecision(each, 0, REASON) for each in sent.lines.all()]
    with pytest.raises(ClaimError, match="Do not approve"):
        decisions.approve(claim=sent, by=scene.staff, decisions=nothing)


def test_a_line_of_another_claim_decides_nothing(sent, scene, claim_in):
    other = line(claim_in("submitted", user=scene.stranger), "time")
    with pytest.raises(ClaimError, match="no longer on the claim"):
        decisions.approve(claim=sent, by=scene.staff, decisions=[LineDecision(other, 1, REASON)])


def test_what_was_agreed_and_not_what_was_asked_follows_the_persons_choice(claim_in, scene):
    claim = claim_in("submitted", recognition="part", recognition_pence=3000)
    agreed = decisions.approve(claim=claim, by=scene.staff, decisions=[LineDecision(line(claim, "time"), 4000, REASON)])
    assert (agreed.approved_pence, agreed.money_pence, agreed.waived_pence) == (4000, 3000, 1000)


# Not approved


def test_a_claim_is_not_approved_with_a_reason_its_person_is_told(sent, scene):
    claim = decisions.decline(claim=sent, by=scene.staff, reason="The session was cancelled.")
    assert (claim.status, claim.declined_by) == (Status.DECLINED, scene.staff.person)
    message = Notice.objects.get(kind="claim_declined")
    for words in ("The session was cancelled.", "look again", scene.programme.contact_email):
        assert words in message.text_body
    assert claim.notes.get().kind == ClaimNote.Kind.DECLINE


def test_not_approving_needs_a_reason(sent, scene):
    with pytest.raises(ClaimError) as refusal:
        decisions.decline(claim=sent, by=scene.staff, reason="  ")
    assert refusal.value.field == "reason"


def test_nobody_decides_on_their_own_claim(scene, claim_in):
    factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, user=scene.staff)
    claim = claim_in("submitted", user=scene.staff)
    for work in (
        lambda: decisions.decline(claim=claim, by=scene.staff, reason="No."),
        lambda: decisions.note(claim=claim, by=scene.staff, words="Mine."),
        lambda: decisions.approve_many(programme=scene.programme, claims=[claim], by=scene.staff),
    ):
        with pytest.raises(ClaimError):
            work()


@pytest.mark.parametrize("who", ["finance", "steering", "elsewhere", "stranger", "administrator"])
def test_only_staff_of_the_programme_decide(scene, claim_in, who):
    claim, user = claim_in("submitted"), getattr(scene, who)
    for work in (
        lambda: decisions.decline(claim=claim, by=user, reason="No."),
        lambda: decisions.approve_many(programme=scene.programme, claims=[claim], by=user),
    ):
        with pytest.raises(ClaimError, match="Only staff"):
            work()


def test_a_claim_looked_at_again_keeps_its_place_and_is_decided_by_somebody_else(sent, scene):
    place = (sent.submitted_at, sent.pay_by)
    decisions.decline(claim=sent, by=scene.staff, reason="The session was cancelled.")
    claim = sending.ask_again(claim=sent, by=scene.person, words="It was moved, not cancelled.")
    assert (claim.status, (claim.submitted_at, claim.pay_by)) == (Status.SUBMITTED, place)
    assert [note.body for note in claim.notes.all()] == ["The session was cancelled.", "It was moved, not cancelled."]
    for work in (
        lambda: decisions.approve(claim=claim, by=scene.staff),
        lambda: decisions.decline(claim=claim, by=scene.staff, reason="Still no."),
    ):
        with pytest.raises(ClaimError, match="did not approve this claim before"):
            work()
    assert decisions.approve(claim=claim, by=scene.staff_two).status == Status.APPROVED


def test_a_claim_is_looked_at_again_once(sent, scene):
    decisions.decline(claim=sent, by=scene.staff, reason="No.")
    with pytest.raises(ClaimError) as refusal:
        sending.ask_again(claim=sent, by=scene.person, words=" ")
    assert refusal.value.field == "words"
    sending.ask_again(claim=sent, by=scene.person, words="Please.")
    decisions.decline(claim=sent, by=scene.staff_two, reason="No again.")
    with pytest.raises(ClaimError, match="Connie Contact"):
        sending.ask_again(claim=sent, by=scene.person, words="Please, please.")
    assert "Two people" in Notice.objects.filter(kind="claim_declined").latest("pk").text_body


def test_nobody_else_asks_for_a_claim_to_be_looked_at_again(claim_in, scene):
    for user in (scene.staff, scene.finance, scene.administrator, scene.stranger):
        with pytest.raises(ClaimError, match="Only the person"):
            sending.ask_again(claim=claim_in("declined"), by=user, words="Please.")


# Two approvals


@pytest.fixture
def large(scene):
    """A claim of £600 under a policy where two people approve above £500."""
    policy = factories.a_policy(scene.programme, second_approval_above_pence=50_000)
    return factories.a_claim(scene.programme, scene.person.person, "submitted", policy=policy, amount_pence=60_000)


def test_above_the_limit_the_first_approval_waits_for_a_second_person(large, scene):
    time = line(large, "time")
    once = decisions.approve(claim=large, by=scene.staff, decisions=[LineDecision(time, 55_000, REASON)])
    assert (once.status, once.first_approved_by, once.approved_pence) == (Status.SUBMITTED, scene.staff.person, None)
    assert once.waits_for_second_approval
    assert not Notice.objects.filter(kind="claim_partly_approved").exists()
    with pytest.raises(ClaimError, match="approved this claim once"):
        decisions.approve(claim=large, by=scene.staff)
    twice = decisions.approve(claim=large, by=scene.staff_two)
    assert (twice.status, twice.approved_pence) == (Status.PARTLY_APPROVED, 55_000)
    assert (twice.first_approved_by, twice.approved_by) == (scene.staff.person, scene.staff_two.person)


def test_the_second_approver_may_decide_otherwise(large, scene):
    decisions.approve(claim=large, by=scene.staff, decisions=[LineDecision(line(large, "time"), 55_000, REASON)])
    claim = decisions.approve(claim=large, by=scene.staff_two, decisions=[LineDecision(line(large, "time"), 60_000)])
    assert (claim.status, claim.approved_pence) == (Status.APPROVED, 60_000)
    assert line(claim, "time").decision_reason == ""


def test_at_the_limit_or_below_it_one_person_is_enough(large, scene):
    claim = decisions.approve(
        claim=large, by=scene.staff, decisions=[LineDecision(line(large, "time"), 50_000, REASON)]
    )
    assert (claim.status, claim.first_approved_by) == (Status.PARTLY_APPROVED, None)


@pytest.mark.parametrize("how", ["return", "withdraw", "decline"])
def test_a_first_approval_falls_away_when_the_claim_goes_back(large, scene, how):
    decisions.approve(claim=large, by=scene.staff, decisions=[LineDecision(line(large, "time"), 55_000, REASON)])
    if how == "return":
        claim = decisions.return_with_question(claim=large, by=scene.staff_two, question="What for?")
    elif how == "withdraw":
        claim = sending.withdraw(claim=large, by=scene.person)
    else:
        claim = decisions.decline(claim=large, by=scene.staff_two, reason="No.")
    assert (claim.first_approved_by, claim.first_approved_at) == (None, None)
    assert (line(claim, "time").approved_pence, line(claim, "time").decision_reason) == (None, "")


def test_an_answered_claim_needs_both_approvals_anew(large, scene):
    decisions.approve(claim=large, by=scene.staff)
    decisions.return_with_question(claim=large, by=scene.staff, question="What for?")
    sending.answer(claim=large, by=scene.person, answer="A whole week.")
    assert decisions.approve(claim=large, by=scene.staff).status == Status.SUBMITTED
    assert decisions.approve(claim=large, by=scene.staff_two).status == Status.APPROVED


def test_the_policy_page_says_above_which_amount_two_people_approve(scene, signed_in):
    day, client = timezone.localdate(), signed_in(scene.staff)
    url = reverse("policy_draft", args=[scene.programme.slug])
    data = {
        "effective_from_day": day.day,
        "effective_from_month": day.month,
        "effective_from_year": day.year,
        "method": "per_hour",
        "unit": "20",
        "preparation_included": "yes",
        "mileage": "none",
        "pay_within_working_days": "10",
        "claim_window_months": "3",
        "rates": "0",
        "second_approval_above": "£500",
    }
    response = client.post(url, data)
    assert response.status_code == 302, response.content.decode()
    version = PolicyVersion.objects.filter(programme=scene.programme).latest("number")
    assert version.second_approval_above_pence == 50_000
    assert 'value="500.00"' in client.get(url).content.decode()


# Notes for staff


def test_a_note_for_staff_stays_with_staff(sent, scene, signed_in):
    decisions.note(claim=sent, by=scene.finance, words="Rang the car park.")
    with pytest.raises(ClaimError) as refusal:
        decisions.note(claim=sent, by=scene.staff, words="")
    assert refusal.value.field == "words"
    for user in (scene.staff, scene.finance, scene.administrator):
        assert "Rang the car park." in signed_in(user).get(sent.get_absolute_url()).content.decode()
    assert "Rang the car park." not in signed_in(scene.person).get(sent.get_absolute_url()).content.decode()


def test_staff_do_not_read_notes_on_their_own_claim(scene, claim_in, signed_in):
    claim = claim_in("submitted", user=scene.staff)
    decisions.note(claim=claim, by=scene.staff_two, words="Ask the hall.")
    assert "Ask the hall." not in signed_in(scene.staff).get(claim.get_absolute_url()).content.decode()


# Refused by the database itself

APPROVED = (
    "UPDATE payments_claim SET status = 'approved', approved_at = now(), approved_by_id = %s, approved_pence = 60000,"
    " money_pence = 60000, payroll_pence = 0, voucher_pence = 0, donation_pence = 0, waived_pence = 0,"
    " advance_recovered_pence = 0 WHERE id = %s"
)
ONCE = "UPDATE payments_claim SET first_approved_at = now(), first_approved_by_id = %s WHERE id = %s"
DECLINED = (
    "UPDATE payments_claim SET status = 'declined', declined_at = now(), declined_by_id = %s, decline_reason = %s"
    " WHERE id = %s"
)


def test_postgres_refuses_a_large_claim_with_one_approval(large, scene):
    assert "needs two approvals" in refused(APPROVED, scene.administrator.person.pk, large.pk)


def test_postgres_refuses_two_approvals_by_one_person_or_by_the_claimant(large, scene):
    assert "two_approvals_are_by_two_people" in refused(ONCE, scene.person.person.pk, large.pk)
    decisions.approve(claim=large, by=scene.staff)
    assert "two_approvals_are_by_two_people" in refused(APPROVED, scene.staff.person.pk, large.pk)


def test_postgres_refuses_a_first_approval_by_who_sent_the_claim(large, scene):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE payments_claim SET submitted_by_id = %s WHERE id = %s", [scene.staff.person.pk, large.pk]
        )
    assert "two_approvals_are_by_two_people" in refused(ONCE, scene.staff.person.pk, large.pk)


def test_postgres_refuses_a_first_approval_that_stays_when_the_claim_goes_back(large, scene):
    decisions.approve(claim=large, by=scene.staff)
    assert "two_approvals_are_by_two_people" in refused(
        "UPDATE payments_claim SET status = 'returned' WHERE id = %s", large.pk
    )


def test_postgres_refuses_a_claim_declined_by_nobody_for_nothing_or_by_its_owner(sent, scene):
    name = "claim_declined_has_who_when_and_why"
    assert name in refused("UPDATE payments_claim SET status = 'declined' WHERE id = %s", sent.pk)
    assert name in refused(DECLINED, scene.staff.person.pk, "", sent.pk)
    assert name in refused(DECLINED, scene.person.person.pk, "No.", sent.pk)


def test_postgres_refuses_who_declined_a_claim_to_decide_it_again(sent, scene):
    decisions.decline(claim=sent, by=scene.staff, reason="No.")
    again = "UPDATE payments_claim SET status = 'submitted' WHERE id = %s"
    assert "looked at again once" in refused(again, sent.pk)
    sending.ask_again(claim=sent, by=scene.person, words="Please.")
    mine = scene.staff.person.pk
    assert "does not decide it again" in refused(DECLINED, mine, "Still no.", sent.pk)
    assert "who_declined_a_claim_does_not_approve_it" in refused(APPROVED, mine, sent.pk)
    assert "who_declined_a_claim_does_not_approve_it" in refused(ONCE, mine, sent.pk)
    forget = "UPDATE payments_claim SET declined_by_id = %s, decline_reason = 'x' WHERE id = %s"
    assert "is kept" in refused(forget, scene.staff_two.person.pk, sent.pk)


def test_postgres_refuses_to_rewrite_who_declined_and_why(sent, scene):
    decisions.decline(claim=sent, by=scene.staff, reason="No.")
    assert "is kept" in refused("UPDATE payments_claim SET decline_reason = 'Yes.' WHERE id = %s", sent.pk)
    assert "is kept" in refused(DECLINED, scene.staff_two.person.pk, "No.", sent.pk)


def test_postgres_keeps_who_approved_first_and_why_although_it_looks_like_another(large, scene):
    decisions.approve(claim=large, by=scene.staff)
    decisions.approve(claim=large, by=scene.staff_two)
    assert "never changes" in refused(ONCE, scene.administrator.person.pk, large.pk)
    assert "never changes" in refused("UPDATE payments_claim SET duplicate_reason = 'x' WHERE id = %s", large.pk)


def test_postgres_keeps_notes_for_staff(sent, scene):
    decisions.note(claim=sent, by=scene.staff, words="Rang them.")
    assert refused("UPDATE payments_staffnote SET body = 'x'")
    assert refused("DELETE FROM payments_staffnote")
    assert StaffNote.objects.count() == 1


def test_an_overdue_claim_that_was_declined_is_not_owed(sent, scene):
    Claim.objects.filter(pk=sent.pk).update(pay_by=timezone.localdate() - dt.timedelta(days=3))
    assert Claim.objects.overdue(timezone.localdate()).filter(pk=sent.pk).exists()
    decisions.decline(claim=sent, by=scene.staff, reason="No.")
    assert not Claim.objects.overdue(timezone.localdate()).filter(pk=sent.pk).exists()
