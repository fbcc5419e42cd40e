"""Give people their roles in a programme, and end them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from people.models import Person
from people.needs import actions as need_actions
from programmes.groups import queries as group_queries
from programmes.groups.actions import terms
from programmes.members import queries
from programmes.members.actions import appointments, joining
from programmes.programme import news
from programmes.programme import rules as programme_rules
from programmes.programme.end_dates import ends_in_words, last_day_of
from programmes.programme.models.groups import Group
from programmes.programme.models.joining import Appointment
from programmes.programme.models.programmes import Membership, Programme, Role
from wellbeing.lib.actions import action
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def add(
    *,
    programme: Programme,
    by: User,
    role: str = Role.LIVED_EXPERIENCE,
    person: Person | None = None,
    starts_on: dt.date | None = None,
    tell: bool = True,
    **details: Any,
) -> Membership:
    """Give a person the role of somebody with lived experience in `programme` from `starts_on`, by default today.

    Either `person`, or the details of somebody new (`people.directory.actions.add`: full_name, email, …), who is asked
    at their address whether it is them. Staff and finance are proposed (`appointments.propose`), never given here. With
    `tell` the person is told, unless they are new and told by that. Returns the Membership. Raises ActionError when
    they hold the role already. Locks the person.
    """
    programme_rules.can_manage_programme(by, programme).insist()
    if role in Appointment.ROLES:
        raise ActionError(_("Staff and finance are proposed, and somebody else confirms it."), field="roles")
    new = person is None
    if person is None:
        person = joining.bring_in(programme=programme, by=by, what=str(Role(role).label), **details)
    programme_rules.can_give_role(by, programme, person).insist()
    # Two colleagues adding the same person at once wait for each other here.
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    starts_on = starts_on or today()
    if queries.overlapping_roles(person, programme, role, starts_on).exists():
        raise ActionError(
            _("%(name)s already has this role: %(role)s.") % {"name": person, "role": Role(role).label},
            field="roles",
        )
    membership = Membership.objects.create(person=person, programme=programme, role=role, starts_on=starts_on)
    if tell and not new:
        news.tell_given(person, programme, str(Role(role).label), key=f"membership:{membership.pk}:given")
    return membership


@action
def welcome(
    *,
    programme: Programme,
    by: User,
    roles: Sequence[str] = (),
    group: Group | None = None,
    seat: str = "",
    person: Person | None = None,
    needs: Sequence[tuple[str, str]] = (),
    starts_on: dt.date | None = None,
    somebody_else: bool = False,
    **details: Any,
) -> Person:
    """Bring a person into `programme` with each of `roles`, and a seat on `group` if one is given. Return the Person.

    They hold from `starts_on`, by default today: any day, so that work from before they were typed in can be claimed.
    Staff and finance among the roles are proposed, wait for somebody else to confirm them, and start then. `person` or
    `details` say who, as for `add`; `needs` are the access needs of someone new, as (AccessNeed.Kind, detail). Somebody
    already in the programme by this address is not added twice, unless `by` says that it is `somebody_else`, who shares
    it. All or nothing. Roles and seats they hold already stay; raises ActionError when that leaves nothing to do. Locks
    the programme.
    """
    programme_rules.can_manage_programme(by, programme).insist()
    if not roles and group is None:
        raise ActionError(_("Choose what they are to the programme."), field="roles")
    # Two colleagues adding the same person at once wait for each other here.
    Programme.objects.select_for_update().get(pk=programme.pk)
    if person is None and not somebody_else:
        person = next(iter(queries.known_in(programme, details.get("email", ""))), None)
    new = person is None
    if person is None:
        person = joining.bring_in(programme=programme, by=by, what=_joined_as(roles, group), **details)
    first = starts_on or today()
    given = sum(_give(role, person, programme, by, first, tell=not new) for role in roles)
    if group is not None and not group_queries.overlapping(group, person, first, None).exists():
        terms.add(group=group, person=person, seat=seat, by=by, starts_on=first, tell=not new)
        given += 1
    if not given:
        raise ActionError(
            _("%(name)s already has every role you chose. Choose another role.") % {"name": person}, field="roles"
        )
    if new and needs:
        need_actions.record(person=person, by=by, needs=needs)
    return person


def _give(role: str, person: Person, programme: Programme, by: User, first: dt.date, *, tell: bool) -> bool:
    """Give or propose `role` from the day `first`. Return whether they did not have it already."""
    proposed = role in Appointment.ROLES
    if queries.overlapping_roles(person, programme, role, today() if proposed else first).exists():
        return False
    if proposed:
        appointments.propose(programme=programme, person=person, role=role, by=by)
    else:
        add(programme=programme, role=role, by=by, person=person, starts_on=first, tell=tell)
    return True


def _joined_as(roles: Sequence[str], group: Group | None) -> str:
    names = [
        _("%(role)s (proposed)") % {"role": Role(role).label} if role in Appointment.ROLES else Role(role).label
        for role in roles
    ]
    return ", ".join(map(str, [*names, group.name] if group else names))


@action
def end(*, membership: Membership, by: User, last_day: dt.date | None = None, tell: bool = True) -> Membership:
    """End a role after `last_day`; at once when it is None. Return it. May be called again while the role still holds.

    People end their own role of lived experience themselves. With `tell` the person is told.

    Raises ActionError when the role has ended, when the day is before it began, and for the last member of staff. Locks
    the programme and the membership.
    """
    programme_rules.can_end(by, membership, membership.programme).insist()
    # The programme's row is the lock that stops two members of staff ending each other at the same moment.
    Programme.objects.select_for_update().get(pk=membership.programme_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.ends_on is not None and membership.ends_on < today():
        raise ActionError(_("This role ended on %(date)s.") % {"date": short_date(membership.ends_on)})
    membership.ends_on = last_day_of(membership, last_day)
    if membership.role == Role.STAFF and not _staff_after(membership):
        raise ActionError(
            _("%(name)s is the only member of staff. Give someone else the role first.") % {"name": membership.person}
        )
    membership.save(update_fields=["ends_on"])
    what = membership.get_role_display()
    key = f"membership:{membership.pk}:ended:{membership.ends_on}"
    if tell:
        news.tell_ended(membership.person, membership.programme, what, ends_in_words(membership), key=key)
    if membership.role in Appointment.ROLES:
        params = {"name": membership.person, "programme": membership.programme, "role": what}
        news.tell_colleagues(
            membership.programme,
            _("The role of %(name)s in %(programme)s ends") % params,
            [_("This is about their role: %(role)s.") % params, ends_in_words(membership)],
            key=key,
            but={membership.person_id, by.person.pk},
        )
    return membership


def _staff_after(membership: Membership) -> bool:
    """Return whether the programme has other staff on the day after this role ends."""
    assert membership.ends_on is not None
    return (
        Membership.objects.filter(programme=membership.programme, role=Role.STAFF)
        .exclude(pk=membership.pk)
        .effective_on(max(membership.ends_on + dt.timedelta(days=1), today()))
        .exists()
    )
