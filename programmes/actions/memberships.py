"""Giving people their roles in a programme, and ending them."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from people.actions import access_needs, people
from people.models import Person
from programmes import rules
from programmes.models import Membership, Programme, Role
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.errors import ActionError

from . import terms
from .doing import doing
from .spans import last_day_of


def add(*, programme, role, by, person=None, starts_on=None, **details):
    """Give a person a role in `programme` from the date `starts_on` (today unless told). Returns the Membership.

    Either `person`, or the details of one (`people.actions.people.add`: full_name, email, …), who is then added or,
    where the e-mail address is known, found. Raises ActionError when they hold the role already.
    """
    rules.must_manage(by, programme).insist()
    with doing("memberships.add", by):
        if person is None:
            person = people.add(by=by, **details)
        rules.can_give_role(by, programme, person).insist()
        # Two colleagues adding the same person at once wait for each other here.
        Person.objects.select_for_update().get(pk=person.pk)
        starts_on = starts_on or today()
        if _overlapping(person, programme, role, starts_on).exists():
            raise ActionError(
                _("%(name)s already has this role: %(role)s.") % {"name": person, "role": Role(role).label},
                field="roles",
            )
        return Membership.objects.create(person=person, programme=programme, role=role, starts_on=starts_on)


def welcome(*, programme, by, roles=(), group=None, seat="", person=None, needs=(), **details):
    """Bring a person into `programme` with each of `roles`, and a seat on `group` if one is given. Returns the Person.

    `person` or `details` as in `add`; `needs`, the access needs of someone new, as (AccessNeed.Kind, detail). What is
    held about someone already known is left as it is. All or nothing. Roles and seats they hold already stay; raises
    ActionError when that leaves nothing to do.
    """
    rules.must_manage(by, programme).insist()
    if not roles and group is None:
        raise ActionError(_("Choose what they are to the programme."), field="roles")
    with doing("memberships.welcome", by):
        new = False
        if person is None:
            person = known_by(details.get("email", ""))
            new = person is None
        if new:
            person = people.add(by=by, **details)
        given = 0
        for role in roles:
            if not _overlapping(person, programme, role, today()).exists():
                add(programme=programme, role=role, by=by, person=person)
                given += 1
        if group is not None and not terms.overlapping(group, person, today(), None).exists():
            terms.add(group=group, person=person, seat=seat, by=by)
            given += 1
        if not given:
            raise ActionError(
                _("%(name)s already has every role you chose. Choose another role.") % {"name": person}, field="roles"
            )
        if new and needs:
            access_needs.set(person=person, by=by, needs=needs)
    return person


def known_by(email):
    """The person we write to, or who signs in, at this address; None when there is none or `email` is empty."""
    email = email.strip()
    if not email:
        return None
    return Person.objects.filter(Q(email__iexact=email) | Q(user__email__iexact=email)).first()


def end(*, membership, by, last_day=None):
    """End a role after the date `last_day`; at once when it is None. May be called again while the role still holds.

    Raises ActionError when the role has ended, when the day is before it began, and for the last member of staff.
    """
    rules.must_manage(by, membership.programme).insist()
    with doing("memberships.end", by):
        # The programme's row is the lock that stops two members of staff ending each other at the same moment.
        Programme.objects.select_for_update().get(pk=membership.programme_id)
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        if membership.ends_on is not None and membership.ends_on < today():
            raise ActionError(_("This role ended on %(date)s.") % {"date": short_date(membership.ends_on)})
        membership.ends_on = last_day_of(membership, last_day)
        if membership.role == Role.STAFF and not _staff_after(membership):
            raise ActionError(
                _("%(name)s is the only member of staff. Give someone else the role first.")
                % {"name": membership.person}
            )
        membership.save(update_fields=["ends_on"])
    return membership


def _overlapping(person, programme, role, starts_on):
    return Membership.objects.filter(person=person, programme=programme, role=role).filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on)
    )


def _staff_after(membership):
    """Other staff roles of the programme that still hold the day after this one ends."""
    return (
        Membership.objects.filter(programme=membership.programme, role=Role.STAFF)
        .exclude(pk=membership.pk)
        .in_force(max(membership.ends_on + dt.timedelta(days=1), today()))
        .exists()
    )
