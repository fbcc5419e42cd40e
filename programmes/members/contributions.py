"""Add the people of a programme to people: who sees whom, tasks on the home page, roles on a person's page."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from people.registry import Panel, Task
from programmes.members import queries, rules
from programmes.members.actions import appointments, joining
from programmes.programme import queries as programme_queries
from programmes.programme import rules as programme_rules
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Appointment, Joining
from programmes.programme.models.programmes import Membership, Programme, Role, message_audience, programmes_where
from wellbeing.lib.dates import today


def is_near(user, person):
    """Return whether `user` is staff or finance of a programme `person` is in today."""
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
    """Tell staff whether somebody they added has said that this is them, and what to do while they have not."""
    row = Joining.objects.filter(person=person).select_related("programme", "asked_by").first()
    said_yes = row is not None and row.answer == Joining.Answer.YES
    if (
        row is None
        or said_yes
        or not (person.email or row.answer)
        or not programme_rules.can_manage_programme(user, row.programme)
    ):
        return None
    waits = not row.answer and bool(person.email)
    return Panel("programmes/members/panels/joining.html", {"joining": row, "waits": waits}, order=5)


def joinings_to_answer(user):
    """List the programmes that have added the reader by their address, and wait for a yes or no."""
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
    """List the proposals to make somebody staff or finance that wait for this reader."""
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
    """List for staff the news about their roles for people without an email address."""
    return [
        Task(
            title=_("Tell %(name)s about their role") % {"name": notice.person},
            url=reverse("role_notice", args=[notice.pk]),
            detail=notice.person.get_channel_display(),
        )
        for notice in queries.news_to_tell(programmes_where(user, Role.STAFF))
    ]


def people_of_their_programmes(user):
    """Return a Q: staff and finance may open the page of anyone with a role in their programme, now or before.

    Members of a group see each other's names on its page, never the pages themselves: those hold contact details and
    access needs.
    """
    return programme_queries.in_programmes(programmes_where(user, Role.STAFF, Role.FINANCE))


def messages_of_their_programmes(user):
    """Return the audiences of programmes whose staff `user` is.

    Finance need not read them: answers may tell of access needs.
    """
    return [message_audience(pk) for pk in programmes_where(user, Role.STAFF)]


def edits_their_people(user, person):
    """Return whether `user` is staff of a programme in which `person` holds a role today."""
    programmes = programmes_where(user, Role.STAFF)
    return bool(programmes) and _holds_anything(person, programmes)


def _holds_anything(person, programmes):
    """Return whether `person` has a role, a seat or a waiting appointment in one of `programmes` today."""
    return (
        Membership.objects.effective_on(today()).filter(person=person, programme__in=programmes).exists()
        or Term.objects.effective_on(today()).filter(person=person, group__programme__in=programmes).exists()
        or Appointment.objects.waiting().filter(person=person, programme__in=programmes).exists()
    )


def roles_of_person(user, person):
    """Show a person's part in each programme the reader may know about, with dates; staff can end a role from here."""
    visible = None
    if not user.is_administrator and person.pk != user.person.pk:
        visible = programmes_where(user, Role.STAFF, Role.FINANCE)
    memberships = Membership.objects.filter(person=person).select_related("programme")
    terms = Term.objects.filter(person=person).select_related("group__programme")
    if visible is not None:
        memberships = memberships.filter(programme__in=visible)
        terms = terms.filter(group__programme__in=visible)
    programmes: dict[Programme, list[dict[str, Any]]] = {}
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
            if programme_rules.can_give_role(user, programme, person)
            else "",
        }
        for programme, lines in sorted(programmes.items(), key=lambda pair: pair[0].name)
    ]
    return Panel("programmes/members/panels/roles.html", {"blocks": blocks, "person": person}, order=20)


def _line(user, row, programme, label, end_url, now):
    over = row.ends_on is not None and row.ends_on < now
    may_end = not over and programme_rules.can_manage_programme(user, programme)
    return {
        "label": label,
        "row": row,
        "holds": not over,
        "end_url": reverse(end_url, args=[row.pk]) if may_end else "",
    }


def answer_by_signing_in(user):
    """Count a sign-in of `user` as their yes to the programme that has added them."""
    joining.answer_by_signing_in(by=user)


def ask_at_new_address(person):
    """Ask at the changed address of `person` whether they join, where that is open."""
    joining.ask_at_new_address(person=person, by=None)


def make_creator_staff(programme, by):
    """Make the user who has set up `programme` its first staff; an administrator becomes nothing in it."""
    if not by.is_administrator:
        appointments.appoint_creator(programme=programme, by=by)
