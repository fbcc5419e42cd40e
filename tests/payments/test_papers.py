"""Every kind of paper, in every script and with words that have no break: no boxes, no mixed words, nothing cut off."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from programmes.models import Programme
from tests.helpers import pdf_fonts
from tests.helpers.papers import every_paper
from wellbeing.lib import pdf, scripts

DATA = Path(__file__).parent / "data"
# A word in each script, as short as they come: all of them fit into one name.
SCRIPTS = {
    "Chinese": "陳",
    "Bengali": "রহিমা",
    "Arabic": "علي",
    "Urdu": "ڈاکٹر",
    "Gurmukhi": "ਕੌਰ",
    "Gujarati": "પટેલ",
    "Tamil": "தமிழ்",
    "Hebrew": "לוי",
    "Greek": "Ελένη",
    "Cyrillic": "Їжак",
    "Polish": "Żółw",
    "Welsh": "Tŷ",
    "Vietnamese": "Nguyễn",
    "Yoruba": "Ẹniọlá",
    "Devanagari": "राम",
    "Malayalam": "അമ്മ",
    "Telugu": "రామ",
    "Sinhala": "සිරි",
    "Thai": "สม",
    "Ethiopic": "ሰላም",
    "Armenian": "Արամ",
    "Georgian": "გია",
    "Korean": "김",
    "Japanese": "ゆき",
    "emoji": "🦋👍🏽❤️",
}
ALL = " ".join(SCRIPTS.values())
# In points: 5 mm, which every printer can print to.
MARGIN = 14


def names_of_the_field():
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as file:
        return [row["name as stored"] for row in csv.DictReader(file)]


def unbroken_words():
    return (DATA / "unbroken_words.txt").read_text().split()


def page(body):
    return f'<html lang="en-gb"><head><title>A paper of ours</title></head><body>{body}</body></html>'


def mixed_words(content):
    """List the pairs of letters of a PDF that stand together, as in a word, and are from two fonts."""
    return [
        one.text + two.text
        for one, two in pairwise(pdf_fonts.letters(content))
        if one.text.isalpha() and two.text.isalpha() and one.font != two.font and _touch(one, two)
    ]


def _touch(one, two):
    apart = max(one.left, two.left) - min(one.right, two.right)
    return (one.page, one.bottom) == (two.page, two.bottom) and apart < 0.15 * two.size


def off_the_paper(content):
    return "".join(sorted({each.text for each in pdf_fonts.letters(content) if each.from_edge < MARGIN}))


def papers(scene):
    """Return (name, bytes) of every kind of paper, with names in every script and unbroken words wherever they fit."""
    longest = unbroken_words()[0]
    most = Programme._meta.get_field("name").max_length
    assert len(ALL) <= most
    Programme.objects.filter(pk=scene.programme.pk).update(
        name=ALL,
        host=longest[:most],
        host_address=f"{ALL}\n{longest}",
        host_number=longest[:80],
        letters_signed_by=ALL,
        letters_signed_as=longest[:most],
        contact_name=f"{ALL} {longest}"[:most],
        contact_email=f"{'a' * 60}@{'b' * 60}.example.org",
    )
    scene.programme.refresh_from_db()
    address = "\n".join([*names_of_the_field()[:7], *unbroken_words()])[:400]
    type(scene.person.person).objects.update(postal_address=address)
    names = [ALL, *names_of_the_field(), longest[:most]]
    return every_paper(scene, words=f"{longest} {ALL}"[:200], names=names, many=4)


def test_every_paper_draws_every_script_and_nothing_runs_off_it(scene):
    families = {name.replace(" ", "-") for name in scripts.FAMILIES}
    wrong = []
    for name, content in papers(scene):
        if missing := families - pdf_fonts.embedded_families(content):
            wrong.append(f"{name} has nothing in {missing}")
        wrong += [f"{name} has a box for {glyph}" for glyph in pdf_fonts.missing_glyphs(content)]
        wrong += [f"{name} mixes fonts in {letters}" for letters in mixed_words(content)]
        if letters := off_the_paper(content):
            wrong.append(f"{name} has {letters} off its paper")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_has_a_font(script):
    content = pdf.render(page(f"<p>Dear {SCRIPTS[script]}, <b>{SCRIPTS[script]}</b></p>"))
    assert pdf_fonts.missing_glyphs(content) == []
    assert mixed_words(content) == []


def test_a_letter_that_no_font_has_is_found():
    (found,) = pdf_fonts.missing_glyphs(pdf.render(page("<p>Dear \ue000,</p>")))
    assert found.endswith(", \ue000")


def test_a_word_of_two_fonts_is_found():
    body = "<p>Ngu<span style=\"font-family: 'Noto Sans'\">y</span>en</p>"
    assert mixed_words(pdf.render(page(body))) == ["uy", "ye"]


def test_words_off_the_paper_are_found():
    assert off_the_paper(pdf.render(page(f"<p style='white-space: nowrap'>{'W' * 200}</p>"))) == "W"


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Zolkiewski", None),
        ("Żółkiewski", None),
        ("Sia\u0302n Ty\u0302 Mawr", None),
        ("Nguyễn", "Noto Sans"),
        ("McAllister\u2011Fitzwilliam", "Noto Sans"),
        ("O\u2019Brien", None),
        ("陳大文", "Noto Sans CJK TC"),
    ],
)
def test_a_word_is_set_whole_in_the_first_font_that_has_its_letters(name, family):
    assert {piece.family for piece in scripts.pieces(name)} == {family}


def test_a_name_from_right_to_left_is_joined_and_ordered_inside_an_english_line():
    content = pdf.render(page("<p>Dear محمد علي, thank you. محمد and שרה לוי.</p>"))
    letters = pdf_fonts.letters(content)
    left = {}
    for each in letters:
        left.setdefault(each.text, each.left)
    assert left["r"] < left["ع"] < left["ح"] < left["t"], "the second word of the name stands left of its first"
    assert left["ל"] < left["ש"], "in Hebrew, too"
    alone = {each.glyph for each in pdf_fonts.letters(pdf.render(page("<p>م ح م د</p>"))) if not each.text.isspace()}
    joined = {each.glyph for each in letters if each.text in "محمد"}
    assert joined
    assert not joined & alone, "letters that stand alone where they should be joined"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Dear محمد علي, hello", [("Dear ", False), ("محمد علي", True), (", hello", False)]),
        ("محمد and علي", [("محمد", True), (" and ", False), ("علي", True)]),
        ("陳大文 (陳)", [("陳大文", True), (" (", False), ("陳", True), (")", False)]),
        ("plain", [("plain", False)]),
    ],
)
def test_words_from_right_to_left_stay_together(text, pieces):
    assert [(piece.text, bool(piece.family)) for piece in scripts.pieces(text)] == pieces


def test_a_document_is_not_drawn_without_its_fonts(tmp_path, monkeypatch):
    from wellbeing.lib import drawing

    monkeypatch.setattr(scripts, "FOLDER", tmp_path)
    drawing.fonts.cache_clear()
    drawing.stylesheet.cache_clear()
    with pytest.raises(drawing.FontsMissingError, match=r"Noto Sans Bengali.*bin/setup"):
        pdf.render(page("<p>Hello</p>"))
