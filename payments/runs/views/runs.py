"""Pages of payment runs: the list, making, signing, cancelling and closing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import queries as claim_queries
from payments.claims.models.claim import Claim
from payments.payees import destinations
from payments.runs import queries, rules
from payments.runs.actions import runs
from payments.runs.forms.runs import ChooseClaimsForm, CloseForm, NarrowClaimsForm
from payments.runs.guards import run_for
from payments.shared.guards import programme_for
from people.accounts.reauthentication import proved_recently
from people.directory.queries import tell_apart
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing
from wellbeing.templatetags.wellbeing import tone_of

# Claims on the page where a run is made, the longest promised first; the rest wait for the next run.
MAX_TO_CHOOSE = 1000


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


@form_page
def payment_run_new(request, slug):
    """Choose which approved claims to pay."""
    programme = programme_for(request, slug, rules.can_make_run)
    form = ChooseClaimsForm(posted(request), programme=programme)
    codes = claim_queries.cost_codes(Claim.objects.payable().filter(programme=programme))
    narrow = NarrowClaimsForm(request.GET, cost_codes=codes)
    if not form.tick and (
        done := attempt(
            form, lambda: runs.make_run(programme=programme, claims=form.cleaned_data["claims"], by=request.user)
        )
    ):
        run = done.result
        messages.success(
            request, _("Payment run %(reference)s is made. Now a second person signs it off.") % {"reference": run}
        )
        return redirect(run)
    waiting = narrow.narrow(queries.waiting_for_a_run(programme))
    shown = list(waiting[:MAX_TO_CHOOSE])
    rows, on_hold = _to_choose(programme, shown, form.chosen_ids, request.user)
    ticked = [row for row in rows if row["ticked"]]
    context = {
        "programme": programme,
        # A form that only asked to count has no errors to show.
        "form": form if not form.tick else None,
        "narrow": narrow,
        "rows": rows,
        "on_hold": on_hold,
        "more": max(0, waiting.count() - len(shown)),
        "chosen_count": len(ticked),
        "chosen_people": len({row["claim"].person_id for row in ticked}),
        "chosen_pence": sum(row["pence"] for row in ticked),
    }
    return render(request, "payments/runs/new.html", context)


def _to_choose(programme, claims, chosen, user):
    """Split the waiting `claims` into rows to tick and rows on hold, with the reason; `chosen` ids, or None for all."""
    ways = destinations.destinations(programme, {claim.person_id for claim in claims})
    today = timezone.localdate()
    rows, on_hold = [], []
    tell_apart(claim.person for claim in claims)
    for claim in claims:
        again = claim.status == Claim.Status.PAYMENT_FAILED
        row = {
            "claim": claim,
            "again": again,
            # What the run hands out for it: of a claim that came back the money alone.
            "pence": claim.money_pence if again else claim.owed_pence,
            "elsewhere_pence": 0 if again else claim.owed_pence - claim.money_pence,
            "overdue": claim.is_overdue(today),
            "where": ways[claim.person_id],
            "ticked": chosen is None or claim.pk in chosen,
        }
        if claim.person_id == user.person.pk:
            on_hold.append({**row, "why": _("You cannot pay yourself. Another person in finance does that.")})
        elif claim.money_pence and row["where"].problem:
            sent_back = again and row["where"].problem == destinations.Problem.ON_HOLD
            why = (
                _("The bank sent the money back. Nobody has checked the bank details since.")
                if sent_back
                else row["where"].why_not
            )
            on_hold.append({**row, "why": why, "unknown": not row["where"].is_known})
        else:
            rows.append(row)
    return rows, on_hold


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
