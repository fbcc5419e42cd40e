"""The page of a payment run."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payments.pages.run import RunPage
from payments.runs import rules as run_rules
from payments.runs.actions import runs
from payments.runs.forms.runs import PaidForm
from payments.runs.guards import run_for
from wellbeing.lib.form_pages import attempt, button_page, read_page


@read_page
def payment_run(request, pk):
    """Show one run: its payments and claims, who made and signed it, its papers, and what to do next."""
    return show(request, run_for(request, pk), PaidForm())


def show(request, run, form):
    """Draw the page of a run."""
    new_accounts = request.GET.get("accounts") == "new"
    page = RunPage(run, request.user, form, new_accounts=new_accounts, number=request.GET.get("page"))
    # The frame of the page looks for forms with errors, and for how soon to look again, in the context.
    context = {"page": page, "form": form, "refresh_seconds": page.refresh_seconds}
    return render(request, "payments/pages/run.html", context)


@button_page
def payment_run_pay(request, pk):
    """Record that the run was paid, and on which day."""
    run = run_for(request, pk)
    run_rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    form = PaidForm(request.POST)
    if attempt(form, lambda: runs.mark_paid(run=run, by=request.user, on=form.cleaned_data["paid_on"])):
        messages.success(request, _("Marked as paid. We will tell the people it was paid to."))
        return redirect(run)
    return show(request, run, form)
