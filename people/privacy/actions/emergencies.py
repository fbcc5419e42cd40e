"""Open the access needs of somebody in an emergency, for a while and with a reason."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.privacy import rules, telling
from people.privacy.models import EmergencyLook, PrivacyRule
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class EmergencyError(ActionError):
    """Access needs cannot be opened like this."""


@action
def open_needs(*, person: Person, reason: str, by: User) -> EmergencyLook:
    """Open the access needs of `person` to `by` for the time of the rule. Return the EmergencyLook; the person is told.

    Raises EmergencyError when `by` may not, or without a reason. An open one is returned as it is. Locks the person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_open_in_emergency(by, person).insist(EmergencyError)
    if not reason.strip():
        raise EmergencyError(_("Say what has happened."), field="reason")
    now = timezone.now()
    if open_one := EmergencyLook.objects.open(now).filter(reader=by.person, person=person).first():
        return open_one
    rule = rules.time_for(PrivacyRule.Kind.EMERGENCY)
    look = EmergencyLook.objects.create(
        reader=by.person, person=person, reason=reason.strip(), opened_at=now, closes_at=now + rule.delta
    )
    telling.opened_in_emergency(look, by)
    return look
