"""Why a claim cannot be approved among others, whose check it is, and what its history says."""

import pytest
from django.utils import timezone

from payments.approval import queries as approval_queries
from payments.approval import rules
from payments.approval.actions import approvers, decisions
from payments.approval.reasons import approval_blockers
from payments.claims import receipts
from payments.claims.actions import sending
from payments.models import Claim
from payments.pages import queries as page_queries
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from tests.helpers.claims import add_parking


def reason(claim, by):
    """Return the sentence that keeps `claim` from being approved among others by `by`, or None."""
    rows = list(approval_queries.claims_to_decide(Claim.objects.filter(pk=claim.pk)))
    return approval_blockers(rows, by).get(claim.pk)


# The reasons


def test_nothing_keeps_a_plain_claim_from_being_approved(scene, claim_in):
    assert reason(claim_in("submitted"), scene.staff) is None


def test_ones_own_claim_is_for_another_member_of_staff(scene, claim_in):
    claim = claim_in("submitted", user=scene.staff)
    assert reason(claim, scene.staff) == rules.can_approve(scene.staff, claim).why_not
    assert reason(claim, scene.staff_two) is None


def test_a_large_amount_needs_two_approvals_and_the_second_by_itself(scene):
    policy = factories.a_policy(scene.programme, second_approval_above_pence=4000)
    claim = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=policy)
    assert reason(claim, scene.staff) == "The amount needs two approvals."
    decisions.approve(claim=claim, by=scene.staff_two)
    assert reason(claim, scene.staff) == "It was approved once. Look at it alone to approve it the second time."


def test_the_amount_up_to_which_one_approval_is_enough_is_itself_enough(scene):
    policy = factories.a_policy(scene.programme, second_approval_above_pence=5000)
    claim = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=policy)
    assert reason(claim, scene.staff) is None


def test_a_receipt_holds_a_claim_up_while_it_is_checked_and_when_it_cannot_be_opened(scene, claim_in):
    claim = claim_in("draft")
    line = add_parking(scene, claim, file=samples.upload(samples.broken_jpeg()))
    sending.submit(claim=claim, by=scene.person)
    assert reason(claim, scene.staff) == "A receipt is still being checked."
    receipts.make_clean(line.receipts.get().pk)
    assert reason(claim, scene.staff) == "A receipt is missing, or could not be opened."


def test_a_claim_like_another_needs_a_reason_of_its_own(scene, claim_in):
    claim_in("submitted")
    twin = claim_in("submitted")
    assert reason(twin, scene.staff) == "It looks like another claim. To approve it, say why."


def test_a_claim_that_asks_for_nothing_is_not_approved(scene, claim_in):
    assert reason(claim_in("submitted", amount_pence=0), scene.staff) == "Nothing is asked for."


# Whose check it is


def asked_of(user, *programmes):
    ids = [programme.pk for programme in programmes]
    return set(approval_queries.claims_asked_of(user, ids, timezone.localdate()))


@pytest.fixture
def elsewhere_too(scene):
    """`scene.staff` are staff of the other programme as well."""
    factories.with_role(scene.other, Role.STAFF, user=scene.staff)


def test_staff_of_two_programmes_are_asked_about_the_claims_of_both(scene, claim_in, elsewhere_too):
    ours = claim_in("submitted")
    theirs = factories.a_claim(scene.other, scene.stranger.person, "submitted")
    claim_in("approved")
    assert asked_of(scene.staff, scene.programme, scene.other) == {ours, theirs}
    assert asked_of(scene.staff, scene.programme) == {ours}


def test_beside_an_approver_only_what_they_may_not_decide_is_asked_of_others(scene, claim_in, elsewhere_too):
    approvers.add(
        programme=scene.programme, by=scene.staff, person=scene.staff_two.person, starts_on=timezone.localdate()
    )
    claim_in("submitted")
    approvers_own = claim_in("submitted", user=scene.staff_two)
    sent_by_approver = claim_in("submitted", description="Another day")
    Claim.objects.filter(pk=sent_by_approver.pk).update(submitted_by=scene.staff_two.person)
    theirs = factories.a_claim(scene.other, scene.stranger.person, "submitted")
    assert asked_of(scene.staff, scene.programme, scene.other) == {approvers_own, sent_by_approver, theirs}


def test_with_two_approvers_a_claim_is_asked_of_others_when_neither_may_decide(scene, claim_in):
    third = factories.with_role(scene.programme, Role.STAFF, "Thea Third")
    for approver in (scene.staff_two, third):
        approvers.add(programme=scene.programme, by=scene.staff, person=approver.person, starts_on=timezone.localdate())
    claim_in("submitted", user=scene.staff_two)
    neither = claim_in("submitted", user=third)
    Claim.objects.filter(pk=neither.pk).update(submitted_by=scene.staff_two.person)
    assert asked_of(scene.staff, scene.programme) == {neither}


def test_somebody_whose_account_is_closed_is_asked_nothing(scene, claim_in):
    scene.staff_two.is_active = False
    scene.staff_two.save()
    [approving] = approval_queries.who_is_asked([scene.programme.pk], timezone.localdate()).values()
    assert [person.full_name for person in approving.people.values()] == ["Stan Staff"]
    assert approving.is_everybody


# The history of a claim


def test_the_history_of_a_claim_says_who_did_what_and_their_words(scene):
    policy = factories.a_policy(scene.programme, second_approval_above_pence=1000)
    claim = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=policy)
    decisions.return_with_question(claim=claim, by=scene.staff, question="Which day?")
    sending.answer(claim=claim, by=scene.person, answer="The Tuesday.")
    decisions.note(claim=claim, by=scene.staff, words="Rang her.")
    decisions.approve(claim=claim, by=scene.staff)
    decisions.approve(claim=claim, by=scene.staff_two)
    whole = page_queries.whole_claim(claim.pk)
    told = [(entry.sentence, entry.words, entry.staff_only) for entry in approval_queries.history(whole, True)]
    assert told == [
        ("Petra Person sent it", "", False),
        ("Stan Staff asked", "Which day?", False),
        ("Petra Person answered", "The Tuesday.", False),
        ("Stan Staff noted for staff", "Rang her.", True),
        ("Stan Staff approved it once", "", False),
        ("Stella Staff approved it", "", False),
    ]
    assert [entry for entry in approval_queries.history(whole) if entry.staff_only] == []


def test_the_history_says_why_a_claim_like_another_was_approved(scene, claim_in):
    claim_in("submitted")
    twin = claim_in("submitted")
    decisions.approve(claim=twin, by=scene.staff, duplicate_reason="She came twice.")
    last = approval_queries.history(page_queries.whole_claim(twin.pk))[-1]
    assert last.words == "It looks like another claim, and is right because: She came twice."


def test_notes_for_staff_are_for_staff_and_administrators(scene, claim_in):
    claim = claim_in("submitted")
    assert rules.can_see_notes(scene.staff, claim)
    assert rules.can_see_notes(scene.administrator, claim)
    assert rules.can_see_notes(scene.elsewhere, claim).why_not
    assert rules.can_see_notes(scene.person, claim).why_not == "These notes are for staff."
