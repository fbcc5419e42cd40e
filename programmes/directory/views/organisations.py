"""The organisations in the directory of a programme: the list, the page of one, adding and changing one."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from people.directory.queries import tell_apart
from people.models import Organisation
from programmes.directory import queries, rules
from programmes.directory.actions import organisations as actions
from programmes.directory.filters import OrganisationFilter
from programmes.directory.forms import NewOrganisationForm, OrganisationForm
from programmes.directory.guards import organisation_or_404
from programmes.directory.listing import roles_text
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib import phones
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.tables import Column, Listing


@read_page
def organisations(request, slug):
    """List the organisations in the directory of a programme."""
    programme = programme_or_404(request, slug)
    if not rules.can_see_organisations(request.user, programme):
        raise PermissionDenied
    may_keep = rules.can_keep_organisations(request.user, programme)
    listing = Listing(
        request,
        queries.organisations_of(programme),
        columns=[
            Column("name", _("Organisation"), sort="name", link=lambda row: _url(programme, row)),
            Column("kind", _("Kind"), value=_kind, sort="kind_here"),
            Column("partner", _("Partner"), value=lambda row: _("Partner") if row.is_partner else "", shape="code"),
            Column("number", _("People"), numeric=True, sort="number"),
        ],
        search=["name"],
        search_label=_("Search organisations"),
        filters=OrganisationFilter,
        default_sort="name",
        name=f"{programme.slug}-organisations",
        caption=_("Organisations of %(programme)s") % {"programme": programme},
        empty_title=_("No organisation is here yet"),
        empty_text=_("Add the charities, funders and NHS bodies you work with."),
        empty_url=reverse("organisation_new", args=[slug]) if may_keep else "",
        empty_action=_("Add an organisation"),
    )
    if listing.wants_export:
        return listing.export()
    context = {"programme": programme, "listing": listing, "may_keep": may_keep}
    return render(request, "programmes/directory/organisations.html", context)


@read_page
def organisation(request, slug, pk):
    """Show an organisation: how to reach it, and which people of the programme belong to it."""
    programme, row = organisation_or_404(request, slug, pk)
    people = Listing(
        request,
        queries.people_at(programme, row),
        columns=[
            Column("name", _("Name"), value="name_in_list", sort="sort_key", link=_page_of),
            Column("roles", _("Roles"), value=roles_text),
            Column("channel", _("Best way to reach"), value=lambda one: one.get_channel_display(), shape="code"),
            Column("email", _("Email address"), value="email", sort="email"),
            Column("phone", _("Phone number"), value=lambda one: phones.shown(one.phone), shape="code"),
        ],
        default_sort="sort_key",
        name=f"{programme.slug}-organisation-{row.pk}",
        caption=_("People of %(name)s") % {"name": row.name},
        empty_title=_("Nobody of your programme belongs to it"),
        empty_text=_("You choose the organisation of a person where you change their details."),
    )
    if people.wants_export:
        return people.export()
    tell_apart(people.page)
    context = {
        "programme": programme,
        "organisation": row,
        "rows": _rows(row, queries.entry_of(programme, row)),
        "listing": people,
        "may_keep": rules.can_keep_organisations(request.user, programme),
    }
    return render(request, "programmes/directory/organisation.html", context)


@form_page
def organisation_new(request, slug):
    """Add an organisation to the directory of a programme."""
    programme = programme_or_404(request, slug)
    rules.can_keep_organisations(request.user, programme).insist(PermissionDenied)
    form = NewOrganisationForm(posted(request))
    if done := attempt(form, lambda: actions.add(programme=programme, by=request.user, **form.cleaned_data)):
        name = done.result.organisation.name
        messages.success(request, _("%(name)s has been added.") % {"name": name})
        return redirect("organisation", slug, done.result.organisation_id)
    return show_form(
        request,
        form,
        title=_("Add an organisation"),
        caption=programme.name,
        back_url=reverse("organisations", args=[slug]),
        submit=_("Add the organisation"),
    )


@form_page
def organisation_edit(request, slug, pk):
    """Change what the programme keeps of an organisation."""
    programme, row = organisation_or_404(request, slug, pk)
    rules.can_keep_organisations(request.user, programme).insist(PermissionDenied)
    entry = queries.entry_of(programme, row)
    names = ("kind", "about", "contact", "email", "phone", "postal_address", "website")
    initial = {name: getattr(entry, name) for name in names} if entry else {"kind": row.kind_here}
    form = OrganisationForm(posted(request), people=queries.people_at(programme, row), initial=initial)
    act = partial(actions.edit, programme=programme, organisation=row, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=entry):
        messages.success(request, _("The changes are saved."))
        return redirect("organisation", slug, pk)
    return show_form(
        request,
        form,
        title=_("Change %(name)s") % {"name": row.name},
        caption=programme.name,
        lead=_("What you write here stays in your programme. To correct the name, ask an administrator."),
        back_url=_url(programme, row),
        submit=_("Save"),
    )


def _url(programme, row):
    return reverse("organisation", args=[programme.slug, row.pk])


def _page_of(person):
    return reverse("person", args=[person.pk])


def _kind(row):
    return Organisation.Kind(row.kind_here).label


def _rows(row, entry):
    """Return what the programme keeps of an organisation, as components/summary_list.html wants it."""
    facts = [
        {"label": _("Kind"), "value": _kind(row)},
        {"label": _("Partner"), "value": _("Named as a partner of the programme") if row.is_partner else ""},
    ]
    if entry is not None:
        site = format_html('<a class="govuk-link" href="{0}" rel="noreferrer">{0}</a>', entry.website)
        facts += [
            {"label": _("What it does"), "value": entry.about},
            {"label": _("Who you speak to there"), "value": entry.contact.full_name if entry.contact else ""},
            {"label": _("Email address"), "value": entry.email},
            {"label": _("Phone number"), "value": phones.shown(entry.phone), "link": phones.link(entry.phone)},
            {"label": _("Postal address"), "value": entry.postal_address},
            {"label": _("Website"), "value": site if entry.website else ""},
        ]
    return [fact for fact in facts if fact["value"]]
