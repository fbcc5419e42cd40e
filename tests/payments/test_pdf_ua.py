"""Every kind of paper we make is a PDF/UA-1: real ones, held to a checker that is not WeasyPrint's own."""

import pytest
from django.conf import settings
from django.test.signals import template_rendered

from tests.helpers.papers import every_paper
from tests.helpers.pdf_checks import faults

FRAME = '{% extends "payments/documents/base.html" %}'


@pytest.fixture
def drawn():
    """The names of the templates drawn while a test runs."""
    names = set()

    def note(template, **_signal):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_every_kind_of_paper_passes_the_checker(scene, drawn, tmp_path):
    found = {name: faults(paper, tmp_path) for name, paper in every_paper(scene)}
    wrong = [f"{name}: {fault}" for name, sentences in found.items() for fault in sentences]
    assert not wrong, "\n".join(wrong)
    folder = settings.BASE_DIR / "templates"
    framed = {str(path.relative_to(folder)) for path in folder.rglob("*.html") if path.read_text().startswith(FRAME)}
    assert len(framed) > 5
    assert framed <= drawn, "a kind of paper that is not checked"
