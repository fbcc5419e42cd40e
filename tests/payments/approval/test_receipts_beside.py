"""Pictures nearly the same: who sees them side by side, and tickets of one railway that are no warning."""

import io
import random

import pytest
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont

from payments.approval.warnings import warnings_for, warnings_of
from payments.claims import receipts
from payments.claims.actions import filling, sending
from payments.models import Receipt, WarningThresholds
from programmes.models import Role
from tests import factories
from tests.helpers import samples

PLACES = ["Leeds", "Bradford", "Halifax", "Keighley", "Skipton", "Ilkley", "Shipley", "Huddersfield", "York", "Selby"]


def ticket(number, place, pence):
    """A ticket of an invented railway, as a photo of a screen: its number, places and fare are all that differs."""
    picture = Image.new("RGB", (1000, 1500), "#f4f4ee")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 1000, 260), fill="#d9622b")
    pen.rectangle((250, 700, 750, 1200), fill="#26241f")
    pen.rectangle((330, 780, 670, 1120), fill="#f4f4ee")
    pen.rectangle((400, 850, 600, 1050), fill="#26241f")
    words = {300: f"Adult return No. {number:07d}", 380: f"{place} to Sheffield", 460: f"GBP {pence / 100:.2f}"}
    pen.text((60, 90), "Invented Northern Railway", font=ImageFont.load_default(size=56), fill="white")
    for top, line in words.items():
        pen.text((60, top), line, font=ImageFont.load_default(size=48), fill="#26241f")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.fixture
def claim_with(scene):
    """fn(file, description, pence, kind=…, user=…) -> a sent claim of somebody new with one expense and its receipt."""

    def make(file, description, pence, kind="public_transport", user=None):
        user = user or factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
        claim = factories.a_claim(scene.programme, user.person, policy=scene.policy, amount_pence=0)
        filling.add_expense(
            claim=claim, by=user, kind=kind, description=description, amount_pence=pence, file=samples.upload(file)
        )
        receipts.make_clean(claim.receipts.get().pk)
        return sending.submit(claim=claim, by=user)

    return make


def kinds(claim, user):
    return [warning.kind for warning in warnings_of(claim, user)]


def pairs_that_look_alike():
    """The pairs of receipts whose pictures are nearly the same, whatever they are for."""
    most = WarningThresholds.objects.get(programme=None).picture_distance
    hashes = list(Receipt.objects.exclude(picture_hash=None).values_list("picture_hash", flat=True))
    near = [
        (one, other)
        for place, one in enumerate(hashes)
        for other in hashes[:place]
        if ((one ^ other) & (2**64 - 1)).bit_count() <= most
    ]
    return len(hashes), len(near)


def test_thirty_tickets_of_one_railway_are_no_warning(claim_with, scene):
    rnd = random.Random(5)
    claims = []
    for index in range(30):
        place, pence = PLACES[index % len(PLACES)], 1000 + 35 * index
        number = rnd.randint(0, 9_999_999)
        claims.append(claim_with(ticket(number, place, pence), f"{place} to Sheffield and back", pence))
    count, alike = pairs_that_look_alike()
    assert (count, alike > 300) == (30, True), f"only {alike} pairs look alike: these tickets prove nothing"
    warned = [warning for found in warnings_for(claims, scene.staff).values() for warning in found]
    assert [warning for warning in warned if warning.kind == "similar_picture"] == []


SAME = {"description": "Leeds to Sheffield", "pence": 1250}


@pytest.mark.parametrize(
    ("other", "warns"),
    [
        ({}, True),
        ({"description": "leeds to SHEFFIELD."}, True),
        ({"pence": 1260}, False),
        ({"description": "York to Sheffield"}, False),
        ({"description": "Leeds to Sheffield, ticket 0004711"}, False),
        ({"kind": "parking"}, True),
        ({"kind": "parking", "pence": 900, "description": "Car park"}, True),
    ],
    ids=["all the same", "in other letters", "fare", "place", "number", "kind", "all but the picture"],
)
def test_a_ticket_is_another_one_when_its_fare_place_or_number_is(claim_with, scene, other, warns):
    claim_with(ticket(4711, "Leeds", 1250), **{**SAME, **other})
    mine = claim_with(ticket(4712, "Leeds", 1250), **SAME)
    assert kinds(mine, scene.staff) == (["similar_picture"] if warns else [])


def test_one_ticket_for_two_expenses_warns_where_either_is_the_same(claim_with, scene, claim_in):
    theirs = claim_with(ticket(4711, "Leeds", 1250), **SAME)
    claim = claim_in("draft")
    line = filling.add_expense(
        claim=claim,
        by=scene.person,
        kind="public_transport",
        description="York to Selby",
        amount_pence=300,
        file=samples.upload(ticket(4712, "Leeds", 1250)),
    )
    second = filling.add_expense(
        claim=claim,
        by=scene.person,
        kind="public_transport",
        description=SAME["description"],
        amount_pence=SAME["pence"],
        file=None,
    )
    line.receipts.get().lines.add(second)
    receipts.make_clean(line.receipts.get().pk)
    [warning] = warnings_of(sending.submit(claim=claim, by=scene.person), scene.staff)
    assert (warning.kind, warning.reference) == ("similar_picture", theirs.reference)


def test_the_very_same_file_warns_whatever_the_lines_say(claim_with, scene):
    file = ticket(4711, "Leeds", 1250)
    claim_with(file, "York to Selby", 300)
    assert kinds(claim_with(file, **SAME), scene.staff) == ["same_receipt"]


@pytest.fixture
def alike(claim_with):
    return claim_with(ticket(4711, "Leeds", 1250), **SAME), claim_with(ticket(4712, "Leeds", 1250), **SAME)


def test_the_approver_sees_both_side_by_side_with_what_each_is_for(alike, scene, signed_in):
    theirs, mine = alike
    client = signed_in(scene.staff)
    beside = reverse("claim_receipts_beside", args=[mine.pk, mine.receipts.get().pk, theirs.receipts.get().pk])
    assert f'href="{beside}">See both, with {theirs.reference}</a>' in client.get(mine.get_absolute_url()).text
    page = client.get(beside).text
    for claim in alike:
        assert f'<img src="{reverse("receipt", args=[claim.receipts.get().pk])}"' in page
        assert f'href="{claim.get_absolute_url()}"' in page
        for words in (claim.reference, claim.person.full_name):
            assert words in page
    assert page.count("Leeds to Sheffield") == 2
    assert page.count("£12.50") == 2
    assert page.index(mine.reference) < page.index(theirs.reference)


def test_a_receipt_the_reader_may_not_see_is_not_shown_beside_another(alike, scene, signed_in, claim_in):
    theirs, mine = alike
    programme = factories.a_programme("Elsewhere Invented")
    stranger = factories.with_role(programme, Role.LIVED_EXPERIENCE)
    hidden = factories.a_claim(programme, stranger.person, policy=factories.a_policy(programme), amount_pence=0)
    filling.add_expense(
        claim=hidden,
        by=stranger,
        kind="public_transport",
        description="Leeds",
        amount_pence=900,
        file=samples.upload(ticket(1, "Leeds", 900)),
    )
    receipts.make_clean(hidden.receipts.get().pk)
    sending.submit(claim=hidden, by=stranger)
    client, own = signed_in(scene.staff), mine.receipts.get().pk
    for receipt, other in (
        (own, hidden.receipts.get().pk),
        (theirs.receipts.get().pk, own),
        (own, own),
        (own, 999_999),
    ):
        address = reverse("claim_receipts_beside", args=[mine.pk, receipt, other])
        assert client.get(address).status_code == 404
