"""A claim from the emailed link to sent, and what its pages show, as the person and staff see it."""

import datetime as dt
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from payments.claims import receipts
from payments.claims.actions import filling, opening, sending
from payments.models import Claim, Receipt
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from tests.helpers.claims import add_parking, with_receipt
from wellbeing.lib.money import pounds

# One claim from the e-mailed link to "sent", as the person does it


def test_a_person_adds_a_fare_with_its_ticket_checks_and_sends(scene, signed_in, claim_in, worker):
    claim, client = claim_in("draft"), signed_in(scene.person)
    new = reverse("claim_expense_new", args=[claim.pk])
    page = client.get(new)
    assert b"Train, bus or tram fare" in page.content
    assert b"Food and drink" not in page.content, "the policy does not cover it"
    response = client.post(new, {"kind": "public_transport"})
    cost = reverse("claim_expense_cost", args=[claim.pk, "public_transport"])
    assert response.url == cost
    response = client.post(cost, {"amount": "12,50", "description": "Leeds and back"})
    assert response.status_code == 200
    assert b"Leeds and back" in response.content, "what was typed is kept"
    assert b"Error: " in response.content
    response = client.post(cost, {"amount": "12.50", "description": "Leeds and back"})
    line = claim.lines.get(category="expense")
    receipt_url = reverse("claim_line_receipt", args=[claim.pk, line.pk])
    assert response.url == receipt_url

    for content, words in ((b"MZ program", b"not a photo or a PDF"), (b"", b"empty")):
        response = client.post(receipt_url, {"receipt": samples.upload(content, "ticket.jpg")})
        assert response.status_code == 200
        assert words in response.content
        assert b'id="id_receipt_error"' in response.content
    assert b"Choose a photo or a PDF" in client.post(receipt_url, {}).content

    check, submit = reverse("claim_check", args=[claim.pk]), reverse("claim_submit", args=[claim.pk])
    assert b"A receipt is still needed" in client.get(check).content
    response = client.post(submit, {"agree": "on"})
    assert response.status_code == 200
    assert "Add a receipt for “Leeds and back”, or remove it from your claim.".encode() in response.content

    with worker():
        assert client.post(receipt_url, {"receipt": samples.upload(samples.heic(), "IMG_1.HEIC")}).status_code == 302
    assert b"See the receipt" in client.get(check).content
    response = client.post(submit, {})
    assert b"Tick the box" in response.content
    response = client.post(submit, {"agree": "on"})
    assert response.url == reverse("claim_sent", args=[claim.pk])
    page = client.get(response.url)
    assert b"What happens next" in page.content
    claim.refresh_from_db()
    assert claim.status == "submitted"
    assert claim.lines.count() == 2
    # Pressing Send again, or going Back to change it, says what happened instead of breaking.
    assert b"has been sent already" in client.post(submit, {"agree": "on"}, follow=True).content
    assert b"only before you send" in client.get(cost, follow=True).content


def test_mileage_asks_for_miles_and_needs_no_receipt(scene, signed_in, claim_in):
    claim, client = claim_in("draft"), signed_in(scene.person)
    url = reverse("claim_expense_cost", args=[claim.pk, "mileage"])
    for wrong in ("", "-3", "0", "many", "7.25", "99999999"):
        assert client.post(url, {"miles": wrong}).status_code == 200, wrong
    assert client.post(url, {"miles": "24", "description": "Leeds"}).url == claim.get_absolute_url()
    assert claim.lines.get(category="expense").amount_pence == 960


def test_an_expense_can_be_changed_and_removed(scene, signed_in, claim_in):
    claim, client = claim_in("draft"), signed_in(scene.person)
    line, _receipt = with_receipt(scene, claim)
    edit = reverse("claim_line_edit", args=[claim.pk, line.pk])
    assert b"5.00" in client.get(edit).content
    assert client.post(edit, {"amount": "£6", "description": "Car park"}).url == claim.get_absolute_url()
    line.refresh_from_db()
    assert line.amount_pence == 600
    assert client.post(reverse("claim_line_remove", args=[claim.pk, line.pk])).status_code == 302
    assert claim.lines.count() == 1


def test_a_line_of_somebody_elses_claim_cannot_be_reached_through_ones_own(scene, signed_in, claim_in):
    mine = claim_in("draft")
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    theirs = claim_in("draft", user=second)
    line = filling.add_expense(claim=theirs, by=second, kind="mileage", description="", miles=Decimal(3))
    client = signed_in(scene.person)
    for name in ("claim_line_edit", "claim_line_receipt"):
        assert client.get(reverse(name, args=[mine.pk, line.pk])).status_code == 404
    assert client.post(reverse("claim_line_remove", args=[mine.pk, line.pk])).status_code == 404


def test_a_refused_receipt_says_why_on_the_claim(scene, signed_in, claim_in):
    claim = claim_in("draft")
    line = add_parking(scene, claim, file=samples.upload(samples.pdf(password="sesame"), "ticket.pdf"))
    receipt = line.receipts.get()
    client = signed_in(scene.person)
    assert b"checking it can be opened" in client.get(claim.get_absolute_url()).content
    assert client.get(reverse("receipt", args=[receipt.pk])).status_code == 404, "what arrived is never handed out"
    receipts.make_clean(receipt.pk)
    assert b"locked with a password" in client.get(claim.get_absolute_url()).content
    assert client.get(reverse("receipt", args=[receipt.pk])).status_code == 404
    receipt.refresh_from_db()
    assert not receipt.file


def test_a_receipt_is_sent_with_headers_that_let_it_run_nothing(scene, signed_in, claim_in):
    claim = claim_in("draft")
    _line, receipt = with_receipt(scene, claim)
    response = signed_in(scene.person).get(reverse("receipt", args=[receipt.pk]))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]
    assert b"Invented Phones" not in b"".join(response.streaming_content)


def test_a_question_stands_at_the_top_with_a_box_to_answer(scene, signed_in, claim_in):
    claim = claim_in("submitted")
    client = signed_in(scene.staff)
    client.post(reverse("claim_return", args=[claim.pk]), {"question": "Which <station> was it?"})
    client = signed_in(scene.person)
    page = client.get(claim.get_absolute_url())
    assert b"We have a question" in page.content
    assert b"Which &lt;station&gt; was it?" in page.content
    answer = reverse("claim_answer", args=[claim.pk])
    assert b"Enter your answer" in client.post(answer, {"answer": " "}).content
    response = client.post(answer, {"answer": "Leeds"}, follow=True)
    assert b"kept its place" in response.content


def test_a_late_payment_shows_to_the_person_staff_and_finance(scene, signed_in, claim_in):
    claim = claim_in("approved")
    Claim.objects.filter(pk=claim.pk).update(pay_by=timezone.localdate() - dt.timedelta(days=1))
    assert b"This payment is late" in signed_in(scene.person).get(claim.get_absolute_url()).content
    assert b"This is late" in signed_in(scene.person).get(reverse("my_claims")).content
    for user in (scene.staff, scene.finance):
        client = signed_in(user)
        assert b"It was due to be paid by" in client.get(claim.get_absolute_url()).content
        listed = client.get(reverse("claims", args=[scene.programme.slug]), {"overdue": "yes"})
        assert claim.reference.encode() in listed.content
    assert b"Late" in signed_in(scene.finance).get(reverse("payment_run_new", args=[scene.programme.slug])).content


def test_staff_see_access_needs_attendance_rule_and_receipt_before_they_decide(scene, signed_in, claim_in):
    event = factories.an_event(scene.programme)
    scene.person.person.access_needs.create(kind="large_print")
    attendance = factories.an_attendance(event, scene.person.person)
    claim = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    with_receipt(scene, claim)
    sending.submit(claim=claim, by=scene.person)
    page = signed_in(scene.staff).get(claim.get_absolute_url()).content.decode()
    for words in (
        "Large print",
        "On the list of who came",
        "Half a day, up to 4 hours: £50.00",
        "Approve £55.00",
        "<img",
    ):
        assert words in page
    uninvited = claim_in("submitted", event=factories.an_event(scene.programme))
    assert "Not on the list" in signed_in(scene.staff).get(uninvited.get_absolute_url()).content.decode()
    other_work = claim_in("submitted")
    assert "Not for an event" in signed_in(scene.staff).get(other_work.get_absolute_url()).content.decode()
    assert "Large print" not in signed_in(scene.finance).get(claim.get_absolute_url()).content.decode()


def test_a_claim_taken_back_before_it_was_sent_is_shown_to_its_person_alone(scene, signed_in, claim_in):
    unsent, sent = claim_in("draft"), claim_in("submitted")
    for claim in (unsent, sent):
        sending.withdraw(claim=claim, by=scene.person)
    for user in (scene.staff, scene.finance, scene.administrator):
        client = signed_in(user)
        assert client.get(unsent.get_absolute_url()).status_code == 404
        assert client.get(sent.get_absolute_url()).status_code == 200
    assert signed_in(scene.person).get(unsent.get_absolute_url()).status_code == 200


def test_a_receipt_of_a_claim_that_moved_on_is_still_seen_by_those_who_pay(scene, signed_in, claim_in):
    claim = claim_in("draft")
    _line, receipt = with_receipt(scene, claim)
    assert signed_in(scene.staff).get(reverse("receipt", args=[receipt.pk])).status_code == 404
    sending.submit(claim=claim, by=scene.person)
    assert signed_in(scene.staff).get(reverse("receipt", args=[receipt.pk])).status_code == 200
    assert Receipt.objects.get().status == "ready"


def test_the_total_agreed_to_is_the_total_sent(scene, claim_in, signed_in):
    claim = claim_in("draft")
    client, submit = signed_in(scene.person), reverse("claim_submit", args=[claim.pk])
    seen = client.get(reverse("claim_check", args=[claim.pk])).context["form"]["total"].value()
    assert seen == 5000
    # Another window adds a fare meanwhile.
    filling.add_expense(
        claim=claim, by=scene.person, kind="mileage", description="To the hall", miles=10, vehicle="car"
    )
    page = client.post(submit, {"agree": "on", "total": seen})
    claim.refresh_from_db()
    assert claim.status == "draft"
    now = page.context["page"].totals.total
    assert now != seen
    assert f"It now comes to {pounds(now)}. Check it, then send it." in page.text
    assert f'name="total" value="{now}"' in page.text
    assert 'name="agree" class="govuk-checkboxes__input" checked' not in page.text
    client.post(submit, {"agree": "on", "total": now})
    claim.refresh_from_db()
    assert claim.status == "submitted"
