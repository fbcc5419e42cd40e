"""Claims staff enter for somebody who rings up or writes: who may, who never may, and how the person is told."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from payments import contributions
from payments.approval.actions import decisions
from payments.claims.actions import filling, opening, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim
from people.models import Message
from programmes.models import Role
from tests import factories
from tests.helpers.entering import TODAY, by_post, enter, enter_for_event


@pytest.fixture
def event(scene):
    """An event the scene's person came to."""
    event = factories.an_event(scene.programme, title="Curry day")
    factories.an_attendance(event, scene.person.person)
    return event


# Entering


def test_a_claim_entered_for_somebody_says_who_entered_it_and_how_they_asked(scene):
    claim = enter(scene)
    assert (claim.person, claim.entered_by, claim.entered_how) == (scene.person.person, scene.staff.person, "phone")
    assert claim.lines.get().amount_pence == 5000
    assert enter(scene) == claim


def test_for_an_event_the_claim_that_waits_there_is_taken_up(scene, event):
    waiting = opening.open_for_attendance(attendance=event.attendances.get(), by=scene.staff_two)
    claim = enter_for_event(scene, event)
    assert claim == waiting
    assert (claim.entered_by, claim.entered_how) == (scene.staff.person, "paper")
    assert enter_for_event(scene, event) == claim


def test_for_an_event_without_a_claim_yet_one_is_opened(scene, event):
    assert enter_for_event(scene, event).lines.get().amount_pence == 5000


def test_a_claim_the_person_took_back_opens_again_when_they_ask(scene, event):
    waiting = opening.open_for_attendance(attendance=event.attendances.get(), by=scene.staff_two)
    sending.withdraw(claim=waiting, by=scene.person)
    assert enter_for_event(scene, event).status == "draft"


def test_who_is_not_on_the_list_has_no_claim_for_the_event(scene):
    with pytest.raises(ClaimError, match="list of who came"):
        enter_for_event(scene, factories.an_event(scene.programme))


def test_a_claim_that_was_sent_is_not_entered_again(scene, event):
    waiting = opening.open_for_attendance(attendance=event.attendances.get(), by=scene.staff)
    sending.submit(claim=waiting, by=scene.person)
    with pytest.raises(ClaimError, match=waiting.reference):
        enter_for_event(scene, event)


def test_two_of_staff_never_enter_the_same_claim(scene, event):
    enter_for_event(scene, event)
    with pytest.raises(ClaimError, match="Stan Staff is entering"):
        enter_for_event(scene, event, by=scene.staff_two)


def test_what_somebody_left_half_entered_when_they_stopped_being_staff_is_taken_over(scene, event):
    enter_for_event(scene, event)
    scene.staff.person.memberships.update(ends_on=TODAY() - dt.timedelta(days=1))
    assert enter_for_event(scene, event, by=scene.staff_two).entered_by == scene.staff_two.person


@pytest.mark.parametrize("who", ["person", "finance", "steering", "stranger", "elsewhere", "administrator"])
def test_only_staff_of_the_programme_enter_claims(scene, who):
    with pytest.raises(ClaimError):
        enter(scene, by=getattr(scene, who))
    assert not Claim.objects.exists()


def test_staff_enter_nothing_for_themselves_nor_for_people_of_other_programmes(scene):
    factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, user=scene.staff)
    with pytest.raises(ClaimError, match="your own claim"):
        enter(scene, person=scene.staff.person)
    with pytest.raises(ClaimError, match="not in this programme"):
        enter(scene, person=scene.stranger.person)


def test_it_must_be_said_how_they_asked(scene):
    with pytest.raises(ClaimError) as refusal:
        enter(scene, how="telepathy")
    assert refusal.value.field == "how"


def test_a_claim_that_is_not_for_an_event_needs_its_day(scene):
    with pytest.raises(ClaimError) as refusal:
        enter(scene, on=None)
    assert refusal.value.field == "on"


# Filling it in, sending it, and who never approves it


def test_who_entered_it_fills_it_in_and_sends_it_and_never_approves_it(scene):
    claim = enter(scene)
    line = filling.add_expense(
        claim=claim, by=scene.staff, kind="mileage", description="To the hall", miles=Decimal(10)
    )
    filling.change_expense(line=line, by=scene.staff, description="To the hall and back", miles=Decimal(20))
    claim = sending.submit(claim=claim, by=scene.staff)
    assert claim.submitted_by == scene.staff.person
    for action in (decisions.approve, lambda **k: decisions.return_with_question(question="Why?", **k)):
        with pytest.raises(ClaimError, match="You entered this claim"):
            action(claim=claim, by=scene.staff)
    assert decisions.approve(claim=claim, by=scene.staff_two).status == "approved"


def test_it_stays_out_of_their_hands_when_the_person_sends_it(scene):
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.person)
    with pytest.raises(ClaimError, match="You entered this claim"):
        decisions.approve(claim=claim, by=scene.staff)


def test_other_staff_do_not_change_what_a_colleague_entered(scene):
    claim = enter(scene)
    with pytest.raises(ClaimError):
        filling.add_expense(claim=claim, by=scene.staff_two, kind="other", description="Tea", amount_pence=300)
    with pytest.raises(ClaimError):
        sending.submit(claim=claim, by=scene.staff_two)


def test_somebody_who_is_staff_no_more_changes_nothing(scene):
    claim = enter(scene)
    scene.staff.person.memberships.update(ends_on=TODAY() - dt.timedelta(days=1))
    scene.staff.__dict__.pop("_programme_roles", None)
    with pytest.raises(ClaimError):
        sending.submit(claim=claim, by=scene.staff)


def test_the_person_answers_changes_and_takes_back_a_claim_entered_for_them(scene):
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    decisions.return_with_question(claim=claim, by=scene.staff_two, question="Which report?")
    sending.answer(claim=claim, by=scene.person, answer="The second.")
    sending.withdraw(claim=claim, by=scene.person)
    sending.reopen(claim=claim, by=scene.person)
    claim.refresh_from_db()
    assert claim.status == "draft"


def test_who_entered_it_answers_for_somebody_who_rings_back(scene, signed_in):
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    decisions.return_with_question(claim=claim, by=scene.staff_two, question="Which report?")
    assert [task.title for task in contributions.tasks(scene.staff) if "Answer" in task.title]
    sending.answer(claim=claim, by=scene.staff, answer="They say: the second.")
    page = signed_in(scene.person).get(claim.get_absolute_url()).content.decode()
    assert "Stan Staff answered" in page
    assert "Stella Staff asked" in page


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("approved_by_id = entered_by_id, approved_at = now(), status = 'approved', approved_pence = 0,"
         " money_pence = 0, payroll_pence = 0, voucher_pence = 0, donation_pence = 0, waived_pence = 0,"
         " advance_recovered_pence = 0",
         "nobody_approves_a_claim_they_entered|nobody_approves_their_own_claim"),
        ("entered_how = ''", "claim_entered_has_who_and_how"),
        ("entered_by_id = person_id", "claim_entered_has_who_and_how"),
        ("entered_by_id = NULL", "claim_entered_has_who_and_how"),
    ],
)  # fmt: skip
def test_the_database_keeps_who_entered_a_claim_apart_from_who_approves_it(scene, change, rule):
    claim = enter(scene)
    if "approved_by_id" in change:
        sending.submit(claim=claim, by=scene.person)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE payments_claim SET {change} WHERE id = %s", [claim.pk])


@pytest.mark.parametrize(
    "change", ["entered_by_id = NULL, entered_how = ''", "entered_how = 'paper'", "late_reason = 'x'"]
)
def test_the_database_keeps_who_entered_a_claim_once_it_is_sent(scene, change):
    claim = sending.submit(claim=enter(scene), by=scene.staff)
    refused = pytest.raises(DatabaseError, match="never changes once it is sent")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE payments_claim SET {change} WHERE id = %s", [claim.pk])


# Who sees it


def test_staff_and_finance_see_a_claim_entered_for_somebody_before_it_is_sent_and_strangers_never(scene):
    claim = enter(scene)
    for who in ("person", "staff", "staff_two", "finance", "administrator"):
        assert Claim.objects.visible_to(getattr(scene, who)).filter(pk=claim.pk).exists(), who
    for who in ("stranger", "elsewhere", "finance_elsewhere", "steering"):
        assert not Claim.objects.visible_to(getattr(scene, who)).filter(pk=claim.pk).exists(), who


@pytest.mark.parametrize("who", ["person", "staff", "staff_two", "finance"])
def test_it_says_on_the_claim_that_it_was_entered_for_them(scene, signed_in, who):
    claim = enter(scene)
    for _sent in (False, True):
        page = signed_in(getattr(scene, who)).get(claim.get_absolute_url()).content.decode()
        assert "Stan Staff entered this claim for Petra Person, who asked by phone." in page
        if not _sent:
            sending.submit(claim=claim, by=scene.staff)


def test_who_entered_a_claim_is_not_asked_to_check_it(scene):
    sending.submit(claim=enter(scene), by=scene.staff)
    assert not [task for task in contributions.tasks(scene.staff) if "to check" in task.title]
    assert [task for task in contributions.tasks(scene.staff_two) if task.title == "1 claim to check"]


# The pages


def test_staff_enter_a_claim_for_an_event_from_a_persons_page(scene, signed_in, event):
    person = by_post(scene)
    client = signed_in(scene.staff)
    address = reverse("claim_enter", args=[scene.programme.slug, person.pk])
    assert address in client.get(reverse("person", args=[person.pk])).content.decode()
    assert "Curry day" in client.get(address).content.decode()
    page = client.post(address, {"how": "phone", "what": f"event-{event.pk}"}, follow=True)
    claim = Claim.objects.get()
    assert "You are filling this in for Petra Person." in page.content.decode()
    page = client.post(
        reverse("claim_expense_cost", args=[claim.pk, "mileage"]), {"miles": "10", "description": "Hall"}, follow=True
    )
    assert "Added to your claim" in page.content.decode()
    page = client.get(reverse("claim_check", args=[claim.pk])).content.decode()
    assert "Petra Person told me that all of this is right" in page
    page = client.post(reverse("claim_submit", args=[claim.pk]), {"agree": "on"})
    message = Message.objects.get(notice__kind="claim_entered")
    assert page["Location"] == reverse("message", args=[message.pk])


def test_staff_enter_other_work_and_are_asked_for_its_day_hours_and_words(scene, signed_in):
    client = signed_in(scene.staff)
    address = reverse("claim_enter", args=[scene.programme.slug, scene.person.person.pk])
    typed = {"how": "in_person", "what": "activity-document_review"}
    page = client.post(address, typed).content.decode()
    for sentence in ("Enter the day", "Enter how long it took", "Say what it was"):
        assert sentence in page
    day = TODAY()
    typed |= {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)}
    client.post(address, {**typed, "hours": "1.5", "description": "A phone interview"})
    claim = Claim.objects.get()
    assert (claim.entered_how, claim.description, claim.activity_date) == ("in_person", "A phone interview", day)
    titles = [task.title for task in contributions.tasks(scene.staff)]
    assert "Finish the claim you are entering for Petra Person" in titles


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_of_whom_to_enter_for_asks_the_same_questions_however_long(
    scene, signed_in, number, django_assert_max_num_queries
):
    for _n in range(number):
        factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    client = signed_in(scene.staff)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("claims_enter", args=[scene.programme.slug]))
    assert page.context["listing"].count == number + 1


def test_the_page_to_enter_leads_from_the_list_of_claims_for_staff_alone(scene, signed_in):
    address = reverse("claims_enter", args=[scene.programme.slug])
    listed = reverse("claims", args=[scene.programme.slug])
    assert address in signed_in(scene.staff).get(listed).content.decode()
    assert address not in signed_in(scene.finance).get(listed).content.decode()
    assert signed_in(scene.finance).get(address).status_code == 403
