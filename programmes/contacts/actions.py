"""Choose who of a programme's staff is somebody's contact, and who usually is."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages.emails import absolute_url
from people.messages.telling import tell_many
from programmes.contacts import rules
from programmes.directory.checks import lock_chosen
from programmes.programme import news
from programmes.programme.contacts import contacts_for, in_a_sentence, roles_to_name
from programmes.programme.models.contacts import NamedContact, UsualContact
from programmes.programme.models.programmes import Membership, Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

BATCH = 500


@action
def choose(
    *, programme: Programme, people: Iterable[Person], contact: Person | None, by: User, tell: bool = False
) -> list[Person]:
    """Make `contact` the contact of `people` in `programme`; where it is None, whoever usually is.

    With `tell` those are told for whom it changed and who have a contact. Raises ActionError for a colleague who is not
    staff or takes a break, for somebody to be their own contact or not in the programme, and where `by` may not. Locks
    the programme and the people.
    """
    rules.can_choose_contacts(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    role = _role_of(programme, contact) if contact else None
    wanted = {person.pk for person in people}
    if contact is not None and contact.pk in wanted:
        raise ActionError(
            _("%(name)s cannot be their own contact. Choose somebody else.") % {"name": contact.full_name},
            field="contact",
        )
    found = lock_chosen(programme, wanted)
    rows = NamedContact.objects.filter(programme=programme, person__in=found, taken_at=None)
    before = dict(rows.values_list("person", "role"))
    changed = [person for person in found if before.get(person.pk) != (role.pk if role else None)]
    rows.filter(person__in=changed).update(taken_at=timezone.now(), taken_by=by.person)
    if role is not None:
        new = [NamedContact(person=one, programme=programme, role=role, given_by=by.person) for one in changed]
        NamedContact.objects.bulk_create(new, batch_size=BATCH)
    if tell:
        _tell(programme, changed, contact)
    return changed


@action
def choose_usual(
    *, programme: Programme, contact: Person | None, by: User, starts_on: dt.date | None = None
) -> UsualContact:
    """Make `contact` the usual contact of `programme` from `starts_on`, by default today; None for nobody. Return it.

    Raises ActionError for a day that has gone, for a colleague who is not staff or takes a break, and where `by` may
    not. Locks the programme.
    """
    rules.can_choose_contacts(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    first = starts_on or today()
    if first < today():
        raise ActionError(_("Enter today or a later day."), field="starts_on")
    role = _role_of(programme, contact) if contact else None
    return UsualContact.objects.create(programme=programme, role=role, starts_on=first, set_by=by.person)


def _role_of(programme: Programme, contact: Person) -> Membership:
    role = roles_to_name(today()).filter(programme=programme, person=contact).first()
    if role is None:
        raise ActionError(
            _("%(name)s is not staff of this programme, or takes a break. Choose somebody else.")
            % {"name": contact.full_name},
            field="contact",
        )
    return role


def _tell(programme: Programme, people: Collection[Person], contact: Person | None) -> None:
    """Tell `people` who their contact is now; where it is whoever usually is, those who have one."""
    at = timezone.now().timestamp()
    params = {"programme": programme.name}
    drafts = []
    usual = {} if contact else contacts_for([person.pk for person in people], programme)
    for person in people:
        theirs = contact or usual.get(person.pk)
        if theirs is not None:
            drafts.append(
                news.draft(
                    person,
                    programme,
                    _("Your contact in %(programme)s") % params,
                    [in_a_sentence(theirs), _("You can ask them anything about %(programme)s.") % params],
                    key=f"contact:{programme.pk}:{person.pk}:{at:.6f}",
                    url=absolute_url("home"),
                    label=_("Sign in"),
                )
            )
    tell_many(drafts)
