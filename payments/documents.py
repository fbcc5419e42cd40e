"""The papers of a payment run: one letter for each person paid, and the schedule. Made by a worker, kept for good."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from payments import calculations, queries
from payments.models import Document, PaymentRun
from people.jobs import progress
from people.models import Person
from wellbeing.lib import pdf

JOB_KIND = "payment_documents"
# Payments read from the database at a time; each letter is stored as soon as it is made.
BATCH = 25
STYLE = Path("payments") / "documents" / "style.css"


def letter(payment, made_on):
    """The bytes of the letter that tells `payment.person` what they are paid and for what, in the print they asked for.

    `payment` comes from `queries.whole_payments`.
    """
    items = [_item(item) for item in payment.items.all()]
    context = {
        "payment": payment,
        "person": payment.person,
        "programme": payment.run.programme,
        "items": items,
        "total_pence": sum(item["totals"].total for item in items),
        "made_on": made_on,
        "large": payment.person.letter_size == Person.LetterSize.LARGE,
    }
    return render_document("letter", context)


def schedule(run, made_on):
    """The bytes of the run's schedule: who is paid what for which claims, the totals, and where to sign."""
    rows, time, expenses = [], 0, 0
    for payment in queries.whole_payments(run):
        sums = [_item(item)["totals"] for item in payment.items.all()]
        row = {
            "payment": payment,
            "claims": [item.claim.reference for item in payment.items.all()],
            "time": sum(each.time for each in sums),
            "expenses": sum(each.expenses for each in sums),
        }
        time, expenses = time + row["time"], expenses + row["expenses"]
        rows.append(row)
    context = {
        "run": run,
        "programme": run.programme,
        "rows": rows,
        "time_pence": time,
        "expenses_pence": expenses,
        "total_pence": sum(row["payment"].amount_pence for row in rows),
        "claims_count": sum(len(row["claims"]) for row in rows),
        "made_on": made_on,
        "wide": True,
    }
    return render_document("schedule", context)


def make_for_run(job):
    """The work of a `payment_documents` job: every letter not made yet, then the schedule.

    Safe to run twice and to be killed half-way: what is there is skipped, and a document two workers make at once is
    kept once.
    """
    run = PaymentRun.objects.select_related("programme", "made_by", "signed_by").get(pk=job.subject_id)
    total = run.payments.count() + 1
    missing = queries.payments_without_letter(run)
    done = total - 1 - len(missing)
    progress(job, done, total)
    made_on = timezone.localdate()
    for start in range(0, len(missing), BATCH):
        for payment in queries.whole_payments(run, missing[start : start + BATCH]):
            store(run, Document.Kind.REMITTANCE, letter(payment, made_on), payment=payment)
            done += 1
            progress(job, done, total)
    if not run.documents.filter(kind=Document.Kind.SCHEDULE).exists():
        store(run, Document.Kind.SCHEDULE, schedule(run, made_on))
    progress(job, total, total)


def store(run, kind, content, payment=None):
    """Keep `content` (PDF bytes) as the first version of a document. Returns the Document, or None if there is one."""
    name = f"{payment.reference if payment else run.reference}-{kind}.pdf"
    document = Document(
        run=run, payment=payment, kind=kind, sha256=hashlib.sha256(content).hexdigest(), size=len(content)
    )
    document.file.save(name, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        # Another worker made the same paper at the same moment; the database keeps one.
        document.file.storage.delete(document.file.name)
        return None
    return document


def _item(item):
    lines = list(item.claim.lines.all())
    return {
        "claim": item.claim,
        "lines": lines,
        "totals": calculations.totals((line.is_time, line.amount_pence) for line in lines),
    }


def render_document(name, context):
    """The document called `name` in templates/payments/documents as the bytes of a tagged PDF, in our one style."""
    context = {"service_name": settings.SERVICE_NAME, **context}
    html = render_to_string(f"payments/documents/{name}.html", context)
    return pdf.render(html, css=render_to_string(str(STYLE)))
