"""A run from approved claims to paid, on its pages."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from payments.models import Claim, PaymentRun
from payments.runs import documents as run_documents
from payments.runs.actions import runs
from payments.runs.views import making
from people.models import Job
from tests.helpers.runs import a_running_job

# A run on its pages


def test_finance_takes_a_run_from_approved_claims_to_paid(scene, signed_in, claim_in, worker):
    first, second = claim_in("approved"), claim_in("approved", amount_pence=1000)
    left = claim_in("approved", amount_pence=700)
    new = reverse("payment_run_new", args=[scene.programme.slug])
    client = signed_in(scene.finance)
    assert "£67.00" in client.get(new).content.decode()
    assert b"Choose at least one claim" in client.post(new, {}).content
    client.post(new, {"tick": [first.pk, second.pk]})
    run = PaymentRun.objects.get()
    page = client.get(run.get_absolute_url()).content.decode()
    assert "£60.00" in page
    assert "You made this run" in page
    assert "Femi Finance" in page
    stale = client.post(new, {"tick": [first.pk], "elsewhere": str(left.pk)})
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
    made_url = reverse("payment_made", args=[run.payments.get().pk, "other"])
    assert made_url in page
    wrong = client.post(made_url, {"on_day": "31", "on_month": "2", "on_year": "2026"})
    assert b"no such day" in wrong.content
    client.post(made_url, {"on_day": today.day, "on_month": today.month, "on_year": today.year})
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


def test_the_page_that_makes_a_run_stays_a_page_however_many_claims_wait(scene, signed_in, claim_in, monkeypatch):
    monkeypatch.setattr(making, "MAX_TO_CHOOSE", 2)
    later = claim_in("approved")
    Claim.objects.filter(pk=later.pk).update(pay_by=timezone.localdate() + dt.timedelta(days=90))
    first = [claim_in("approved") for _n in range(2)]
    page = signed_in(scene.finance).get(reverse("payment_run_new", args=[scene.programme.slug])).text
    assert all(claim.reference in page for claim in first)
    assert later.reference not in page
    assert "1 more claim waits." in page


def test_a_run_of_more_claims_than_djangos_usual_limit_of_boxes_is_read(scene, signed_in):
    address = reverse("payment_run_new", args=[scene.programme.slug])
    page = signed_in(scene.finance).post(address, {"tick": list(range(1, 5000))})
    assert page.status_code == 200
