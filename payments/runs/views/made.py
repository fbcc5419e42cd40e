"""Pages on which payments are recorded as made or taken out of a run, and on which their accounts are compared."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from payments.payees.actions import doubts
from payments.payees.models.bank import BankDetails
from payments.payees.models.methods import PaymentMethod
from payments.runs import parts, queries, rules
from payments.runs.actions import made, taking_out
from payments.runs.forms.made import MadeForm, TakeOutForm
from payments.runs.guards import run_for
from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from people.accounts.reauthentication import proved_recently
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page


def _payment_for(request, pk):
    """Fetch the payment `pk` with its run, for finance of the programme. Raises Http404 or PermissionDenied."""
    payment = get_object_or_404(Payment.objects.select_related("person"), pk=pk)
    payment.run = run_for(request, payment.run_id)
    rules.can_make_run(request.user, payment.run.programme).insist(PermissionDenied)
    return payment


def _method(value):
    if value not in PaymentMethod.values or value == PaymentMethod.BANK:
        raise Http404
    return PaymentMethod(value)


@form_page
def payment_made(request, pk, method):
    """Record that one part of a payment was made: the cheque posted, the cash handed over, the voucher sent."""
    method, payment = _method(method), _payment_for(request, pk)
    run = payment.run
    ruling = rules.can_record_made(request.user, payment, method)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    form = MadeForm(posted(request), method=method)
    if attempt(form, lambda: made.record(payment=payment, method=method, by=request.user, **form.cleaned_data)):
        messages.success(
            request, _("Recorded. If %(name)s has an email address, we will tell them.") % {"name": payment.person}
        )
        return redirect(run)
    context = {
        "run": run,
        "programme": run.programme,
        # `method` is the form's own.
        "payment_method": method,
        "person": payment.person,
        "reference": payment.reference,
        "pence": dict(payment.parts)[method],
        "how": payment.said_how if method == PaymentMethod.OTHER else "",
        "address": payment.person.postal_address if method in {PaymentMethod.CHEQUE, PaymentMethod.VOUCHER} else "",
        "form": form,
    }
    return render(request, "payments/runs/made.html", context)


@form_page
def payment_run_together(request, pk, method):
    """Record that everything in a run that goes through payroll, or to charity, was made on one day."""
    method, run = _method(method), run_for(request, pk)
    if method not in made.MADE_TOGETHER:
        raise Http404
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    waiting = [payment for payment, part in parts.parts_not_made(run) if part == method]
    if run.status not in (*PaymentRun.TO_PAY, PaymentRun.Status.PAID) or not waiting:
        messages.warning(request, _("There is nothing of this kind to record in this run."))
        return redirect(run)
    form = MadeForm(posted(request), method=method)
    if attempt(form, lambda: made.record_together(run=run, method=method, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Recorded. We will tell those who have an email address."))
        return redirect(run)
    context = {
        "run": run,
        "programme": run.programme,
        # `method` is the form's own.
        "payment_method": method,
        "count": len(waiting),
        "pence": sum(dict(payment.parts)[method] for payment in waiting),
        "form": form,
    }
    return render(request, "payments/runs/together.html", context)


@form_page
def payment_take_out(request, pk):
    """Take one payment out of a run before it is signed off, with a reason."""
    payment = _payment_for(request, pk)
    run = payment.run
    ruling = rules.can_take_out(request.user, run, queries.payees(run))
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    form = TakeOutForm(posted(request))
    if attempt(form, lambda: taking_out.take_out(payment=payment, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Taken out. Its claims wait for another run."))
        return redirect(run)
    pence = sum(pence for _part, pence in payment.parts)
    context = {"run": run, "programme": run.programme, "payment": payment, "pence": pence, "form": form}
    return render(request, "payments/runs/take_out.html", context)


@read_page
@proved_recently
def payment_run_accounts(request, pk):
    """Show the full numbers of the accounts a run pays, to compare them; that finance looked is recorded."""
    run = run_for(request, pk)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    payments = queries.payments_by_bank(run)
    details = BankDetails.objects.filter(person__in=[payment.person_id for payment in payments]).select_related(
        "person"
    )
    by_person = {account.person_id: account for account in details}
    signed = run.status in PaymentRun.SIGNED_OFF
    if signed:
        seen = [doubts.SeenAccount(each.person_id, each.account_digits, each.pk) for each in payments]
    else:
        seen = [doubts.SeenAccount(account.person_id, account.last_digits) for account in by_person.values()]
    doubts.look(seen=seen, programme=run.programme, by=request.user, about=run.reference)
    rows = [
        {"payment": payment, "account": payment if signed else by_person[payment.person_id]}
        for payment in payments
        if signed or payment.person_id in by_person
    ]
    return render(request, "payments/runs/accounts.html", {"run": run, "programme": run.programme, "rows": rows})
