"""Add the people of a programme to people: who sees whom, tasks on the home page, roles on a person's page."""

import datetime as dt
from typing import Any

from django.db import IntegrityError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from people.consent.models import Purpose
from people.consent.queries import agreed_to
from people.models import Person
from people.registry import Panel, Recipients, Task
from programmes.members import queries, rules
from programmes.members.actions import appointments, joining
from programmes.programme import queries as programme_queries
from programmes.programme import rules as programme_rules
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.joining import Appointment, CreatorRight, Joining
from programmes.programme.models.pauses import Pause
from programmes.programme.models.programmes import Membership, Programme, Role, message_audience, programmes_where
from wellbeing.lib.dates import today


def is_near(user, person):
    """Return whether `user` is staff or finance of a programme `person` is in today."""
    programmes = programmes_where(user, Role.STAFF, Role.FINANCE)
    return bool(programmes) and _holds_anything(person, programmes)


def works_for_a_programme(person):
    """Return whether `person` is or will be staff or finance, is proposed for it, or may set up programmes."""
    roles = Membership.objects.filter(person=person, role__in=Appointment.ROLES)
    return (
        roles.filter(Q(ends_on=None) | Q(ends_on__gte=today())).exists()
        or Appointment.objects.waiting().filter(person=person).exists()
        or CreatorRight.objects.filter(person=person, ended_at=None).exists()
    )


def share_no_address_at_work(record, person):
    """Raise IntegrityError where somebody who shares their address would get a role of staff or finance."""
    if person.shares_address and works_for_a_programme(record):
        raise IntegrityError("staff and finance share their email address with nobody")


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


def voice_of_programme(voice):
    """Return the Voice of the programme whose notices say `voice`; None for another app's."""
    programme = _programme_of(voice)
    return programme.speaker if programme else None


def colleagues_who_tell(voice):
    """Return the staff of the programme whose notices say `voice`: its contact first, then those there longest."""
    programme = _programme_of(voice)
    if programme is None:
        return []
    staff = Membership.objects.effective_on(today()).filter(programme=programme, role=Role.STAFF)
    people = [row.person for row in staff.select_related("person").order_by("starts_on", "pk")]
    return sorted(people, key=lambda person: person.email.lower() != programme.contact_email.lower())


def people_to_write_to(user, slug):
    """Return those with a role or seat in a programme today, and who agreed to hear from it later, for its staff."""
    programme = Programme.objects.visible_to(user).filter(slug=slug).first()
    if programme is None:
        return None
    return Recipients(
        title=_("People of %(programme)s") % {"programme": programme},
        people=Person.objects.filter(
            programme_queries.holding(programme, on=today())
            | (programme_queries.holding(programme) & agreed_to(Purpose.CONTACT))
        ),
        voice=message_audience(programme.pk),
        back_url=reverse("programme_people", args=[slug]),
    )


def members_to_write_to(user, key):
    """Return the members of a group today, for the staff of its programme to write to."""
    groups = Group.objects.filter(programme__in=Programme.objects.visible_to(user)).select_related("programme")
    group = groups.filter(pk=key).first() if key.isdigit() else None
    if group is None:
        return None
    members = Term.objects.effective_on(today()).filter(group=group)
    return Recipients(
        title=group.name,
        people=Person.objects.filter(pk__in=members.values("person")),
        voice=message_audience(group.programme_id),
        back_url=reverse("group", args=[group.programme.slug, group.pk]),
    )


def voice_between(person, by):
    """Return the voice of a programme in which `by` is staff and `person` holds anything; "" where there is none."""
    programmes = programmes_where(by, Role.STAFF)
    theirs = (pk for pk in sorted(programmes) if _holds_anything(person, [pk]))
    return next((message_audience(pk) for pk in theirs), "")


def _programme_of(voice):
    name, _colon, pk = voice.partition(":")
    return Programme.objects.filter(pk=int(pk)).first() if name == "programme" and pk.isdigit() else None


def edits_their_people(user, person):
    """Return whether `user` is staff of a programme in which `person` holds a role today."""
    programmes = programmes_where(user, Role.STAFF)
    return bool(programmes) and _holds_anything(person, programmes)


def had_part_in_their_programmes(user, person):
    """Return whether `user` is staff of a programme in which `person` holds a role, or held one."""
    programmes = programmes_where(user, Role.STAFF)
    return bool(programmes) and Membership.objects.filter(person=person, programme__in=programmes).exists()


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
    away = set(Pause.objects.holding_on(now).filter(person=person).values_list("programme", flat=True))
    blocks = [
        {
            "programme": programme,
            "lines": sorted(lines, key=lambda line: not line["holds"]),
            "add_url": reverse("membership_new", args=[programme.slug, person.pk])
            if programme_rules.can_give_role(user, programme, person)
            else "",
            "part_url": reverse("part", args=[programme.slug, person.pk])
            if programme_rules.can_manage_programme(user, programme)
            else "",
            "away": programme.pk in away,
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
