"""Names are found and sorted however they are typed, and their keys can never be stale."""

import csv
import sys
import unicodedata
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from tests.factories import a_person
from wellbeing.lib.names import name_key
from wellbeing.lib.tables import found_in
from wellbeing.lib.texts import clean_line

pytestmark = pytest.mark.django_db

FIELD = list(csv.DictReader((Path(__file__).parent / "data" / "names.csv").open(encoding="utf-8")))
SEARCHES = [row for row in FIELD if not row["what staff type"].startswith("(")]
STORED = [row["name as stored"] for row in FIELD]


def found(text):
    rows, nearly = found_in(Person.objects.all(), text, ["search_key"])
    return [person.full_name for person in rows], nearly


def keys(person):
    return Person.objects.values_list("sort_key", "search_key").get(pk=person.pk)


@pytest.fixture
def everybody():
    """A person of each name of the field, and one whom no search below is for."""
    return [a_person(name) for name in [*STORED, "Somebody Else"]]


@pytest.mark.parametrize("row", SEARCHES, ids=lambda row: row["case"])
def test_a_name_of_the_field_is_found_as_staff_type_it(everybody, row):
    names, nearly = found(row["what staff type"])
    assert clean_line(row["name as stored"]) in names
    assert not nearly
    assert "Somebody Else" not in names


@pytest.mark.parametrize("name", STORED)
def test_a_name_of_the_field_is_found_by_itself_and_by_each_of_its_words(everybody, name):
    for typed in (name, name.upper(), *name.split()):
        names, nearly = found(typed)
        assert name_key(name) in map(name_key, names), typed
        assert not nearly, typed
    assert len(found(name)[0]) == 1


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Siobhán O’Brien", "obrien SIOBHAN"),
        ("Søren Ærø Þórsson", "soren aero thorsson"),
        ("Jürgen Groß", "Jurgen GROSS"),
        ("İlkay Yıldız", "ilkay yildiz"),
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("Mary-Jane\u00a0Smith", "mary jane\u00a0smith"),
        ("Anne\u2011Marie Doe", "Anne-Marie Do\u200be"),
        ("Oʼneill Pat", "O`Neill"),
        ("Ζωή Παπαδοπούλου", "ΖΩΗ παπαδοπουλου"),
        ("Ольга Ёлкина", "ольга елкина"),
        ("ＡＮＮＡ Wide", "anna wide"),
    ],
)
def test_accents_strokes_apostrophes_hyphens_and_spaces_are_forgiven(stored, typed):
    person = a_person(stored)
    a_person("Somebody Else")
    assert found(typed) == ([person.full_name], False)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Łukasz Żółkiewski", "Zolkievski"),
        ("Hans Müller", "Mueller"),
        ("Katherine Example", "Catherine"),
        ("Steven Example", "Stephen"),
        ("Joan McAllister-Fitzwilliam", "Fitzwiliam Joan"),
        ("Pat O Brien", "O'Brien"),
    ],
)
def test_a_misspelling_is_forgiven_where_nothing_is_quite_like_it(stored, typed):
    a_person(stored)
    a_person("Wu Xi")
    assert found(typed) == ([stored], True)


def test_only_exact_names_are_shown_where_there_are_any():
    a_person("Sara Example")
    a_person("Sarah Example")
    assert found("Sarah") == (["Sarah Example"], False)


def test_nothing_near_is_nothing_found():
    a_person("Wu Xi")
    assert found("Featherstonehaugh") == ([], False)


def test_what_they_are_called_finds_them_too():
    a_person("Wilhelmina Example", known_as="Billie")
    assert found("billie") == (["Wilhelmina Example"], False)


def test_a_search_for_signs_alone_leaves_nobody_out():
    a_person("Wu Xi")
    assert found("-") == (["Wu Xi"], False)
    assert found("%_") == ([], False)


def test_names_are_in_the_order_of_their_letters_and_other_scripts_come_after():
    names = [
        "陳大文",
        "Zoe Last",
        "Łukasz Żółkiewski",
        "lucy Small",
        "Éva First",
        "ODell Pat",
        "O’Brien Pat",
        "রহিমা",
    ]
    for name in names:
        a_person(name)
    assert [person.full_name for person in Person.objects.order_by("sort_key", "pk")] == [
        "Éva First",
        "lucy Small",
        "Łukasz Żółkiewski",
        "O’Brien Pat",
        "ODell Pat",
        "Zoe Last",
        "রহিমা",
        "陳大文",
    ]


def test_the_order_hangs_on_no_collation_of_the_server():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, collation_name FROM information_schema.columns"
            " WHERE table_name = 'people_person' AND column_name IN ('sort_key', 'search_key')"
        )
        assert dict(cursor.fetchall()) == {"sort_key": "C", "search_key": "C"}


def test_the_keys_follow_the_name_however_it_is_written():
    person = a_person("Before Example")
    person.full_name = "Éva Saved"
    person.save(update_fields=["full_name"])
    assert keys(person) == ("eva saved", "eva saved")
    Person.objects.filter(pk=person.pk).update(known_as="Évie")
    assert keys(person) == ("eva saved", "eva saved evie")
    (bulk,) = Person.objects.bulk_create([Person(full_name="Łucja Bulk")])
    assert keys(bulk) == ("lucja bulk", "lucja bulk")
    bulk.full_name = "Łucja More"
    Person.objects.bulk_update([bulk], ["full_name"])
    assert keys(bulk)[0] == "lucja more"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET full_name = 'Ødegård' WHERE id = %s", [person.pk])
    assert keys(person)[0] == "odegard"


def test_history_keeps_no_keys_and_no_row_for_them():
    person = a_person("Éva Kept")
    event = Person.pgh_event_model.objects.filter(pgh_obj=person).get()
    assert not hasattr(event, "sort_key")


@given(name=st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\0"), max_size=30))
def test_the_database_and_python_make_the_same_key(django_db_blocker, name):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT name_key(%s)", [name])
        assert cursor.fetchone() == (name_key(name),)


def test_a_stale_key_cannot_be_written():
    person = a_person("Éva Kept")
    with connection.cursor() as cursor, pytest.raises(Exception, match="generated column"):
        cursor.execute("UPDATE people_person SET sort_key = 'stale' WHERE id = %s", [person.pk])


@pytest.mark.parametrize(
    ("full_name", "greeted_as"),
    [
        ("Amina Khan", "Amina"),
        ("Dr Amina Khan", "Amina"),
        ("Dr. Amina Khan", "Amina"),
        ("The Revd Dr Canon Jane Example", "Jane"),
        ("Cllr Mx Sam Example", "Sam"),
        ("Mrs Joan McAllister-Fitzwilliam", "Joan"),
        ("Rabbi Example", "Rabbi Example"),
        ("Dr Khan", "Dr Khan"),
        ("Dr", "Dr"),
        ("Imam Hussain", "Imam Hussain"),
        ("de Souza Ana", "de Souza Ana"),
        ("Prof van der Berg Anna", "Prof van der Berg Anna"),
        ("al-Hassan Omar", "al-Hassan Omar"),
        ("bint Example Sara", "bint Example Sara"),
        ("ap Rhys Dafydd", "ap Rhys Dafydd"),
        ("O’Brien Pat", "O’Brien Pat"),
        ("Ana de Souza", "Ana"),
        ("Khan, Amina", "Amina"),
        ("Khan, Dr Amina", "Amina"),
        ("de Souza, Ana", "Ana"),
        ("Jane Example, MBE", "Jane"),
        ("Khan, MBE", "Khan, MBE"),
        ("Ben Example", "Ben"),
        ("J. Smith", "J. Smith"),
        ("Siân Tŷ Mawr", "Siân"),
        ("Jean-Luc Example", "Jean-Luc"),
        ("陳大文", "陳大文"),
        ("রহিমা বেগম", "রহিমা"),
        ("Jo 🦋 Butterfly", "Jo"),
        ("Null", "Null"),
        ("Al Example", "Al Example"),
    ],
)
def test_a_greeting_has_no_bare_title_and_no_bare_particle(full_name, greeted_as):
    assert a_person(full_name).short_name == greeted_as


@pytest.mark.parametrize("name", STORED)
def test_a_name_of_the_field_is_greeted_by_a_name(name):
    assert name_key(a_person(name).short_name) not in {"dr", "mrs", "de"}


def test_they_are_greeted_as_they_like_to_be_called():
    assert a_person("Dr Amina Khan", known_as="Dr Khan").short_name == "Dr Khan"


def test_no_capital_of_unicode_is_forgotten():
    """The blocks that are gone through at the start hold every letter whose small form is one other letter."""
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        small = letter.casefold()
        if small != letter and len(small) == 1 and unicodedata.normalize("NFKD", letter) == letter:
            assert name_key(letter) != letter, hex(code)
