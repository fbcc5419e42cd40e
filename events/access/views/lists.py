"""The lists of an event for those who need them, as pages and as PDFs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events.access import documents, queries
from events.access.guards import event_of_list
from events.access.page import AccessList
from events.planning import rules as planning_rules
from people.privacy.looking import note_looks, shows
from people.privacy.models import Look
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import read_page


@read_page
@shows(Look.Kind.NEEDS)
def access_list(request, pk, which):
    """Show a list of an event: what its caterer, venue, facilitators or front desk need to know, and no more."""
    event = event_of_list(request, pk, which)
    note_looks(request.user, queries.people_with_needs(event), Look.Kind.NEEDS)
    context = {
        "programme": event.programme,
        "event": event,
        "page": AccessList(event, which),
        "is_staff": bool(planning_rules.can_manage_event(request.user, event)),
        "papers": [
            (_("To print (PDF)"), documents.STANDARD),
            (_("To print in large print (PDF)"), documents.LARGE),
        ],
    }
    return render(request, "events/access/list.html", context)


@read_page
@shows(Look.Kind.NEEDS)
def access_list_pdf(request, pk, which, layout):
    """Draw the list as a PDF, in standard or large print."""
    event = event_of_list(request, pk, which)
    if layout not in documents.LAYOUTS:
        raise Http404
    note_looks(request.user, queries.people_with_needs(event), Look.Kind.NEEDS)
    try:
        content = documents.draw(AccessList(event, which), layout, today())
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("access_list", pk, which)
    return made_pdf(content, f"{which}-{event.day:%Y-%m-%d}.pdf")
