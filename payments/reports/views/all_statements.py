"""Statements of everybody a programme paid in a tax year: made in one go, and handed out as one file."""

import re
import zipfile
from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.reports import actions, periods, rules, statement
from payments.reports.models import YearStatement
from payments.shared.guards import programme_for
from people.models import Job
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import form_page, read_page

# Larger files wait on the disk while they are sent.
MAX_IN_MEMORY = 5_000_000


@form_page
def programme_statements(request, slug):
    """List for finance the tax years in which the programme paid somebody, and the statements of all of them."""
    programme = programme_for(request, slug, rules.can_see_statements)
    if request.method == "POST":
        return _ask(request, programme)
    rows = [row for period in _tax_years(programme) if (row := _row(programme, period))]
    running = any(row["job"] and not row["job"].is_finished for row in rows)
    context = {"programme": programme, "rows": rows, "refresh_seconds": Job.REFRESH_SECONDS if running else None}
    return render(request, "payments/reports/all_statements.html", context)


def _tax_years(programme):
    return periods.offered(periods.TAX_YEAR, timezone.localdate(), programme)


def _row(programme, period):
    """Describe one tax year: how many people were paid, how many statements are made, and the work under way."""
    year = period.first.year
    people = statement.people_paid(programme, year).count()
    if not people:
        return None
    asked = YearStatement.objects.filter(programme=programme, year=year).values("pk")
    job = Job.objects.filter(kind=statement.ALL_JOB_KIND, subject_id__in=asked).order_by("-created_at", "-pk").first()
    made = list(statement.newest_made(programme, year).values_list("made_at", flat=True))
    return {
        "period": period,
        "so_far": period.last >= timezone.localdate(),
        "people": people,
        "made": len(made),
        "made_at": max(made, default=None),
        "job": job if job and job.status != Job.Status.DONE else None,
    }


def _ask(request, programme):
    year = request.POST.get("year", "")
    try:
        if year not in {str(period.first.year) for period in _tax_years(programme)}:
            raise actions.ReportError(_("Choose one of the tax years on this page."))
        actions.ask_statements_of_all(programme=programme, year=int(year), by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    return redirect("programme_statements", slug=programme.slug)


@read_page
def programme_statements_file(request, slug, year):
    """Send the newest statement of each person for one tax year in one file (ZIP), byte for byte as they were made."""
    programme = programme_for(request, slug, rules.can_see_statements)
    made = list(statement.newest_made(programme, year)) if year <= periods.LATEST else []
    if not made:
        raise Http404
    file = SpooledTemporaryFile(max_size=MAX_IN_MEMORY)  # noqa: SIM115 - the response closes it
    try:
        with zipfile.ZipFile(file, "w") as whole:
            for row in made:
                with row.file.open("rb") as source:
                    whole.writestr(_name(row), source.read())
    except FileNotFoundError:
        # Only now: the archive writes its end when it is left.
        file.close()
        raise Http404 from None
    file.seek(0)
    name = _("Statements for the tax year %(first)s to %(last)s.zip") % {"first": year, "last": year + 1}
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _name(row):
    """Name the file of a statement after its person, without what a file name may not hold; the number tells namesakes
    apart.
    """
    person = re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", row.person.full_name)
    return f"{' '.join(person.split())}, {row.pk}.pdf"
