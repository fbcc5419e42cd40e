"""The page of one row of an import, where it is put right."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.models import Person
from programmes.importing import rules
from programmes.importing.actions import rows
from programmes.importing.calculations.cells import names_in
from programmes.importing.calculations.columns import Target
from programmes.importing.forms import RowForm
from programmes.importing.guards import row_or_404
from programmes.importing.models import RowStatus
from programmes.programme.queries import took_part
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted
from wellbeing.lib.ticks import whole_numbers


@form_page
def people_import_row(request, slug, pk, row_pk):
    """Show a row with everything that is wrong with it, and put it right."""
    row = row_or_404(request, slug, pk, row_pk)
    people_import = row.people_import
    if people_import.cleared_at is not None or not people_import.mapping:
        raise Http404
    may_change = bool(rules.can_be_changed(people_import))
    form = RowForm(posted(request), row=row, people_import=people_import) if may_change else None
    act = partial(rows.put_right, row=row, by=request.user)
    if form and (done := attempt(form, lambda: act(cells=form.cells), edits=row)):
        return _after(request, slug, done.result)
    if form and not form.is_bound:
        _show_problems(form, row)
    like = [problem["like"] for problem in row.problems if problem.get("like")]
    people = Person.objects.filter(took_part(people_import.programme), pk__in=like)
    return render(
        request,
        "programmes/importing/row.html",
        {
            "programme": people_import.programme,
            "import": people_import,
            "row": row,
            "form": form,
            "may_change": may_change,
            "people": people,
            "is_like": any("like" in problem for problem in row.problems),
            "names": _names_in(row),
        },
    )


def _show_problems(form, row):
    """Mark the cells that have a problem, before anybody has changed anything."""
    form.problems = [
        {
            "text": problem["text"],
            "field": f"id_cell_{problem['column']}" if problem["column"] is not None else "",
            "heading": row.people_import.headings[problem["column"]] if problem["column"] is not None else "",
        }
        for problem in row.problems
    ]


def _names_in(row):
    """Return the two names where the row has those of two people."""
    mapping = row.people_import.mapping
    names = names_in(row.cells[mapping.index(Target.FULL_NAME)]) if Target.FULL_NAME in mapping else []
    return names if len(names) == 2 else []


@button_page
def people_import_row_answer(request, slug, pk, row_pk):
    """Leave a row out, take it back, make two of it, or say who its person is, by the button that was pressed."""
    row = row_or_404(request, slug, pk, row_pk)
    acts = {
        "leave_out": rows.leave_out,
        "take_back": rows.take_back,
        "somebody_else": rows.say_somebody_else,
        "make_two": rows.make_two,
    }
    pressed = request.POST.get("seen", "")
    if pressed in acts:
        done = attempt_button(request, lambda: acts[pressed](row=row, by=request.user))
    elif keys := whole_numbers([pressed]):
        programme = row.people_import.programme
        person = get_object_or_404(Person.objects.filter(took_part(programme)), pk__in=keys)
        done = attempt_button(request, lambda: rows.say_same(row=row, person=person, by=request.user))
    else:
        raise Http404
    return _after(request, slug, done.result) if done else redirect("people_import_row", slug, pk, row_pk)


def _after(request, slug, row):
    """Say what the row is now; lead to the next one with a problem, or back to the import."""
    people_import = row.people_import
    values = {"row": row.number, "status": row.get_status_display()}
    if row.status == RowStatus.PROBLEM:
        return redirect("people_import_row", slug, people_import.pk, row.pk)
    messages.success(request, _("Row %(row)s: %(status)s.") % values)
    following = people_import.rows.filter(status=RowStatus.PROBLEM).order_by("number", "part").first()
    if following is not None:
        return redirect("people_import_row", slug, people_import.pk, following.pk)
    return redirect("people_import", slug, people_import.pk)
