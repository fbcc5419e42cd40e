"""Reports: what can be made, what was made, and each report as a page and as files."""

import re
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.reports import actions, catalogue, files, generate, rules
from payments.reports.forms import AskForm, MonthlyForm
from payments.reports.models import ReportFile, ReportRun, ReportSubscription
from payments.reports.stored_rows import Kept
from payments.shared.guards import programme_for
from people.models import Job
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.spreadsheets import CSV_TYPE, DATE, XLSX_TYPE
from wellbeing.lib.tables import Column, Listing
from wellbeing.lib.types import PersonId
from wellbeing.templatetags.wellbeing import tone_of

# Rows of each table on one page.
MAX_ON_PAGE = 200
REFERENCE = re.compile(r"[A-Z]{2,6}-[0-9]+")
CONTENT_TYPES = {
    ReportFile.Format.CSV: CSV_TYPE,
    ReportFile.Format.XLSX: XLSX_TYPE,
    ReportFile.Format.PDF: "application/pdf",
}


@read_page
def reports(request, slug):
    """List the kinds of report, and the reports made so far."""
    programme = programme_for(request, slug, rules.can_see_reports)
    listing = _listing(request, programme, ReportRun.objects.visible_to(request.user).filter(programme=programme))
    if listing.wants_export:
        return listing.export()
    context = {
        "programme": programme,
        "listing": listing,
        "kinds": [
            {
                "title": kind.label,
                "text": kind.about,
                "url": reverse("report_new", args=[programme.slug, kind.key]),
                "meta": _("Finance only") if kind.finance_only else "",
            }
            for kind in catalogue.KINDS.values()
            if rules.can_see_report(request.user, programme, kind.key)
        ],
        "can_set_monthly": bool(rules.can_set_monthly(request.user, programme)),
    }
    return render(request, "payments/reports/list.html", context)


@form_page
def report_new(request, slug, kind):
    """Ask for one kind of report; list those of the kind made so far."""
    programme = programme_for(request, slug, rules.can_see_reports)
    kind = catalogue.KINDS.get(kind)
    if kind is None:
        raise Http404
    rules.can_see_report(request.user, programme, kind.key).insist(PermissionDenied)
    data = posted(request)
    form = AskForm(data, kind=kind, today=timezone.localdate(), programme=programme)
    if done := attempt(
        form,
        lambda: actions.ask(
            programme=programme, kind=kind.key, by=request.user, period=form.cleaned_data.get("period", "")
        ),
    ):
        return redirect(done.result)
    reports = ReportRun.objects.visible_to(request.user).filter(programme=programme, kind=kind.key)
    listing = _listing(request, programme, reports)
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "kind": kind, "form": form, "listing": listing}
    return render(request, "payments/reports/new.html", context)


def _listing(request, programme, reports):
    jobs = Job.objects.filter(kind=generate.JOB_KIND, subject_id=OuterRef("pk")).order_by("-created_at", "-pk")
    return Listing(
        request,
        reports.select_related("asked_by").annotate(job_status=Subquery(jobs.values("status")[:1])),
        name=f"reports-{programme.slug}",
        caption=_("Reports made"),
        columns=[
            Column("kind", _("Report"), value=str, link=lambda report: report.get_absolute_url()),
            Column("period", _("Period"), value=catalogue.period_in_words),
            Column("asked_at", _("Asked for"), kind=DATE, sort="asked_at"),
            Column("asked_by", _("By"), value=lambda r: r.asked_by.full_name if r.asked_by else _("Sent monthly")),
            Column("status", _("Status"), value=lambda r: _status(r)["label"], tag=_status),
        ],
        search=["asked_by__search_key"],
        search_label=_("Search by who asked"),
        default_sort="-asked_at",
        empty_title=_("No reports made yet"),
        empty_text=_("What you make is kept here, so that you can come back to it."),
        per_page=25,
    )


def _status(report):
    if report.is_made:
        return {"label": _("Made"), "tone": tone_of("done")}
    status = Job.Status(report.job_status or Job.Status.WAITING)
    return {"label": str(status.label), "tone": tone_of(status)}


@read_page
def report(request, pk):
    """Show one report: its progress, and once it is made its figures and its files."""
    report = _report_for(request, pk)
    context = {"report": report, "programme": report.programme, "period": catalogue.period_in_words(report)}
    if not report.is_made:
        job = Job.objects.filter(kind=generate.JOB_KIND, subject_id=report.pk).first()
        refresh = job.refresh_seconds if job else None
        return render(request, "payments/reports/waiting.html", {**context, "job": job, "refresh_seconds": refresh})
    kept = list(report.files.all())
    data = next(file for file in kept if file.format == ReportFile.Format.DATA)
    try:
        with data.file.open("rb") as source:
            whole = Kept(source)
            tables = files.tables(whole, MAX_ON_PAGE, paper=False, page=request.GET.get("page"))
            context |= {"kept": whole, "tables": tables}
    except FileNotFoundError:
        raise Http404 from None
    _link_claims(request.user, tables)
    context["files"] = [
        {
            "name": catalogue.file_name(report, file.format),
            "url": reverse("report_file", args=[report.pk, file.format]),
            "size": file.size,
        }
        for file in kept
        if file.format in CONTENT_TYPES
    ]
    return render(request, "payments/reports/report.html", context)


def _link_claims(user, tables):
    """Make a link of each claim's reference in `tables` that `user` may open. One query."""
    cells = [cell for table in tables for row in table["rows"] for cell in row["cells"]]
    references = {cell["text"] for cell in cells if REFERENCE.fullmatch(cell["text"])}
    claims = Claim.objects.visible_to(user).filter(reference__in=references) if references else []
    addresses = {claim.reference: claim.get_absolute_url() for claim in claims}
    for cell in cells:
        cell["url"] = addresses.get(cell["text"], "")


@read_page
def report_file(request, pk, form):
    """Send one file of a report, byte for byte as it was made."""
    report = _report_for(request, pk)
    if form not in CONTENT_TYPES:
        raise Http404
    file = get_object_or_404(report.files, format=form)
    try:
        return private_file(
            file.file,
            name=catalogue.file_name(report, form),
            content_type=CONTENT_TYPES[form],
            inline=form == ReportFile.Format.PDF,
        )
    except FileNotFoundError:
        raise Http404 from None


@form_page
def report_emails(request, slug):
    """Set who in finance gets which report every month."""
    programme = programme_for(request, slug, rules.can_set_monthly)
    now: dict[str, list[PersonId]] = {}
    for kind, person in ReportSubscription.objects.filter(programme=programme, stopped_at=None).values_list(
        "kind", "person"
    ):
        now.setdefault(kind, []).append(person)
    form = MonthlyForm(posted(request), programme=programme, initial=now)
    act = partial(actions.set_monthly, programme=programme, by=request.user)
    if attempt(form, lambda: act(wanted=form.wanted), edits=programme):
        messages.success(request, _("Saved. The next ones go out on the first working day of the month."))
        return redirect("reports", slug=programme.slug)
    return render(request, "payments/reports/emails.html", {"programme": programme, "form": form})


def _report_for(request, pk):
    report = get_object_or_404(
        ReportRun.objects.visible_to(request.user).select_related("programme", "asked_by"), pk=pk
    )
    request.programme = report.programme
    return report
