"""Documents of a payment run: letters, schedule and packs."""

import hashlib
import logging
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from payments.runs import queries, wording
from payments.runs.models.documents import Document, PaperProblem
from payments.runs.models.runs import PaymentRun
from payments.shared.documents import render_document
from people.jobs.running import progress
from wellbeing.lib import pdf
from wellbeing.lib.errors import ActionError
from wellbeing.lib.stored_files import store_once

logger = logging.getLogger(__name__)

JOB_KIND = "payment_documents"
# Letters one worker takes on at a time; each is stored as soon as it is made.
BATCH = 20


class DocumentChangedError(ActionError):
    """A stored paper is not, byte for byte, the one that was made."""


def letter(payment, made_on):
    """Draw the letter (PDF) that tells `payment.person` how much they are paid for what, in the print they asked for.

    `payment` comes from `queries.whole_payments`.
    """
    items = [_item(item) for item in payment.items.all()]
    context = {
        "payment": payment,
        "person": payment.person,
        "programme": payment.run.programme,
        "items": items,
        "parts": [{"how": wording.how_paid(payment, method), "pence": pence} for method, pence in payment.parts],
        "again": any(item["again"] for item in items),
        "made_on": made_on,
        "print": payment.person.letter_size,
    }
    return render_document("letter", context, seconds=settings.LETTER_SECONDS, pages=settings.LETTER_PAGES)


def _item(item):
    """Describe one claim of a payment for the letter: each line asked and approved, and where the money goes."""
    claim, lines = item.claim, list(item.claim.lines.all())
    return {
        "claim": claim,
        "lines": lines,
        "less": any(line.approved_pence != line.amount_pence for line in lines),
        "again": bool(item.sent_back_before),
        "asked_pence": sum(line.amount_pence for line in lines),
        "elsewhere": [(label, pence) for label, pence in _elsewhere(claim) if pence],
        "money_pence": item.amount_pence,
    }


def _elsewhere(claim):
    yield _("Through payroll, where tax may be deducted"), claim.payroll_pence
    yield _("As a voucher, as you chose"), claim.voucher_pence
    yield _("To charity, as you chose"), claim.donation_pence
    yield _("Not taken, as you chose"), claim.waived_pence
    yield _("Paid in advance"), claim.advance_recovered_pence


def schedule(run, made_on):
    """Draw the run's schedule (PDF): who is paid how much for which claims and how, the totals, and where to sign."""
    context = {
        "run": run,
        "programme": run.programme,
        "payments": queries.whole_payments(run),
        "sums": queries.run_sums(run),
        "cost_codes": queries.cost_codes_of_run(run),
        "made_on": made_on,
        "wide": True,
    }
    return render_document("schedule", context)


def pack(run):
    """Join the newest schedule and every newest letter of a run into one tagged PDF, in the order of names.

    Without those that could not be made; None when there are none at all.
    """
    newest = run.documents.filter(kind=Document.Kind.SCHEDULE).select_related("run").order_by("-version")[:1]
    papers = [*newest, *queries.letters(run)]
    return _joined(papers, _("Payment run %(run)s, schedule and letters"), run) if papers else None


def post(run):
    """Join the letters that go by post into one tagged PDF, each on a new sheet; None when there are none."""
    papers = list(queries.letters(run, ~queries.BY_EMAIL))
    if not papers:
        return None
    return _joined(papers, _("Payment run %(run)s, letters for the post"), run, each_on_a_new_sheet=True)


def _joined(papers, title, run, **how):
    parts = ((_name_of(paper), read(paper)) for paper in papers)
    return pdf.join(parts, title=title % {"run": run.reference}, language=translation.get_language(), **how)


def _name_of(paper):
    return f"{paper.payment.person.full_name}, {paper.payment.reference}" if paper.payment else paper.run.reference


def content_of(document, made_on):
    """Draw the paper of `document` again, dated `made_on`."""
    run = document.run
    if document.kind == Document.Kind.REMITTANCE:
        (payment,) = queries.whole_payments(run, [document.payment_id])
        return letter(payment, made_on)
    if document.kind == Document.Kind.SCHEDULE:
        return schedule(run, made_on)
    return pack(run) if document.kind == Document.Kind.PACK else post(run)


# Making them
def make_for_run(job, share=None):
    """Do a `payment_documents` job: make every letter asked for and not there, then the schedule and the pack.

    A paper that cannot be made is set apart with its reason (a PaperProblem), and the others go on.

    `share(job, batches)` hands lists of payment ids to other workers. This one does not wait for them: it starts at
    the other end, so that they meet, and makes the letters that are left.
    """
    run = PaymentRun.objects.select_related("programme", "made_by", "signed_by").get(pk=job.subject_id)
    letters = run.payments.count()
    total, missing = letters + 2, list(queries.letters_to_make(run))
    done = letters - len(missing)
    progress(job, done, total)
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    if share and len(batches) > 1:
        share(job, batches[:0:-1])

    def one_more():
        nonlocal done
        done = min(done + 1, letters)
        progress(job, done, total)

    for batch in batches:
        done = letters - len(queries.letters_to_make(run))
        # Another worker that has this batch goes through it from its beginning.
        make_letters(run, batch[::-1], one_more)
    # The letters others have begun and not finished.
    make_letters(run, list(queries.letters_to_make(run)), one_more)
    there, requests = queries.versions_there(run), run.document_orders.count()
    if there.get(Document.Kind.SCHEDULE, 0) < queries.orders_for_all(run):
        _make(
            run,
            Document.Kind.SCHEDULE,
            lambda: schedule(run, timezone.localdate()),
            version=queries.orders_for_all(run),
        )
    progress(job, letters + 1, total)
    for kind, make in ((Document.Kind.POST, post), (Document.Kind.PACK, pack)):
        if there.get(kind, 0) < requests:
            store(run, kind, make(run), version=requests)
    progress(job, total, total)


def make_letters(run, ids, after_each=lambda: None):
    """Make those letters of the payments `ids` of a run that are asked for and not there, in that order."""
    index = {pk: number for number, pk in enumerate(ids)}
    wanted = {pk: version for pk, version in queries.letters_to_make(run).items() if pk in index}
    payments = sorted(queries.whole_payments(run, list(wanted)), key=lambda payment: index[payment.pk])
    for payment in payments:
        version = wanted[payment.pk]
        # Another worker may have come by since.
        if not payment.documents.filter(kind=Document.Kind.REMITTANCE, version=version).exists():
            _make(
                run,
                Document.Kind.REMITTANCE,
                lambda payment=payment: letter(payment, timezone.localdate()),
                payment=payment,
                version=version,
            )
        after_each()


def _make(run, kind, draw, *, payment=None, version):
    """Store the PDF that `draw()` returns. If it fails, keep why as a PaperProblem, so that other papers go on.

    Raises DatabaseError and OSError, which are no fault of the paper: they stop the job until it is tried again.
    """
    try:
        content = draw()
    except (DatabaseError, OSError):
        raise
    except pdf.TooMuchError as much:
        reason = str(much)
    except Exception:
        logger.exception("A %s of run %s could not be made.", kind, run.pk)
        reason = _("Something in it cannot be drawn. Your administrator finds more in the log.")
    else:
        store(run, kind, content, payment=payment, version=version)
        return
    logger.error("A %s of run %s is set apart: see its page.", kind, run.pk)
    with suppress(IntegrityError), transaction.atomic():
        # Another worker may have set the same paper apart at the same moment.
        PaperProblem.objects.create(run=run, payment=payment, kind=kind, version=version, reason=reason[:300])


def store(run, kind, content, payment=None, version=1):
    """Keep `content` (PDF bytes) as a version of a document. Returns the Document.

    None if that version is there, or without `content`.
    """
    if content is None:
        return None
    document = Document(run=run, payment=payment, kind=kind, version=version)
    return store_once(document, stored_name(document), content)


def stored_name(document):
    """Return the name under which the file of a paper is kept."""
    about = document.payment.reference if document.payment else document.run.reference
    return f"{about}-{document.kind}-{document.version}.pdf"


# Handing them out
def read(document):
    """Read a stored paper. Raises DocumentChangedError, and logs it, when it is not the one that was made."""
    try:
        with document.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        content = None
    if content is None or hashlib.sha256(content).hexdigest() != document.sha256:
        logger.error("Document %s is not what was made: %s.", document.pk, "gone" if content is None else "changed")
        raise DocumentChangedError(
            _(
                "This document is not as we made it: its file was changed or is gone, so we do not hand it out."
                " Finance can make it again. The payment itself is safe."
            )
        )
    return content
