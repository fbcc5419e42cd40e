"""Show the people of a programme, in the columns the reader chose."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.privacy.looking import note_looks, shows
from people.privacy.models import Look
from programmes import registry
from programmes.directory.actions import columns
from programmes.directory.forms import ColumnsForm
from programmes.directory.listing import offered_columns, people_listing, shown_keys
from programmes.directory.queries import with_needs
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, form_page, posted
from wellbeing.lib.tables import filters_of


@form_page
@shows(Look.Kind.NEEDS)
def programme_people(request, slug):
    """List everyone in the directory of the programme; a POST keeps what was ticked."""
    programme = _programme(request, slug)
    may_manage = programme_rules.can_manage_programme(request.user, programme)
    listing = people_listing(request, programme)
    if listing.wants_export:
        if listing.shows_needs:
            note_looks(request.user, with_needs(listing.queryset), Look.Kind.NEEDS)
        return listing.export()
    if answer := listing.answer():
        return answer
    if listing.shows_needs:
        seen = [person.pk for person in listing.page if person.access_needs.all()]
        note_looks(request.user, seen, Look.Kind.NEEDS)
    context = {
        "programme": programme,
        "listing": listing,
        "may_manage": may_manage,
        "links": _links(request, programme) if may_manage else [],
    }
    return render(request, "programmes/directory/people.html", context)


@form_page
def people_columns(request, slug):
    """Choose the columns of the list of people."""
    programme = _programme(request, slug)
    offered = offered_columns(
        staff=bool(programme_rules.can_manage_programme(request.user, programme)),
        with_needs=programme_rules.can_see_access_needs(request.user, programme),
    )
    form = ColumnsForm(posted(request), columns=offered, initial={"columns": shown_keys(request.user, offered)})
    back_url = reverse("programme_people", args=[slug])
    if "usual" in request.POST:
        columns.choose_usual(by=request.user)
        messages.success(request, _("You have the usual columns again."))
        return redirect(back_url)
    if attempt(form, lambda: columns.choose(columns=form.cleaned_data["columns"], by=request.user)):
        messages.success(request, _("Your columns are saved. They are the same in all your programmes."))
        return redirect(back_url)
    return show_form(
        request,
        form,
        title=_("Choose columns"),
        caption=programme.name,
        back_url=back_url,
        submit=_("Save these columns"),
        template="programmes/directory/columns.html",
    )


def _programme(request, slug):
    programme = programme_or_404(request, slug)
    if not programme_rules.can_see_people(request.user, programme):
        raise PermissionDenied
    return programme


def _links(request, programme):
    """Return what apps lead to from here, with the filters of the address that can be saved as a list."""
    query = filters_of(request, but=["list"])
    return [link for make in registry.people_links for link in make(programme, query)]
