"""Every word of a page is in our typeface, also in cards, in small print and in labels that are only heard."""

import pytest
from django.urls import reverse

from programmes.models import Role
from tests import factories
from tests.helpers.wordings import use

from .conftest import DESKTOP, PHONE

# The first words of each element that has words of its own and another typeface.
OTHERS = """() => [...document.body.querySelectorAll('*')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .filter((one) => !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(one.tagName))
    .filter((one) => !getComputedStyle(one).fontFamily.startsWith('"Atkinson Hyperlegible Next"'))
    .map((one) => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""
SIZE = "() => getComputedStyle(document.querySelector('.wb-card > .govuk-body, .wb-card__meta')).fontSize"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_word_is_in_our_typeface(transactional_db, at_work, size):
    programme = factories.a_programme()
    staff = factories.with_role(programme, Role.STAFF)
    use(programme, staff, short="Read {link}")
    worker = at_work(staff, size)
    for address in (
        reverse("wording", args=[programme.slug, "invitation"]),
        reverse("wording", args=[programme.slug, "answer"]),
        reverse("wording_edit", args=[programme.slug, "invitation", "en"]),
        reverse("reminders", args=[programme.slug]),
        reverse("reminder_rule", args=[programme.slug, "replies"]),
        reverse("home"),
        "/gallery/",
    ):
        worker.go(address)
        assert worker.page.evaluate(OTHERS) == [], address
    worker.go(reverse("wording", args=[programme.slug, "invitation"]))
    assert worker.page.evaluate(SIZE) == "16px"
