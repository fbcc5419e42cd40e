"""Pages to list groups, set one up, change it and add members."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from programmes.groups import queries
from programmes.groups.actions import groups as groups_actions
from programmes.groups.actions import terms
from programmes.groups.forms.terms import GroupDetailsForm, GroupForm, TermForm
from programmes.groups.guards import group_or_404
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.tables import Column, Listing


@read_page
def groups(request, slug):
    """List the groups of a programme."""
    programme = programme_or_404(request, slug)
    may_manage = programme_rules.can_manage_programme(request.user, programme)
    listing = Listing(
        request,
        queries.groups_of(programme, today()),
        columns=[
            Column("name", _("Group"), sort="name", link=lambda row: reverse("group", args=[slug, row.pk])),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
            Column("purpose", _("What it is for")),
            Column("in_office", _("Members"), sort="in_office", numeric=True),
        ],
        search=["name", "purpose"],
        default_sort="name",
        name=f"{programme.slug}-groups",
        caption=_("Groups of %(programme)s") % {"programme": programme},
        empty_title=_("There are no groups yet"),
        empty_text=_("A steering group takes the programme's decisions. Start with that one.") if may_manage else "",
        empty_url=reverse("group_new", args=[slug]) if may_manage else "",
        empty_action=_("Set up a group"),
    )
    if listing.wants_export:
        return listing.export()
    return render(
        request, "programmes/groups/groups.html", {"programme": programme, "listing": listing, "may_manage": may_manage}
    )


@form_page
def group_new(request, slug):
    """Set up a group."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = GroupForm(posted(request))
    if done := attempt(form, lambda: groups_actions.create(programme=programme, by=request.user, **form.cleaned_data)):
        group = done.result
        messages.success(request, _("The group is set up. Now add its members."))
        return redirect("group", slug, group.pk)
    return show_form(
        request,
        form,
        title=_("Set up a group"),
        caption=programme.name,
        back_url=reverse("groups", args=[slug]),
        submit=_("Set up the group"),
    )


@form_page
def group_edit(request, slug, pk):
    """Change a group's name and purpose."""
    group = group_or_404(request, slug, pk)
    programme_rules.can_manage_programme(request.user, group.programme).insist(PermissionDenied)
    form = GroupDetailsForm(posted(request), initial={"name": group.name, "purpose": group.purpose})
    act = partial(groups_actions.edit, group=group, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=group):
        messages.success(request, _("The changes are saved."))
        return redirect("group", slug, pk)
    return show_form(
        request,
        form,
        title=_("Change this group"),
        caption=group.name,
        back_url=reverse("group", args=[slug, pk]),
        submit=_("Save"),
    )


@form_page
@proved_recently
def term_new(request, slug, pk):
    """Give someone a seat on a group."""
    group = group_or_404(request, slug, pk)
    programme_rules.can_manage_programme(request.user, group.programme).insist(PermissionDenied)
    form = TermForm(posted(request), group=group)
    if done := attempt(form, lambda: terms.add(group=group, by=request.user, **form.cleaned_data)):
        term = done.result
        messages.success(request, _added_text(term))
        return redirect("group", slug, pk)
    return show_form(
        request,
        form,
        title=_("Add a member"),
        caption=group.name,
        lead=_("To add someone new to the programme, add them under People first."),
        back_url=reverse("group", args=[slug, pk]),
        submit=_("Add this member"),
    )


def _added_text(term):
    if term.starts_on > today():
        return _("%(name)s joins the group on %(date)s.") % {
            "name": term.person,
            "date": short_date(term.starts_on),
        }
    return _("%(name)s is now on the group.") % {"name": term.person}
