"""Read the words of a PDF."""

import io

import pikepdf
import pytest
from weasyprint import HTML

from wellbeing.lib.pdf_words import words_of


@pytest.fixture(scope="module")
def letter():
    return HTML(string="<p>Mabel Madeup came to the day.</p><p>Ffion Ŵynne came too.</p>").write_pdf()


def locked(content, **passwords):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, encryption=pikepdf.Encryption(**passwords))
    return out.getvalue()


def test_the_words_of_a_letter_are_read_with_the_letters_of_other_languages(letter):
    assert words_of(letter) == "Mabel Madeup came to the day. Ffion Ŵynne came too."


def test_a_pdf_that_only_its_owner_may_change_is_read(letter):
    assert words_of(locked(letter, owner="shut", user="")) == words_of(letter)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing", b"GIF89a"])
def test_a_file_that_is_no_pdf_has_no_words(content):
    assert words_of(content) == ""


def test_a_pdf_that_opens_with_a_password_alone_has_no_words(letter):
    assert words_of(locked(letter, owner="shut", user="shut")) == ""
