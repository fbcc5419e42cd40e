"""Pages to list groups, set one up, change it and add members."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.accounts.reauthentication import proved_recently
from programmes.groups import queries
from programmes.groups.actions import groups as groups_actions
from programmes.groups.actions import terms
from programmes.groups.forms import GroupDetailsForm, GroupForm, TermForm
from programmes.groups.guards import group_or_404
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import form_page
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.tables import Column, Listing


@require_safe
@login_required
def groups(request, slug):
    """The groups of a programme."""
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


@login_required
def group_new(request, slug):
    """Set up a group."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = groups_actions.create(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The group is set up. Now add its members."))
            return redirect("group", slug, group.pk)
    return form_page(
        request,
        form,
        title=_("Set up a group"),
        caption=programme.name,
        back_url=reverse("groups", args=[slug]),
        submit=_("Set up the group"),
    )


@login_required
def group_edit(request, slug, pk):
    """Change a group's name and purpose."""
    group = group_or_404(request, slug, pk)
    programme_rules.can_manage_programme(request.user, group.programme).insist(PermissionDenied)
    form = GroupDetailsForm(request.POST or None, initial={"name": group.name, "purpose": group.purpose})
    if request.method == "POST" and form.is_valid():
        try:
            groups_actions.edit(group=group, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("group", slug, pk)
    return form_page(
        request,
        form,
        title=_("Change this group"),
        caption=group.name,
        back_url=reverse("group", args=[slug, pk]),
        submit=_("Save"),
    )


@login_required
@proved_recently
def term_new(request, slug, pk):
    """Give someone a seat on a group."""
    group = group_or_404(request, slug, pk)
    programme_rules.can_manage_programme(request.user, group.programme).insist(PermissionDenied)
    form = TermForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            term = terms.add(group=group, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _added_text(term))
            return redirect("group", slug, pk)
    return form_page(
        request,
        form,
        title=_("Add a member"),
        caption=group.name,
        lead=_("Someone who is new to the programme is added under People first."),
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
