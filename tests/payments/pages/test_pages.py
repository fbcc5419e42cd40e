"""The pages: who reaches which, what they say, and how many questions they ask the database."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments.claims import receipts
from payments.claims.actions import filling, opening, sending
from payments.models import Claim, PaymentRun, PolicyVersion, Receipt
from payments.runs import documents as run_documents
from payments.runs.actions import runs
from payments.runs.views import runs as runs_views
from people.models import Job
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from tests.helpers.client import outcome
from tests.helpers.runs import a_running_job, pay

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


def with_receipt(scene, claim):
    line = filling.add_expense(
        claim=claim,
        by=scene.person,
        kind="parking",
        description="Car park",
        amount_pence=500,
        file=samples.upload(samples.jpeg()),
    )
    receipt = line.receipts.get()
    receipts.make_clean(receipt.pk)
    return line, receipt


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


def test_pages_that_change_things_refuse_to_be_merely_looked_at(scene, signed_in, claim_in):
    claim = claim_in("submitted")
    client = signed_in(scene.staff)
    for name in ("claim_submit", "claim_answer", "claim_approve", "claim_reopen"):
        assert client.get(reverse(name, args=[claim.pk])).status_code == 405


# One claim from the e-mailed link to "sent", as the person does it


def test_a_person_adds_a_fare_with_its_ticket_checks_and_sends(scene, signed_in, claim_in, worker):
    claim, client = claim_in("draft"), signed_in(scene.person)
    new = reverse("claim_expense_new", args=[claim.pk])
    page = client.get(new)
    assert b"Train, bus or tram fare" in page.content
    assert b"Food and drink" not in page.content, "the policy does not cover it"
    response = client.post(new, {"kind": "public_transport"})
    cost = reverse("claim_expense_cost", args=[claim.pk, "public_transport"])
    assert response.url == cost
    response = client.post(cost, {"amount": "12,50", "description": "Leeds and back"})
    assert response.status_code == 200
    assert b"Leeds and back" in response.content, "what was typed is kept"
    assert b"Error: " in response.content
    response = client.post(cost, {"amount": "12.50", "description": "Leeds and back"})
    line = claim.lines.get(category="expense")
    receipt_url = reverse("claim_line_receipt", args=[claim.pk, line.pk])
    assert response.url == receipt_url

    for content, words in ((b"MZ program", b"not a photo or a PDF"), (b"", b"empty")):
        response = client.post(receipt_url, {"receipt": samples.upload(content, "ticket.jpg")})
        assert response.status_code == 200
        assert words in response.content
        assert b'id="id_receipt_error"' in response.content
    assert b"Choose a photo or a PDF" in client.post(receipt_url, {}).content

    check, submit = reverse("claim_check", args=[claim.pk]), reverse("claim_submit", args=[claim.pk])
    assert b"A receipt is still needed" in client.get(check).content
    response = client.post(submit, {"agree": "on"})
    assert response.status_code == 200
    assert "Add a receipt for “Leeds and back”".encode() in response.content

    with worker():
        assert client.post(receipt_url, {"receipt": samples.upload(samples.heic(), "IMG_1.HEIC")}).status_code == 302
    assert b"See the receipt" in client.get(check).content
    response = client.post(submit, {})
    assert b"Tick the box" in response.content
    response = client.post(submit, {"agree": "on"})
    assert response.url == reverse("claim_sent", args=[claim.pk])
    page = client.get(response.url)
    assert b"What happens next" in page.content
    claim.refresh_from_db()
    assert claim.status == "submitted"
    assert claim.lines.count() == 2
    # Pressing Send again, or going Back to change it, says what happened instead of breaking.
    assert b"has been sent already" in client.post(submit, {"agree": "on"}, follow=True).content
    assert b"only before you send" in client.get(cost, follow=True).content


def test_mileage_asks_for_miles_and_needs_no_receipt(scene, signed_in, claim_in):
    claim, client = claim_in("draft"), signed_in(scene.person)
    url = reverse("claim_expense_cost", args=[claim.pk, "mileage"])
    for wrong in ("", "-3", "0", "many", "7.25", "99999999"):
        assert client.post(url, {"miles": wrong}).status_code == 200, wrong
    assert client.post(url, {"miles": "24", "description": "Leeds"}).url == claim.get_absolute_url()
    assert claim.lines.get(category="expense").amount_pence == 960


def test_an_expense_can_be_changed_and_removed(scene, signed_in, claim_in):
    claim, client = claim_in("draft"), signed_in(scene.person)
    line, _receipt = with_receipt(scene, claim)
    edit = reverse("claim_line_edit", args=[claim.pk, line.pk])
    assert b"5.00" in client.get(edit).content
    assert client.post(edit, {"amount": "£6", "description": "Car park"}).url == claim.get_absolute_url()
    line.refresh_from_db()
    assert line.amount_pence == 600
    assert client.post(reverse("claim_line_remove", args=[claim.pk, line.pk])).status_code == 302
    assert claim.lines.count() == 1


def test_a_line_of_somebody_elses_claim_cannot_be_reached_through_ones_own(scene, signed_in, claim_in):
    mine = claim_in("draft")
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    theirs = claim_in("draft", user=second)
    line = filling.add_expense(claim=theirs, by=second, kind="mileage", description="", miles=Decimal(3))
    client = signed_in(scene.person)
    for name in ("claim_line_edit", "claim_line_receipt"):
        assert client.get(reverse(name, args=[mine.pk, line.pk])).status_code == 404
    assert client.post(reverse("claim_line_remove", args=[mine.pk, line.pk])).status_code == 404


def test_a_refused_receipt_says_why_on_the_claim(scene, signed_in, claim_in):
    claim = claim_in("draft")
    line = filling.add_expense(
        claim=claim,
        by=scene.person,
        kind="parking",
        description="Car park",
        amount_pence=500,
        file=samples.upload(samples.pdf(password="sesame"), "ticket.pdf"),
    )
    receipt = line.receipts.get()
    client = signed_in(scene.person)
    assert b"checking it can be opened" in client.get(claim.get_absolute_url()).content
    assert client.get(reverse("receipt", args=[receipt.pk])).status_code == 404, "what arrived is never handed out"
    receipts.make_clean(receipt.pk)
    assert b"locked with a password" in client.get(claim.get_absolute_url()).content
    assert client.get(reverse("receipt", args=[receipt.pk])).status_code == 404
    receipt.refresh_from_db()
    assert not receipt.file


def test_a_receipt_is_handed_out_shut_in(scene, signed_in, claim_in):
    claim = claim_in("draft")
    _line, receipt = with_receipt(scene, claim)
    response = signed_in(scene.person).get(reverse("receipt", args=[receipt.pk]))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]
    assert b"Invented Phones" not in b"".join(response.streaming_content)


def test_a_question_stands_at_the_top_with_a_box_to_answer(scene, signed_in, claim_in):
    claim = claim_in("submitted")
    client = signed_in(scene.staff)
    client.post(reverse("claim_return", args=[claim.pk]), {"question": "Which <station> was it?"})
    client = signed_in(scene.person)
    page = client.get(claim.get_absolute_url())
    assert b"We have a question" in page.content
    assert b"Which &lt;station&gt; was it?" in page.content
    answer = reverse("claim_answer", args=[claim.pk])
    assert b"Enter your answer" in client.post(answer, {"answer": " "}).content
    response = client.post(answer, {"answer": "Leeds"}, follow=True)
    assert b"kept its place" in response.content


def test_a_late_payment_shows_to_the_person_staff_and_finance(scene, signed_in, claim_in):
    claim = claim_in("approved")
    Claim.objects.filter(pk=claim.pk).update(pay_by=timezone.localdate() - dt.timedelta(days=1))
    assert b"This payment is late" in signed_in(scene.person).get(claim.get_absolute_url()).content
    assert b"This is late" in signed_in(scene.person).get(reverse("my_claims")).content
    for user in (scene.staff, scene.finance):
        client = signed_in(user)
        assert b"We promised to pay this by" in client.get(claim.get_absolute_url()).content
        listed = client.get(reverse("claims", args=[scene.programme.slug]), {"overdue": "yes"})
        assert claim.reference.encode() in listed.content
    assert b"Late" in signed_in(scene.finance).get(reverse("payment_run_new", args=[scene.programme.slug])).content


def test_staff_see_access_needs_attendance_rule_and_receipt_before_they_decide(scene, signed_in, claim_in):
    event = factories.an_event(scene.programme)
    scene.person.person.access_needs.create(kind="large_print")
    attendance = factories.an_attendance(event, scene.person.person)
    claim = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    with_receipt(scene, claim)
    sending.submit(claim=claim, by=scene.person)
    page = signed_in(scene.staff).get(claim.get_absolute_url()).content.decode()
    for words in (
        "Large print",
        "On the list of who came",
        "Half a day, up to 4 hours: £50.00",
        "Approve £55.00",
        "<img",
    ):
        assert words in page
    uninvited = claim_in("submitted", event=factories.an_event(scene.programme))
    assert "Not on the list" in signed_in(scene.staff).get(uninvited.get_absolute_url()).content.decode()
    other_work = claim_in("submitted")
    assert "Not for an event" in signed_in(scene.staff).get(other_work.get_absolute_url()).content.decode()
    assert "Large print" not in signed_in(scene.finance).get(claim.get_absolute_url()).content.decode()


def test_a_claim_taken_back_before_it_was_sent_is_nobody_elses_business(scene, signed_in, claim_in):
    unsent, sent = claim_in("draft"), claim_in("submitted")
    for claim in (unsent, sent):
        sending.withdraw(claim=claim, by=scene.person)
    for user in (scene.staff, scene.finance, scene.administrator):
        client = signed_in(user)
        assert client.get(unsent.get_absolute_url()).status_code == 404
        assert client.get(sent.get_absolute_url()).status_code == 200
    assert signed_in(scene.person).get(unsent.get_absolute_url()).status_code == 200


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


# A run on its pages


def test_finance_takes_a_run_from_approved_claims_to_paid(scene, signed_in, claim_in, worker):
    first, second = claim_in("approved"), claim_in("approved", amount_pence=1000)
    left = claim_in("approved", amount_pence=700)
    new = reverse("payment_run_new", args=[scene.programme.slug])
    client = signed_in(scene.finance)
    assert "£67.00" in client.get(new).content.decode()
    assert b"Choose at least one claim" in client.post(new, {}).content
    client.post(new, {"claims": [first.pk, second.pk]})
    run = PaymentRun.objects.get()
    page = client.get(run.get_absolute_url()).content.decode()
    assert "£60.00" in page
    assert "You made this run" in page
    assert "Femi Finance" in page
    stale = client.post(new, {"claims": [first.pk, left.pk]})
    assert stale.status_code == 200
    assert first.reference in stale.content.decode()

    client = signed_in(scene.finance_two)
    client.post(reverse("payment_run_sign", args=[run.pk]))
    assert b"Make the documents" in client.get(run.get_absolute_url()).content
    client.post(reverse("payment_run_documents", args=[run.pk]))
    assert b"data-progress-url" in client.get(run.get_absolute_url()).content
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, attempts=1)
    run_documents.make_for_run(a_running_job(run))
    Job.objects.filter(pk=job.pk).update(status=Job.Status.DONE)
    assert client.get(reverse("job", args=[job.pk])).status_code == 200
    page = client.get(run.get_absolute_url()).content.decode()
    pack = run.documents.get(kind="pack")
    assert reverse("document", args=[pack.pk]) in page
    answer = client.get(reverse("document", args=[pack.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")

    today = timezone.localdate()
    pay_url = reverse("payment_run_pay", args=[run.pk])
    wrong = client.post(pay_url, {"paid_on_day": "31", "paid_on_month": "2", "paid_on_year": "2026"})
    assert b"no such day" in wrong.content
    client.post(pay_url, {"paid_on_day": today.day, "paid_on_month": today.month, "paid_on_year": today.year})
    run.refresh_from_db()
    assert run.status == "paid"

    client = signed_in(scene.person)
    page = client.get(first.get_absolute_url()).content.decode()
    assert "Open your payment letter" in page
    letter = run.documents.get(kind="remittance")
    response = client.get(reverse("document", args=[letter.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert client.get(reverse("document", args=[run.documents.get(kind="schedule").pk])).status_code == 404


def test_a_letter_is_not_the_persons_to_read_before_the_money_is_paid(scene, signed_in, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    runs.sign_off(run=run, by=scene.finance_two)
    run_documents.make_for_run(a_running_job(run))
    letter = run.documents.get(kind="remittance")
    assert signed_in(scene.person).get(reverse("document", args=[letter.pk])).status_code == 404


# The policy


POLICY = {
    "effective_from_day": "1",
    "effective_from_month": "1",
    "effective_from_year": "2099",
    "method": "half_or_full_day",
    "mileage": "own",
    "rates": "0",
    "half_day": "60",
    "full_day": "£120.00",
    "half_day_hours": "3.5",
    "limit": "full",
    "preparation_included": "no",
    "pence_per_mile": "45.5",
    "pay_within_working_days": "5",
    "claim_window_months": "6",
    "public_transport-covered": "on",
    "public_transport-receipt_needed": "on",
    "parking-covered": "on",
    "parking-cap": "15",
    "taxi-covered": "on",
    "taxi-needs_prior_approval": "on",
}


def test_staff_publish_a_version_that_everybody_reads_in_plain_words(scene, signed_in, publish_on_pages):
    client = signed_in(scene.staff)
    url = reverse("policy_draft", args=[scene.programme.slug])
    assert client.get(url).status_code == 200
    wrong = client.post(url, {**POLICY, "full_day": "50", "half_day": "60"})
    assert wrong.status_code == 200
    assert b"A full day cannot be paid less" in wrong.content
    assert b"3.5" in wrong.content
    past = client.post(url, {**POLICY, "effective_from_year": "2020"})
    assert b"What was promised for a day that has passed stays" in past.content
    assert PolicyVersion.objects.filter(programme=scene.programme).count() == 1
    version = publish_on_pages(client, scene.programme, POLICY)
    assert version.number == 2
    assert version.fee_rules.get().half_day_pence == 6000
    assert not version.fee_rules.get().limit_is_half_day
    page = signed_in(scene.person).get(reverse("policy", args=[scene.programme.slug])).content.decode()
    for words in (
        "We pay £50.00 for half a day. Half a day is up to 4 hours.",
        "This includes the time you take to prepare.",
        "We aim to pay you within 10 working days of your claim.",
        "Half a day is less than 3.5 hours.",
        "We pay 45.5p a mile.",
        "Up to £15.00 each time. You do not need a receipt.",
        "Ask us before you spend it.",
        "We aim to pay you within 5 working days of your claim.",
        "Send your claim within 6 months of the day.",
    ):
        assert words in page


def test_a_programme_without_a_policy_says_so_and_its_staff_set_the_first(scene, signed_in, publish_on_pages):
    client = signed_in(scene.elsewhere)
    assert b"has not been set yet" in client.get(reverse("policy", args=[scene.other.slug])).content
    assert client.get(reverse("policy_draft", args=[scene.other.slug])).status_code == 200
    version = publish_on_pages(client, scene.other, {**POLICY, "effective_from_year": "2024"})
    assert version.effective_from.year == 2024, "the first version may hold from a day that has passed"


def test_a_receipt_of_a_claim_that_moved_on_is_still_seen_by_those_who_pay(scene, signed_in, claim_in):
    claim = claim_in("draft")
    _line, receipt = with_receipt(scene, claim)
    assert signed_in(scene.staff).get(reverse("receipt", args=[receipt.pk])).status_code == 404
    sending.submit(claim=claim, by=scene.person)
    assert signed_in(scene.staff).get(reverse("receipt", args=[receipt.pk])).status_code == 200
    assert Receipt.objects.get().status == "ready"


def test_the_page_that_makes_a_run_stays_a_page_however_many_claims_wait(scene, signed_in, claim_in, monkeypatch):
    monkeypatch.setattr(runs_views, "MAX_TO_CHOOSE", 2)
    later = claim_in("approved")
    Claim.objects.filter(pk=later.pk).update(pay_by=timezone.localdate() + dt.timedelta(days=90))
    first = [claim_in("approved") for _n in range(2)]
    page = signed_in(scene.finance).get(reverse("payment_run_new", args=[scene.programme.slug])).text
    assert all(claim.reference in page for claim in first)
    assert later.reference not in page
    assert "1 more claim waits." in page


def test_a_run_of_more_claims_than_djangos_usual_limit_of_boxes_is_read(scene, signed_in):
    address = reverse("payment_run_new", args=[scene.programme.slug])
    page = signed_in(scene.finance).post(address, {"claims": list(range(1, 5000))})
    assert page.status_code == 200
