"""Phone numbers: checked, kept in one form, shown as they are dialled."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from people.messages.queries import earlier_contacts
from people.models import Person
from tests.factories import a_person
from wellbeing.lib import phones
from wellbeing.lib.tables import found_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("020 7946 0000", "+442079460000", "020 7946 0000"),
        ("(020) 7946-0000", "+442079460000", "020 7946 0000"),
        ("+44 (0)20 7946 0000", "+442079460000", "020 7946 0000"),
        ("0044 20 7946 0000", "+442079460000", "020 7946 0000"),
        ("tel:+442079460000", "+442079460000", "020 7946 0000"),
        ("\u202a020\u00a07946\u00a00000\u202c", "+442079460000", "020 7946 0000"),
        ("07700 900123", "+447700900123", "07700 900123"),
        ("01632 960 001", "+441632960001", "01632 960001"),
        ("0800 1111", "+448001111", "0800 1111"),
        ("+48 22 555 01 23", "+48225550123", "+48 22 555 01 23"),
        ("+353 1 437 1234", "+35314371234", "+353 1 437 1234"),
        ("020 7946 0000 ext 12", "+442079460000;ext=12", "020 7946 0000, extension 12"),
    ],
)
def test_a_number_is_kept_in_one_form_and_shown_as_it_is_dialled(typed, kept, shown):
    assert phones.PhoneBox().clean(typed) == kept
    assert a_person(phone=typed).phone == kept
    assert phones.stored(kept) == kept
    assert phones.shown(kept) == shown
    assert phones.PhoneBox().prepare_value(kept) == shown
    assert phones.link(kept) == f"tel:{kept}"


@pytest.mark.parametrize(
    "typed", ["12345", "0123", "0700 900", "07700 90012", "07700 900 1234", "999", "call me", "ann@example.org"]
)
def test_what_is_no_number_is_refused_in_a_form_and_stays_as_typed_in_a_row(typed):
    with pytest.raises(ValidationError, match="Enter a phone number, like 020 7946 0000"):
        phones.PhoneBox().clean(typed)
    assert a_person(phone=typed).phone == typed
    assert phones.shown(typed) == typed
    assert phones.link(typed) == ""
    assert phones.html(typed) == typed


def test_a_typed_number_that_is_refused_stays_in_its_box():
    assert phones.PhoneBox().prepare_value("0770090") == "0770090"


def test_no_number_at_all_is_fine_where_none_is_needed():
    assert phones.PhoneBox(required=False).clean(" ") == ""


@pytest.mark.parametrize(
    "typed", ["07700 900123", "07700900123", "+447700900123", "+44 7700", "900123", "900-123", "(07700)"]
)
def test_a_number_is_found_however_it_is_typed(typed):
    person = a_person("Ann Invented", phone="07700 900 123")
    a_person("Bea Invented", phone="020 7946 0000")
    assert [found.pk for found in found_in(Person.objects.all(), typed, ["search_key", "phone"])[0]] == [person.pk]


def test_numbers_of_before_are_written_in_one_form_and_what_is_none_is_left():
    number, none = a_person(), a_person()
    Person.objects.filter(pk=none.pk).update(phone="ring her sister")
    with_raw(number.pk, "01632 960 001")
    phones.rewrite(Person, "phone")
    assert Person.objects.get(pk=number.pk).phone == "+441632960001"
    assert Person.objects.get(pk=none.pk).phone == "ring her sister"


def with_raw(pk, phone):
    """Write a number past the field, as one of before is."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET phone = %s WHERE id = %s", [phone, pk])
        cursor.execute("SELECT phone FROM people_person WHERE id = %s", [pk])
        assert cursor.fetchone() == (phone,)


def test_the_same_number_in_another_form_is_no_change_of_contact():
    person = a_person(phone="01632 960 001")
    with_raw(person.pk, "01632 960 002")
    with_raw(person.pk, "01632960001")
    phones.rewrite(Person, "phone")
    person.refresh_from_db()
    earlier = earlier_contacts(person, timezone.now() - timezone.timedelta(days=1))
    assert [(contact.field, contact.value) for contact in earlier] == [("phone", "01632 960 002")]
