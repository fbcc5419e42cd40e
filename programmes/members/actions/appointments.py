"""Make somebody staff or finance of a programme: one person proposes, another confirms.

Give the right to set up programmes.
"""

import datetime as dt
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages import emails as message_emails
from people.messages.telling import tell
from people.models import Person
from programmes.members import queries, rules
from programmes.programme import news
from programmes.programme import rules as programme_rules
from programmes.programme.models.joining import Appointment, CreatorRight
from programmes.programme.models.programmes import Membership, Programme, Role
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class AppointmentError(ActionError):
    """A rule refused something about an appointment."""


@action
def propose(
    *, programme: Programme, person: Person, role: str, by: User, starts_on: dt.date | None = None
) -> Appointment:
    """Propose that `person` is staff or finance of `programme` from `starts_on`, by default today.

    Return the Appointment. All staff and finance of the programme are told. Where nobody else could confirm it, the
    host's contact is asked by email. Raises AppointmentError when it is proposed already, ActionError when they hold
    the role or `by` may not. Locks the person.
    """
    programme_rules.can_give_role(by, programme, person).insist()
    rules.can_be_appointed(Person.objects.select_for_update(of=("self",)).get(pk=person.pk)).insist()
    starts_on = starts_on or today()
    if queries.overlapping_roles(person, programme, role, starts_on).exists():
        raise AppointmentError(
            _("%(name)s already has this role: %(role)s.") % {"name": person, "role": Role(role).label},
            field="roles",
        )
    if Appointment.objects.waiting().filter(person=person, programme=programme, role=role).exists():
        raise AppointmentError(
            _("%(name)s is already proposed for this role. It waits to be confirmed.") % {"name": person},
            field="roles",
        )
    appointment = Appointment.objects.create(
        person=person,
        programme=programme,
        role=role,
        starts_on=starts_on,
        proposed_by=by.person,
    )
    if queries.host_confirms(appointment):
        appointment.key = secrets.token_urlsafe(16)
        appointment.save(update_fields=["key"])
        _ask_host(appointment)
    params = _message_params(appointment)
    news.tell_colleagues(
        programme,
        _("%(name)s is proposed for a role in %(programme)s") % params,
        [
            _("%(by)s proposes %(name)s for this role: %(role)s.") % params,
            _(
                "It will start when somebody else confirms it. If you did not expect this, tell finance or your"
                " programme."
            ),
        ],
        key=f"appointment:{appointment.pk}:proposed",
        but={by.person.pk, person.pk},
        url=message_emails.absolute_url("appointment", appointment.pk),
        label=_("See the proposal"),
    )
    return appointment


@action
def confirm(*, appointment: Appointment, by: User) -> Membership:
    """Confirm an appointment as finance of the programme or as an administrator. Return the Membership.

    The person and all staff and finance are told. Raises ActionError when `by` may not or it has been decided. Locks
    the programme and the appointment.
    """
    appointment = _lock(appointment)
    rules.can_confirm_appointment(by, appointment).insist()
    in_finance = programme_rules.is_able_finance(by, appointment.programme)
    way = Appointment.Way.FINANCE if in_finance else Appointment.Way.ADMINISTRATOR
    return _confirm(appointment, way, by.person)


@action
def confirm_by_host(*, appointment: Appointment, by: User | None) -> Membership:
    """Confirm an appointment by the link that went to the host's contact. Return the Membership.

    Raises AppointmentError when it has been decided, the person has not joined yet, or somebody else can confirm it by
    now. Locks the programme and the appointment.
    """
    appointment = _lock(appointment)
    programme_rules.can_still_decide(appointment).insist(AppointmentError)
    if not appointment.key or not queries.host_confirms(appointment):
        raise AppointmentError(_("This no longer needs you: somebody else can confirm it by now."))
    if appointment.person.joined_at is None:
        raise AppointmentError(_("They have not said yes to this programme yet. Press again once they have."))
    rules.can_be_appointed(appointment.person).insist(AppointmentError)
    return _confirm(appointment, Appointment.Way.HOST_CONTACT, None)


@action
def refuse(*, appointment: Appointment, by: User | None) -> Appointment:
    """Refuse an appointment, or withdraw one's own; the host's contact by the link (`by` None). Return it.

    Raises ActionError when `by` may not or it has been decided. Locks the programme and the appointment.
    """
    appointment = _lock(appointment)
    if by is None:
        programme_rules.can_still_decide(appointment).insist(AppointmentError)
    else:
        rules.can_refuse_appointment(by, appointment).insist()
    own = by is not None and by.person.pk == appointment.proposed_by_id
    appointment.status = Appointment.Status.WITHDRAWN if own else Appointment.Status.REFUSED
    appointment.decided_by, appointment.decided_at = (by.person if by else None), timezone.now()
    appointment.save()
    params = _message_params(appointment)
    news.tell_colleagues(
        appointment.programme,
        _("%(name)s does not get a role in %(programme)s") % params,
        [_("The proposal for %(name)s (%(role)s) was refused or withdrawn.") % params],
        key=f"appointment:{appointment.pk}:refused",
        but={by.person.pk, appointment.proposed_by_id} if by else {appointment.proposed_by_id},
    )
    if not own:
        # The proposer may be an administrator, who is not one of the programme's colleagues.
        news.tell(
            appointment.proposed_by,
            appointment.programme,
            _("Your proposal for %(name)s was refused") % params,
            [_("You proposed %(name)s for this role in %(programme)s: %(role)s. It was refused.") % params],
            key=f"appointment:{appointment.pk}:refused:proposer",
        )
    return appointment


@action
def appoint_creator(*, programme: Programme, by: User) -> Membership:
    """Make `by`, who has just set up `programme` with a right an administrator gave, its first staff. In a transaction.

    Returns the Membership. An administrator becomes nothing by setting one up: the first staff are proposed.
    """
    right = CreatorRight.objects.get(person=by.person, ended_at=None)
    appointment = Appointment.objects.create(
        person=by.person,
        programme=programme,
        role=Role.STAFF,
        starts_on=min(today(), programme.starts_on),
        proposed_by=right.given_by,
        status=Appointment.Status.CONFIRMED,
        way=Appointment.Way.NEW_PROGRAMME,
        decided_by=right.given_by,
        decided_at=timezone.now(),
    )
    return _membership(appointment)


@action
def give_creator_right(*, person: Person, by: User) -> CreatorRight:
    """Give `person` the right to set up programmes. Return the CreatorRight; harmless the second time.

    Raises ActionError when `by` is not an administrator, or for oneself.
    """
    rules.can_give_creator_right(by, person).insist()
    try:
        with transaction.atomic():
            return CreatorRight.objects.create(person=person, given_by=by.person)
    except IntegrityError:
        return CreatorRight.objects.get(person=person, ended_at=None)


@action
def end_creator_right(*, right: CreatorRight, by: User) -> CreatorRight:
    """End somebody's right to set up programmes. Return it; harmless the second time.

    Raises ActionError when `by` is not an administrator. Locks the right.
    """
    programme_rules.can_administer(by).insist()
    right = CreatorRight.objects.select_for_update().get(pk=right.pk)
    if right.ended_at is None:
        right.ended_at = timezone.now()
        right.save(update_fields=["ended_at"])
    return right


def _confirm(appointment: Appointment, way: str, decided_by: Person | None) -> Membership:
    appointment.status, appointment.way = Appointment.Status.CONFIRMED, way
    appointment.decided_by, appointment.decided_at = decided_by, timezone.now()
    appointment.save()
    membership = _membership(appointment)
    params = _message_params(appointment)
    news.tell_given(
        appointment.person,
        appointment.programme,
        appointment.get_role_display(),
        key=f"appointment:{appointment.pk}:given",
    )
    news.tell_colleagues(
        appointment.programme,
        _("%(name)s has a new role in %(programme)s") % params,
        [
            _("%(name)s now has this role: %(role)s.") % params,
            _("Proposed by %(by)s; confirmed %(how)s.") % {**params, "how": appointment.get_way_display()},
        ],
        key=f"appointment:{appointment.pk}:confirmed",
        but={appointment.person_id},
    )
    return membership


def _membership(appointment: Appointment) -> Membership:
    return Membership.objects.create(
        person=appointment.person,
        programme=appointment.programme,
        role=appointment.role,
        starts_on=appointment.starts_on,
        appointment=appointment,
    )


def _ask_host(appointment: Appointment) -> None:
    params = _message_params(appointment)
    tell(
        None,
        "appointment",
        key=f"appointment:{appointment.pk}:host",
        to=settings.HOST_CONTACT_EMAIL,
        **message_emails.note(
            _("Please confirm: %(name)s, %(role)s, %(programme)s") % params,
            paragraphs=[
                _("%(by)s proposes %(name)s (%(email)s) for this role in %(programme)s: %(role)s.") % params,
                _("You are the named contact of the host. Nobody else can confirm this yet."),
            ],
            url=message_emails.absolute_url("appointment_link", appointment.key),
            label=_("Say yes or no"),
            after=[_("If you do not know this programme or this person, say no.")],
            reply_to=appointment.programme.contact_email,
        ),
    )


def _message_params(appointment: Appointment) -> dict[str, str]:
    return {
        "name": appointment.person.full_name,
        "email": appointment.person.email,
        "programme": appointment.programme.name,
        "role": appointment.get_role_display(),
        "by": appointment.proposed_by.full_name,
    }


def _lock(appointment: Appointment) -> Appointment:
    # The programme's row first, so that two confirmations at once wait for each other.
    Programme.objects.select_for_update().get(pk=appointment.programme_id)
    return (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("person", "programme", "proposed_by__user")
        .get(pk=appointment.pk)
    )
