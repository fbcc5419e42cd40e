"""The pages: who reaches which, what they say, and how many questions they ask the database."""

import pytest
from django.urls import reverse

from payments.claims.actions import sending
from payments.runs.actions import runs
from people.models import Job
from tests.helpers.claims import with_receipt
from tests.helpers.client import outcome
from tests.helpers.runs import pay

EVERYONE = (
    "person",
    "staff",
    "finance",
    "finance_two",
    "steering",
    "elsewhere",
    "finance_elsewhere",
    "stranger",
    "administrator",
    None,
)


def who_gets(**statuses):
    """The expected status for every kind of visitor: 302 (to sign in) when signed out, 404 unless told."""
    return {who: statuses.get(who or "signed_out", 302 if who is None else 404) for who in EVERYONE}


OWN_DRAFT = who_gets(person=200)
OWN_SENT = who_gets(person=302, staff=403, finance=403, finance_two=403, administrator=403)

# tests/permissions.py has each address once; here are claims in another state, and the second document of a run.
PAGES = [
    ("claim", "draft", OWN_DRAFT),
    ("claim_withdraw", "draft", OWN_DRAFT),
    ("receipt", "draft", OWN_DRAFT),
    ("claim_check", "submitted", OWN_SENT),
    ("claim_expense_new", "submitted", OWN_SENT),
    ("schedule", "paid", who_gets(finance=200, finance_two=200, administrator=200)),
]


@pytest.fixture
def address(scene, claim_in):
    """fn(name, status) -> the address of that page, over rows in that status."""

    def find(name, status):
        if name == "schedule":
            run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
            pay(scene, run)
            return reverse("document", args=[run.documents.get(kind="schedule").pk])
        claim = claim_in("draft")
        _line, receipt = with_receipt(scene, claim)
        if status == "submitted":
            sending.submit(claim=claim, by=scene.person)
        return reverse(name, args=[receipt.pk if name == "receipt" else claim.pk])

    return find


@pytest.mark.parametrize(("name", "status", "expected"), PAGES, ids=[f"{page[0]}-{page[1]}" for page in PAGES])
def test_who_reaches_a_page_in_another_state(scene, signed_in, address, name, status, expected):
    url = address(name, status)
    got = {}
    for who in EVERYONE:
        got[who] = signed_in(getattr(scene, who) if who else None).get(url).status_code
    assert got == expected


POSTS = [
    ("claim_submit", "draft", "person", {"agree": "on"}, "submitted"),
    ("claim_withdraw", "draft", "person", {}, "withdrawn"),
    ("claim_reopen", "withdrawn", "person", {}, "draft"),
    ("claim_answer", "returned", "person", {"answer": "Yes"}, "submitted"),
    ("claim_approve", "submitted", "staff", {}, "approved"),
    ("claim_return", "submitted", "staff", {"question": "Why?"}, "returned"),
]


@pytest.mark.parametrize(("name", "status", "doer", "data", "becomes"), POSTS, ids=[post[0] for post in POSTS])
def test_only_the_right_person_does_each_thing_to_a_claim(
    scene, signed_in, claim_in, name, status, doer, data, becomes
):
    claim = claim_in(status)
    url = reverse(name, args=[claim.pk])
    for who in EVERYONE:
        if who != doer:
            response = signed_in(getattr(scene, who) if who else None).post(url, data)
            assert outcome(response) in ({"403", "404"} if who else {"in"}), who
            claim.refresh_from_db()
            assert claim.status == status, who
    assert signed_in(getattr(scene, doer)).post(url, data).status_code == 302
    claim.refresh_from_db()
    assert claim.status == becomes


RUN_POSTS = [
    ("payment_run_sign", "open", "finance_two", ("signed", 0)),
    ("payment_run_cancel", "open", "finance_two", ("cancelled", 0)),
    ("payment_run_documents", "signed", "finance_two", ("signed", 1)),
]


@pytest.mark.parametrize(("name", "status", "doer", "becomes"), RUN_POSTS, ids=[post[0] for post in RUN_POSTS])
def test_only_finance_does_each_thing_to_a_run(scene, signed_in, claim_in, name, status, doer, becomes):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    if status == "signed":
        runs.sign_off(run=run, by=scene.finance_two)
    url = reverse(name, args=[run.pk])
    for who in EVERYONE:
        if who not in {"finance", "finance_two"}:
            response = signed_in(getattr(scene, who) if who else None).post(url)
            assert outcome(response) in ({"403", "404"} if who else {"in"}), who
    run.refresh_from_db()
    assert run.status == status
    assert not Job.objects.exists()
    assert signed_in(getattr(scene, doer)).post(url).status_code == 302
    run.refresh_from_db()
    assert (run.status, Job.objects.count()) == becomes


def test_opening_the_address_of_a_button_leads_to_its_page_and_changes_nothing(scene, signed_in, claim_in):
    claim = claim_in("submitted")
    client = signed_in(scene.staff)
    for name in ("claim_submit", "claim_answer", "claim_approve", "claim_reopen"):
        answer = client.get(reverse(name, args=[claim.pk]), follow=True)
        assert answer.redirect_chain == [(claim.get_absolute_url(), 302)]
        assert "Nothing was done just now." in answer.text
