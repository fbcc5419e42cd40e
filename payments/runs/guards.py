"""Fetch the payment run a page is about, or refuse the reader."""

from django.shortcuts import get_object_or_404

from payments.runs.models.runs import PaymentRun


def run_for(request, pk):
    """Fetch the payment run `pk`, if the reader may see it. Raises Http404."""
    run = get_object_or_404(
        PaymentRun.objects.visible_to(request.user).select_related(
            "programme", "made_by", "signed_by", "paid_recorded_by"
        ),
        pk=pk,
    )
    request.programme = run.programme
    return run
