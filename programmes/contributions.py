"""What the programmes app adds to the people app: who sees whom, the header's links, the home page, a person's page."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import registry
from people.registry import NavigationLink, Panel, Task
from wellbeing.lib.dates import short_date, today

from . import queries, rules
from .actions import joining
from .models import Appointment, Joining, Membership, Role, Term
from .models.programmes import message_audience
from .models.roles import only_programme, programmes_where, roles_of


def register():
    """Called once, when the app is ready."""
    registry.person_visibility.append(people_of_their_programmes)
    registry.person_panels.append(roles_of_person)
    registry.home_tasks.append(positions_to_give)
    registry.home_tasks.append(outcomes_to_record)
    registry.home_tasks.append(terms_to_renew)
    registry.navigation.append(navigation)
    registry.privileged.append(reaches_other_people)
    registry.person_editors.append(edits_their_people)
    registry.message_readers.append(messages_of_their_programmes)
    registry.person_colleagues.append(is_near)
    registry.person_panels.append(joining_of_person)
    registry.signed_in.append(joining.answer_by_signing_in)
    registry.address_changed.append(joining.ask_at_new_address)
    registry.before_take_over.append(end_roles_held_twice)
    registry.home_tasks.append(joinings_to_answer)
    registry.home_tasks.append(appointments_to_confirm)
    registry.home_tasks.append(news_to_tell)


def is_near(user, person):
    """Staff and finance of a programme the person is in today."""
    programmes = programmes_where(user, Role.STAFF, Role.FINANCE)
    return bool(programmes) and _holds_anything(person, programmes)


def end_roles_held_twice(record, person):
    """End each open role and seat of `record` that `person` holds as well, as if it had never begun."""
    for held in Membership.objects.filter(person=record, ends_on=None):
        if Membership.objects.filter(person=person, programme=held.programme_id, role=held.role, ends_on=None).exists():
            held.ends_on = held.starts_on - dt.timedelta(days=1)
            held.save(update_fields=["ends_on"])
    for seat in Term.objects.filter(person=record, ends_on=None):
        if Term.objects.filter(person=person, group=seat.group_id, ends_on=None).exists():
            seat.ends_on = seat.starts_on - dt.timedelta(days=1)
            seat.save(update_fields=["ends_on"])


def joining_of_person(user, person):
    """For staff: whether somebody they added has said that this is them, and what to do while they have not."""
    row = Joining.objects.filter(person=person).select_related("programme", "asked_by").first()
    said_yes = row is not None and row.answer == Joining.Answer.YES
    if (
        row is None
        or said_yes
        or not (person.email or row.answer)
        or not rules.can_manage_programme(user, row.programme)
    ):
        return None
    waits = not row.answer and bool(person.email)
    return Panel("programmes/panels/joining.html", {"joining": row, "waits": waits}, order=5)


def joinings_to_answer(user):
    """Programmes that have added the reader by their address, and wait for a yes or no."""
    return [
        Task(
            title=_("%(programme)s has added you. Is this you?") % {"programme": row.programme},
            url=reverse("joinings"),
            detail=_("Added by %(name)s") % {"name": row.asked_by or row.programme.contact_name},
            urgent=True,
        )
        for row in queries.joinings_offered_to(user)
    ]


def appointments_to_confirm(user):
    """Proposals to make somebody staff or finance that wait for this reader."""
    return [
        Task(
            title=_("Confirm a role: %(name)s, %(role)s")
            % {"name": appointment.person, "role": appointment.get_role_display()},
            url=reverse("appointment", args=[appointment.pk]),
            detail=_("%(programme)s. Proposed by %(name)s")
            % {"programme": appointment.programme, "name": appointment.proposed_by},
        )
        for appointment in queries.appointments_to_confirm(user)
        if rules.can_confirm_appointment(user, appointment)
    ]


def news_to_tell(user):
    """For staff: news about their roles for people without an e-mail address."""
    return [
        Task(
            title=_("Tell %(name)s about their role") % {"name": notice.person},
            url=reverse("role_notice", args=[notice.pk]),
            detail=notice.person.get_channel_display(),
        )
        for notice in queries.news_to_tell(programmes_where(user, Role.STAFF))
    ]


def people_of_their_programmes(user):
    """Staff and finance may open the page of anyone with a role in their programme, now or before.

    Members of a group see each other's names on its page, never the pages themselves: those hold contact details and
    access needs.
    """
    return queries.in_programmes(programmes_where(user, Role.STAFF, Role.FINANCE))


def messages_of_their_programmes(user):
    """Staff may read what their programme wrote. Finance need not: answers may tell of access needs."""
    return [message_audience(pk) for pk in programmes_where(user, Role.STAFF)]


def edits_their_people(user, person):
    """Staff may change the details of people who hold a role in their programme today, on their behalf."""
    programmes = programmes_where(user, Role.STAFF)
    return bool(programmes) and _holds_anything(person, programmes)


def _holds_anything(person, programmes):
    """Whether `person` has a role, a seat or a waiting appointment in one of `programmes` (ids) today."""
    return (
        Membership.objects.in_force(today()).filter(person=person, programme__in=programmes).exists()
        or Term.objects.in_force(today()).filter(person=person, group__programme__in=programmes).exists()
        or Appointment.objects.waiting().filter(person=person, programme__in=programmes).exists()
    )


def reaches_other_people(user):
    """Staff and finance of any programme need a second factor."""
    return bool(programmes_where(user, Role.STAFF, Role.FINANCE))


def navigation(user, programme):
    """The header's links of this app: into one programme when there is one to speak of, else to the list of them."""
    if not user.is_authenticated:
        return []
    links = []
    if user.is_administrator or len(roles_of(user)) > 1:
        links.append(NavigationLink(_("Programmes"), reverse("programmes"), order=10))
    programme = programme or only_programme(user)
    if programme is None or not rules.can_see_programme(user, programme):
        return links
    slug = [programme.slug]
    runs_it = rules.can_see_people(user, programme)
    if runs_it:
        links.append(NavigationLink(_("Overview"), reverse("programme", args=slug), order=20))
        links.append(
            NavigationLink(
                _("People"), reverse("programme_people", args=slug), order=30, sections=("/people/", "/memberships/")
            )
        )
        links.append(NavigationLink(_("Groups"), reverse("groups", args=slug), order=40, sections=("/terms/",)))
    if rules.can_see_decisions(user, programme):
        url = reverse("decisions", args=slug)
        links.append(NavigationLink(_("Decisions"), url, order=60, sections=("/decisions/",)))
    if not runs_it:
        url = reverse("agreed_language", args=slug)
        links.append(NavigationLink(_("Our agreed language"), url, order=90, sections=("/language/",)))
    return links


def positions_to_give(user):
    """Open proposals on which a member has not said where they stand."""
    now = today()
    return [
        Task(
            title=_("Say what you think: %(title)s") % {"title": decision.title},
            url=reverse("decision", args=[decision.pk]),
            detail=decision.programme.name,
            due=decision.closes_on,
            urgent=decision.closes_on <= now + queries.LAST_DAYS,
        )
        for decision in queries.waiting_for_position(user, now)
    ]


def outcomes_to_record(user):
    """For staff: proposals whose last day for views has gone and that have no outcome."""
    return [
        Task(
            title=_("Record what was decided: %(title)s") % {"title": decision.title},
            url=reverse("decision", args=[decision.pk]),
            detail=_("Views were wanted by %(date)s") % {"date": short_date(decision.closes_on)},
            urgent=True,
        )
        for decision in queries.past_closing_day(programmes_where(user, Role.STAFF), today())
    ]


def terms_to_renew(user):
    """For staff: terms of office that end soon with nobody to follow."""
    now = today()
    return [
        Task(
            title=_("%(name)s leaves the group “%(group)s”") % {"name": term.person, "group": term.group},
            url=reverse("group", args=[term.group.programme.slug, term.group_id]),
            detail=ngettext(
                "Their term of office ends in %(days)s day. Agree who comes next.",
                "Their term of office ends in %(days)s days. Agree who comes next.",
                (term.ends_on - now).days,
            )
            % {"days": (term.ends_on - now).days},
            due=term.ends_on,
        )
        for term in queries.terms_ending_soon(programmes_where(user, Role.STAFF), now)
    ]


def roles_of_person(user, person):
    """What a person is to each programme the reader may know about, with dates; staff can end a role from here."""
    visible = None
    if not user.is_administrator and person.pk != user.person.pk:
        visible = programmes_where(user, Role.STAFF, Role.FINANCE)
    memberships = Membership.objects.filter(person=person).select_related("programme")
    terms = Term.objects.filter(person=person).select_related("group__programme")
    if visible is not None:
        memberships = memberships.filter(programme__in=visible)
        terms = terms.filter(group__programme__in=visible)
    programmes = {}
    now = today()
    for membership in memberships.order_by("-starts_on", "pk"):
        programmes.setdefault(membership.programme, []).append(
            _line(user, membership, membership.programme, membership.get_role_display(), "membership_end", now)
        )
    for term in terms.order_by("-starts_on", "pk"):
        label = f"{term.group}: {term.get_office_display()} ({term.get_seat_display()})"
        programmes.setdefault(term.group.programme, []).append(
            _line(user, term, term.group.programme, label, "term_end", now)
        )
    waiting = Appointment.objects.waiting().filter(person=person).select_related("programme")
    for appointment in waiting if visible is None else waiting.filter(programme__in=visible):
        programmes.setdefault(appointment.programme, []).append(
            {
                "label": _("%(role)s: waiting to be confirmed") % {"role": appointment.get_role_display()},
                "appointment_url": reverse("appointment", args=[appointment.pk]),
                "holds": True,
            }
        )
    if not programmes:
        return None
    blocks = [
        {
            "programme": programme,
            "lines": sorted(lines, key=lambda line: not line["holds"]),
            "add_url": reverse("membership_new", args=[programme.slug, person.pk])
            if rules.can_give_role(user, programme, person)
            else "",
        }
        for programme, lines in sorted(programmes.items(), key=lambda pair: pair[0].name)
    ]
    return Panel("programmes/panels/roles.html", {"blocks": blocks, "person": person}, order=20)


def _line(user, row, programme, label, end_url, now):
    over = row.ends_on is not None and row.ends_on < now
    may_end = not over and rules.can_manage_programme(user, programme)
    return {
        "label": label,
        "row": row,
        "holds": not over,
        "end_url": reverse(end_url, args=[row.pk]) if may_end else "",
    }
