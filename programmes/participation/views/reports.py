"""The reports on who takes part: the list, one of them, its files and its paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.participation import documents, periods, rules
from programmes.participation.actions import reports
from programmes.participation.guards import profile_of, readable_programme, report_or_404
from programmes.participation.models import AreaShare, ParticipationReport
from programmes.participation.page import ReportPage
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import attempt_button, button_page, read_page
from wellbeing.lib.table_files import answer_csv, answer_xlsx


@read_page
def participation(request, slug):
    """Show the quarters of a programme that are over, with the report on each or the button that makes it."""
    programme = readable_programme(request, slug)
    made = {row.first_on: row for row in ParticipationReport.objects.filter(programme=programme)}
    found = [(period, made.get(period.first)) for period in periods.periods_over(programme, today())]
    context = {
        "programme": programme,
        "periods": found,
        "may_make": bool(rules.can_set_profile(request.user, programme)),
        "has_profile": AreaShare.objects.filter(programme=programme).exists(),
    }
    return render(request, "programmes/participation/participation.html", context)


@button_page
def participation_make(request, slug, number):
    """Make the report on one quarter."""
    programme = profile_of(request, slug)
    if done := attempt_button(request, lambda: reports.make(programme=programme, number=number, by=request.user)):
        messages.success(request, _("The report is made. It stays as it is."))
        return redirect(done.result)
    return redirect("participation", slug)


@read_page
def participation_report(request, pk):
    """Show who took part beside who lives in the area, and send it as CSV or Excel."""
    report = report_or_404(request, pk)
    page = ReportPage(report)
    name = f"{report.programme.slug}-{report.first_on:%Y-%m}"
    if request.GET.get("export") == "csv":
        return answer_csv(name, page.file_columns, page.file_rows)
    if request.GET.get("export") == "xlsx":
        return answer_xlsx(name, documents.spreadsheet(page))
    return render(request, "programmes/participation/report.html", {"page": page, "programme": report.programme})


@read_page
def participation_paper(request, pk, layout):
    """Draw the report as a PDF, in standard or large print."""
    report = report_or_404(request, pk)
    if layout not in documents.LAYOUTS:
        raise Http404
    try:
        content = documents.paper(ReportPage(report), layout)
    except ActionError as error:
        messages.error(request, str(error))
        return redirect(report)
    return made_pdf(content, f"{report.programme.slug}-{report.first_on:%Y-%m}.pdf")
