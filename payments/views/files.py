"""Handing out receipts and documents to those who may have them."""

import zipfile

from django.contrib.auth.decorators import login_required
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from payments.models import Document, Receipt
from wellbeing.lib.files import private_file

from .guards import run_for


@require_safe
@login_required
def receipt(request, pk):
    """The clean copy of a receipt; what arrived is never handed out."""
    receipt = get_object_or_404(Receipt.objects.visible_to(request.user), pk=pk, status=Receipt.Status.READY)
    stem = receipt.original_name.rpartition(".")[0] or receipt.original_name
    name = f"{stem}.{receipt.file.name.rpartition('.')[2]}"
    return _sent(receipt.file, name, receipt.content_type)


@require_safe
@login_required
def document(request, pk):
    """One paper of a run: finance's, or the letter of one's own payment."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("run", "payment__person"), pk=pk
    )
    return _sent(document.file, file_name(document), "application/pdf")


@require_safe
@login_required
def payment_run_pack(request, pk):
    """Every paper of a run as one ZIP file, sent as it is read: memory stays flat."""
    run = run_for(request, pk)
    papers = run.documents.select_related("run", "payment__person").order_by("-kind", "pk")
    if not papers.exists():
        raise Http404
    response = StreamingHttpResponse(_zipped(papers), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, f"{run.reference}.zip")
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(document):
    """What a document is called on the reader's machine."""
    if document.payment:
        return _("Payment letter %(reference)s %(name)s.pdf") % {
            "reference": document.payment.reference,
            "name": document.payment.person.full_name.replace("/", " "),
        }
    return _("Payment run %(reference)s.pdf") % {"reference": document.run.reference}


def _sent(file, name, content_type):
    try:
        return private_file(file, name=name, content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None


class _Outlet:
    """A file that can only be written; what was written is taken away piece by piece."""

    def __init__(self):
        self.pieces, self.place = [], 0

    def write(self, data):
        self.pieces.append(bytes(data))
        self.place += len(data)
        return len(data)

    def tell(self):
        return self.place

    def flush(self):
        """Nothing is held back."""

    def taken(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def _zipped(papers):
    outlet = _Outlet()
    # A PDF is compressed already.
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for paper in papers.iterator(chunk_size=200):
            with paper.file.open("rb") as content:
                archive.writestr(file_name(paper), content.read())
            yield outlet.taken()
    yield outlet.taken()
