"""Statements of a tax year: a person's own, and for finance the part of its programme."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.reports import actions, rules, statement
from payments.reports.models import YearStatement
from payments.shared.guards import programme_for
from people.models import Job, Person
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import form_page, read_page


@form_page
def your_statements(request):
    """List the tax years in which the reader was paid, each with its sums and its statement."""
    person = request.user.person
    if request.method == "POST":
        return _ask(request, person, None, "your_statements")
    return _page(request, person, None)


@form_page
def person_statements(request, slug, person_pk):
    """List for finance the tax years in which the programme paid a person, and the statements of its part."""
    programme = programme_for(request, slug, rules.can_see_statements)
    person = get_object_or_404(Person, pk=person_pk)
    if not statement.years(person, programme):
        raise Http404
    if request.method == "POST":
        return _ask(request, person, programme, "person_statements", slug=slug, person_pk=person.pk)
    return _page(request, person, programme)


def _page(request, person, programme):
    jobs = {}
    by_year: dict[int, list[YearStatement]] = {}
    for row in YearStatement.objects.filter(person=person, programme=programme).order_by("asked_at", "pk"):
        by_year.setdefault(row.year, []).append(row)
    waiting = [row.pk for statements in by_year.values() for row in statements if not row.is_made]
    for job in Job.objects.filter(kind=statement.JOB_KIND, subject_id__in=waiting).order_by("created_at", "pk"):
        jobs[job.subject_id] = job
    today, rows = timezone.localdate(), []
    for period, sums in statement.years(person, programme):
        newest_first = by_year.get(period.first.year, [])[::-1]
        running = next((jobs[row.pk] for row in newest_first if not row.is_made and row.pk in jobs), None)
        rows.append(
            {
                "period": period,
                "so_far": period.last >= today,
                "sums": sums,
                "statements": [row for row in newest_first if row.is_made],
                "job": running,
            }
        )
    is_under_way = any(row["job"] and not row["job"].is_finished for row in rows)
    context = {
        "person": person,
        "programme": programme,
        "rows": rows,
        "own": programme is None,
        "refresh_seconds": Job.REFRESH_SECONDS if is_under_way else None,
    }
    return render(request, "payments/reports/statements.html", context)


def _ask(request, person, programme, name, **where):
    year = request.POST.get("year", "")
    try:
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise actions.ReportError(_("Choose one of the tax years on this page."))
        actions.ask_statement(person=person, year=int(year), by=request.user, programme=programme)
    except ActionError as error:
        messages.error(request, str(error))
    return redirect(name, **where)


@read_page
def statement_file(request, pk):
    """Send one statement, byte for byte as it was made."""
    row = get_object_or_404(YearStatement.objects.visible_to(request.user).select_related("person"), pk=pk)
    if not row.is_made:
        raise Http404
    name = _("Payments in the tax year %(first)s to %(last)s.pdf") % {"first": row.year, "last": row.year + 1}
    try:
        return private_file(row.file, name=name, content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None
