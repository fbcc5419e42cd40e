"""Who may change what a person needs to take part."""

from django.utils.translation import gettext as _

from people.directory.rules import can_edit_person
from wellbeing.lib.rulings import YES, Ruling


def can_set_needs(user, person):
    """Ruling on changing the access needs of `person`: who may change their details."""
    if can_edit_person(user, person):
        return YES
    return Ruling(_("You cannot change this person's access needs."))
