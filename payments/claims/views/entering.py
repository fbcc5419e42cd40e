"""Claims staff enter for people who ring up, write or come in; and telling them what was entered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payments.autosave import views as autosave_views
from payments.claims import queries, rules
from payments.claims.actions import entering
from payments.claims.forms.entering import EnterForm
from payments.shared.guards import programme_for
from people.directory.queries import tell_apart
from programmes.programme.rules import can_see_access_needs
from wellbeing.lib import phones
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import form_page, is_sent, posted, read_page
from wellbeing.lib.tables import Column, Listing


@read_page
def claims_enter(request, slug):
    """List the people with lived experience of the programme, to choose whom to enter a claim for."""
    programme = programme_for(request, slug, rules.can_enter_claims)
    listing = Listing(
        request,
        queries.claimants(programme).exclude(pk=request.user.person.pk),
        name=f"claims-enter-{programme.slug}",
        caption=_("People with lived experience"),
        columns=[
            Column(
                "full_name",
                _("Name"),
                value="name_in_list",
                sort="sort_key",
                link=lambda person: reverse("claim_enter", args=[programme.slug, person.pk]),
                detail=lambda person: person.known_as,
            ),
            Column(
                "phone",
                _("Phone"),
                value=lambda person: phones.shown(person.phone),
                link=lambda person: phones.link(person.phone),
            ),
            Column("channel", _("Best reached by"), value=lambda person: str(person.get_channel_display())),
        ],
        search=["search_key", "phone", "email"],
        search_label=_("Search by name or phone number"),
        default_sort="sort_key",
        empty_title=_("Nobody here yet"),
        empty_text=_("Add people with lived experience to the programme first."),
    )
    if listing.wants_export:
        return listing.export()
    tell_apart(listing.page)
    return render(request, "payments/claims/entering/people.html", {"programme": programme, "listing": listing})


@form_page
def claim_enter(request, slug, person_pk):
    """Start a claim for a person: what it is for, and how they asked. Expenses and sending come on its own page."""
    programme = programme_for(request, slug, rules.can_enter_claims)
    person = get_object_or_404(queries.claimants(programme), pk=person_pk)
    rules.can_enter_for(request.user, programme, person).insist(PermissionDenied)
    form = EnterForm(posted(request), person=person, programme=programme)
    if is_sent(form):
        try:
            claim = entering.enter(programme=programme, person=person, by=request.user, **form.values)
        except ActionError as error:
            # The form asks "what" where the action has an activity, and "day" where it has `on`.
            error.field = {"activity": "what", "on": "day"}.get(error.field or "", error.field)
            error.add_to(form)
        else:
            autosave_views.forget(request)
            messages.success(request, _("The claim is started. Add what they spent, check it with them, and send it."))
            return redirect(claim)
    context = {
        "programme": programme,
        "person": person,
        "needs": [str(need) for need in person.access_needs.all()]
        if can_see_access_needs(request.user, programme)
        else [],
        "form": form,
        **autosave_views.kept(request, form),
    }
    return render(request, "payments/claims/entering/enter.html", context)
