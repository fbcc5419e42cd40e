"""The page of a group."""

from django.shortcuts import render

from people.home.panels import rendered
from programmes import registry
from programmes.decisions import rules as decision_rules
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from programmes.groups.guards import group_or_404
from programmes.groups.models import GroupRules
from programmes.programme import rules as programme_rules
from programmes.programme.models.groups import Group
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import read_page


@read_page
def group_page(request, slug, pk):
    """Show what a group is for, and who serves on it and until when."""
    group = group_or_404(request, slug, pk)
    user = request.user
    now = today()
    serving = group_queries.members(group, now)
    sees_members = group_rules.can_see_members(user, group)
    may_manage = programme_rules.can_manage_programme(user, group.programme)
    rules = GroupRules.objects.in_force_on(group, now)
    others = group.terms.select_related("person", "deputy_for").exclude(pk__in=[term.pk for term in serving])
    return render(
        request,
        "programmes/pages/group.html",
        {
            "programme": group.programme,
            "group": group,
            "seats": group_queries.seats_taken(serving),
            "vacancies": [row for row in group_queries.vacancies(rules, serving) if row[2]],
            "rules": rules,
            "sees_interests": group_rules.can_see_interests(user, group),
            "members": serving if sees_members else [],
            "coming": [term for term in others if term.starts_on > now] if sees_members else [],
            "former": [term for term in others if term.starts_on <= now] if may_manage else [],
            "sees_members": sees_members,
            "links_to_people": programme_rules.can_see_people(user, group.programme),
            "may_manage": may_manage,
            "may_see_decisions": group.kind == Group.Kind.STEERING
            and decision_rules.can_see_decisions(user, group.programme),
            "member_count": len(serving),
            "panels": rendered(request, [panel for make in registry.group_panels if (panel := make(user, group))]),
        },
    )
