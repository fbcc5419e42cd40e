"""A receipt that is missing is named where somebody looks first, and one link leads to where it is added."""

import re

import pytest
from django.urls import reverse

from payments.approval.actions import decisions
from payments.claims.actions import filling, receipts, sending
from tests.helpers import samples


@pytest.fixture
def line(scene, claim_in):
    return filling.add_expense(
        claim=claim_in("draft"), by=scene.person, kind="parking", description="Car park", amount_pence=500
    )


def links(page, words):
    """The addresses of the links with these words, without what is only for screen readers."""
    found = re.findall(r'<a class="govuk-link" href="([^"]*)">(.*?)</a>', page)
    return [address for address, text in found if re.sub(r"<span.*?</span>", "", text).strip() == words]


def test_check_your_answers_begins_with_the_receipt_that_is_missing(scene, signed_in, line):
    client = signed_in(scene.person)
    check = reverse("claim_check", args=[line.claim_id])
    page = client.get(check).text
    [address] = links(page, "Add a receipt for “Car park”, £5.00")
    assert page.index("Before you send it") < page.index("govuk-summary-list")
    assert links(page, "Add a photo or PDF of it") == [address]
    assert not links(page, "Add a receipt")

    form = client.get(address)
    assert 'type="file"' in form.text
    assert f'href="{check}"' in form.text, "back, and later, lead to where they came from"
    sent = client.post(address, {"receipt": samples.upload(samples.jpeg())})
    assert (sent.status_code, sent.url) == (302, check)
    page = client.get(check).text
    assert "We have your receipt for: Car park" in page
    assert "Before you send it" not in page


def test_a_wrong_file_keeps_the_way_back(scene, signed_in, line):
    client = signed_in(scene.person)
    address = reverse("claim_line_receipt", args=[line.claim_id, line.pk]) + "?check"
    again = client.post(address, {"receipt": samples.upload(b"MZ program")})
    assert "not a photo or a PDF" in again.text
    assert f'href="{reverse("claim_check", args=[line.claim_id])}"' in again.text


def test_the_page_of_a_claim_links_to_it_too_and_comes_back_there(scene, signed_in, line):
    client = signed_in(scene.person)
    page = client.get(line.claim.get_absolute_url()).text
    assert "Before you send it" not in page
    [address] = links(page, "Add a photo or PDF of it")
    assert address == reverse("claim_line_receipt", args=[line.claim_id, line.pk])
    assert client.post(address, {"receipt": samples.upload(samples.jpeg())}).url == line.claim.get_absolute_url()


def test_a_receipt_that_did_not_work_is_named_with_what_was_wrong(scene, signed_in, line, worker):
    with worker():
        receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.broken_jpeg()))
    page = signed_in(scene.person).get(reverse("claim_check", args=[line.claim_id])).text
    notice = page[page.index("Before you send it") : page.index("govuk-summary-list")]
    assert "Add a receipt for “Car park”" in notice
    assert "It may be damaged. Take the photo again." in notice


def test_a_question_is_answered_with_what_is_missing_named_above(scene, signed_in, line, worker):
    with worker():
        receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.jpeg()))
    sending.submit(claim=line.claim, by=scene.person)
    decisions.return_with_question(claim=line.claim, by=scene.staff, question="Is there a better photo?")
    receipts.remove_receipt(line=line, by=scene.person, receipt=line.receipts.get())
    page = signed_in(scene.person).get(line.claim.get_absolute_url()).text
    assert page.index("Before you send it") < page.index("Answer and send again")
    assert links(page, "Add a receipt for “Car park”, £5.00")


def test_once_sent_nothing_asks_for_a_receipt(scene, signed_in, line, worker):
    with worker():
        receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.jpeg()))
    sending.submit(claim=line.claim, by=scene.person)
    page = signed_in(scene.person).get(line.claim.get_absolute_url()).text
    assert "Add a photo or PDF of it" not in page
    assert "Before you send it" not in page
