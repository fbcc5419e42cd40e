"""Add the wings' parts to people: who sees whom, the header's links, the home page, a person's page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.consent import hooks as consent_hooks
from people.directory import hooks as directory_hooks
from people.registry import NavigationLink
from programmes import registry as programmes_registry
from programmes.contacts import contributions as contacts
from programmes.dashboard import contributions as dashboard
from programmes.dashboard import documents as dashboard_documents
from programmes.decisions import reminders as decision_reminders
from programmes.decisions import rules as decision_rules
from programmes.decisions import wordings as decision_wordings
from programmes.decisions.contributions import DECISIONS, DOCUMENTS_DUE
from programmes.decisions.contributions import TASKS as DECISION_TASKS
from programmes.directory import contributions as directory
from programmes.doubles import contributions as doubles
from programmes.groups.contributions import interests_to_look_at, rules_to_agree, terms_to_renew
from programmes.heard import contributions as heard
from programmes.heard import reminders as heard_reminders
from programmes.heard.said_by import said_panel
from programmes.impact import contributions as impact
from programmes.impact import documents as impact_documents
from programmes.importing import contributions as importing
from programmes.involved import contributions as involved
from programmes.language.contributions import TEXTS, words_to_avoid
from programmes.members import reminders as member_reminders
from programmes.members.contributions import (
    answer_by_signing_in,
    appointments_to_confirm,
    ask_at_new_address,
    colleagues_who_tell,
    edits_their_people,
    end_roles_held_twice,
    had_part_in_their_programmes,
    is_near,
    joining_of_person,
    joinings_to_answer,
    make_creator_staff,
    members_to_write_to,
    messages_of_their_programmes,
    people_of_their_programmes,
    people_to_write_to,
    roles_of_person,
    share_no_address_at_work,
    voice_between,
    voice_of_programme,
    works_for_a_programme,
)
from programmes.packs import contributions as packs
from programmes.pages import contributions as pages_contributions
from programmes.pages import privacy
from programmes.pages.records import KEPT_ONCE
from programmes.participation import stages as participation
from programmes.programme import hooks as programme_hooks
from programmes.programme import rules as programme_rules
from programmes.programme.contributions import reaches_other_people, sees_what_others_do, takes_part
from programmes.programme.models.programmes import Programme, only_programme, roles_of
from programmes.programme.news import ROLE
from programmes.reminders.contributions import answers_to_reminders
from programmes.reminders.wordings import REMINDER
from programmes.reviews import board as review_board
from programmes.reviews import contributions as reviews
from programmes.reviews import documents as review_documents
from programmes.reviews import reminders as review_reminders
from programmes.reviews import rules as review_rules
from programmes.taking_part import contributions as taking_part
from programmes.taking_part import reminders as needs_reminders
from programmes.wording.contributions import gaps_to_deal_with, keep_gaps
from programmes.wording.queries import words_in_force


def register():
    """Register them once, when the app is ready."""
    programme_hooks.after_creating.append(make_creator_staff)
    privacy.register()
    involved.register()
    doubles.register()
    contacts.register()
    packs.register()
    programmes_registry.people_links.append(doubles.people_links)
    programmes_registry.people_filters.append(importing.CAME_IN_WITH)
    _add_people_of_programmes()
    _add_to_pages_of_people()
    _add_to_home()
    _add_dashboard_and_reminders()
    _add_work()
    _add_words()
    _add_notice_kinds()


def _add_people_of_programmes():
    """Say who sees, edits, speaks for and writes to whom, and what happens when two records become one."""
    registry.person_visibility.append(people_of_their_programmes)
    registry.organisation_visibility.append(directory.organisations_of_their_programmes)
    registry.person_editors.append(edits_their_people)
    consent_hooks.may_take_back.append(had_part_in_their_programmes)
    registry.person_colleagues.append(is_near)
    registry.message_readers.append(messages_of_their_programmes)
    registry.privileged.append(reaches_other_people)
    registry.takes_part.append(takes_part)
    programmes_registry.participation_stages += participation.OWN
    registry.searchers.append(sees_what_others_do)
    registry.finders += [DECISIONS, heard.CONTRIBUTIONS, directory.ORGANISATIONS]
    registry.signed_in.append(answer_by_signing_in)
    registry.address_changed.append(ask_at_new_address)
    registry.needs_own_address.append(works_for_a_programme)
    directory_hooks.kept_once += KEPT_ONCE
    registry.before_take_over += [
        share_no_address_at_work,
        end_roles_held_twice,
        heard.said_once,
        directory.one_of_each,
        taking_part.one_break_at_a_time,
    ]
    registry.voices.append(voice_of_programme)
    registry.telling_colleagues.append(colleagues_who_tell)
    registry.shared_voices.append(voice_between)
    registry.recipients |= {"programme": people_to_write_to, "group": members_to_write_to}


def _add_to_pages_of_people():
    """Add panels to a person's page and to one's own, and the columns of the list of accounts."""
    registry.person_panels += [
        roles_of_person,
        joining_of_person,
        directory.tags_panel,
        directory.notes_panel,
        said_panel,
    ]
    registry.person_history.append(directory.history_of_person)
    registry.own_details_panels.append(taking_part.own_parts)
    registry.needs_readers.append(taking_part.who_reads_needs)
    registry.account_columns.append(pages_contributions.ROLES)


def _add_to_home():
    """Add the header's links and what waits for somebody on the home page."""
    registry.navigation.append(navigation)
    registry.programme_choices.append(programme_choices)
    registry.home_tasks += [
        *DECISION_TASKS,
        terms_to_renew,
        rules_to_agree,
        interests_to_look_at,
        *heard.HOME_TASKS,
        pages_contributions.setup_tasks,
        *reviews.TASKS,
        joinings_to_answer,
        taking_part.comebacks_to_answer,
        appointments_to_confirm,
        importing.imports_to_finish,
        gaps_to_deal_with,
    ]


def _add_dashboard_and_reminders():
    """Add subjects of reminders, panels and steps of a programme, and the parts of its dashboard."""
    for reminders in (member_reminders, needs_reminders, decision_reminders, heard_reminders, review_reminders):
        programmes_registry.add_reminder_subject(reminders.SUBJECT)
    programmes_registry.programme_panels.append(reviews.programme_panel)
    programmes_registry.setup_steps += [pages_contributions.PEOPLE, pages_contributions.FINANCE]
    for part in (*dashboard.PARTS, review_board.GAP):
        programmes_registry.add_dashboard_part(part)


def _add_work():
    """Add kinds of long work, and what waits for a worker."""
    registry.due_work += [DOCUMENTS_DUE, heard.EVIDENCE_DUE]
    registry.job_kinds |= importing.JOB_KINDS | {
        review_documents.JOB_KIND: reviews.PAPER_JOB,
        impact_documents.JOB_KIND: impact.PAPER,
        dashboard_documents.JOB_KIND: dashboard.PAPER,
    }


def _add_words():
    """Add the agreed language and a programme's own words."""
    registry.language_hints.append(words_to_avoid)
    programmes_registry.programme_texts += [*TEXTS, *impact.TEXTS]
    registry.own_words.append(words_in_force)
    registry.unfilled_words.append(keep_gaps)


def _add_notice_kinds():
    """Add the kinds of things that programmes say to people."""
    registry.add_notice_kinds(*reviews.KINDS)
    registry.add_notice_kinds(
        registry.NoticeKind("role", gettext_lazy("A role or seat"), wording=ROLE),
        registry.NoticeKind(
            "reminder",
            gettext_lazy("Reminders"),
            essential=False,
            answer=answers_to_reminders,
            wording=REMINDER,
        ),
        registry.NoticeKind(
            "proposal", gettext_lazy("A proposal to give a view on"), wording=decision_wordings.PROPOSAL
        ),
        registry.NoticeKind(
            "decision_talk", gettext_lazy("Questions, objections and answers"), wording=decision_wordings.TALK
        ),
        registry.NoticeKind("decision", gettext_lazy("What was decided"), wording=decision_wordings.DECISION),
        heard.TOLD_BACK,
        heard.ABOUT,
        registry.NoticeKind("joining", gettext_lazy("Is this you?"), legal=True, secret=True),
        registry.NoticeKind("appointment", gettext_lazy("A role to confirm"), legal=True, secret=True),
    )


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
        ours = (reverse(name, args=slug) for name in ("programme_tags", "organisations", "welcome_pack"))
        parts = ("/people/", "/memberships/", "/notes/", *ours)
        links.append(NavigationLink(_("People"), reverse("programme_people", args=slug), order=30, sections=parts))
        links.append(NavigationLink(_("Groups"), reverse("groups", args=slug), order=40, sections=("/terms/",)))
    links += dashboard.links(user, programme)
    if decision_rules.can_see_decisions(user, programme):
        url = reverse("decisions", args=slug)
        links.append(NavigationLink(_("Decisions"), url, order=60, sections=("/decisions/",)))
    links.append(NavigationLink(_("You said, we did"), reverse("you_said", args=slug), order=62, sections=("/heard/",)))
    if review_rules.is_inside(user, programme):
        url = reverse("reviews", args=slug)
        links.append(NavigationLink(_("4Pi reviews"), url, order=65, sections=("/reviews/",)))
    if not runs_it:
        url = reverse("agreed_language", args=slug)
        links.append(NavigationLink(_("Our agreed language"), url, order=90, sections=("/language/",)))
    return links
