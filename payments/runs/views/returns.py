"""A payment the bank sent back, recorded by finance."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from payments.runs import rules
from payments.runs.actions import returns
from payments.runs.forms.returns import ReturnForm
from payments.runs.guards import run_for
from payments.runs.models.payments import Payment
from wellbeing.lib.errors import ActionError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_returned(request, pk):
    """Record that the bank sent one payment back, why and when."""
    payment = get_object_or_404(Payment.objects.select_related("person", "returned"), pk=pk)
    run = payment.run = run_for(request, payment.run_id)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    ruling = rules.can_record_return(request.user, payment)
    if not ruling or hasattr(payment, "returned"):
        messages.warning(request, ruling.why_not or _("It is recorded already that this payment came back."))
        return redirect(run)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            returns.record(payment=payment, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(
                request,
                _("Recorded. What %(name)s is owed waits for another run, once their bank details are checked.")
                % {"name": payment.person.full_name},
            )
            return redirect(run)
    context = {"run": run, "programme": run.programme, "payment": payment, "form": form}
    return render(request, "payments/runs/returned.html", context)
