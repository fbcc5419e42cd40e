"""The page on which finance records a payment that came back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from payments.runs import rules
from payments.runs.actions import returns
from payments.runs.forms.returns import ReturnForm
from payments.runs.guards import run_for
from payments.runs.models.payments import Payment
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def payment_returned(request, pk):
    """Record that the money of one payment came back, why and when."""
    payment = get_object_or_404(Payment.objects.select_related("person", "returned"), pk=pk)
    run = payment.run = run_for(request, payment.run_id)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    ruling = rules.can_record_return(request.user, payment)
    if not ruling or hasattr(payment, "returned"):
        messages.warning(request, ruling.why_not or _("It is recorded already that this payment came back."))
        return redirect(run)
    form = ReturnForm(posted(request), method=payment.method)
    if attempt(form, lambda: returns.record(payment=payment, by=request.user, **form.cleaned_data)):
        messages.success(
            request,
            _("Recorded. What %(name)s is owed waits for another run.") % {"name": payment.person.full_name},
        )
        return redirect(run)
    context = {"run": run, "programme": run.programme, "payment": payment, "form": form}
    return render(request, "payments/runs/returned.html", context)
