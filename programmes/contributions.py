"""Add the wings' parts to people: who sees whom, the header's links, the home page, a person's page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from people import registry
from people.registry import NavigationLink
from programmes import registry as programmes_registry
from programmes.decisions import rules as decision_rules
from programmes.decisions.contributions import DECISIONS, outcomes_to_record, positions_to_give
from programmes.groups.contributions import terms_to_renew
from programmes.members.contributions import (
    answer_by_signing_in,
    appointments_to_confirm,
    ask_at_new_address,
    edits_their_people,
    end_roles_held_twice,
    is_near,
    joining_of_person,
    joinings_to_answer,
    make_creator_staff,
    messages_of_their_programmes,
    news_to_tell,
    people_of_their_programmes,
    roles_of_person,
)
from programmes.pages import contributions as pages_contributions
from programmes.programme import hooks as programme_hooks
from programmes.programme import rules as programme_rules
from programmes.programme.contributions import reaches_other_people, sees_what_others_do
from programmes.programme.models.programmes import Programme, only_programme, roles_of


def register():
    """Register them once, when the app is ready."""
    programme_hooks.after_creating.append(make_creator_staff)
    registry.person_visibility.append(people_of_their_programmes)
    registry.person_panels.append(roles_of_person)
    registry.home_tasks.append(positions_to_give)
    registry.home_tasks.append(outcomes_to_record)
    registry.home_tasks.append(terms_to_renew)
    registry.navigation.append(navigation)
    registry.programme_choices.append(programme_choices)
    registry.privileged.append(reaches_other_people)
    registry.searchers.append(sees_what_others_do)
    registry.finders.append(DECISIONS)
    registry.person_editors.append(edits_their_people)
    registry.message_readers.append(messages_of_their_programmes)
    registry.person_colleagues.append(is_near)
    registry.person_panels.append(joining_of_person)
    registry.signed_in.append(answer_by_signing_in)
    registry.address_changed.append(ask_at_new_address)
    registry.before_take_over.append(end_roles_held_twice)
    registry.home_tasks.append(pages_contributions.setup_tasks)
    registry.account_columns.append(pages_contributions.ROLES)
    programmes_registry.setup_steps += [pages_contributions.PEOPLE, pages_contributions.FINANCE]
    registry.home_tasks.append(joinings_to_answer)
    registry.home_tasks.append(appointments_to_confirm)
    registry.home_tasks.append(news_to_tell)


def programme_choices(user, programme):
    """Return the links of the header's list of programmes: those with a role of `user`, by name, and the page's own."""
    chosen = Programme.objects.filter(Q(pk__in=roles_of(user)) | Q(pk=programme.pk if programme else None))
    links = [NavigationLink(row.name, reverse("programme", args=[row.slug])) for row in chosen.order_by("name")]
    if links and user.is_administrator:
        links.append(NavigationLink(_("All programmes"), reverse("programmes")))
    return links


def navigation(user, programme):
    """Return the header's links of this app: into the page's programme or the reader's only one, else to their list."""
    if not user.is_authenticated:
        return []
    links = []
    if user.is_administrator or len(roles_of(user)) > 1:
        links.append(NavigationLink(_("Programmes"), reverse("programmes"), order=10))
    programme = programme or only_programme(user)
    if programme is None or not programme_rules.can_see_programme(user, programme):
        return links
    slug = [programme.slug]
    runs_it = programme_rules.can_see_people(user, programme)
    if runs_it:
        links.append(NavigationLink(_("Overview"), reverse("programme", args=slug), order=20))
        links.append(
            NavigationLink(
                _("People"), reverse("programme_people", args=slug), order=30, sections=("/people/", "/memberships/")
            )
        )
        links.append(NavigationLink(_("Groups"), reverse("groups", args=slug), order=40, sections=("/terms/",)))
    if decision_rules.can_see_decisions(user, programme):
        url = reverse("decisions", args=slug)
        links.append(NavigationLink(_("Decisions"), url, order=60, sections=("/decisions/",)))
    if not runs_it:
        url = reverse("agreed_language", args=slug)
        links.append(NavigationLink(_("Our agreed language"), url, order=90, sections=("/language/",)))
    return links
