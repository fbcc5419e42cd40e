"""Pages of payment runs: the list, signing, cancelling and closing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.runs import queries, rules
from payments.runs.actions import runs
from payments.runs.forms.runs import CloseForm
from payments.runs.guards import run_for
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing
from wellbeing.templatetags.wellbeing import tone_of


@read_page
def payment_runs(request, slug):
    """List the runs of a programme, newest first, and show what waits for the next."""
    programme = programme_for(request, slug, rules.can_see_runs)
    can_make = bool(rules.can_make_run(request.user, programme))
    listing = _runs_listing(request, programme)
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


def _runs_listing(request, programme):
    return Listing(
        request,
        queries.totals_of_runs(queries.runs_of_programme(request.user, programme)),
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
            Column("made_at", _("Made"), kind=DATE, sort="made_at"),
            Column("made_by", _("Made by"), value="made_by.full_name", sort="made_by__sort_key"),
            Column("signed_by", _("Signed off by"), value=lambda run: run.signed_by.full_name if run.signed_by else ""),
            Column("paid_on", _("Paid"), kind=DATE, sort="paid_on"),
            Column("returned_count", _("Came back"), numeric=True, sort="returned_count"),
            Column("payments_count", _("Payments"), numeric=True, sort="payments_count"),
            Column("total_pence", _("Total"), money=True, sort="total_pence"),
        ],
        search=["reference", "made_by__search_key"],
        search_label=_("Search by run or name"),
        default_sort="-made_at",
        empty_title=_("No payment runs yet"),
        empty_text=_("When claims have been approved, make a run to pay them."),
    )


@button_page
@proved_recently
def payment_run_sign(request, pk):
    """Sign the run off as the second person."""
    return _do(request, run_for(request, pk), runs.sign_off, _("Signed off. Now make the documents."))


@form_page
def payment_run_cancel(request, pk):
    """Cancel a run that is not signed off, after being asked once more."""
    run = run_for(request, pk)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    if request.method == "POST":
        return _do(request, run, runs.cancel, _("The run is cancelled. Its claims wait for another run."))
    ruling = rules.can_cancel(request.user, run)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    return render(request, "payments/runs/cancel.html", {"run": run, "claims_count": queries.run_sums(run).claims})


@form_page
def payment_run_close(request, pk):
    """Close a paid run, once the bank's statement agrees with it to the penny."""
    run = run_for(request, pk)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    ruling = rules.can_close(request.user, run)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    form = CloseForm(posted(request))
    if attempt(form, lambda: runs.close(run=run, by=request.user, statement_pence=form.cleaned_data["statement"])):
        messages.success(request, _("Closed. The statement and the run agree."))
        return redirect(run)
    context = {"run": run, "programme": run.programme, "sums": queries.run_sums(run), "form": form}
    return render(request, "payments/runs/close.html", context)


def _do(request, run, action, done):
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    if attempt_button(request, lambda: action(run=run, by=request.user)) and done:
        messages.success(request, done)
    return redirect(run)
