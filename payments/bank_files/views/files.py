"""The files of a signed run: for the bank, for the accounts, and lists of what never goes to the bank."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.bank_files import queries, registry, rules, wording
from payments.bank_files import queries as file_queries
from payments.bank_files.actions import downloads
from payments.bank_files.forms.files import RunFileForm
from payments.bank_files.models.downloads import RunFileDownload
from payments.payees import queries as payee_queries
from payments.payees.models.name_checks import NameCheck
from payments.runs import queries as run_queries
from payments.runs import rules as run_rules
from payments.runs.guards import run_for
from payments.runs.models.runs import PaymentRun
from people.accounts.reauthentication import proved_recently
from people.models import Person
from wellbeing.lib.dates import add_working_days
from wellbeing.lib.form_pages import attempt, form_page, posted

Kind = RunFileDownload.Kind
# The name of each kind in an address, and the sentence about it.
SLUGS = {kind: kind.value.replace("_", "-") for kind in Kind}
ABOUT = {
    Kind.BANK_FILE: gettext_lazy(
        "A CSV file for your bank's pages. The bank should show the same number of payments and the same total."
    ),
    Kind.STANDARD_18: gettext_lazy(
        "The file Bacs takes: a line of 100 characters for each payment, and a contra record for the total."
        " Your Bacs software should show the same number of payments and the same total."
    ),
    Kind.JOURNAL: gettext_lazy(
        "A CSV file for your accounts: what was spent, by cost code, and where the money came from."
        " Debits equal credits."
    ),
    Kind.VOUCHERS: gettext_lazy("A list of the people who chose a voucher. It never goes to the bank."),
    Kind.DONATIONS: gettext_lazy("A list of what people gave to charity. It never goes to the bank."),
    Kind.PAYROLL: gettext_lazy("A list of the payments for time that go through payroll. It never goes to the bank."),
}
NAME_ENDS = {kind: "" if kind in RunFileDownload.PAYING else f"-{kind.value}" for kind in Kind}
COUNTED = {Kind.JOURNAL: gettext_lazy("Lines in the file")}
TOTALLED = {Kind.JOURNAL: gettext_lazy("Total of the debits")}


def files_of_run(user, run):
    """Describe the files of a run for its page, with their sums and downloads; [] for a reader who may have none."""
    if not rules.can_download_bank_file(user, run):
        return []
    sums = queries.sums_by_file(run)
    taken = queries.downloads_by_kind(run)
    rows = []
    for kind in Kind:
        sum_of = "bank" if kind in RunFileDownload.PAYING else kind.value
        count, pence = sums.get(sum_of, (None, None))
        if count == 0:
            continue
        rows.append(
            {
                "label": kind.label,
                "url": reverse("bank_file", args=[run.pk])
                if kind == Kind.BANK_FILE
                else reverse("run_file", args=[run.pk, SLUGS[kind]]),
                "count": count,
                "pence": pence,
                "taken": taken.get(kind.value, 0),
            }
        )
    return rows


def payees_to_look_at(run):
    """List for the page of a run that is not signed whose numbers or names look wrong, by name.

    {"looks_wrong": [name, …], "no_match": [name, …], "close_match": [(name, what the bank gave), …]}.
    """
    if run.status != PaymentRun.Status.OPEN:
        return {}
    payees = run_queries.payees(run)
    wrong, checks = payee_queries.people_with_numbers_that_look_wrong(payees), payee_queries.latest_name_checks(payees)
    doubtful = {key: check for key, check in checks.items() if check.outcome in NameCheck.WORTH_A_LOOK}
    names = dict(
        Person.objects.filter(pk__in=wrong | set(doubtful)).order_by("sort_key").values_list("pk", "full_name")
    )
    return {
        "looks_wrong": [name for pk, name in names.items() if pk in wrong],
        "no_match": [
            name for pk, name in names.items() if pk in doubtful and doubtful[pk].outcome == NameCheck.Outcome.NO_MATCH
        ],
        "close_match": [
            (name, doubtful[pk].name_returned)
            for pk, name in names.items()
            if pk in doubtful and doubtful[pk].outcome == NameCheck.Outcome.CLOSE_MATCH
        ],
    }


@form_page
@proved_recently
def run_file(request, pk, kind):
    """Show the sums of one file of a run and who downloaded it; POST sends the file, and records that."""
    kind = next((file_kind for file_kind, slug in SLUGS.items() if slug == kind), None)
    if kind is None:
        raise Http404
    run = run_for(request, pk)
    run_rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    ruling = rules.can_download_bank_file(request.user, run)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    missing = registry.missing(run, kind)
    count, total_pence = registry.inside(run, kind)
    if not missing and not count:
        messages.warning(request, wording.nothing_in(kind))
        return redirect(run)
    earlier = file_queries.taken_before(run, kind).select_related("by")
    form = RunFileForm(
        posted(request),
        asks_for_day=registry.asks_for_day(run, kind),
        asks_again=earlier.exists(),
        pays=kind in RunFileDownload.PAYING,
        initial={"day": add_working_days(timezone.localdate(), 1)},
    )
    if done := attempt(form, lambda: downloads.download(run=run, by=request.user, kind=kind, **form.cleaned_data)):
        record = done.result
        return _sent(record)
    context = {
        "run": run,
        "programme": run.programme,
        "kind": kind,
        "about": ABOUT[kind],
        "counted": COUNTED.get(kind, _("Payments in the file")),
        "totalled": TOTALLED.get(kind, _("Total of the file")),
        "count": count,
        "total_pence": total_pence,
        "missing": missing,
        "layout": registry.bank_layout(run.programme) if kind == Kind.BANK_FILE else None,
        "pays": kind in RunFileDownload.PAYING,
        "downloads": earlier,
        "form": form,
    }
    return render(request, "payments/bank_files/file.html", context)


def _sent(record):
    file = registry.file_of(record.run, record.kind, record.made_with)
    name = f"{record.run.reference}{NAME_ENDS[record.kind]}.{file.extension}"
    response = StreamingHttpResponse(file, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
