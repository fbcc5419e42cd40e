"""How people are paid: chosen by them, written down for them, said where it matters, and doubted by two people."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments import reference_data
from payments.bank_files import bacs, registry
from payments.models import BankDetails, Claim, MethodChoice, RecognitionOffer
from payments.payees import destinations, queries
from payments.payees.account_values import BankError
from payments.payees.actions import bank, doubts, methods
from payments.runs.actions import runs
from people.home.queries import worklist
from people.models import Notice, Person
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.payees import GIVEN, check, give
from tests.helpers.run_files import signed

TOLD = {"told_how": "phone", "told_on": dt.date(2026, 11, 20)}


@pytest.fixture
def nowhere(scene):
    """The person, who has not told anybody where to pay them."""
    MethodChoice.objects.all().delete()
    return scene.person


def titles(user):
    return [str(task.title) for task in worklist(user)]


# Chosen by the person


def test_a_person_chooses_a_cheque_and_is_told(scene, nowhere, signed_in):
    client, address = signed_in(nowhere), reverse("your_method")
    page = client.get(address).text
    assert 'value="cheque"' in page
    assert 'value="cash"' not in page
    assert "We need your postal address for a cheque" in client.post(address, {"method": "cheque"}).text
    Person.objects.filter(pk=nowhere.person.pk).update(postal_address="1 Invented Street")
    assert client.post(address, {"method": "cheque"})["Location"] == reverse("your_bank")
    assert "We will pay you by cheque, to your address." in client.get(reverse("your_bank")).text
    message = Notice.objects.get(kind="payment_method_changed")
    assert "this is how we will pay you: Cheque" in message.text_body


def test_cash_is_chosen_where_a_programme_offers_it(scene, nowhere):
    with pytest.raises(BankError, match="Choose one of the answers"):
        methods.choose(person=nowhere.person, by=nowhere, method="cash")
    RecognitionOffer.objects.create(
        programme=scene.programme, effective_from=timezone.localdate(), cash=True, recorded_by=scene.staff.person
    )
    assert methods.choose(person=nowhere.person, by=nowhere, method="cash").method == "cash"
    with pytest.raises(BankError, match="Only the person"):
        methods.choose(person=nowhere.person, by=scene.finance, method="bank")


def test_giving_bank_details_makes_the_bank_the_method(scene):
    assert destinations.own(scene.person.person).method == "other"
    give(scene.person)
    assert destinations.own(scene.person.person) == destinations.Destination("bank", "58")


def test_the_bank_without_details_leads_on_to_them(scene, signed_in):
    answer = signed_in(scene.person).post(reverse("your_method"), {"method": "bank"})
    assert answer["Location"] == reverse("your_bank_change")


# Told finance on paper or by phone


def test_finance_writes_down_bank_details_and_another_person_confirms_them(scene, nowhere, claim_in, signed_in):
    claim_in("approved")
    MethodChoice.objects.all().delete()
    client = signed_in(scene.finance)
    listed = client.get(reverse("bank_details", args=[scene.programme.slug])).text
    address = reverse("payee_bank", args=[scene.programme.slug, nowhere.person.pk])
    assert address in listed
    typed = {
        **GIVEN,
        "told_by": "Petra's sister",
        "told_how": "phone",
        "told_on_day": 20,
        "told_on_month": 11,
        "told_on_year": 2026,
    }
    faulty = client.post(address, {**typed, "sort_code": "08"})
    assert "A sort code has 6 digits" in faulty.text
    assert "Petra&#x27;s sister" in faulty.text
    assert client.post(address, typed).status_code == 302
    details = BankDetails.objects.get()
    assert (details.changed_by, details.told_by) == (scene.finance.person, "Petra's sister")
    assert "that Petra's sister told us" in Notice.objects.get(kind="bank_details_changed").text_body
    with pytest.raises(BankError, match="another person in finance"):
        check(scene, details, by=scene.finance)
    page = client.get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])).text
    assert "Petra&#x27;s sister, By phone, Friday 20 November 2026. Written down by Fay Finance" in page
    assert check(scene, details).confirmed_by == scene.finance_two.person


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told_by": " "}, "told_by"),
        ({"told_how": "pigeon"}, "told_how"),
        ({"told_on": dt.date(2026, 11, 24)}, "told_on"),
        ({"account_number": "1"}, "account_number"),
        ({"roll_number": "A_1"}, "roll_number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(scene, claim_in, changes, field):
    claim_in("approved")
    values = {**GIVEN, **TOLD, "told_by": "Petra", **changes}
    with pytest.raises(BankError) as refusal:
        bank.write_down(person=scene.person.person, programme=scene.programme, by=scene.finance, **values)
    assert refusal.value.field == field
    assert not BankDetails.objects.exists()


@pytest.mark.parametrize("who", ["staff", "administrator", "finance_elsewhere", "person"])
def test_only_finance_that_owes_money_writes_it_down(scene, claim_in, who):
    person = scene.person.person
    with pytest.raises(BankError, match="owes this person no money"):
        bank.write_down(person=person, programme=scene.programme, by=scene.finance, **GIVEN, **TOLD, told_by="Petra")
    claim_in("approved")
    with pytest.raises(BankError, match="Only finance"):
        bank.write_down(
            person=person, programme=scene.programme, by=getattr(scene, who), **GIVEN, **TOLD, told_by="Petra"
        )
    with pytest.raises(BankError, match="Only finance"):
        methods.write_down(person=person, programme=scene.programme, by=getattr(scene, who), method="cash", **TOLD)


def test_finance_writes_down_another_way_with_words(scene, nowhere, claim_in, signed_in):
    claim_in("approved")
    address = reverse("payee_method", args=[scene.programme.slug, nowhere.person.pk])
    client = signed_in(scene.finance)
    typed = {"method": "other", "told_how": "paper", "told_on_day": 20, "told_on_month": 11, "told_on_year": 2026}
    assert "Say how they will get their money" in client.post(address, typed).text
    assert client.post(address, {**typed, "said_how": "To her mother"}).status_code == 302
    assert destinations.own(nowhere.person).to_person == "as you agreed with us: To her mother"
    assert "Our staff changed this for you" in Notice.objects.get(kind="payment_method_changed").text_body
    bank_chosen = client.post(address, {**typed, "method": "bank"})
    assert bank_chosen["Location"] == reverse("payee_bank", args=[scene.programme.slug, nowhere.person.pk])


def test_postgres_keeps_who_told_with_details_written_down(scene):
    details = give(scene.person)
    for wrong in ({"told_how": "phone"}, {"changed_by": scene.finance.person}):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            BankDetails.objects.filter(pk=details.pk).update(**wrong)
    with pytest.raises(IntegrityError, match="another_method_says_how"), transaction.atomic():
        MethodChoice.objects.update(method="other", said_how="")


# A roll number


def test_a_roll_number_becomes_the_reference_of_the_payment(scene, claim_in):
    claim_in("approved")
    details = bank.save(person=scene.person.person, by=scene.person, **GIVEN, roll_number="1/234567-8 a")
    assert details.roll_number == "1/2345678A"
    check(scene, details)
    run = signed(scene, list(Claim.objects.filter(status="approved")))
    text = b"".join(bacs.BankFile(run, registry.bank_layout(scene.programme))).decode()
    assert "1/2345678A" in text
    assert run.payments.get().reference not in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT roll_number FROM payments_bankdetails UNION SELECT roll_number FROM payments_payment")
        assert "2345678" not in str(cursor.fetchall())


# Said where it matters


def test_where_the_money_goes_is_said_from_check_to_home(scene, nowhere, claim_in, signed_in):
    claim = claim_in("draft")
    MethodChoice.objects.all().delete()
    client = signed_in(nowhere)
    unknown = "We cannot pay you yet"
    check_page = reverse("claim_check", args=[claim.pk])
    assert unknown in client.get(check_page).text
    assert "Tell us where to pay you" not in titles(nowhere)
    client.post(reverse("claim_submit", args=[claim.pk]), {"agree": "on"})
    claim.refresh_from_db()
    assert claim.status == "submitted", "sent"
    sent = client.get(reverse("claim_sent", args=[claim.pk])).text
    assert unknown in sent
    assert "There is nothing more for you to do now" not in sent
    assert "Tell us where to pay you. If we approve it, we can then pay you by" in sent
    assert unknown in client.get(claim.get_absolute_url()).text
    mail = Notice.objects.get(kind="claim_received").text_body
    assert unknown in mail
    assert "If we approve it and you have told us where to pay you" in mail
    assert titles(nowhere)[0] == "Tell us where to pay you"
    give(nowhere)
    page = client.get(claim.get_absolute_url()).text
    assert "The money will go to your account ending 58. We will check the account with you before we pay." in page
    assert "Tell us where to pay you" not in titles(nowhere)
    assert "There is nothing more for you to do now" in client.get(reverse("claim_sent", args=[claim.pk])).text


def test_nobody_is_asked_where_to_pay_them_when_they_take_no_money(scene, nowhere, claim_in, signed_in):
    claim = claim_in("draft", recognition="none")
    MethodChoice.objects.all().delete()
    assert "where to pay you" not in signed_in(nowhere).get(reverse("claim_check", args=[claim.pk])).text


def test_the_card_of_a_paid_claim_says_what_its_person_got(scene, signed_in):
    claim = factories.a_claim(scene.programme, scene.person.person, "paid", policy=scene.policy, amount_pence=5280)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_claim SET money_pence = 3140, advance_recovered_pence = 2000, waived_pence = 140"
            " WHERE id = %s",
            [claim.pk],
        )
        cursor.execute("SET session_replication_role = origin")
    page = " ".join(signed_in(scene.person).get(reverse("my_claims")).text.split())
    assert "£31.40 paid to you. £20.00 you had before. You claimed £52.80." in page
    assert '<p class="wb-card__figure">£31.40</p>' in page


def test_destinations_of_many_take_a_fixed_number_of_queries(scene):
    people = [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person.pk for _ in range(30)]
    counts = []
    for some in (people[:3], people):
        with CaptureQueriesContext(connection) as seen:
            destinations.destinations(scene.programme, some)
        counts.append(len(seen))
    assert counts[0] == counts[1]


# Doubts


@pytest.fixture
def doubted(scene, claim_in):
    """Bank details of the person, of which the bank said that the name does not match."""
    claim_in("approved")
    details = give(scene.person)
    bank.record_name_check(
        details=details, programme=scene.programme, by=scene.finance, outcome="no_match", seen=details.changed_at
    )
    return details


def agree(scene, details, by, reason="Her bank wrote to us."):
    return doubts.override_name_check(
        details=details, programme=scene.programme, by=by, reason=reason, seen=details.changed_at
    )


def test_a_name_that_does_not_match_takes_two_people(scene, doubted, signed_in):
    with pytest.raises(BankError, match="Two people must agree"):
        check(scene, doubted)
    address = reverse("bank_details_override", args=[scene.programme.slug, doubted.pk])
    seen = doubted.changed_at.isoformat()
    client = signed_in(scene.finance)
    assert "Say why the account is right" in client.post(address, {"reason": "", "seen": seen}).text
    assert client.post(address, {"reason": "Married last year.", "seen": seen}).status_code == 302
    with pytest.raises(BankError, match="Another person in finance"):
        agree(scene, doubted, scene.finance)
    with pytest.raises(BankError, match="Two people must agree"):
        check(scene, doubted)
    agree(scene, doubted, scene.finance_two)
    assert not queries.refused_by_bank(BankDetails.objects.all()).exists()
    check(scene, doubted)
    page = client.get(reverse("bank_details_confirm", args=[scene.programme.slug, doubted.pk])).text
    assert "Married last year." in page
    assert "Femi Finance agreed to pay it" in page


def test_an_override_counts_for_the_answer_it_was_about(scene, doubted):
    for user in (scene.finance, scene.finance_two):
        agree(scene, doubted, user)
    bank.record_name_check(
        details=doubted, programme=scene.programme, by=scene.finance, outcome="no_match", seen=doubted.changed_at
    )
    assert queries.refused_by_bank(BankDetails.objects.all()).exists()


def test_postgres_refuses_an_override_of_ones_own_name_and_a_second_by_one_person(scene, doubted):
    check_id = doubted.name_checks.get().pk
    insert = "INSERT INTO payments_namecheckoverride (name_check_id, by_id, reason, at) VALUES (%s, %s, 'x', now())"
    assert "two others override" in refused(insert, check_id, scene.person.person.pk)
    agree(scene, doubted, scene.finance)
    assert "one_override_per_person" in refused(insert, check_id, scene.finance.person.pk)
    assert refused("DELETE FROM payments_namecheckoverride")


def test_postgres_refuses_to_sign_a_run_to_an_account_whose_name_does_not_match(scene, claim_in):
    claim_in("approved")
    details = give(scene.person)
    check(scene, details)
    run = runs.make_run(
        programme=scene.programme, claims=list(Claim.objects.filter(status="approved")), by=scene.finance
    )
    bank.record_name_check(
        details=details, programme=scene.programme, by=scene.finance, outcome="no_match", seen=details.changed_at
    )
    account = {"account_name": "P", "sort_code": "089999", "account_number": "66374958", "account_digits": "58"}
    run.payments.update(method="bank", **account)
    with pytest.raises(InternalError, match="a name does not match"), transaction.atomic():
        type(run).objects.filter(pk=run.pk).update(
            status="signed", signed_by=scene.finance_two.person, signed_at=timezone.now()
        )


def test_one_press_asks_the_person_for_the_right_details(scene, claim_in, signed_in):
    claim_in("approved")
    details = check(scene, give(scene.person))
    address = reverse("bank_details_wrong", args=[scene.programme.slug, details.pk])
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk]))
    assert f'<button type="submit" name="seen" value="{page.context["seen"]}"' in page.text
    signed_in(scene.finance).post(address, {"seen": details.changed_at.isoformat()})
    details.refresh_from_db()
    assert details.asked_again_by == scene.finance.person
    assert details.is_on_hold
    assert "something is wrong with the bank details" in Notice.objects.get(kind="bank_details_wrong").text_body
    assert titles(scene.person)[0] == "Give us your bank details again: something is wrong with them"
    assert "Something is wrong with them" in signed_in(scene.person).get(reverse("your_bank")).text
    with pytest.raises(BankError, match="asked already"):
        doubts.ask_again(details=details, programme=scene.programme, by=scene.finance_two, seen=details.changed_at)
    with pytest.raises(BankError, match="asked for the right details"):
        check(scene, details)
    again = give(scene.person)
    assert again.asked_again_at is None, "the same details, looked at again"
    assert again.is_on_hold
    check(scene, again)


# The banks' table


def test_administrators_are_told_once_that_the_banks_table_is_not_installed(scene, client, settings):
    settings.MODULUS_WEIGHTS = ""
    admin = factories.an_administrator()
    assert "Install the banks' table that checks account numbers" in titles(admin)
    assert "Install the banks' table that checks account numbers" not in titles(scene.finance)
    (note,) = client.get("/readyz").json()["notes"]
    assert "not checked, as the banks' table is not installed" in note


def test_a_bank_is_never_said_to_be_odd_where_no_table_is_installed(scene, claim_in, signed_in, settings):
    settings.MODULUS_WEIGHTS = ""
    claim_in("approved")
    details = give(scene.person)
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])).text
    assert "Cannot check" not in page
    assert "Not available for this bank" not in page
    assert "Both numbers have the right number of digits" in page


def test_the_reasons_of_cheques_and_cash_come_with_the_installation():
    methods_of_reasons = {row.get("method", "bank") for row in reference_data.RETURN_REASONS.rows}
    assert methods_of_reasons == {"bank", "cheque", "cash", "other"}
