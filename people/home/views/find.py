"""Find anything the reader may see: people, events, decisions, claims, payments."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from people.home import queries
from wellbeing.lib.form_pages import read_page


@read_page
def find(request):
    """Show what a search finds, kind by kind; go straight to the thing whose reference it is."""
    if not queries.may_find(request.user):
        raise PermissionDenied
    text = request.GET.get("q", "")
    if url := queries.exactly(request.user, text):
        return redirect(url)
    kinds = queries.find(request.user, text)
    context = {"text": text, "kinds": kinds, "shown_each": queries.MAX_SHOWN, "nearly": any(k.nearly for k in kinds)}
    return render(request, "people/home/find.html", context)
