"""Pages on which people choose how they are recognised, and what others read of it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from payments.approval.actions import decisions
from payments.claims.actions import payment_choice
from payments.models import RecognitionOffer
from payments.my_record import actions as record_actions
from people.models import Notice
from programmes.models import Role
from tests.helpers.recognition import an_offer, fare, submitted

# Pages


def test_the_page_offers_only_what_the_programme_has(scene, signed_in):
    url = reverse("your_recognition", args=[scene.programme.slug])
    page = signed_in(scene.person).get(url).content.decode()
    assert "No payment" in page
    assert "A voucher" not in page
    assert "charity number" not in page.lower()
    an_offer(scene)
    page = signed_in(scene.person).get(url).content.decode()
    assert "Give it to Brook House Trust" in page
    assert "A voucher" in page
    for promise in ("We will still invite you", "Your views will count just as much", "Nobody will ask you why"):
        assert promise in page


def test_a_person_says_beforehand_on_the_page_and_reads_it_among_their_details(scene, signed_in):
    client = signed_in(scene.person)
    url = reverse("your_recognition", args=[scene.programme.slug])
    answer = client.post(url, {"recognition": "part", "part": "20"})
    assert answer.status_code == 302
    assert "£20.00 of the payment" in client.get(reverse("your_details")).content.decode()
    assert 'value="20.00"' in client.get(url).content.decode()


def test_a_faulty_answer_keeps_what_was_typed(scene, claim_in, signed_in):
    url = reverse("claim_recognition", args=[claim_in("submitted").pk])
    answer = signed_in(scene.person).post(url, {"recognition": "part", "part": "99.99"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The payment for your time is £50.00. Take that much or less." in page
    assert 'value="99.99"' in page


def test_a_sent_claim_can_still_be_chosen_for_on_its_page(scene, claim_in, signed_in):
    claim = claim_in("submitted")
    client = signed_in(scene.person)
    assert reverse("claim_recognition", args=[claim.pk]) in client.get(claim.get_absolute_url()).content.decode()
    client.post(reverse("claim_recognition", args=[claim.pk]), {"recognition": "none"})
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "Not taken, as you chose" in page


def test_check_your_answers_shows_what_is_paid_and_what_is_not(scene, claim_in, signed_in):
    claim = claim_in("draft")
    fare(claim)
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="part", recognition_pence=2000)
    page = signed_in(scene.person).get(reverse("claim_check", args=[claim.pk])).content.decode()
    assert "£20.00 of the payment" in page
    assert "£32.50" in page
    assert "£30.00" in page


def test_whoever_checks_sees_amounts_and_an_administrator_does_not(scene, claim_in, signed_in):
    claim = submitted(claim_in, scene, {"recognition": "none"})
    url = claim.get_absolute_url()
    for reader in (scene.staff, scene.finance):
        page = signed_in(reader).get(url).content.decode()
        assert "Not taken" in page
        assert "as you chose" not in page
    assert "Not taken" not in signed_in(scene.administrator).get(url).content.decode()
    admin_page = signed_in(scene.administrator).get(reverse("admin:payments_claim_change", args=[claim.pk]))
    assert "recognition" not in admin_page.content.decode().lower().replace("reward and recognition", "")


def test_the_standing_choice_is_on_no_page_of_anybody_else(scene, signed_in):
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="part", recognition_pence=1717)
    person = scene.person.person
    for reader in (scene.staff, scene.finance, scene.administrator):
        for url in (reverse("person", args=[person.pk]), reverse("programme_people", args=[scene.programme.slug])):
            assert "17.17" not in signed_in(reader).get(url).content.decode()
    with pytest.raises(Exception, match="payments_recognitionchoice_changelist"):
        reverse("admin:payments_recognitionchoice_changelist")


def test_an_approved_claim_says_where_the_money_went(scene, claim_in, signed_in):
    an_offer(scene)
    claim = decisions.approve(claim=submitted(claim_in, scene, {"recognition": "charity"}), by=scene.staff)
    page = signed_in(scene.person).get(claim.get_absolute_url()).content.decode()
    assert "Given to Brook House Trust" in page
    assert "£50.00" in page
    assert reverse("claim_recognition", args=[claim.pk]) not in page


def test_staff_say_what_is_offered_on_their_page(scene, signed_in):
    client = signed_in(scene.staff)
    url = reverse("recognition_offer", args=[scene.programme.slug])
    today = timezone.localdate()
    day = {"effective_from_day": today.day, "effective_from_month": today.month, "effective_from_year": today.year}
    answer = client.post(url, {"charity_name": "Brook House Trust", "charity_number": "0000000", **day})
    assert answer.status_code == 302
    assert RecognitionOffer.objects.get().charity_name == "Brook House Trust"
    assert "Brook House Trust" in client.get(url).content.decode()


def test_the_mail_that_a_claim_came_promises_a_day_only_when_something_is_paid(scene, claim_in):

    submitted(claim_in, scene, {"recognition": "none"}, expenses=0)
    assert "we will pay you by" not in Notice.objects.get(kind="claim_received").text_body.lower()
    submitted(claim_in, scene)
    assert "we will pay you by" in Notice.objects.filter(kind="claim_received").order_by("pk").last().text_body


def test_somebody_whose_role_ended_still_chooses_for_their_claims(scene, claim_in):
    claim = claim_in("draft")
    scene.person.person.memberships.filter(role=Role.LIVED_EXPERIENCE).update(
        ends_on=timezone.localdate() - dt.timedelta(days=1)
    )
    assert payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="none").recognition == "none"
