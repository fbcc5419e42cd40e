"""The papers of the day: the sheet on which people sign in, and badges."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.day import documents
from events.day.forms import BlanksForm
from events.planning.guards import managed_event
from wellbeing.lib.dates import day_and_times, short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import read_page

DRAWN = {"sign-in": documents.sign_in_sheet, "badges": documents.badges}


@read_page
def event_day_papers(request, pk):
    """Offer the papers of the day, with as many empty lines and badges as the reader asks for."""
    event = managed_event(request, pk)
    form = BlanksForm(request.GET if "blanks" in request.GET else {"blanks": documents.BLANKS})
    blanks = form.cleaned_data["blanks"] if form.is_valid() else documents.BLANKS
    context = {
        "programme": event.programme,
        "event": event,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
        "form": form,
        "expected": len(documents.expected(event)),
        "papers": [
            (
                title,
                [
                    (label, f"{reverse('event_day_paper', args=[pk, which, layout])}?{urlencode({'blanks': blanks})}")
                    for label, layout in layouts
                ],
            )
            for title, which, layouts in (
                (
                    _("Sign-in sheet"),
                    "sign-in",
                    [(_("Standard print"), documents.STANDARD), (_("Large print"), documents.LARGE)],
                ),
                (
                    _("Badges"),
                    "badges",
                    [(_("10 to a page"), documents.STANDARD), (_("8 to a page, large print"), documents.LARGE)],
                ),
            )
        ],
    }
    return render(request, "events/day/papers.html", context)


@read_page
def event_day_paper(request, pk, which, layout):
    """Draw the sheet on which people sign in, or badges, as a PDF."""
    event = managed_event(request, pk)
    if which not in DRAWN or layout not in documents.LAYOUTS:
        raise Http404
    form = BlanksForm(request.GET)
    blanks = form.cleaned_data["blanks"] if form.is_valid() else documents.BLANKS
    try:
        content = DRAWN[which](event, layout, blanks)
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("event_day_papers", pk)
    return made_pdf(content, f"{which}-{event.day:%Y-%m-%d}.pdf")
