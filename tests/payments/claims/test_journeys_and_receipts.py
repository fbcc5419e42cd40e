"""The last journey in one tap; several receipts for a line, and one for several lines."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from payments.claims import journeys
from payments.claims import queries as claim_queries
from payments.claims.actions import entering, filling, receipts, sending
from payments.claims.transitions import ClaimError
from payments.models import Receipt
from payments.pages import queries as page_queries
from programmes.models import Role
from tests import factories
from tests.helpers import samples


def drove(scene, claim, miles="24.5", what="Leeds and back", user=None):
    return filling.add_expense(
        claim=claim, by=user or scene.person, kind="mileage", description=what, miles=Decimal(miles)
    )


def fare(claim, scene, pence=1250, what="Train to York"):
    return filling.add_expense(
        claim=claim, by=scene.person, kind="public_transport", description=what, amount_pence=pence
    )


@pytest.fixture
def at(scene):
    """fn(days=-5, user=the scene's person, programme=the scene's, **event) -> a draft for an event, at the hall."""

    def draft(days=-5, user=None, programme=None, policy=None, **about):
        event = factories.an_event(programme or scene.programme, days=days, **about)
        return factories.a_claim(
            event.programme,
            (user or scene.person).person,
            policy=policy or scene.policy,
            event=event,
            activity_date=event.day,
        )

    return draft


@pytest.fixture
def before(scene, at):
    """A claim of ten days ago, with a journey of 24.5 miles."""
    claim = at(days=-10)
    drove(scene, claim)
    return claim


@pytest.fixture
def now(at):
    """The claim being filled in, for another event at the same place."""
    return at()


# The last journey


def test_the_last_journey_is_added_in_one_tap_and_once(scene, signed_in, before, now):
    client = signed_in(scene.person)
    page = client.get(now.get_absolute_url()).content.decode()
    assert "Same journey as last time?" in page
    assert "Leeds and back, 24.5 miles" in page
    for _tap in range(2):
        client.post(reverse("claim_journey_again", args=[now.pk]))
    line = now.lines.get(category="expense")
    assert (line.miles, line.amount_pence, line.description) == (Decimal("24.5"), 980, "Leeds and back")
    assert "Same journey" not in client.get(now.get_absolute_url()).content.decode()


def test_it_is_priced_by_the_policy_of_the_new_claim(scene, before, at):
    dearer = factories.a_policy(scene.other)
    factories.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.person)
    elsewhere = at(programme=scene.other, policy=dearer)
    journey = journeys.last_journey(elsewhere)
    assert journey == before.lines.get(category="expense")
    assert entering.repeat_journey(claim=elsewhere, by=scene.person, line=journey).amount_pence == 980


def test_a_journey_of_the_same_programme_comes_before_a_newer_one_elsewhere(scene, before, now, at):
    factories.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.person)
    other = at(programme=scene.other, policy=factories.a_policy(scene.other))
    drove(scene, other, "3", "To the corner")
    assert journeys.last_journey(now).description == "Leeds and back"


def test_the_newest_journey_counts_and_one_taken_back_does_not(scene, before, now, at):
    newer = at(days=-8)
    drove(scene, newer, "12", "By the ring road")
    assert journeys.last_journey(now).description == "By the ring road"
    sending.withdraw(claim=newer, by=scene.person)
    assert journeys.last_journey(now).description == "Leeds and back"


def test_nothing_is_offered_of_another_person_or_what_the_policy_does_not_cover(scene, before, now, at):
    peer = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    assert journeys.last_journey(at(user=peer)) is None
    with pytest.raises(ClaimError):
        entering.repeat_journey(claim=at(user=peer), by=peer, line=before.lines.get(category="expense"))
    with pytest.raises(ClaimError):
        entering.repeat_journey(claim=now, by=peer, line=before.lines.get(category="expense"))


def test_it_is_offered_only_for_an_event_at_the_same_place(scene, before, at, claim_in):
    assert journeys.last_journey(at(venue_name="Another Hall")) is None
    assert journeys.last_journey(at(venue_name="", online_link="https://meet.example.org/x")) is None
    assert journeys.last_journey(claim_in("draft")) is None, "work that was no event has no place"
    assert journeys.last_journey(at(venue_name="the invented  hall")) == before.lines.get(category="expense")


def test_the_address_says_whether_it_is_the_same_place_where_both_have_one(scene, at):
    before = at(days=-9, venue_name="The Ropeworks", venue_address="12 Invented Street\nOtterby")
    drove(scene, before)
    other_room = at(venue_name="The Ropeworks, the loom room", venue_address="12 Invented Street, Otterby")
    assert journeys.last_journey(other_room).claim == before
    assert journeys.last_journey(at(venue_name="The Ropeworks", venue_address="3 High Street\nMillcross")) is None


def test_a_fare_again_leads_on_to_its_ticket(scene, signed_in, at, now):
    fare(at(days=-7), scene)
    response = signed_in(scene.person).post(reverse("claim_journey_again", args=[now.pk]))
    line = now.lines.get(category="expense")
    assert line.amount_pence == 1250
    assert response["Location"] == reverse("claim_line_receipt", args=[now.pk, line.pk])


def test_the_last_journey_can_be_changed_before_it_is_added(scene, signed_in, before, now):
    client = signed_in(scene.person)
    address = reverse("claim_expense_cost", args=[now.pk, "mileage"])
    assert 'value="24.5"' in client.get(f"{address}?again=yes").content.decode()
    assert 'value="24.5"' not in client.get(address).content.decode()
    client.post(f"{address}?again=yes", {"miles": "30", "description": "Leeds, the long way"})
    assert now.lines.get(category="expense").miles == 30


def test_a_journey_offered_before_another_was_added_says_to_look_again(scene, before, now, at):
    old = before.lines.get(category="expense")
    newer = at(days=-8)
    drove(scene, newer, "12", "By the ring road")
    with pytest.raises(ClaimError, match="Look at your claim again"):
        entering.repeat_journey(claim=now, by=scene.person, line=old)


# Receipts


@pytest.fixture
def two_lines(scene, now, worker):
    """Two fares on one claim, the first with a ticket."""
    first, second = fare(now, scene), fare(now, scene, 700, "Bus")
    with worker():
        receipt = receipts.add_receipt(line=first, by=scene.person, file=samples.upload(samples.pdf(), "ticket.pdf"))
    return first, second, receipt


def test_one_receipt_proves_several_lines(scene, now, two_lines):
    first, second, receipt = two_lines
    whole = page_queries.whole_claim(now.pk)
    assert [line for line, _refused in claim_queries.lines_without_receipt(whole)] == [second]
    for _again in range(2):
        receipts.use_receipt(line=second, by=scene.person, receipt=receipt)
    assert set(receipt.lines.all()) == {first, second}
    assert not claim_queries.lines_without_receipt(page_queries.whole_claim(now.pk))


def test_a_receipt_goes_when_the_last_line_that_uses_it_lets_go(scene, now, two_lines, worker):
    first, second, receipt = two_lines
    receipts.use_receipt(line=second, by=scene.person, receipt=receipt)
    receipt.refresh_from_db()
    file = receipt.file
    receipts.remove_receipt(line=first, by=scene.person, receipt=receipt)
    assert Receipt.objects.filter(pk=receipt.pk).exists()
    with worker():
        filling.remove_line(line=second, by=scene.person)
    assert not Receipt.objects.filter(pk=receipt.pk).exists()
    assert not file.storage.exists(file.name)


def test_a_receipt_of_another_claim_is_never_used(scene, two_lines, claim_in):
    other = fare(claim_in("draft"), scene)
    with pytest.raises(ClaimError, match="no longer on your claim"):
        receipts.use_receipt(line=other, by=scene.person, receipt=two_lines[2])


def test_nobody_else_touches_the_receipts(scene, two_lines):
    _first, second, receipt = two_lines
    for user in (scene.staff, scene.finance, scene.stranger):
        with pytest.raises(ClaimError):
            receipts.use_receipt(line=second, by=user, receipt=receipt)
        with pytest.raises(ClaimError):
            receipts.remove_receipt(line=second, by=user, receipt=receipt)


def test_a_new_receipt_takes_the_place_of_one_that_did_not_work(scene, now, worker):
    line = fare(now, scene)
    with worker():
        receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.broken_jpeg(), "torn.jpg"))
    assert line.receipts.get().status == Receipt.Status.REFUSED
    with worker():
        receipts.add_receipt(line=line, by=scene.person, file=samples.upload(samples.heic(), "good.heic"))
    assert [receipt.original_name for receipt in line.receipts.all()] == ["good.heic"]


def test_the_page_shows_a_lines_receipts_and_those_it_may_use(scene, signed_in, now, two_lines):
    first, second, receipt = two_lines
    client = signed_in(scene.person)
    page = client.get(reverse("claim_line_receipt", args=[now.pk, second.pk])).content.decode()
    assert "use a receipt already on this claim" in page
    assert "For: Train to York" in " ".join(page.split())
    client.post(reverse("claim_receipt_use", args=[now.pk, second.pk, receipt.pk]))
    assert second.receipts.get() == receipt
    page = client.get(reverse("claim_line_receipt", args=[now.pk, second.pk])).content.decode()
    assert "already on this claim" not in page
    for _twice in range(2):
        response = client.post(reverse("claim_receipt_remove", args=[now.pk, second.pk, receipt.pk]))
        assert response.status_code == 302
    assert not second.receipts.exists()
    assert receipt.lines.get() == first


@pytest.mark.parametrize("number", [3, 30])
def test_the_claim_asks_the_same_questions_however_many_receipts(
    scene, signed_in, now, number, django_assert_max_num_queries
):
    line = fare(now, scene)
    for place in range(number):
        receipt = Receipt.objects.create(
            claim=now,
            file=ContentFile(b"%PDF-1.4", name=f"{place}.pdf"),
            original_name=f"ticket {place}.pdf",
            content_type="application/pdf",
            size=8,
            sha256="0" * 64,
            status=Receipt.Status.READY,
            added_by=scene.person.person,
        )
        receipt.lines.add(line)
    client = signed_in(scene.person)
    with django_assert_max_num_queries(28):
        page = client.get(now.get_absolute_url()).content.decode()
    assert page.count("Remove this receipt") == number
    with django_assert_max_num_queries(24):
        client.get(reverse("claim_line_receipt", args=[now.pk, line.pk]))


# Refused by the database itself


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_lets_a_receipt_prove_lines_of_its_own_claim_alone(scene, two_lines, claim_in):
    other = fare(claim_in("draft"), scene)
    with pytest.raises(DatabaseError, match="its own claim"):
        sql("INSERT INTO payments_receipt_lines (receipt_id, claimline_id) VALUES (%s, %s)", two_lines[2].pk, other.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM payments_receipt_lines",
        "INSERT INTO payments_receipt_lines (receipt_id, claimline_id)"
        " SELECT r.id, l.id FROM payments_receipt r, payments_claimline l WHERE l.description = 'Bus'",
        "UPDATE payments_receipt_lines SET claimline_id ="
        " (SELECT id FROM payments_claimline WHERE description = 'Bus')",
    ],
)
def test_the_database_keeps_the_receipts_of_a_sent_claim_on_their_lines(scene, now, two_lines, statement):
    receipts.add_receipt(line=two_lines[1], by=scene.person, file=samples.upload(samples.pdf(), "bus.pdf"))
    sending.submit(claim=now, by=scene.person)
    with pytest.raises(DatabaseError, match="receipts of a submitted claim"):
        sql(statement)
