"""Handing out receipts and documents to those who may have them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from payments import documents
from payments.models import Document, Receipt
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import private_file


@require_safe
@login_required
def receipt(request, pk):
    """The clean copy of a receipt; what arrived is never handed out."""
    receipt = get_object_or_404(Receipt.objects.visible_to(request.user), pk=pk, status=Receipt.Status.READY)
    stem = receipt.original_name.rpartition(".")[0] or receipt.original_name
    name = f"{stem}.{receipt.file.name.rpartition('.')[2]}"
    return sent(receipt.file, name, receipt.content_type)


@require_safe
@login_required
def document(request, pk):
    """One paper of a run: finance's, or the letter of one's own payment. Only as it was made, byte for byte."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("run", "payment__person"), pk=pk
    )
    try:
        documents.read(document)
    except ActionError as error:
        return render(request, "payments/runs/changed.html", {"why": str(error)}, status=409)
    return sent(document.file, file_name(document), "application/pdf")


def file_name(document):
    """What a document is called on the reader's machine."""
    if document.payment:
        return _("Payment letter %(reference)s %(name)s.pdf") % {
            "reference": document.payment.reference,
            "name": document.payment.person.full_name.replace("/", " "),
        }
    names = {
        Document.Kind.SCHEDULE: _("Payment run %(reference)s.pdf"),
        Document.Kind.PACK: _("Payment run %(reference)s, schedule and letters.pdf"),
        Document.Kind.POST: _("Payment run %(reference)s, letters for the post.pdf"),
    }
    return names[document.kind] % {"reference": document.run.reference}


def sent(file, name, content_type):
    """The response that hands a private file out. Raises Http404 when it is gone."""
    try:
        return private_file(file, name=name, content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
