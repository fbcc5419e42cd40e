"""The page of a payment run."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from payments.bank_files.views.files import files_of_run, payees_to_look_at
from payments.runs import accounts
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs import rules as run_rules
from payments.runs.actions import runs
from payments.runs.forms.runs import PaidForm
from payments.runs.guards import run_for
from payments.runs.models.documents import Document
from payments.runs.models.runs import PaymentRun
from payments.runs.views.documents import papers_of
from people.accounts.queries import waiting_time
from people.models import Job, WaitingTime
from wellbeing.lib.errors import ActionError

PAYMENTS_ON_A_PAGE = 50


@require_safe
@login_required
def payment_run(request, pk):
    """One run: its payments and claims, who made and signed it, its papers, and what to do next."""
    return show(request, run_for(request, pk), PaidForm())


def show(request, run, form, status=200):
    """The page of a run."""
    user = request.user
    payees = run_queries.payees(run)
    sign = run_rules.can_sign(user, run, payees)
    pay = run_rules.can_pay(user, run, payees)
    sums = run_queries.run_sums(run)
    signed_off = run.status in PaymentRun.SIGNED_OFF
    ready = signed_off and run_queries.papers_are_ready(run)
    job = Job.objects.filter(kind=run_documents.JOB_KIND, subject_id=run.pk).first() if signed_off else None
    unfinished = job is not None and job.status != Job.Status.DONE
    new_accounts = request.GET.get("accounts") == "new"
    payments = run_queries.payments_of_run(run, new_accounts)
    page = Paginator(payments, PAYMENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    wait = waiting_time(WaitingTime.Kind.BANK_AFTER_ADDRESS, timezone.now())
    # Those there are stay in sight while newer ones are made.
    has_papers = signed_off and Document.Kind.SCHEDULE in run_queries.versions_there(run)
    set_apart = list(run_queries.set_apart(run)) if signed_off else []
    waits_for_bank_file = run.status == PaymentRun.Status.SIGNED and sums.bank_count > 0
    context = {
        "run": run,
        "programme": run.programme,
        "sums": sums,
        "cost_codes": run_queries.cost_codes_of_run(run),
        "places": [place for place in _places(sums) if place["count"]],
        "page": page,
        "new_accounts": new_accounts,
        "new_accounts_count": run_queries.accounts_of_run(run).filter(account_new=True).count()
        if run.status in {PaymentRun.Status.OPEN, *PaymentRun.TO_PAY}
        else 0,
        "payments": [_payment_row(payment, user, wait, set_apart) for payment in page],
        "set_apart": set_apart,
        "has_bank_file": signed_off and sums.bank_count > 0,
        "is_finance": bool(run_rules.can_make_run(user, run.programme)),
        "can_sign": bool(sign),
        "why_not_sign": run_queries.with_who_can_sign(sign.why_not, run) if not sign else "",
        "can_cancel": bool(run_rules.can_cancel(user, run)),
        "can_make_documents": bool(run_rules.can_make_documents(user, run)) and not ready and not unfinished,
        "can_make_again": has_papers
        and bool(run_rules.can_make_documents(user, run))
        and (job is None or job.is_finished),
        "has_papers": has_papers,
        "waits_for_bank_file": waits_for_bank_file,
        "can_pay": bool(pay) and ready and not waits_for_bank_file,
        "why_not_pay": pay.why_not if run.status in PaymentRun.TO_PAY and not pay else "",
        "can_close": bool(run_rules.can_close(user, run)),
        "ready": ready,
        "job": job if unfinished else None,
        "papers": papers_of(run) if has_papers else None,
        "form": form,
        "run_files": files_of_run(user, run),
        "to_look_at": payees_to_look_at(run),
        "refresh_seconds": 5 if unfinished and not job.is_finished else None,
    }
    return render(request, "payments/pages/run.html", context, status=status)


def _places(sums):
    """Where the money of a run goes, as its page lists it."""
    return [
        {"label": _("To the bank, by bank file"), "count": sums.bank_count, "pence": sums.bank},
        {"label": _("Money another way"), "count": sums.other_count, "pence": sums.other},
        {"label": _("Through payroll"), "count": sums.payroll_count, "pence": sums.payroll},
        {"label": _("Vouchers"), "count": sums.voucher_count, "pence": sums.voucher},
        {"label": _("To charity"), "count": sums.donation_count, "pence": sums.donation},
    ]


def _payment_row(payment, user, wait, set_apart):
    letters = [paper for paper in payment.documents.all() if paper.kind == Document.Kind.REMITTANCE]
    returned = getattr(payment, "returned", None)
    return {
        "payment": payment,
        "items": list(payment.items.all()),
        "letter": letters[0] if letters else None,
        "older": letters[1:],
        "set_apart": any(problem.payment_id == payment.pk for problem in set_apart),
        "returned": returned,
        "account": accounts.notes(payment, wait),
        "can_return": returned is None and bool(run_rules.can_record_return(user, payment)),
        "elsewhere": [
            {"label": label, "pence": pence}
            for label, pence in (
                (_("Payroll"), payment.payroll_pence),
                (_("Voucher"), payment.voucher_pence),
                (_("Charity"), payment.donation_pence),
            )
            if pence
        ],
    }


@require_POST
@login_required
def payment_run_pay(request, pk):
    """Record that the run was paid, and on which day."""
    run = run_for(request, pk)
    run_rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    form = PaidForm(request.POST)
    if form.is_valid():
        try:
            runs.mark_paid(run=run, by=request.user, on=form.cleaned_data["paid_on"])
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Marked as paid. Everyone in the run is being told."))
            return redirect(run)
    return show(request, run, form)
