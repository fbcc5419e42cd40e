"""Telling a person about the claim that staff entered for them."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from payments import contributions
from payments.claims import documents as claim_documents
from payments.claims.actions import entering, sending
from payments.claims.transitions import ClaimError
from payments.models import ClaimNotice
from payments.pages import queries as page_queries
from people.models import Message
from tests import factories
from tests.helpers.entering import TODAY, by_post, enter

# Telling the person


def test_who_likes_email_is_told_by_email_what_was_sent(scene):
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    message = Message.objects.get(kind="claim_entered")
    assert message.to_address == scene.person.email
    assert "Stan Staff sent it" in message.text_body
    assert "£50.00" in message.text_body
    assert not Message.objects.filter(kind="claim_received").exists()
    told = ClaimNotice.objects.get()
    assert (told.claim, told.how, told.by) == (claim, "email", scene.staff.person)
    assert not [task for task in contributions.tasks(scene.staff_two) if "Tell" in task.title]


@pytest.mark.parametrize("has_email", [True, False])
def test_who_prefers_the_post_is_told_by_staff_who_tick_it_off(scene, signed_in, has_email):
    person = by_post(scene)
    if has_email:
        factories.move_address(person, "petra@example.org")
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    assert not Message.objects.filter(kind="claim_entered").exists()
    for user in (scene.staff, scene.staff_two):
        assert "Tell Petra Person about the claim entered for them" in [t.title for t in contributions.tasks(user)]
    assert not [task for task in contributions.tasks(scene.elsewhere) if "Tell" in task.title]
    client = signed_in(scene.staff_two)
    page = client.get(reverse("claim_told", args=[claim.pk])).content.decode()
    assert "01632 960001" in page
    assert re.search(r'value="letter"[^>]*checked', page)
    client.post(reverse("claim_told", args=[claim.pk]), {"how": "letter"})
    again = client.post(reverse("claim_told", args=[claim.pk]), {"how": "letter"})
    assert again.status_code == 302
    told = ClaimNotice.objects.get()
    assert (told.how, told.by) == ("letter", scene.staff_two.person)
    assert not [task for task in contributions.tasks(scene.staff) if "Tell" in task.title]
    assert "Stella Staff told Petra Person by letter" in client.get(claim.get_absolute_url()).content.decode()


def test_a_claim_sent_again_after_it_was_taken_back_is_told_again(scene):
    by_post(scene)
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    entering.tell(claim=claim, by=scene.staff, how="phone")
    sending.withdraw(claim=claim, by=scene.person)
    sending.reopen(claim=claim, by=scene.staff)
    sending.submit(claim=claim, by=scene.staff)
    assert [task for task in contributions.tasks(scene.staff) if "Tell" in task.title]


def test_nobody_is_told_of_a_claim_they_sent_themselves(scene):
    by_post(scene)
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.person)
    with pytest.raises(ClaimError, match="Nobody has to be told"):
        entering.tell(claim=claim, by=scene.staff, how="phone")


def test_it_must_be_said_how_they_were_told_and_finance_does_not_tell(scene):
    by_post(scene)
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    with pytest.raises(ClaimError) as refusal:
        entering.tell(claim=claim, by=scene.staff, how="pigeon")
    assert refusal.value.field == "how"
    with pytest.raises(ClaimError):
        entering.tell(claim=claim, by=scene.finance, how="phone")


@pytest.mark.parametrize(
    "statement", ["UPDATE payments_claimnotice SET how = 'phone'", "DELETE FROM payments_claimnotice"]
)
def test_the_database_keeps_who_was_told(scene, statement):
    sending.submit(claim=enter(scene), by=scene.staff)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("size", ["standard", "large"])
def test_the_letter_is_in_the_print_they_asked_for(scene, signed_in, monkeypatch, size):
    person = by_post(scene)
    person.letter_size, person.postal_address = size, "1 Invented Street\nNowhere"
    person.save()
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    response = signed_in(scene.staff).get(reverse("claim_told_letter", args=[claim.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    drawn = []
    monkeypatch.setattr(claim_documents, "render_document", lambda name, context: drawn.append(context))
    claim_documents.entered_letter(page_queries.whole_claim(claim.pk), TODAY())
    (context,) = drawn
    assert context["large"] is (size == "large")
    assert context["totals"].total == 5000
