"""Every text has a length: in each form, in each action that saves one, and in the database, whoever asks it."""

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction

from people.models import Organisation, Person
from tests.factories import a_person
from tests.helpers.project import OUR_APPS, our_models
from wellbeing.lib.crypto import EncryptedTextField, encrypted_length
from wellbeing.lib.texts import (
    EmailBox,
    LimitedTextField,
    LineBox,
    TextRefusedError,
    UrlBox,
    WordsBox,
    fit_stored,
    lines_of,
)

# A box with a pattern of its own lets no other sign through.
BOXES = (LineBox, EmailBox, UrlBox, WordsBox, forms.RegexField)
# Nothing stored as a text: what the browser says of a passkey, and the sign-in library's own box for a password.
OTHER_BOXES = {"credential", "password"}


def text_fields():
    return [
        field
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    ]


def our_forms():
    """Every form class in a `forms` module or package of the wings of the four apps."""
    found = set()
    for app in OUR_APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if "forms" in module.name.split("."):
                found |= {
                    each
                    for each in vars(importlib.import_module(module.name)).values()
                    if isinstance(each, type) and issubclass(each, forms.BaseForm) and each.__module__.startswith(app)
                }
    return sorted(found, key=lambda form: (form.__module__, form.__qualname__))


@pytest.mark.parametrize("field", text_fields(), ids=lambda field: f"{field.model._meta.label}.{field.name}")
@pytest.mark.django_db
def test_the_database_refuses_a_text_that_is_too_long(field):
    """Tried in a copy of the table without the rows it would have to point to: columns and checks are the same."""
    assert field.max_length, "a text without a length: use the fields of wellbeing/lib/texts.py"
    assert isinstance(field, models.CharField | LimitedTextField | EncryptedTextField)
    most = encrypted_length(field.max_length) if isinstance(field, EncryptedTextField) else field.max_length
    table = connection.ops.quote_name(field.model._meta.db_table)
    name = connection.ops.quote_name(field.column)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE trial (LIKE {table} INCLUDING CONSTRAINTS) ON COMMIT DROP")
        for other in field.model._meta.concrete_fields:
            if other is not field:
                cursor.execute(f"ALTER TABLE trial DROP COLUMN {connection.ops.quote_name(other.column)} CASCADE")
        with pytest.raises((DataError, IntegrityError)), transaction.atomic():
            cursor.execute(f"INSERT INTO trial ({name}) VALUES (%s)", ["x" * (most + 1)])


@pytest.mark.parametrize("form", our_forms(), ids=lambda form: f"{form.__module__}.{form.__qualname__}")
def test_every_box_for_a_text_has_a_length_and_cleans_what_is_typed(form):
    for name, field in form.base_fields.items():
        if isinstance(field, forms.CharField) and name not in OTHER_BOXES:
            assert isinstance(field, BOXES), f"{name}: use a box of wellbeing/lib/texts.py"
            assert field.max_length, f"{name} takes a text of any length"


@pytest.mark.django_db
def test_an_action_refuses_a_text_that_is_too_long_and_names_its_field():
    person = a_person("Ann Invented")
    for write in (
        lambda: a_person("Bea Invented", postal_address="x" * 501),
        lambda: Person.objects.filter(pk=person.pk).update(postal_address="x" * 501),
        lambda: Person.objects.bulk_create([Person(full_name="Cee Invented", postal_address="x" * 501)]),
    ):
        with pytest.raises(TextRefusedError, match=r"500 characters or fewer. You have used 501") as refused:
            write()
        assert refused.value.field == "postal_address"
    with pytest.raises(TextRefusedError, match=r"10 lines or fewer. You have used 11"):
        a_person("Dee Invented", postal_address="\n".join("a" for _line in range(11)))
    with pytest.raises(TextRefusedError) as refused:
        Organisation.objects.create(name="x" * 201)
    assert refused.value.field == "name"


@pytest.mark.django_db
def test_the_database_refuses_an_address_of_too_many_lines():
    person = a_person("Ann Invented")
    for lines, fits in ((10, True), (11, False)):
        with connection.cursor() as cursor:
            change = "UPDATE people_person SET postal_address = %s WHERE id = %s"
            asked = ["\n".join("a" for _line in range(lines)), person.pk]
            if fits:
                cursor.execute(change, asked)
            else:
                with pytest.raises(IntegrityError, match="postal_address_lines"):
                    cursor.execute(change, asked)


@pytest.mark.django_db
def test_texts_stored_before_they_had_lengths_are_made_to_fit_and_history_keeps_them():
    with connection.cursor() as cursor:
        for name in ("postal_address_fits", "postal_address_lines", "full_name_on_a_line"):
            cursor.execute(f"ALTER TABLE people_person DROP CONSTRAINT people_person_{name}")
        person = a_person("Ann Invented", postal_address="Elsewhere")
        cursor.execute(
            "UPDATE people_person SET postal_address = %s, full_name = %s WHERE id = %s",
            ["\n".join("1234567890" * 6 for _line in range(40)), "Ann\n\u202eInvented", person.pk],
        )
    fit_stored(apps, "people")
    person.refresh_from_db()
    assert person.full_name == "Ann Invented"
    assert (len(person.postal_address), lines_of(person.postal_address)) == (500, 9)
    assert person.postal_address.endswith("…")
    assert len(max(person.history.values_list("postal_address", flat=True), key=len)) == 40 * 61 - 1
    other = a_person("Bea Invented", postal_address="Elsewhere")
    fit_stored(apps, "people")
    other.refresh_from_db()
    assert other.postal_address == "Elsewhere"
