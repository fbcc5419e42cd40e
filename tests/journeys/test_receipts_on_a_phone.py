"""Sending receipts from a phone: large photos go smaller, files too large are refused before they are sent."""

import base64
import hashlib
import io
import os
import re

import pytest
from PIL import Image

from payments.claims.actions import filling
from payments.models import Receipt
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from wellbeing.lib import uploads

from .conftest import PHONE

MEGABYTE = 1024 * 1024
BOX = "Photo or PDF of your receipt"
SEND = "Send this receipt"

pytestmark = pytest.mark.django_db(transaction=True)


def large_photo():
    """A photo of a phone held upright: stored on its side, of more than a megabyte, with the place it was taken."""
    image = Image.frombytes("RGB", (1000, 750), os.urandom(1000 * 750 * 3)).resize((4000, 3000))
    image.paste("black", (0, 0, 1000, 750))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=samples.exif_with_place(orientation=6))
    return out.getvalue()


@pytest.fixture
def line(site):
    programme = factories.a_programme("Invented Wellbeing")
    policy = factories.a_policy(programme)
    bryony = factories.with_role(
        programme, Role.LIVED_EXPERIENCE, user=factories.a_user("Bryony Bramble", email="bryony@example.org")
    )
    claim = factories.a_claim(programme, bryony.person, policy=policy)
    filling.add_expense(claim=claim, by=bryony, kind="parking", description="Car park", amount_pence=500)
    return claim.lines.get(category="expense")


@pytest.fixture
def page_of_line(line):
    return f"/claims/{line.claim_id}/lines/{line.pk}/receipt/"


def choose(phone, name, content):
    phone.page.get_by_label(BOX).set_input_files({"name": name, "mimeType": mime_type(name), "buffer": content})


def send(phone):
    """Press the button at once, whatever the page is still doing. Return the fingerprint of what arrived."""
    phone.page.get_by_role("button", name=SEND).click()
    phone.page.get_by_text("We have your receipt for: Car park").wait_for()
    return Receipt.objects.latest("pk").sha256


def chosen(phone):
    """Return the name and the bytes of the file that is about to be sent."""
    name, text = phone.page.get_by_label(BOX).evaluate(
        """async (box) => {
            const bytes = new Uint8Array(await box.files[0].arrayBuffer());
            return [box.files[0].name, btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""))];
        }"""
    )
    return name, base64.b64decode(text)


def mime_type(name):
    return "application/pdf" if name.endswith("pdf") else "image/jpeg"


def test_a_large_photo_is_sent_smaller_and_all_else_as_it_is(line, page_of_line, visitor, post):
    phone = visitor(PHONE)
    phone.sign_in("bryony@example.org", post)
    photo = large_photo()
    assert len(photo) > uploads.SHRINK_ABOVE
    phone.go(page_of_line)
    choose(phone, "IMG_2041.HEIC.jpeg", photo)
    phone.page.get_by_text("IMG_2041.HEIC.jpg").wait_for()
    _name, copy = chosen(phone)
    arrived = Image.open(io.BytesIO(copy))
    assert (arrived.format, arrived.size) == ("JPEG", (1800, 2400))
    assert arrived.getpixel((1700, 100))[0] < 60, "the dark corner is at the top right, as it was held"
    assert len(copy) < len(photo)
    assert not dict(arrived.getexif().get_ifd(samples.GPS))
    assert send(phone) == fingerprint(copy)

    phone.go(page_of_line)
    choose(phone, "again.jpg", photo)
    assert send(phone) == fingerprint(copy), "a button pressed at once waits for the smaller photo"

    pdf = samples.pdf(hidden=False) + b"\0" * (uploads.SHRINK_ABOVE + 1)
    # A picture the browser cannot open either.
    broken = samples.broken_jpeg()[:-2] + b"\0" * uploads.SHRINK_ABOVE + b"\xff\xd9"
    for name, content in (("ticket.pdf", pdf), ("long.jpg", long_screenshot()), ("broken.jpg", broken)):
        phone.go(page_of_line)
        choose(phone, name, content)
        assert send(phone) == fingerprint(content)
    phone.nothing_was_wrong()


def fingerprint(content):
    return hashlib.sha256(content).hexdigest()


def long_screenshot():
    """A scrolling screenshot of more than a megabyte, whose words would be too small to read when shrunk."""
    out = io.BytesIO()
    Image.frombytes("RGB", (540, 3000), os.urandom(540 * 3000 * 3)).save(out, "JPEG", quality=85)
    assert out.tell() > uploads.SHRINK_ABOVE
    return out.getvalue()


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(line, page_of_line, visitor, post, settings):
    settings.UPLOAD_MAX_BYTES = MEGABYTE
    phone = visitor(PHONE)
    phone.sign_in("bryony@example.org", post)
    phone.go(page_of_line)
    sent = []
    phone.page.on("request", lambda request: sent.append(request.method))
    film = samples.pdf(hidden=False) + bytes(5 * MEGABYTE // 2)
    choose(phone, "scan.pdf", film)
    sentence = uploads.too_large(uploads.size_words(len(film)), MEGABYTE)
    assert sentence == "This file is 2.6\u00a0MB. The most we can take is 1\u00a0MB. Try a smaller photo."
    alert = phone.page.get_by_role("alert").filter(has_text="This file is")
    alert.wait_for()
    assert alert.inner_text() == sentence
    phone.checked.clear()
    phone.check()
    phone.page.get_by_role("button", name=SEND).click()
    assert phone.page.get_by_label(BOX).get_attribute("aria-invalid") == "true"
    assert phone.page.evaluate("document.activeElement.type") == "file"
    assert sent == []

    ticket = samples.pdf(hidden=False)
    choose(phone, "ticket.pdf", ticket)
    alert.wait_for(state="detached")
    assert send(phone) == fingerprint(ticket)
    phone.nothing_was_wrong()


def test_without_scripts_the_server_says_it_and_knows_who_is_signed_in(
    line, page_of_line, visitor, post, browser, site, settings
):
    settings.UPLOAD_MAX_BYTES = MEGABYTE
    phone = visitor(PHONE)
    phone.sign_in("bryony@example.org", post)
    plain = browser.new_context(
        viewport=PHONE, base_url=site.url, java_script_enabled=False, storage_state=phone.page.context.storage_state()
    )
    try:
        page = plain.new_page()
        page.goto(page_of_line)
        film = {"name": "scan.pdf", "mimeType": "application/pdf"}
        # A little too large: beside the field.
        page.get_by_label(BOX).set_input_files({**film, "buffer": samples.pdf(hidden=False) + bytes(MEGABYTE)})
        page.get_by_role("button", name=SEND).click()
        assert "The most we can take is 1\u00a0MB" in page.locator(".govuk-error-message").inner_text()
        # Far too large: a page of its own, not read by the server.
        page.get_by_label(BOX).set_input_files({**film, "buffer": bytes(5 * MEGABYTE)})
        page.get_by_role("button", name=SEND).click()
        page.get_by_role("heading", name="That file is too big").wait_for()
        assert page.get_by_text("Bryony Bramble").count()
        assert page.get_by_role("button", name="Sign out", include_hidden=True).count()
        page.get_by_role("link", name="Go back and choose a smaller file").click()
        assert re.search(re.escape(page_of_line) + "$", page.url)
        page.get_by_label(BOX).wait_for()
    finally:
        plain.close()
    assert not Receipt.objects.exists()
