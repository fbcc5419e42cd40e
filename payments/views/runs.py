"""Payment runs: finance gathers approved claims, a second person signs, the money goes, the statement agrees."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments import accounts, documents, queries, rules, run_queries
from payments.actions import runs as actions
from payments.forms.runs import ChooseClaimsForm, CloseForm, NarrowClaimsForm, PaidForm
from payments.models import Claim, Document, PaymentRun
from people.models import Job, WaitingTime
from people.queries import waiting_time
from people.reauthentication import proved_recently
from wellbeing.lib.dates import short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.tables import Column, Listing
from wellbeing.templatetags.wellbeing import tone_of

from .guards import must, programme_for, run_for
from .papers import papers_of
from .run_files import files_of_run, payees_to_look_at

# Claims on the page where a run is made, the longest promised first; the rest wait for the next run.
MOST_TO_CHOOSE = 1000
PAYMENTS_ON_A_PAGE = 50


@require_safe
@login_required
def payment_runs(request, slug):
    """The runs of a programme, newest first, and what waits for the next."""
    programme = programme_for(request, slug, rules.can_see_runs)
    can_make = bool(rules.can_make_run(request.user, programme))
    listing = Listing(
        request,
        run_queries.totals_of_runs(queries.runs_of_programme(request.user, programme)),
        name=f"payment-runs-{programme.slug}",
        caption=_("Payment runs"),
        columns=[
            Column("reference", _("Run"), sort="reference", link=lambda run: run.get_absolute_url(), shape="code"),
            Column(
                "status",
                _("Status"),
                value=lambda run: str(run.get_status_display()),
                sort="status",
                tag=lambda run: {"label": run.get_status_display(), "tone": tone_of(run.status)},
            ),
            Column("made_at", _("Made"), value=lambda run: short_date(run.made_at), sort="made_at", shape="date"),
            Column("made_by", _("Made by"), value="made_by.full_name", sort="made_by__full_name"),
            Column("signed_by", _("Signed off by"), value=lambda run: run.signed_by.full_name if run.signed_by else ""),
            Column(
                "paid_on",
                _("Paid"),
                value=lambda run: short_date(run.paid_on) if run.paid_on else "",
                sort="paid_on",
                shape="date",
            ),
            Column("returned_count", _("Sent back"), numeric=True, sort="returned_count"),
            Column("payments_count", _("Payments"), numeric=True, sort="payments_count"),
            Column("total_pence", _("Total"), money=True, sort="total_pence"),
        ],
        search=["reference", "made_by__full_name"],
        search_label=_("Search by run or name"),
        default_sort="-made_at",
        empty_title=_("No payment runs yet"),
        empty_text=_("When claims have been approved, make a run to pay them."),
    )
    if listing.wants_export:
        return listing.export()
    waiting = (
        Claim.objects.payable()
        .filter(programme=programme)
        .aggregate(
            count=Count("pk"),
            pence=Sum("money_pence", default=0),
            sent_back=Count("pk", filter=Q(status=Claim.Status.PAYMENT_FAILED)),
        )
    )
    context = {
        "programme": programme,
        "listing": listing,
        "waiting_count": waiting["count"],
        "waiting_pence": waiting["pence"],
        "sent_back_count": waiting["sent_back"],
        "can_make": can_make,
    }
    return render(request, "payments/runs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_run_new(request, slug):
    """Choose which approved claims to pay."""
    programme = programme_for(request, slug, rules.can_make_run)
    form = ChooseClaimsForm(request.POST if request.method == "POST" else None, programme=programme)
    codes = queries.cost_codes(Claim.objects.payable().filter(programme=programme))
    narrow = NarrowClaimsForm(request.GET, cost_codes=codes)
    if form.is_bound and not form.tick and form.is_valid():
        try:
            run = actions.make(programme=programme, claims=form.cleaned_data["claims"], by=request.user)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(
                request, _("Payment run %(reference)s is made. Now a second person signs it off.") % {"reference": run}
            )
            return redirect(run)
    waiting = narrow.narrow(queries.waiting_for_a_run(programme))
    shown = list(waiting[:MOST_TO_CHOOSE])
    rows, held = _to_choose(programme, shown, form.chosen_ids, request.user)
    ticked = [row for row in rows if row["ticked"]]
    context = {
        "programme": programme,
        # What was only counted is not wrong.
        "form": form if not form.tick else None,
        "narrow": narrow,
        "rows": rows,
        "held": held,
        "more": max(0, waiting.count() - len(shown)),
        "chosen_count": len(ticked),
        "chosen_people": len({row["claim"].person_id for row in ticked}),
        "chosen_pence": sum(row["pence"] for row in ticked),
    }
    return render(request, "payments/runs/new.html", context)


def _to_choose(programme, claims, chosen, user):
    """(rows to tick, rows that are held with the reason) of the waiting `claims`; `chosen` ids, or None for all."""
    unchecked = queries.held_people({claim.person_id for claim in claims}, programme)
    today = timezone.localdate()
    rows, held = [], []
    for claim in claims:
        again = claim.status == Claim.Status.PAYMENT_FAILED
        row = {
            "claim": claim,
            "again": again,
            # What the run hands out for it: of a claim that came back the money alone.
            "pence": claim.money_pence if again else claim.owed_pence,
            "elsewhere_pence": 0 if again else claim.owed_pence - claim.money_pence,
            "overdue": claim.is_overdue(today),
            "ticked": chosen is None or claim.pk in chosen,
        }
        if claim.person_id == user.person.pk:
            held.append({**row, "why": _("You cannot pay yourself. Another person in finance does that.")})
        elif claim.person_id in unchecked and again:
            held.append({**row, "why": _("The bank sent the money back. Nobody has checked the bank details since.")})
        elif claim.person_id in unchecked:
            held.append({**row, "why": _("Bank details are new or changed, and not checked yet.")})
        else:
            rows.append(row)
    return rows, held


@require_safe
@login_required
def payment_run(request, pk):
    """One run: its payments and claims, who made and signed it, its papers, and what to do next."""
    return show(request, run_for(request, pk), PaidForm())


def show(request, run, form, status=200):
    """The page of a run."""
    user = request.user
    payees = queries.payees(run)
    sign = rules.can_sign(user, run, payees)
    pay = rules.can_pay(user, run, payees)
    sums = run_queries.run_sums(run)
    signed_off = run.status in PaymentRun.SIGNED_OFF
    ready = signed_off and run_queries.papers_are_ready(run)
    job = Job.objects.filter(kind=documents.JOB_KIND, subject_id=run.pk).first() if signed_off else None
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
        "cost_codes": queries.cost_codes_of_run(run),
        "places": [place for place in _places(sums) if place["count"]],
        "page": page,
        "new_accounts": new_accounts,
        "new_accounts_count": run_queries.accounts_of_run(run).filter(account_new=True).count()
        if run.status in {PaymentRun.Status.OPEN, *PaymentRun.TO_PAY}
        else 0,
        "payments": [_payment_row(payment, user, wait, set_apart) for payment in page],
        "set_apart": set_apart,
        "has_bank_file": signed_off and sums.bank_count > 0,
        "is_finance": bool(rules.can_make_run(user, run.programme)),
        "can_sign": bool(sign),
        "why_not_sign": actions.with_who_can_sign(sign.why_not, run) if not sign else "",
        "can_cancel": bool(rules.can_cancel(user, run)),
        "can_make_documents": bool(rules.can_make_documents(user, run)) and not ready and not unfinished,
        "can_make_again": has_papers and bool(rules.can_make_documents(user, run)) and (job is None or job.is_finished),
        "has_papers": has_papers,
        "waits_for_bank_file": waits_for_bank_file,
        "can_pay": bool(pay) and ready and not waits_for_bank_file,
        "why_not_pay": pay.why_not if run.status in PaymentRun.TO_PAY and not pay else "",
        "can_close": bool(rules.can_close(user, run)),
        "ready": ready,
        "job": job if unfinished else None,
        "papers": papers_of(run) if has_papers else None,
        "form": form,
        "run_files": files_of_run(user, run),
        "to_look_at": payees_to_look_at(run),
        "refresh_seconds": 5 if unfinished and not job.is_finished else None,
    }
    return render(request, "payments/runs/run.html", context, status=status)


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
        "can_return": returned is None and bool(rules.can_record_return(user, payment)),
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
@proved_recently
def payment_run_sign(request, pk):
    """Sign the run off as the second person."""
    return _do(request, run_for(request, pk), actions.sign_off, _("Signed off. Now make the documents."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_run_cancel(request, pk):
    """Cancel a run that is not signed off, after being asked once more."""
    run = run_for(request, pk)
    must(rules.can_make_run(request.user, run.programme))
    if request.method == "POST":
        return _do(request, run, actions.cancel, _("The run is cancelled. Its claims wait for another run."))
    ruling = rules.can_cancel(request.user, run)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    return render(request, "payments/runs/cancel.html", {"run": run, "claims_count": run_queries.run_sums(run).claims})


@require_POST
@login_required
def payment_run_pay(request, pk):
    """Record that the run was paid, and on which day."""
    run = run_for(request, pk)
    must(rules.can_make_run(request.user, run.programme))
    form = PaidForm(request.POST)
    if form.is_valid():
        try:
            actions.mark_paid(run=run, by=request.user, on=form.cleaned_data["paid_on"])
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Marked as paid. Everyone in the run is being told."))
            return redirect(run)
    return show(request, run, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_run_close(request, pk):
    """Close a paid run: what the bank's statement shows agrees with it to the penny."""
    run = run_for(request, pk)
    must(rules.can_make_run(request.user, run.programme))
    ruling = rules.can_close(request.user, run)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.close(run=run, by=request.user, statement_pence=form.cleaned_data["statement"])
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Closed. The statement and the run agree."))
            return redirect(run)
    context = {"run": run, "programme": run.programme, "sums": run_queries.run_sums(run), "form": form}
    return render(request, "payments/runs/close.html", context)


def _do(request, run, action, done):
    must(rules.can_make_run(request.user, run.programme))
    try:
        action(run=run, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)
    return redirect(run)
