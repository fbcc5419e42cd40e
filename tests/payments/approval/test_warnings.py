"""Warnings for those who approve: what each kind finds, who may see the other claim, and that none stops anybody."""

import datetime as dt
import io
import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from payments.approval.actions import approvers, decisions
from payments.approval.warnings import warnings_for, warnings_of
from payments.claims import receipts
from payments.claims.actions import filling, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim, Receipt, WarningThresholds
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from tests.helpers.claims import approved_expenses
from wellbeing.lib import pictures

Status = Claim.Status


def kinds(claim, user):
    return [warning.kind for warning in warnings_of(claim, user)]


def paper(seed=1, size=(900, 1350)):
    """A photo of an invented till receipt on a table."""
    rnd = random.Random(seed)
    picture = Image.new("RGB", size, (rnd.randint(60, 140),) * 3)
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = rnd.randint(60, 200), 60, size[0] - rnd.randint(60, 200), size[1] - rnd.randint(60, 300)
    draw.rectangle((left, top, right, bottom), fill=(245, 245, 240))
    line = top + 50
    while line < bottom - 50:
        if rnd.random() < 0.75:
            wide = rnd.randint(80, (right - left) // 2)
            draw.rectangle((left + 30, line, left + 30 + wide, line + rnd.randint(10, 24)), fill=(40, 40, 40))
        line += rnd.randint(30, 90)
    return picture


def saved(picture, quality=85):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.fixture
def claim_with(scene):
    """fn(user=…, file=bytes, name=…, pence=…, day=…, kind=…) -> a sent claim with one expense and its clean receipt."""

    def make(user=None, file=None, pence=500, days=-5, kind="parking", programme=None, policy=None, **fields):
        user = user or scene.person
        claim = factories.a_claim(
            programme or scene.programme,
            user.person,
            policy=policy or scene.policy,
            amount_pence=0,
            activity_date=timezone.localdate() + dt.timedelta(days=days),
        )
        filling.add_expense(
            claim=claim,
            by=user,
            kind=kind,
            description="Car park",
            amount_pence=None if kind == "mileage" else pence,
            file=samples.upload(file or saved(paper(random.random()))) if kind != "mileage" else None,
            **fields,
        )
        for receipt in claim.receipts.all():
            receipts.make_clean(receipt.pk)
        return sending.submit(claim=claim, by=user)

    return make


def another(scene, role=Role.LIVED_EXPERIENCE, programme=None):
    return factories.with_role(programme or scene.programme, role)


# The same again


def test_a_claim_like_no_other_has_no_warning(claim_with, scene):
    assert kinds(claim_with(), scene.staff) == []


def test_the_same_person_day_kind_and_amount_on_another_claim_warns(claim_with, scene):
    first, second = claim_with(), claim_with()
    warning = warnings_of(second, scene.staff)[0]
    assert (warning.kind, warning.needs_reason) == ("same_line", True)
    assert (warning.reference, warning.url) == (first.reference, first.get_absolute_url())
    for words in ("Car park", "£5.00"):
        assert words in warning.text
    # Both are told apart by nothing, so both warn.
    assert kinds(first, scene.staff) == ["same_line"]


@pytest.mark.parametrize("other", [{"pence": 501}, {"days": -6}, {"kind": "childcare"}, {"user": "another"}])
def test_another_amount_day_kind_or_person_is_not_the_same(claim_with, scene, other):
    if other.get("user"):
        other = {"user": another(scene)}
    claim_with(**other)
    assert kinds(claim_with(), scene.staff) == []


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_was_never_sent_or_was_taken_back_is_no_other_claim(claim_in, scene, status):
    claim_in(status)
    assert kinds(claim_in("submitted"), scene.staff) == []


def test_a_claim_that_was_declined_still_warns(claim_in, scene):
    claim_in("declined")
    assert kinds(claim_in("submitted"), scene.staff) == ["same_line"]


def test_a_receipt_on_another_persons_claim_too_warns(claim_with, scene):
    file = saved(paper())
    theirs = claim_with(user=another(scene), file=file, pence=900, days=-9)
    warning = warnings_of(claim_with(file=file), scene.staff)[0]
    assert (warning.kind, warning.reference, warning.needs_reason) == ("same_receipt", theirs.reference, True)


def test_a_claim_the_reader_may_not_see_is_not_identified(claim_with, scene):
    file, policy = saved(paper()), factories.a_policy(scene.other)
    theirs = claim_with(
        user=another(scene, programme=scene.other), file=file, pence=900, programme=scene.other, policy=policy
    )
    warning = warnings_of(claim_with(file=file), scene.staff)[0]
    assert warning.kind == "same_receipt"
    assert (warning.url, warning.reference) == ("", "")
    assert theirs.reference not in warning.text
    assert theirs.person.full_name not in warning.text


def test_the_same_receipt_twice_on_one_claim_is_no_warning(claim_in, scene, worker):
    claim, file = claim_in("draft"), saved(paper())
    for kind in ("parking", "childcare"):
        filling.add_expense(
            claim=claim, by=scene.person, kind=kind, description="", amount_pence=500, file=samples.upload(file)
        )
    for receipt in Receipt.objects.all():
        receipts.make_clean(receipt.pk)
    assert kinds(sending.submit(claim=claim, by=scene.person), scene.staff) == []


# Nearly the same picture


@pytest.mark.parametrize(
    "change",
    [
        lambda picture: saved(picture, quality=40),
        lambda picture: saved(picture.resize((450, 675))),
        lambda picture: saved(picture.filter(ImageFilter.GaussianBlur(2))),
    ],
    ids=["saved again", "smaller", "blurred"],
)
def test_a_picture_nearly_like_one_on_another_claim_warns(claim_with, scene, change):
    theirs = claim_with(user=another(scene), file=saved(paper(7)), pence=900)
    mine = claim_with(file=change(paper(7)))
    warning = warnings_of(mine, scene.staff)[0]
    assert (warning.kind, warning.reference, warning.needs_reason) == ("similar_picture", theirs.reference, False)


def test_another_receipt_on_such_a_table_is_not_the_same_picture(claim_with, scene):
    claim_with(user=another(scene), file=saved(paper(7)), pence=900)
    assert kinds(claim_with(file=saved(paper(8))), scene.staff) == []


def test_how_different_pictures_may_be_is_set_by_the_programme(claim_with, scene):
    number = pictures.difference_hash(saved(paper(7)))
    theirs = claim_with(user=another(scene), file=saved(paper(7)), pence=900)
    Receipt.objects.filter(claim=theirs).update(picture_hash=number ^ 0b11111)
    mine = claim_with(file=saved(paper(7), quality=84))
    assert kinds(mine, scene.staff) == []
    approvers.set_limits(
        programme=scene.programme,
        by=scene.staff,
        picture_distance=7,
        usual_percent=95,
        usual_examples=20,
        usual_months=12,
        long_route_miles=Decimal(150),
        ask_above_pence=20_000,
        ask_times_usual=3,
    )
    assert kinds(mine, scene.staff) == ["similar_picture"]


def test_blank_pages_and_pdfs_look_like_nothing(claim_with, scene):
    assert pictures.difference_hash(saved(Image.new("RGB", (600, 800), "white"))) is None
    for user, file in ((another(scene), samples.pdf()), (scene.person, samples.pdf(pages=2))):
        claim_with(user=user, file=file, pence=random.randint(1, 9999))
    assert not Receipt.objects.exclude(picture_hash=None).exists()


@given(st.integers(-(2**63), 2**63 - 1), st.sets(st.integers(0, 63), max_size=7))
def test_whatever_differs_in_seven_bits_at_most_shares_a_band_nearby(number, bits):
    other = number & (2**64 - 1)
    for bit in bits:
        other ^= 1 << bit
    if other >> 63:
        other -= 2**64
    pairs = zip(pictures.bands(other), pictures.bands_nearby(number), strict=True)
    assert any(band in near for band, near in pairs)


# Unusual amounts


def test_an_amount_above_95_in_100_of_its_kind_is_told_with_what_is_usual(claim_with, scene):
    approved_expenses(scene, [300] * 19 + [800])
    assert kinds(claim_with(pence=300), scene.staff) == []
    warning = warnings_of(claim_with(pence=301, days=-6), scene.staff)[0]
    assert (warning.kind, warning.needs_reason) == ("unusual", False)
    for words in ("£3.01", "95 in 100", "£3.00"):
        assert words in warning.text
    # Another kind has no examples to be unusual among.
    assert kinds(claim_with(pence=9000, kind="childcare"), scene.staff) == []


def test_with_too_few_examples_nobody_knows_what_is_usual(claim_with, scene):
    approved_expenses(scene, [300] * 19)
    assert kinds(claim_with(pence=9000), scene.staff) == []


def test_a_long_way_is_told_by_the_limit_and_by_what_is_usual(claim_with, scene):
    far = claim_with(kind="mileage", miles=Decimal(151))
    near = claim_with(kind="mileage", miles=Decimal(150), days=-6)
    assert [warning.text for warning in warnings_of(far, scene.staff)] == [
        "“Car park” is 151 miles, a long way: more than 150 miles."
    ]
    assert kinds(near, scene.staff) == []
    approved_expenses(scene, [800] * 20, "mileage", [Decimal(20)] * 20)
    assert "longer than usual: 95 in 100 were 20 miles or less" in warnings_of(near, scene.staff)[0].text


def test_a_claim_of_somebody_not_on_the_list_of_who_came_warns(claim_in, scene):
    event = factories.an_event(scene.programme)
    claim = claim_in("submitted", event=event)
    assert kinds(claim, scene.staff) == ["not_there"]
    came = factories.an_attendance(event, scene.person.person, came=False)
    assert kinds(claim, scene.staff) == ["not_there"]
    came.came = True
    came.save()
    assert kinds(claim, scene.staff) == []


# Effects of a warning


def test_a_claim_that_looks_like_another_is_approved_with_a_reason_that_stays(claim_in, scene, signed_in):
    claim_in("paid")
    claim = claim_in("submitted")
    with pytest.raises(ClaimError) as refusal:
        decisions.approve(claim=claim, by=scene.staff)
    assert refusal.value.field == "duplicate_reason"
    decisions.approve(claim=claim, by=scene.staff, duplicate_reason=" Two sessions on one day. ")
    claim.refresh_from_db()
    assert (claim.status, claim.duplicate_reason) == (Status.APPROVED, "Two sessions on one day.")
    html = signed_in(scene.finance).get(claim.get_absolute_url()).content.decode()
    assert "is right because: Two sessions on one day." in html
    assert "Two sessions on one day." not in signed_in(scene.person).get(claim.get_absolute_url()).content.decode()


def test_other_warnings_ask_for_nothing(claim_with, scene):
    claim = claim_with(kind="mileage", miles=Decimal(400))
    assert kinds(claim, scene.staff) == ["long_route"]
    assert decisions.approve(claim=claim, by=scene.staff).status == Status.APPROVED


def test_without_any_limits_the_warnings_that_need_none_still_come(claim_in, claim_with, scene, monkeypatch):
    monkeypatch.setattr(
        WarningThresholds.objects, "effective_on", lambda programmes, on: dict.fromkeys(programmes), raising=True
    )
    claim_in("submitted")
    assert kinds(claim_in("submitted"), scene.staff) == ["same_line"]
    assert kinds(claim_with(kind="mileage", miles=Decimal(400)), scene.staff) == []


def test_many_claims_are_looked_at_in_as_many_questions_as_few(claim_with, scene):
    asked = []
    warnings_for([claim_with()], scene.staff)
    for number in (2, 10):
        chosen = [claim_with(user=another(scene), kind="parking", pence=700) for _n in range(number)]
        chosen.append(claim_with(user=another(scene), kind="mileage", miles=Decimal(10)))
        # Two that look alike, so that the claims alike are asked for both times.
        chosen += [claim_with(kind="parking", pence=number * 100) for _n in range(2)]
        with CaptureQueriesContext(connection) as queries:
            found = warnings_for(chosen, scene.staff)
        assert set(found) == {claim.pk for claim in chosen}
        asked.append([query["sql"] for query in queries])
    assert len(asked[0]) == len(asked[1]), "\n".join(sql[:300] for one in asked for sql in one)


def test_the_pages_show_warnings_with_a_link_and_ask_why(claim_in, scene, signed_in):
    first, claim = claim_in("submitted"), claim_in("submitted")
    client = signed_in(scene.staff)
    html = client.get(claim.get_absolute_url()).content.decode()
    assert f'href="{first.get_absolute_url()}">See {first.reference}</a>' in html
    assert "Approve, and say why" in html
    assert "Approve £50.00" not in html
    decide = f"/claims/{claim.pk}/decide/"
    data = {"line0-agreed": "40.00", "line0-reason": ""}
    response = client.post(decide, data)
    assert response.status_code == 200
    html = response.content.decode()
    for words in ("say why less is approved", "Say why it is right to approve it", 'value="40.00"'):
        assert words in html
    response = client.post(
        decide, {**data, "line0-reason": "You left early.", "duplicate_reason": "Came twice."}, follow=True
    )
    assert "Approved in part" in response.content.decode()
    claim.refresh_from_db()
    assert (claim.status, claim.approved_pence, claim.duplicate_reason) == ("partly_approved", 4000, "Came twice.")
    html = signed_in(scene.person).get(claim.get_absolute_url()).content.decode()
    assert "We agreed £40.00." in html
    assert "You left early." in html


def test_the_page_of_a_claim_in_full_is_one_press(claim_in, scene, signed_in):
    claim = claim_in("submitted")
    client = signed_in(scene.staff)
    assert "Approve £50.00" in client.get(claim.get_absolute_url()).content.decode()
    client.post(f"/claims/{claim.pk}/approve/")
    claim.refresh_from_db()
    assert claim.status == Status.APPROVED


def test_a_person_reads_why_it_was_not_approved_and_asks_again_on_the_page(claim_in, scene, signed_in):
    claim = claim_in("submitted")
    client = signed_in(scene.staff)
    assert client.post(f"/claims/{claim.pk}/decline/", {"reason": ""}).status_code == 200
    client.post(f"/claims/{claim.pk}/decline/", {"reason": "You told us you could not come."})
    client = signed_in(scene.person)
    html = client.get(claim.get_absolute_url()).content.decode()
    assert "You told us you could not come." in html
    assert f"/claims/{claim.pk}/ask-again/" in html
    assert "We will pay you by" not in html
    assert "We did not approve this claim." in client.get("/claims/").content.decode()
    assert client.post(f"/claims/{claim.pk}/ask-again/", {"words": " "}).status_code == 200
    client.post(f"/claims/{claim.pk}/ask-again/", {"words": "I came late, ask Stan."})
    html = signed_in(scene.staff_two).get(claim.get_absolute_url()).content.decode()
    assert html.index("You told us you could not come.") < html.index("I came late, ask Stan.")
    assert "Petra Person asked us to look again" in html
    html = signed_in(scene.staff).get(claim.get_absolute_url()).content.decode()
    assert "You did not approve this claim before" in html


def test_a_claim_approved_once_says_so_and_its_person_sees_no_decision_yet(scene, signed_in):
    policy = factories.a_policy(scene.programme, second_approval_above_pence=4000)
    claim = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=policy)
    less = [decisions.LineDecision(claim.lines.get(), 4500, "You left early.")]
    decisions.approve(claim=claim, by=scene.staff, decisions=less)
    html = signed_in(scene.staff_two).get(claim.get_absolute_url()).content.decode()
    assert "Approved by Stan Staff, waiting for a second person" in html
    assert "Approve £45.00" in html
    html = signed_in(scene.person).get(claim.get_absolute_url()).content.decode()
    assert "You left early." not in html
    assert "A second person has to agree to it too" in html
    signed_in(scene.staff_two).post(f"/claims/{claim.pk}/approve/")
    claim.refresh_from_db()
    assert (claim.status, claim.approved_pence) == ("partly_approved", 4500)
