"""The list of programmes and the page of one."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from people.home.panels import rendered
from programmes import registry
from programmes.dashboard import rules as dashboard_rules
from programmes.decisions import rules as decision_rules
from programmes.groups import queries as group_queries
from programmes.heard import rules as heard_rules
from programmes.members import queries as member_queries
from programmes.pages import queries
from programmes.programme import queries as programme_queries
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Role, roles_of
from wellbeing.lib import phones
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.form_pages import read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


@read_page
def programme_list(request):
    """List the programmes this reader has a role in; all of them for an administrator."""
    may_create = programme_rules.can_create_programme(request.user)
    listing = Listing(
        request,
        programme_queries.visible_programmes(request.user, today()),
        columns=[
            Column("name", _("Programme"), sort="name", link=lambda row: row.get_absolute_url()),
            Column("funder", _("Funder"), sort="funder"),
            Column("year", _("Year"), value=_year_text),
            Column("ends_on", _("Funded until"), kind=DATE, sort="ends_on"),
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
    return render(request, "programmes/pages/list.html", {"listing": listing, "may_create": may_create})


@read_page
def programme_page(request, slug):
    """Show what a programme is, who takes part, and the panels of the apps above."""
    programme = programme_or_404(request, slug)
    user = request.user
    may_manage = programme_rules.can_manage_programme(user, programme)
    roles = roles_of(user).get(programme.pk, set())
    may_see_people = programme_rules.can_see_people(user, programme)
    setup = queries.setup_of(user, [programme])[programme.pk] if may_see_people else None
    return render(
        request,
        "programmes/pages/programme.html",
        {
            "programme": programme,
            "facts": _facts(programme, with_cost_code=may_see_people),
            "my_roles": [role.label for role in Role if role in roles],
            "partnerships": programme.partnerships.select_related("organisation"),
            "groups": group_queries.groups_of(programme, today()),
            "panels": rendered(request, registry.panels_for(user, programme)),
            "may_manage": may_manage,
            "missing_on_letters": programme.missing_on_letters if may_manage else [],
            "setup": setup if setup and not setup.is_done else None,
            "may_see_people": may_see_people,
            "proposed": member_queries.appointments_of(programme) if may_see_people else [],
            "may_contribute": heard_rules.can_contribute(user, programme) and not may_see_people,
            "may_see_dashboard": dashboard_rules.can_see_dashboard(user, programme),
            "may_see_decisions": decision_rules.can_see_decisions(user, programme),
        },
    )


def _year_text(programme):
    now = today()
    if now < programme.starts_on:
        return _("Starts on %(date)s") % {"date": short_date(programme.starts_on)}
    if now > programme.ends_on:
        return _("Ended on %(date)s") % {"date": short_date(programme.ends_on)}
    return _("Year %(number)s of %(all)s") % {"number": programme.year_number, "all": programme.years_in_all}


def _facts(programme, *, with_cost_code):
    """Return the facts of the programme's page for a summary list; only staff and finance read the cost code and
    what letters say."""
    dates = {"start": short_date(programme.starts_on), "end": short_date(programme.ends_on)}
    ways = (programme.contact_name, programme.contact_email, phones.html(programme.contact_phone))
    contact = format_html_join("\n", "{}", ((way,) for way in ways if way))
    facts = [
        {"label": _("Run by"), "value": "\n".join(filter(None, (programme.host, programme.host_number)))},
        {"label": _("Funder"), "value": programme.funder},
        {"label": _("Funding"), "value": _("%(start)s to %(end)s") % dates + "\n" + _year_text(programme)},
        {"label": _("Who to ask"), "value": contact},
    ]
    if with_cost_code:
        facts.append({"label": _("Cost code"), "value": programme.cost_code})
        facts.append({"label": _("Short code"), "value": programme.short_code})
        facts.append({"label": _("Address on letters"), "value": programme.host_address})
        signed = "\n".join(filter(None, (programme.letters_signed_by, programme.letters_signed_as)))
        facts.append({"label": _("Who signs letters"), "value": signed})
    return [fact for fact in facts if fact["value"]]
