"""The look: the gallery, the template tags, the stylesheet's promises, and the words of the error pages."""

import gzip
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

ROOT = Path(__file__).resolve().parent.parent
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.fixture(scope="session")
def stylesheet():
    """The compiled stylesheet, built now if need be."""
    subprocess.run([ROOT / "bin" / "build-css"], check=True)
    return (ROOT / "build" / "static" / "css" / "site.css").read_text()


def draw(source, **context):
    return Template(source).render(Context(context)).strip()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "begins"),
    [("", "Gallery"), ("filled", "Gallery"), ("errors", "Error: Gallery"), ("question", "Will you come?")],
)
def test_the_gallery_shows_every_state(client, state, begins):
    page = client.get("/gallery/", {"state": state})
    assert page.status_code == 200
    html = page.content.decode()
    assert re.search(r"<title>(.*?) – ", html)[1] == begins
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_the_error_summary_links_to_each_wrong_field(client):
    html = client.get("/gallery/", {"state": "errors"}).content.decode()
    targets = re.findall(r'<li><a href="#(id_[^"]+)">', html)
    assert targets == [
        "id_full_name",
        "id_email",
        "id_reply_0",
        "id_travel",
        "id_day_0",
        "id_start",
        "id_fare",
        "id_note",
        "id_declaration",
    ]
    assert all(f'id="{target}"' in html for target in targets)
    assert 'aria-describedby="id_full_name_helptext id_full_name_error"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/gallery/", "/gallery/progress/"])
def test_there_is_no_gallery_in_production(client, settings, address):
    settings.PRODUCTION = True
    assert client.get(address).status_code == 404


def test_every_component_is_explained_and_in_the_gallery():
    shown = (ROOT / "templates" / "gallery.html").read_text()
    frame = (ROOT / "templates" / "base.html").read_text()
    for component in COMPONENTS:
        assert component.read_text().startswith("{% comment %}"), component.name
        used = f"components/{component.name}"
        by_tag = f"{{% {component.stem} " in shown or (
            component.stem == "error_summary" and "page_error_summary" in frame
        )
        assert used in shown or used in frame or by_tag, f"{component.name} is in no page developers can look at"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_parses_and_needs_no_looser_security_policy(template):
    get_template(str(template.relative_to(ROOT / "templates")))
    source = template.read_text()
    # Letters and mails are not pages: what draws them has its own rules.
    if {"documents", "emails", "letters"} & set(template.parts):
        return
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", source)
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script or "application/json" in script
    assert not re.search(r'(?:src|action)="(?:https?:)?//', source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 7500|pounds }}", "£75.00"),
        ("{{ 0|pounds }}", "£0.00"),
        ("{{ None|pounds }}", ""),
        ("{{ day|long_date }}", "Monday 4 May 2026"),
        ("{{ day|short_date }}", "4 May 2026"),
        ("{{ None|long_date }}", ""),
        ("{{ ten|time_of_day }}", "10am"),
        ("{{ event|day_and_times }}", "Monday 4 May 2026, 10am to 12:30pm"),
        ("{{ 1|percent_of:3 }}", "33"),
        ("{{ 1|percent_of:0 }}", "0"),
    ],
)
def test_money_and_dates_are_written_as_people_read_them(source, expected):
    import datetime as dt

    london = dt.timezone(dt.timedelta(hours=1))
    event = SimpleNamespace(
        starts_at=dt.datetime(2026, 5, 4, 10, tzinfo=london), ends_at=dt.datetime(2026, 5, 4, 12, 30, tzinfo=london)
    )
    assert draw(source, day=dt.date(2026, 5, 4), ten=dt.time(10), event=event) == expected


@pytest.mark.parametrize(
    ("status", "tone"), [("draft", "quiet"), ("submitted", "waiting"), ("paid", "good"), ("returned", "attention")]
)
def test_a_status_tag_says_in_words_where_a_thing_stands(status, tone):
    claim = SimpleNamespace(status=status, get_status_display=lambda: "In words")
    html = draw("{% status_tag claim %}", claim=claim)
    assert "In words" in html
    assert f"wb-tag--{tone}" in html


def test_links_of_a_list_keep_its_filters():
    request = RequestFactory().get("/", {"q": "train fare", "sort": "name", "page": "3"})
    context = {"request": request, "page": Paginator(range(300), 20).page(3)}
    assert draw("{% with_query page=4 %}", **context) == "?q=train+fare&amp;sort=name&amp;page=4"
    sort = draw('{% sort_state "name" as s %}{{ s.url }} {{ s.aria }}', **context)
    assert sort == "?q=train+fare&amp;sort=-name ascending"
    pages = draw('{% include "components/pagination.html" %}', **context)
    assert 'aria-current="page"' in pages
    assert "q=train+fare" in pages


def test_a_form_under_any_name_and_in_a_list_makes_the_title_say_error():
    class Question(forms.Form):
        answer = forms.CharField()

    assert draw("{% error_prefix %}", whatever=Question({})) == "Error:"
    assert draw("{% error_prefix %}", forms=[Question({"answer": "yes"}), Question({})]) == "Error:"
    assert draw("{% error_prefix %}", form=Question()) == ""
    formset = forms.formset_factory(Question, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    assert draw("{% error_prefix %}", formset=formset(data)) == "Error:"


@pytest.mark.parametrize("code", ["400", "500"])
def test_a_page_for_when_nothing_works_needs_nothing(code):
    html = render_to_string(f"{code}.html")
    assert "css/site.css" in html
    assert "Go to the home page" in html


def test_the_stylesheet_has_nothing_of_gov_uk_itself(stylesheet):
    for mark in ("GDS Transport", "crest", "crown", "govuk-header", "govuk-footer"):
        assert mark.lower() not in stylesheet.lower()


def test_every_file_the_stylesheet_names_is_there_and_ours(stylesheet):
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", stylesheet):
        if address.startswith("data:"):
            continue
        assert (ROOT / "build" / "static" / "css" / address).resolve().is_file(), address


def test_css_and_scripts_stay_under_60_kb(stylesheet):
    scripts = [path.read_text() for path in (ROOT / "static" / "js").glob("*.js")]
    weight = sum(len(gzip.compress(text.encode())) for text in [stylesheet, *scripts])
    assert weight < 60_000


def _contrast(first, second):
    def brightness(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((brightness(first), brightness(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WORDS = [
    *[(word, ground) for word in ("ink", "quiet", "plum", "aubergine", "error", "green", "visited")
      for ground in ("white", "paper", "cream")],
    *[("white", ground) for ground in ("aubergine", "teal", "teal-deep", "error", "error-deep")],
    *[(f"tone-{tone}", f"tone-{tone}-ground") for tone in ("quiet", "waiting", "good", "attention", "bad")],
    ("on-aubergine", "aubergine"),
    ("ink", "saffron"),
    ("plum", "needs-ground"),
    ("tone-waiting", "needs-ground"),
    ("tone-attention", "promise-ground"),
    ("aubergine", "warning-ground"),
    ("aubergine", "tone-attention-ground"),
    ("quiet", "cream-light"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_stand_out_from_their_ground(word, ground):
    palette = dict(
        re.findall(r"^\$([\w-]+): (#[0-9a-f]{6});", (ROOT / "static/css/_palette.scss").read_text(), re.MULTILINE)
    )
    assert _contrast(palette[word], palette[ground]) >= 4.5
