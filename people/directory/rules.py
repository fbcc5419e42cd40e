"""Who may change a person's details."""

from django.utils.translation import gettext as _

from people import registry
from wellbeing.lib.rulings import YES, Ruling


def can_edit_person(user, person):
    """Ruling on changing the details of `person`: they themselves, administrators, and who may by a role."""
    if user.is_authenticated and user.is_active:
        if person.user_id == user.pk or user.is_administrator:
            return YES
        if any(may_edit(user, person) for may_edit in registry.person_editors):
            return YES
    return Ruling(_("You cannot change this person's details."))
