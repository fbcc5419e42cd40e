"""Tests: what the bank says about a name, and who hears of a change: the address people had, not only the one they
have.
"""

import datetime as dt

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from payments.models import NameCheck
from payments.payees.account_values import BankError
from payments.payees.actions import bank, doubts
from payments.runs.actions import runs
from payments.runs.steps import RunError
from people.directory import actions as person_actions
from people.messages.queries import earlier_contacts
from people.models import Message, Notice, Person
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.run_files import give_checked_details


@pytest.fixture
def details(scene):
    factories.owe(scene.programme, scene.person.person)
    return factories.bank_details(scene.person)


def record(scene, details, outcome="no_match", by=None, **more):
    values = {"programme": scene.programme, "seen": details.changed_at, **more}
    factories.owe(scene.programme, details.person)
    return bank.record_name_check(details=details, by=by or scene.finance, outcome=outcome, **values)


@pytest.mark.parametrize("outcome", NameCheck.Outcome)
def test_finance_records_what_the_bank_said_and_reads_it_before_confirming(scene, details, signed_in, outcome):
    client = signed_in(scene.finance)
    address = reverse("bank_details_name_check", args=[scene.programme.slug, details.pk])
    page = client.get(address)
    answers = {"outcome": outcome.value, "name_returned": "P Person", "seen": page.context["form"]["seen"].value()}
    confirm = reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])
    assert client.post(address, answers)["Location"] == confirm
    shown = " ".join(client.get(confirm).content.decode().split())
    assert f"{outcome.label}: P Person" in shown
    assert "Recorded by Fay Finance" in shown
    assert ("do not match. Nothing is paid to this account" in shown) == (outcome == "no_match")


def test_a_close_match_needs_the_name_the_bank_gave(scene, details, signed_in):
    with pytest.raises(BankError, match="gives a name") as refusal:
        record(scene, details, "close_match")
    assert refusal.value.field == "name_returned"
    page = signed_in(scene.finance).post(
        reverse("bank_details_name_check", args=[scene.programme.slug, details.pk]),
        {"outcome": "close_match", "seen": details.changed_at.isoformat()},
    )
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["name_returned"])


def test_every_answer_is_kept_and_the_latest_about_this_account_counts(scene, details, signed_in):
    record(scene, details, "no_match")
    record(scene, details, "match", by=scene.finance_two)
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk]))
    assert [row["value"] for row in page.context["name_checks"]] == ["Match", "No match"]
    assert not page.context["refused"]
    record(scene, details, "no_match")
    changed = factories.bank_details(scene.person, account_number="12345678")
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, changed.pk]))
    # They were about the account before.
    assert not page.context["refused"]
    assert {row["about_earlier"] for row in page.context["name_checks"]} == {True}
    refused("UPDATE payments_namecheck SET outcome = 'match'")
    refused("DELETE FROM payments_namecheck")


def test_an_answer_about_details_that_changed_meanwhile_is_not_taken(scene, details):
    seen = details.changed_at
    factories.bank_details(scene.person, account_number="12345678")
    with pytest.raises(BankError, match="changed while"):
        record(scene, details, seen=seen)


@pytest.mark.parametrize("who", ["staff", "administrator", "finance_elsewhere", "person"])
def test_only_finance_of_the_programme_records_it(scene, details, who):
    with pytest.raises(BankError, match="Only finance"):
        record(scene, details, by=getattr(scene, who))
    with pytest.raises(BankError, match="owes this person no money"):
        record(scene, details, by=scene.finance_elsewhere, programme=scene.other)


def test_nobody_records_what_the_bank_said_about_themselves(scene, signed_in):
    own = factories.bank_details(scene.finance)
    factories.a_claim(scene.programme, scene.finance.person, "approved", policy=scene.policy)
    with pytest.raises(BankError, match="your own"):
        record(scene, own)
    address = reverse("bank_details_name_check", args=[scene.programme.slug, own.pk])
    assert signed_in(scene.finance).get(address).status_code == 403
    refused(
        "INSERT INTO payments_namecheck (bank_details_id, outcome, name_returned, recorded_by_id, recorded_at)"
        " VALUES (%s, 'match', '', %s, now())",
        own.pk,
        scene.finance.person.pk,
    )


def test_the_name_the_bank_gave_is_not_in_the_clear(scene, details):
    record(scene, details, name_returned="Somebody Else")
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM payments_namecheck t")
        assert "Somebody" not in cursor.fetchone()[0]
    assert NameCheck.objects.get().name_returned == "Somebody Else"


def test_whoever_signs_a_run_reads_whose_name_or_numbers_look_wrong(scene, claim_in, signed_in):
    wrong = give_checked_details(scene, scene.person, account_number="11111111", sure=True)
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Clara Close")
    record(scene, give_checked_details(scene, second), "close_match", name_returned="C Klose")
    third = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Fine Fred")
    record(scene, give_checked_details(scene, third), "match")
    claims = [claim_in("approved", user=user) for user in (scene.person, second, third)]
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    record(scene, wrong)
    page = signed_in(scene.finance_two).get(run.get_absolute_url())
    assert page.context["page"].to_look_at == {
        "looks_wrong": ["Petra Person"],
        "no_match": ["Petra Person"],
        "close_match": [("Clara Close", "C Klose")],
    }
    shown = " ".join(page.content.decode().split())
    assert "do not match: Petra Person" in shown
    assert "Clara Close: the bank has a nearly equal name, C Klose" in shown
    with pytest.raises(RunError, match="do not match: Petra Person"):
        runs.sign_off(run=run, by=scene.finance_two)
    for user in (scene.finance_two, scene.finance_three):
        doubts.override_name_check(
            details=wrong, programme=scene.programme, by=user, reason="Her bank wrote to us.", seen=wrong.changed_at
        )
    runs.sign_off(run=run, by=scene.finance_two)
    assert signed_in(scene.finance_two).get(run.get_absolute_url()).context["page"].to_look_at == {}


# The contacts people had before


@pytest.fixture
def moved(scene):
    """fn(email, days ago) -> the person, whose e-mail address became that so many days ago."""

    def move(email, days):
        person = Person.objects.get(pk=scene.person.person.pk)
        factories.move_address(person, email)
        latest = person.history.order_by("-pgh_id").first()
        with pgtrigger.ignore():
            person.history.filter(pgh_id=latest.pgh_id).update(pgh_created_at=timezone.now() - dt.timedelta(days=days))
        person.refresh_from_db()
        scene.person.person = person
        return person

    return move


def told():
    return set(Message.objects.filter(notice__kind="bank_details_changed").values_list("to", flat=True))


def test_a_change_of_details_is_told_at_every_address_of_the_last_days(scene, moved, settings):
    settings.EARLIER_ADDRESS_DAYS = 30
    first = scene.person.person.email
    moved("long-ago@example.org", 31)
    moved("lately@example.org", 20)
    moved("now@example.org", 5)
    factories.bank_details(scene.person)
    assert first not in told()
    assert told() == {"long-ago@example.org", "lately@example.org", "now@example.org"}
    person = scene.person.person
    since = timezone.now() - dt.timedelta(days=30)
    assert [contact.value for contact in earlier_contacts(person, since)] == [
        "lately@example.org",
        "long-ago@example.org",
    ]


def test_an_address_they_came_back_to_is_told_once(scene, moved):
    first = scene.person.person.email
    moved("other@example.org", 2)
    moved(first.upper(), 1)
    factories.bank_details(scene.person)
    assert Notice.objects.filter(kind="bank_details_changed").count() == 2
    assert told() == {first.upper(), "other@example.org"}


def test_a_message_to_an_earlier_address_never_moves_to_the_new_one(scene, moved):
    moved("new@example.org", 1)
    factories.bank_details(scene.person)
    earlier = Message.objects.filter(notice__kind="bank_details_changed").exclude(to="new@example.org").get()
    assert earlier.notice.person is None


def test_a_person_whose_address_was_taken_away_is_still_told_at_the_old_one(scene, moved):
    first = scene.person.person.email
    moved("", 1)
    factories.bank_details(scene.person)
    assert told() == {first, ""}
    assert Message.objects.get(notice__person=scene.person.person).channel == "colleague"


def test_finance_is_shown_contacts_that_changed_lately(scene, moved, signed_in):
    first = scene.person.person.email
    person = moved("new@example.org", 3)
    person_actions.edit(person=person, by=scene.person, phone="01632 960001")
    person_actions.edit(person=person, by=scene.person, phone="01632 960999")
    details = factories.bank_details(scene.person)
    factories.owe(scene.programme, person)
    address = reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])
    shown = signed_in(scene.finance).get(address)
    sentences = shown.context["earlier_contacts"]
    assert any(first in sentence and "email address" in sentence for sentence in sentences)
    assert any("01632 960001" in sentence for sentence in sentences)
    assert not any("01632 960999" in sentence for sentence in sentences)
    assert "Use the one from before" in shown.content.decode()
