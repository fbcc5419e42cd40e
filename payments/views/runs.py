"""Payment runs: finance gathers approved claims, a second person signs, a worker makes the papers, the money goes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments import documents, queries, rules
from payments.actions import runs as actions
from payments.forms.runs import ChooseClaimsForm, PaidForm
from payments.models import Document, Payment, PaymentRun
from people.models import Job
from wellbeing.lib.dates import short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds
from wellbeing.lib.tables import Column, Listing
from wellbeing.templatetags.wellbeing import tone_of

from .files import file_name
from .guards import must, programme_for, run_for
from .run_files import files_of_run, payees_to_look_at

# Claims on the page where a run is made, the longest promised first; the rest wait for the next run.
MOST_TO_CHOOSE = 1000


@require_safe
@login_required
def payment_runs(request, slug):
    """The runs of a programme, newest first, and what waits for the next."""
    programme = programme_for(request, slug, rules.can_see_runs)
    can_make = bool(rules.can_make_run(request.user, programme))
    listing = Listing(
        request,
        queries.runs_of_programme(request.user, programme),
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
    waiting = queries.waiting_for_a_run(programme).aggregate(count=Count("pk"), pence=Sum("total_pence", default=0))
    context = {
        "programme": programme,
        "listing": listing,
        "waiting_count": waiting["count"],
        "waiting_pence": waiting["pence"],
        "can_make": can_make,
    }
    return render(request, "payments/runs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_run_new(request, slug):
    """Choose which approved claims to pay."""
    programme = programme_for(request, slug, rules.can_make_run)
    form = ChooseClaimsForm(request.POST if request.method == "POST" else None, programme=programme)
    if form.is_bound and form.is_valid():
        try:
            run = actions.make(programme=programme, claims=form.cleaned_data["claims"], by=request.user)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(
                request, _("Payment run %(reference)s is made. Now a second person signs it off.") % {"reference": run}
            )
            return redirect(run)
    waiting, chosen, today = queries.waiting_for_a_run(programme), form.chosen_ids, timezone.localdate()
    shown = list(waiting[:MOST_TO_CHOOSE])
    held = queries.held_people({claim.person_id for claim in shown})
    rows = []
    for claim in shown:
        own = claim.person_id == request.user.person.pk
        payable = not own and claim.person_id not in held
        rows.append(
            {
                "claim": claim,
                "payable": payable,
                "ticked": payable and (chosen is None or claim.pk in chosen),
                "own": own,
                "held": claim.person_id in held,
                "overdue": claim.is_overdue(today),
            }
        )
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "more": max(0, waiting.count() - len(rows)),
        "people_count": len({row["claim"].person_id for row in rows}),
        "total_pence": sum(row["claim"].total_pence for row in rows),
        "held_count": len(held),
    }
    return render(request, "payments/runs/new.html", context)


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
    ready = queries.documents_are_ready(run)
    job = None
    if not ready:
        job = Job.objects.filter(kind=documents.JOB_KIND, subject_id=run.pk).first()
    payments = list(queries.whole_payments(run))
    papers = list(run.documents.select_related("run", "payment__person").order_by("-kind", "pk")) if ready else []
    # Until the run is signed this is what would happen; from then on, what was signed.
    with_details = queries.people_with_confirmed_details(payees) if run.status == PaymentRun.Status.OPEN else set()
    unfinished = job is not None and job.status != Job.Status.DONE
    context = {
        "run": run,
        "programme": run.programme,
        "payments": [_payment_row(payment) for payment in payments],
        "total_pence": sum(payment.amount_pence for payment in payments),
        "claims_count": sum(len(payment.items.all()) for payment in payments),
        "by_bank": sum(_goes_by_bank(payment, with_details) for payment in payments),
        "by_other": sum(not _goes_by_bank(payment, with_details) for payment in payments),
        "has_bank_file": run.status in {PaymentRun.Status.SIGNED, PaymentRun.Status.PAID}
        and any(payment.method == Payment.Method.BANK for payment in payments),
        "is_finance": bool(rules.can_make_run(user, run.programme)),
        "can_sign": bool(sign),
        "why_not_sign": actions.with_who_can_sign(sign.why_not, run) if not sign else "",
        "can_cancel": bool(rules.can_cancel(user, run)),
        "can_make_documents": bool(rules.can_make_documents(user, run)) and not ready and not unfinished,
        "can_pay": bool(pay) and ready,
        "why_not_pay": pay.why_not if run.status == PaymentRun.Status.SIGNED and not pay else "",
        "ready": ready,
        "job": job if unfinished else None,
        "files": [_file(paper) for paper in papers],
        "form": form,
        "run_files": files_of_run(user, run),
        "to_look_at": payees_to_look_at(run),
        "refresh_seconds": 5 if unfinished and not job.is_finished else None,
    }
    return render(request, "payments/runs/run.html", context, status=status)


def _goes_by_bank(payment, with_details):
    return payment.method == Payment.Method.BANK or payment.person_id in with_details


def _payment_row(payment):
    items = list(payment.items.all())
    letter = next((paper for paper in payment.documents.all() if paper.kind == Document.Kind.REMITTANCE), None)
    return {"payment": payment, "items": items, "letter": letter}


def _file(paper):
    detail = pounds(paper.payment.amount_pence) if paper.payment else _("for signing and filing")
    return {"name": file_name(paper), "url": reverse("document", args=[paper.pk]), "size": paper.size, "detail": detail}


@require_POST
@login_required
def payment_run_sign(request, pk):
    """Sign the run off as the second person."""
    return _do(request, run_for(request, pk), actions.sign_off, _("Signed off. Now make the documents."))


@require_POST
@login_required
def payment_run_documents(request, pk):
    """Have a worker make the letters and the schedule."""
    return _do(request, run_for(request, pk), actions.make_documents, "")


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
    claims = sum(len(payment.items.all()) for payment in queries.whole_payments(run))
    return render(request, "payments/runs/cancel.html", {"run": run, "claims_count": claims})


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
