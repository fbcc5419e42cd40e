"""Bank details and the bank file: unreadable at rest, held until a second person checks, exact to the byte."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments import contributions
from payments.bank_files import bacs
from payments.models import BankDetails
from payments.payees import queries as payee_queries
from payments.payees.account_values import BankError
from payments.payees.actions import bank
from people.models import Notice
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.payees import GIVEN, check, give, signed_run


def everything_in(*tables):
    """Every row of the tables as text, as someone with the database file would read it."""
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


# Giving them


@pytest.mark.parametrize("sort_code", ["08-99-99", "08 99 99", "089999", " 08–99–99 "])
def test_a_sort_code_is_taken_as_people_write_it(scene, sort_code):
    assert give(scene.person, sort_code=sort_code).sort_code == "089999"


@pytest.mark.parametrize(("written", "kept"), [("374958", "00374958"), ("6374 958", "06374958"), ("66374958",) * 2])
def test_a_short_account_number_gets_its_zeros(scene, written, kept):
    details = give(scene.person, account_number=written)
    details.refresh_from_db()
    assert details.account_number == kept
    assert details.masked == f"•••• {kept[-2:]}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sort_code", "08999"),
        ("sort_code", "08999x"),
        ("sort_code", "०८९९९९"),
        ("account_number", "12345"),
        ("account_number", "123456789"),
        ("account_number", "1234567a"),
        ("account_name", "’ – '"),
        ("account_name", "12 34"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(scene, signed_in, field, value):
    with pytest.raises(BankError) as refusal:
        give(scene.person, **{field: value})
    assert refusal.value.field == field
    page = signed_in(scene.person).post(reverse("your_bank_change"), {**GIVEN, field: value})
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not BankDetails.objects.exists()


def test_only_the_person_says_where_their_money_goes(scene):
    with pytest.raises(BankError, match="Only the person"):
        bank.save(person=scene.person.person, by=scene.finance, **GIVEN)


def test_numbers_of_one_digit_look_wrong_and_others_cannot_be_checked(scene):
    assert give(scene.person).checked == "cannot_check"
    assert give(scene.person, account_number="11111111", sure=True).checked == "looks_wrong"
    assert give(scene.person, sort_code="000000", sure=True).checked == "looks_wrong"


def test_the_same_details_again_change_nothing(scene):
    check(scene, give(scene.person))
    again = give(scene.person, sort_code="08 99 99")
    assert not again.is_on_hold
    assert Notice.objects.filter(kind="bank_details_changed").count() == 1


def test_a_change_is_told_to_the_person_and_loses_the_check(scene):
    check(scene, give(scene.person))
    details = give(scene.person, account_number="12345678")
    assert details.is_on_hold
    assert (details.confirmed_by, details.confirmed_how) == (None, "")
    first, second = Notice.objects.filter(kind="bank_details_changed").order_by("pk")
    assert first.messages.get().to == second.messages.get().to == scene.person.person.email
    assert "were changed" in second.subject
    for part in (second.text_body, second.html_body):
        assert "•••• 78" in part
        assert "12345678" not in part


# At rest


def test_the_database_holds_no_digit_or_name_of_an_account_in_the_clear(scene, claim_in):
    give(scene.person, account_number="12345678")
    check(scene, give(scene.person))
    signed_run(scene, [claim_in("approved")])
    held = everything_in(
        "payments_bankdetails", "payments_bankdetailsevent", "payments_payment", "payments_paymentevent"
    )
    for secret in ("66374958", "374958", "089999", "12345678"):
        assert secret not in held
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_name, sort_code, account_number FROM payments_bankdetails")
        written = cursor.fetchone()
    assert all(value.startswith("gAAAA") for value in written)
    assert len(set(written)) == 3


def test_history_says_who_changed_the_details_but_not_what_they_were(scene):
    check(scene, give(scene.person))
    events = BankDetails.history.rel.related_model.objects.order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update"]
    kept = {field.name for field in events.model._meta.get_fields()}
    assert not kept & {"account_name", "sort_code", "account_number", "account_index"}
    assert {"changed_by", "confirmed_by"} <= kept


def test_an_encrypted_field_cannot_be_looked_up(scene):
    with pytest.raises(FieldError, match="encrypted"):
        BankDetails.objects.filter(sort_code="089999")


def test_keys_are_changed_without_losing_or_changing_anything(scene, claim_in, settings):
    check(scene, give(scene.person))
    run = signed_run(scene, [claim_in("approved")])
    before = b"".join(bacs.BankFile(run))
    events = BankDetails.history.rel.related_model.objects.count()
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    other = give(factories.with_role(scene.programme, Role.LIVED_EXPERIENCE))
    # Found although the first one's fingerprint is still under the old key.
    assert [each.full_name for each in payee_queries.others_with_the_account(other, scene.programme)] == [
        "Petra Person"
    ]
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    assert "payments.BankDetails: 2 rows" in said.getvalue()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert b"".join(bacs.BankFile(run)) == before
    details = BankDetails.objects.get(person=scene.person.person)
    assert (details.sort_code, details.account_number, details.is_on_hold) == ("089999", "66374958", False)
    assert details.account_index == other.account_index
    assert BankDetails.history.rel.related_model.objects.count() == events + 1
    settings.FIELD_ENCRYPTION_KEYS = [old]
    with pytest.raises(InvalidToken):
        BankDetails.objects.get(pk=details.pk)


# Checking them


def test_nobody_checks_their_own_details(scene):
    own = give(scene.finance)
    factories.a_claim(scene.programme, scene.finance.person, "submitted", policy=scene.policy)
    with pytest.raises(BankError, match="your own"):
        check(scene, own, by=scene.finance)
    check(scene, own, by=scene.finance_two)


@pytest.mark.parametrize("who", ["staff", "steering", "administrator", "finance_elsewhere", "stranger", "person"])
def test_only_finance_of_the_programme_checks_details(scene, who):
    details = give(scene.person)
    with pytest.raises(BankError, match="Only finance"):
        check(scene, details, by=getattr(scene, who))
    assert BankDetails.objects.get().is_on_hold


def test_finance_of_a_programme_that_owes_them_nothing_cannot_check_or_see_them(scene, signed_in):
    details = give(scene.person)
    # Being in the programme is not enough.
    factories.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.person)
    factories.a_claim(scene.other, scene.person.person, "submitted")
    with pytest.raises(BankError, match="owes this person no money"):
        bank.confirm(
            details=details, programme=scene.other, by=scene.finance_elsewhere, how="Rang.", seen=details.changed_at
        )
    address = reverse("bank_details_confirm", args=[scene.other.slug, details.pk])
    assert signed_in(scene.finance_elsewhere).get(address).status_code == 404


def test_details_that_changed_meanwhile_are_not_checked_by_mistake(scene, signed_in):
    details = give(scene.person)
    factories.owe(scene.programme, scene.person.person)
    client = signed_in(scene.finance)
    address = reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])
    seen = client.get(address).context["form"]["seen"].value()
    give(scene.person, account_number="12345678")
    page = client.post(address, {"how": "Rang them", "seen": seen})
    assert "changed while you had this page open" in page.content.decode()
    assert BankDetails.objects.get().is_on_hold
    seen = client.get(address).context["form"]["seen"].value()
    assert client.post(address, {"how": "Rang them", "seen": seen}).status_code == 302
    details.refresh_from_db()
    assert (details.is_on_hold, details.confirmed_by, details.confirmed_how) == (
        False,
        scene.finance.person,
        "Rang them",
    )
    with pytest.raises(BankError, match="already"):
        check(scene, details)


def test_the_database_refuses_a_check_by_the_person_or_the_one_who_changed_them(scene):
    details = give(scene.person)
    confirm = "UPDATE payments_bankdetails SET confirmed_at = now() + interval '1 hour', confirmed_how = 'x'"
    refused(f"{confirm}, confirmed_by_id = %s", scene.person.person.pk)
    refused(f"{confirm}, confirmed_by_id = %s, changed_by_id = %s", scene.finance.person.pk, scene.finance.person.pk)
    refused(confirm)
    refused("UPDATE payments_bankdetails SET confirmed_by_id = %s", scene.finance.person.pk)
    refused(
        "UPDATE payments_bankdetails SET confirmed_at = changed_at - interval '1 day', confirmed_how = 'x',"
        " confirmed_by_id = %s",
        scene.finance.person.pk,
    )
    check(scene, details)
    refused("UPDATE payments_bankdetails SET account_index = %s", "0" * 64)
    refused("UPDATE payments_bankdetails SET last_digits = '00'")
    refused("UPDATE payments_bankdetails SET person_id = %s", scene.staff.person.pk)


def test_only_finance_sees_more_than_two_digits(scene, signed_in, claim_in):
    details = check(scene, give(scene.person))
    run = signed_run(scene, [claim_in("approved")])
    whole = reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])
    page = signed_in(scene.finance).get(whole).content.decode()
    assert "66374958" in page
    assert "08-99-99" in page
    addresses = [
        whole,
        reverse("bank_details", args=[scene.programme.slug]),
        reverse("your_bank"),
        reverse("your_bank_change"),
        reverse("your_details"),
        reverse("payment_run", args=[run.pk]),
        reverse("person", args=[scene.person.person.pk]),
        reverse("admin:payments_payment_change", args=[run.payments.get().pk]),
    ]
    for who in ("person", "staff", "steering", "administrator", "finance_elsewhere", "stranger"):
        client = signed_in(getattr(scene, who))
        for address in addresses:
            content = client.get(address).content.decode()
            assert "66374958" not in content, (who, address)
            assert "08-99-99" not in content.replace("like 08-99-99", ""), (who, address)
    assert "•••• 58" in signed_in(scene.person).get(reverse("your_bank")).content.decode()


def test_finance_is_told_of_details_to_check_and_of_an_account_two_people_gave(scene, signed_in):
    first = give(scene.person)
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    give(second)
    give(scene.stranger)
    assert contributions.tasks(scene.finance) == []
    for user in (scene.person, second):
        factories.a_claim(scene.programme, user.person, "approved", policy=scene.policy)
    titles = [task.title for task in contributions.tasks(scene.finance)]
    assert "Bank details of 2 people to check" in titles
    assert contributions.tasks(scene.finance_elsewhere) == []
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, first.pk]))
    assert page.context["same_account"] == ["Quentin Second"]
    assert "The same account was given by: Quentin Second." in page.content.decode()


def test_the_list_of_bank_details_asks_the_same_questions_for_3_and_30(scene, signed_in):
    client, counts = signed_in(scene.finance), []
    address = reverse("bank_details", args=[scene.programme.slug])
    for more in (3, 27):
        for _number in range(more):
            user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
            give(user)
            factories.owe(scene.programme, user.person)
        with CaptureQueriesContext(connection) as queries_asked:
            assert client.get(address).status_code == 200
        counts.append(len(queries_asked))
    assert counts[0] == counts[1]


def test_the_pages_of_bank_details_lead_back_and_belong_to_payments(scene, signed_in):
    details = give(scene.person)
    factories.owe(scene.programme, scene.person.person)
    listed = reverse("bank_details", args=[scene.programme.slug])
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk]))
    assert f'<a class="govuk-link" href="{listed}">Cancel</a>' in page.content.decode()
    assert 'aria-current="page">Payments' in " ".join(page.content.decode().split())
    page = signed_in(scene.person).get(reverse("your_bank_change")).content.decode()
    assert f'<a class="govuk-link" href="{reverse("your_bank")}">Cancel</a>' in page
