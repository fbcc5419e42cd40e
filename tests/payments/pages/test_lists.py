"""Lists of claims and runs: searched, filtered, and as many queries for 30 rows as for 3."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments.models import Claim
from payments.runs.actions import runs
from tests import factories

# The list


def test_the_list_of_claims_searches_filters_sorts_and_exports(scene, signed_in, claim_in):
    one, two = claim_in("submitted"), claim_in("approved", amount_pence=1234, description="=Workshop")
    claim_in("draft", description="Secret draft")
    url, client = reverse("claims", args=[scene.programme.slug]), signed_in(scene.staff)
    page = client.get(url).content.decode()
    assert one.reference in page
    assert "Secret draft" not in page
    assert "£62.34" in page, "the total of both"
    assert one.reference not in client.get(url, {"status": "approved"}).content.decode()
    assert two.reference not in client.get(url, {"q": "curry"}).content.decode()
    assert "Nothing matches" in client.get(url, {"q": "zzz"}).content.decode()
    export = b"".join(client.get(url, {"export": "csv", "status": "approved"}).streaming_content).decode("utf-8-sig")
    assert two.reference in export
    assert "12.34" in export
    assert "'=Workshop" in export
    assert client.get(url, {"export": "xlsx"})["Content-Type"].endswith("sheet")


def claims_of_many(scene, status, count):
    for _n in range(count):
        person = factories.a_person()
        factories.a_claim(scene.programme, person, status, policy=scene.policy)


@pytest.mark.parametrize(
    ("name", "user", "status"),
    [
        ("claims", "staff", "submitted"),
        ("payment_run_new", "finance", "approved"),
        ("payment_runs", "finance", "approved"),
    ],
)
def test_a_list_asks_the_same_questions_for_3_and_30_rows(scene, signed_in, name, user, status):
    url, counts = reverse(name, args=[scene.programme.slug]), []
    client = signed_in(getattr(scene, user))
    client.get(url)
    for extra in (3, 27):
        claims_of_many(scene, status, extra)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_my_claims_asks_the_same_questions_for_3_and_18_claims(scene, signed_in, claim_in):
    client, counts = signed_in(scene.person), []
    client.get(reverse("my_claims"))
    for extra in (3, 15):
        for _n in range(extra):
            claim_in("submitted")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("my_claims"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_run_asks_the_same_questions_for_3_and_30_payments(scene, signed_in):
    client, counts = signed_in(scene.finance), []
    for size in (3, 30):
        claims_of_many(scene, "approved", size)
        chosen = Claim.objects.filter(status="approved")
        run = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
        client.get(run.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(run.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_runs_are_listed_with_the_same_questions_however_many(scene, signed_in, claim_in):
    client, counts = signed_in(scene.finance), []
    url = reverse("payment_runs", args=[scene.programme.slug])
    for extra in (3, 9):
        for _n in range(extra):
            runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
