"""Hand out the clean copy of a receipt."""

from django.shortcuts import get_object_or_404

from payments.claims.models.receipts import Receipt
from payments.shared.downloads import sent
from wellbeing.lib.form_pages import read_page


@read_page
def receipt(request, pk):
    """Send the clean copy of a receipt, never the file that arrived."""
    receipt = get_object_or_404(Receipt.objects.visible_to(request.user), pk=pk, status=Receipt.Status.READY)
    stem = receipt.original_name.rpartition(".")[0] or receipt.original_name
    name = f"{stem}.{receipt.file.name.rpartition('.')[2]}"
    return sent(receipt.file, name, receipt.content_type)
