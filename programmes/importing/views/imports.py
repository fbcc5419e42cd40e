"""Pages of an import: send a file, say which column is which, bring people in, welcome them, undo it."""

from functools import partial

from django.contrib import messages
from django.db.models import Case, F, When
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from programmes.importing import exports, queries, rules
from programmes.importing.actions import bringing, files, rows
from programmes.importing.calculations import columns
from programmes.importing.forms import ColumnsForm, ReadingForm, RowFilter, UploadForm
from programmes.importing.guards import import_or_404, programme_to_import_into
from programmes.importing.models import ImportStatus, PeopleImport, RowStatus
from programmes.importing.page import TONES, ImportPage
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_refused, posted, read_page
from wellbeing.lib.tables import Column, Listing

# Rows from which the examples of a column are taken.
SAMPLED = 200
# The rows to put right, then the others; each in the order of the file.
_PROBLEMS_FIRST = Case(When(status=RowStatus.PROBLEM, then=F("number")), default=F("number") + 10_000_000)


@form_page
@proved_recently
def people_imports(request, slug):
    """Send a spreadsheet with people; list those sent before."""
    programme = programme_to_import_into(request, slug)
    form = UploadForm(posted(request), request.FILES or None)
    act = partial(files.send, programme=programme, by=request.user)
    if done := attempt(form, lambda: act(file=form.cleaned_data["file"])):
        return redirect("people_import", slug, done.result.pk)
    earlier = PeopleImport.objects.shown().filter(programme=programme).select_related("sent_by", "rule")
    return render(
        request,
        "programmes/importing/imports.html",
        {
            "programme": programme,
            "form": form,
            "earlier": earlier,
            "back_url": reverse("programme_people", args=[slug]),
        },
    )


@read_page
def people_import(request, slug, pk):
    """Show how far an import is, what is wrong with which row, and what can be done."""
    row = import_or_404(request, slug, pk)
    page = ImportPage(row, request.user)
    if row.status == ImportStatus.COLUMNS:
        return redirect("people_import_columns", slug, pk)
    listing = _listing(request, page) if page.shows_rows else None
    if listing is not None and listing.wants_export:
        return listing.export()
    return render(
        request,
        "programmes/importing/import.html",
        {
            "programme": row.programme,
            "page": page,
            "import": row,
            "job": page.job,
            "listing": listing,
            "refresh_seconds": page.job.refresh_seconds if page.job else None,
        },
    )


def _listing(request, page):
    people_import = page.people_import
    slug = people_import.programme.slug
    return Listing(
        request,
        people_import.rows.select_related("person").annotate(turn=_PROBLEMS_FIRST),
        columns=[
            Column("number", _("Row"), sort="number", numeric=True),
            Column(
                "name",
                _("Name"),
                value=lambda row: row.name or _("No name"),
                link=lambda row: reverse("people_import_row", args=[slug, people_import.pk, row.pk]),
            ),
            Column("email", _("Email address"), value=lambda row: row.details.get("email", "")),
            Column(
                "status",
                _("Status"),
                value=lambda row: "",
                tag=lambda row: {"label": row.get_status_display(), "tone": TONES.get(row.status, "quiet")},
            ),
            Column(
                "what",
                _("What to put right"),
                value=lambda row: _what(people_import, row),
                # Words in markup are shown whole, however long they are.
                html=lambda row: format_html("{}", _what(people_import, row)),
            ),
        ],
        search=["details__full_name", "details__email"],
        search_label=_("Name or email"),
        filters=partial(RowFilter, counts=page.counts),
        default_sort="turn",
        name=f"{slug}-import",
        caption=_("Rows of %(file)s") % {"file": people_import},
        empty_title=_("No rows"),
    )


def _what(people_import, row):
    return row.stayed_because or exports.problems_in_words(people_import, row)


@form_page
def people_import_columns(request, slug, pk):
    """Say what each column of a file is for."""
    row = import_or_404(request, slug, pk)
    if is_refused(request, rules.can_say_columns(row)):
        return redirect("people_import", slug, pk)
    cells = list(row.rows.order_by("number").values_list("cells", flat=True)[:SAMPLED])
    samples = [columns.samples_of(cells, index) for index in range(len(row.headings))]
    initial = {"role": row.role, "group": row.group_id, "seat": row.seat, "starts_on": row.starts_on}
    form = ColumnsForm(posted(request), people_import=row, samples=samples, initial=initial)
    if attempt(form, lambda: _set_columns(request, row, form), edits=row):
        return redirect("people_import", slug, pk)
    return render(
        request,
        "programmes/importing/columns.html",
        {"programme": row.programme, "import": row, "form": form, "number": row.rows.count()},
    )


def _set_columns(request, people_import, form):
    rest = {name: form.cleaned_data[name] for name in ("role", "group", "seat", "starts_on") if name in form.fields}
    return rows.set_columns(people_import=people_import, mapping=form.mapping, by=request.user, **rest)


@form_page
def people_import_reading(request, slug, pk):
    """Say how the file is read, where what was told from it is not right."""
    row = import_or_404(request, slug, pk)
    if is_refused(request, rules.can_say_columns(row)):
        return redirect("people_import", slug, pk)
    initial = {
        "sheet": row.sheet,
        "encoding": row.encoding,
        "separator": row.separator,
        "heading_row": row.heading_row,
    }
    form = ReadingForm(posted(request), people_import=row, initial=initial)
    act = partial(files.read_differently, people_import=row, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        return redirect("people_import", slug, pk)
    return show_form(
        request,
        form,
        title=_("Read the file differently"),
        caption=row.original_name,
        lead=_("What you have put right in its rows is lost when it is read again."),
        back_url=reverse("people_import_columns", args=[slug, pk]),
        submit=_("Read it again"),
    )


@read_page
def people_import_bad_rows(request, slug, pk, kind):
    """Send the rows that have a problem as a file."""
    row = import_or_404(request, slug, pk)
    if not ImportPage(row, request.user).shows_rows:
        raise Http404
    return exports.bad_rows(row, kind)


@button_page
def people_import_leave_out(request, slug, pk):
    """Leave out every row that has a problem."""
    row = import_or_404(request, slug, pk)
    if done := attempt_button(request, lambda: rows.leave_out_problems(people_import=row, by=request.user)):
        messages.success(request, _("Rows left out: %(number)s.") % {"number": done.result})
    return redirect("people_import", slug, pk)


@button_page
@proved_recently
def people_import_bring_in(request, slug, pk):
    """Bring the people of a checked file in."""
    row = import_or_404(request, slug, pk)
    attempt_button(request, lambda: bringing.ask_to_bring_in(people_import=row, by=request.user))
    return redirect("people_import", slug, pk)


@form_page
@proved_recently
def people_import_welcome(request, slug, pk):
    """Tell the people who were brought in that they are in the programme, when staff say so."""
    row = import_or_404(request, slug, pk)
    if is_refused(request, rules.can_be_welcomed(row)):
        return redirect("people_import", slug, pk)
    if request.method == "POST":
        attempt_button(request, lambda: bringing.ask_to_welcome(people_import=row, by=request.user))
        return redirect("people_import", slug, pk)
    return render(
        request,
        "programmes/importing/welcome.html",
        {"programme": row.programme, "import": row, "ways": queries.ways_to_welcome(row)},
    )


@form_page
@proved_recently
def people_import_undo(request, slug, pk):
    """Take the people of an import out again with whom nothing has happened since."""
    row = import_or_404(request, slug, pk)
    if is_refused(request, rules.can_be_undone(row)):
        return redirect("people_import", slug, pk)
    if request.method == "POST":
        attempt_button(request, lambda: bringing.ask_to_undo(people_import=row, by=request.user))
        return redirect("people_import", slug, pk)
    page = ImportPage(row, request.user)
    return render(request, "programmes/importing/undo.html", {"programme": row.programme, "import": row, "page": page})


@button_page
def people_import_discard(request, slug, pk):
    """Throw an import away before anybody was brought in."""
    row = import_or_404(request, slug, pk)
    if attempt_button(request, lambda: files.discard(people_import=row, by=request.user)):
        messages.success(request, _("The file and its rows are deleted. Nobody was added."))
        return redirect("people_imports", slug)
    return redirect("people_import", slug, pk)
