"""Programmes: the list, a programme's page, setting one up, its partners."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.reauthentication import proved_recently
from people.views.panels import rendered
from programmes import queries, registry, rules
from programmes.actions import partnerships
from programmes.actions import programmes as actions
from programmes.forms.programmes import PartnerForm, ProgrammeForm
from programmes.models import Partnership, Role
from programmes.models.roles import roles_of
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.tables import Column, Listing

from .guards import insist, programme_or_404
from .pages import form_page


@require_safe
@login_required
def programme_list(request):
    """The programmes this reader has a role in; all of them for an administrator."""
    may_create = rules.can_create_programme(request.user)
    listing = Listing(
        request,
        queries.visible_programmes(request.user, today()),
        columns=[
            Column("name", _("Programme"), sort="name", link=lambda row: row.get_absolute_url()),
            Column("funder", _("Funder"), sort="funder"),
            Column("year", _("Year"), value=_year_text),
            Column("ends_on", _("Funded until"), value=lambda row: short_date(row.ends_on), sort="ends_on"),
            Column("people", _("People"), sort="people", numeric=True),
        ],
        search=["name", "funder", "host"],
        default_sort="name",
        name="programmes",
        caption=_("Programmes"),
        empty_title=_("You are not in a programme yet"),
        empty_text=_("Set up the first one.") if may_create else _("Ask the staff of your programme to add you."),
        empty_url=reverse("programme_new") if may_create else "",
        empty_action=_("Set up a programme"),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "programmes/list.html", {"listing": listing, "may_create": may_create})


@require_safe
@login_required
def programme_page(request, slug):
    """What a programme is, who takes part, and what the apps above add."""
    programme = programme_or_404(request, slug)
    user = request.user
    may_manage = rules.can_manage_programme(user, programme)
    roles = roles_of(user).get(programme.pk, set())
    return render(
        request,
        "programmes/programme.html",
        {
            "programme": programme,
            "facts": _facts(programme, with_cost_code=rules.can_see_people(user, programme)),
            "my_roles": [role.label for role in Role if role in roles],
            "partnerships": programme.partnerships.select_related("organisation"),
            "groups": queries.groups_of(programme, today()),
            "panels": rendered(request, registry.panels_for(user, programme)),
            "may_manage": may_manage,
            "may_see_people": rules.can_see_people(user, programme),
            "proposed": queries.appointments_of(programme) if rules.can_see_people(user, programme) else [],
            "may_see_decisions": rules.can_see_decisions(user, programme),
        },
    )


@login_required
@proved_recently
def programme_new(request):
    """Set up a programme."""
    insist(rules.must_create(request.user))
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            programme = actions.create(by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The programme is set up. Now add its people."))
            return redirect(programme)
    return form_page(
        request,
        form,
        title=_("Set up a programme"),
        lead=_("Then add its people and propose the first staff and finance. Somebody else confirms them.")
        if request.user.is_administrator
        else _("You will be its first member of staff."),
        back_url=reverse("programmes"),
        submit=_("Set up the programme"),
    )


@login_required
def programme_edit(request, slug):
    """Change what is said about a programme."""
    programme = programme_or_404(request, slug)
    insist(rules.must_manage(request.user, programme))
    form = ProgrammeForm(
        request.POST or None, initial={name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("programme", slug)
    return form_page(
        request,
        form,
        title=_("Change this programme"),
        caption=programme.name,
        back_url=programme.get_absolute_url(),
        submit=_("Save"),
    )


@login_required
def partnership_new(request, slug):
    """Add a partner charity."""
    programme = programme_or_404(request, slug)
    insist(rules.must_manage(request.user, programme))
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            partnership = partnerships.add(programme=programme, by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("%(name)s is now a partner.") % {"name": partnership.organisation})
            return redirect("programme", slug)
    return form_page(
        request,
        form,
        title=_("Add a partner charity"),
        caption=programme.name,
        back_url=programme.get_absolute_url(),
        submit=_("Add this partner"),
    )


@login_required
@require_POST
def partnership_remove(request, slug, pk):
    """Take an organisation off the partners."""
    programme = programme_or_404(request, slug)
    insist(rules.must_manage(request.user, programme))
    partnership = get_object_or_404(Partnership.objects.select_related("organisation"), programme=programme, pk=pk)
    partnerships.remove(partnership=partnership, by=request.user)
    messages.success(
        request,
        _("%(name)s is no longer a partner. Its people keep their roles.") % {"name": partnership.organisation},
    )
    return redirect("programme", slug)


def _year_text(programme):
    now = today()
    if now < programme.starts_on:
        return _("Starts on %(date)s") % {"date": short_date(programme.starts_on)}
    if now > programme.ends_on:
        return _("Ended on %(date)s") % {"date": short_date(programme.ends_on)}
    return _("Year %(number)s of %(all)s") % {"number": programme.year_number, "all": programme.years_in_all}


def _facts(programme, *, with_cost_code):
    """What the programme's page says in its summary list; only staff and finance read the cost code."""
    dates = {"start": short_date(programme.starts_on), "end": short_date(programme.ends_on)}
    asked = "\n".join(
        part for part in (programme.contact_name, programme.contact_email, programme.contact_phone) if part
    )
    facts = [
        {"label": _("Run by"), "value": programme.host},
        {"label": _("Funder"), "value": programme.funder},
        {"label": _("Funding"), "value": _("%(start)s to %(end)s") % dates + "\n" + _year_text(programme)},
        {"label": _("Who to ask"), "value": asked},
    ]
    if with_cost_code:
        facts.append({"label": _("Cost code"), "value": programme.cost_code})
        facts.append({"label": _("Short code"), "value": programme.short_code})
    return [fact for fact in facts if fact["value"]]
