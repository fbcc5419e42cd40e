"""Letters and statements say who pays and who signs, once that is entered; until then its pages say it is missing."""

import re

import pytest
from django.urls import reverse

from programmes.models import Programme
from tests.helpers.documents import text_of
from tests.helpers.papers import letters_to_a_person, papers_of_a_run, settle_claims

ENTERED = {
    "host": "Invented Voices",
    "host_address": "12 Invented Lane,\nLeeds\nLS1 0ZZ",
    "host_number": "Registered charity 0000001",
    "letters_signed_by": "Hettie Signwell",
    "letters_signed_as": "Head of finance",
}
# The letter of a notice names its programme: nobody is paid by it.
LETTERS = re.compile("^(letter(?! of a notice)|involvement|statement of one)")
HINT = "Letters and statements do not say yet:"


def texts(scene):
    settle_claims(scene, "A day of work", 1)
    papers = [*papers_of_a_run(scene, "A day of work", (), 1), *letters_to_a_person(scene, "A day of work", ())]
    return {name: text_of(content) for name, content in papers}


@pytest.fixture
def entered(scene):
    """The programme says who pays and who signs."""
    Programme.objects.filter(pk=scene.programme.pk).update(**ENTERED)
    scene.programme.refresh_from_db()


def test_every_letter_and_statement_names_who_pays_and_who_signs(scene, entered):
    papers = texts(scene)
    letters = {name: text for name, text in papers.items() if LETTERS.match(name)}
    assert len(letters) == 16
    for name, text in letters.items():
        assert "Invented Voices 12 Invented Lane, Leeds, LS1 0ZZ Registered charity 0000001" in text, name
        assert "Hettie Signwell Head of finance Invented Voices" in text, name
        assert ("Yours sincerely," in text) == (not name.startswith("statement")), name
    whole = papers["statement of all programmes, standard"]
    assert f"{scene.programme.name}: Invented Voices, 12 Invented Lane, Leeds, LS1 0ZZ, Registered charity" in whole
    assert "Hettie" not in whole


def test_nothing_is_printed_of_what_nobody_entered(scene):
    Programme.objects.filter(pk=scene.programme.pk).update(host="")
    scene.programme.refresh_from_db()
    for name, text in texts(scene).items():
        assert "Yours sincerely" not in text, name
        assert "Who paid you" not in text, name
        assert "None" not in text, name


def test_staff_enter_it_on_the_programmes_form(scene, signed_in):
    client, url = signed_in(scene.staff), reverse("programme_edit", args=[scene.programme.slug])
    form = client.get(url).context["form"]
    data = {name: form.initial[name] or "" for name in form.fields if name in form.initial and not name.endswith("_on")}
    for day in ("starts_on", "ends_on"):
        value = form.initial[day]
        data |= {f"{day}_day": value.day, f"{day}_month": value.month, f"{day}_year": value.year}
    nameless = client.post(url, data | ENTERED | {"letters_signed_by": ""})
    assert "Enter the name of who has this job" in nameless.content.decode()
    assert "Registered charity 0000001" in nameless.content.decode(), "what was typed is lost"
    assert client.post(url, data | ENTERED).status_code == 302
    scene.programme.refresh_from_db()
    assert {name: getattr(scene.programme, name) for name in ENTERED} == ENTERED


@pytest.mark.parametrize(("page", "who"), [("programme", "staff"), ("payment_runs", "finance")])
def test_the_page_says_what_letters_cannot_say_yet(scene, signed_in, page, who):
    client, url = signed_in(getattr(scene, who)), reverse(page, args=[scene.programme.slug])
    Programme.objects.filter(pk=scene.programme.pk).update(**ENTERED | {"host_number": ""})
    body = client.get(url).content.decode()
    assert f"{HINT} charity or company number of who runs it." in body
    Programme.objects.filter(pk=scene.programme.pk).update(host_number="1")
    assert HINT not in client.get(url).content.decode()


def test_people_with_lived_experience_see_no_hint(scene, signed_in):
    body = signed_in(scene.person).get(reverse("programme", args=[scene.programme.slug])).content.decode()
    assert HINT not in body
