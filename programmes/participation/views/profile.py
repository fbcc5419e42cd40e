"""The profile of a programme's area: what is known, typed in for one question, or brought in from a file."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.monitoring import queries as monitoring
from programmes.participation import importing
from programmes.participation.actions import profile
from programmes.participation.actions.reports import ParticipationError
from programmes.participation.forms import ProfileFileForm, SharesForm
from programmes.participation.guards import profile_of, question_or_404
from programmes.participation.models import AreaShare
from wellbeing.lib import spreadsheets
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.sheet_files import read_sheet
from wellbeing.lib.table_files import answer_csv
from wellbeing.lib.uploads import UndecidedError, UploadRefusedError

MOST_BYTES = 1024 * 1024


@read_page
def area_profile(request, slug):
    """Show what is known of the area, question by question; send an empty file to fill in."""
    programme = profile_of(request, slug)
    questions = monitoring.questions(today())
    if request.GET.get("export") == "csv":
        columns = [(heading, spreadsheets.TEXT) for heading in importing.HEADINGS]
        return answer_csv("area-profile", columns, importing.template_rows(questions))
    shares: dict[str, dict[str, AreaShare]] = {}
    for row in AreaShare.objects.filter(programme=programme):
        shares.setdefault(row.question, {})[row.option] = row
    rows = [
        {
            "label": question.title,
            "value": _in_words(question, shares.get(question.key, {})),
            "url": reverse("area_profile_edit", args=[slug, question.key]),
        }
        for question in questions
    ]
    return render(request, "programmes/participation/profile.html", {"programme": programme, "rows": rows})


def _in_words(question, shares):
    """Say the shares of one question, and where they are from."""
    said = [f"{one.words}: {shares[one.key].percent.normalize():f}%" for one in question.choices if one.key in shares]
    if not said:
        return ""
    first = next(iter(shares.values()))
    return "\n".join([*said, f"{first.source}, {short_date(first.counted_on)}"])


@form_page
def area_profile_edit(request, slug, question):
    """Type in the shares of the answers to one question."""
    programme = profile_of(request, slug)
    question = question_or_404(question)
    shares = {row.option: row for row in AreaShare.objects.filter(programme=programme, question=question.key)}
    initial: dict[str, Any] = {f"share_{option}": row.percent for option, row in shares.items()}
    if shares:
        first = next(iter(shares.values()))
        initial |= {"source": first.source, "counted_on": first.counted_on}
    form = SharesForm(posted(request), question=question, initial=initial)
    act = partial(profile.set_shares, programme=programme, question=question, by=request.user)

    def save():
        cleaned = form.cleaned_data
        return act(shares=form.shares(), source=cleaned["source"], counted_on=cleaned["counted_on"])

    if attempt(form, save):
        messages.success(request, _("The profile is saved."))
        return redirect("area_profile", slug)
    context = {"programme": programme, "question": question, "form": form}
    return render(request, "programmes/participation/profile_edit.html", context)


@form_page
def area_profile_import(request, slug):
    """Bring the profile in from a file, all of it or nothing."""
    programme = profile_of(request, slug)
    files = request.FILES if request.method == "POST" else None
    form = ProfileFileForm(posted(request), files)

    def act():
        rows = _rows_of(form.cleaned_data["file"])
        return profile.bring_in(programme=programme, rows=rows, by=request.user)

    if done := attempt(form, act):
        messages.success(request, _("%(number)s shares are brought in.") % {"number": done.result})
        return redirect("area_profile", slug)
    return render(request, "programmes/participation/profile_import.html", {"programme": programme, "form": form})


def _rows_of(file):
    """Return the rows of a file that was sent. Raises ParticipationError with what is wrong with it."""
    if file.size > MOST_BYTES:
        raise ParticipationError(_("This file is bigger than 1 MB. A profile has some fifty rows."), field="file")
    try:
        return read_sheet(file.read(), most_rows=importing.MOST_ROWS).rows
    except UploadRefusedError as error:
        raise ParticipationError(str(error), field="file") from None
    except (UndecidedError, OSError):
        raise ParticipationError(_("We could not read this file just now. Please try again."), field="file") from None
