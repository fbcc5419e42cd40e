"""Who needs a second step, and who may ask for a new sign-in address and agree to it."""

from django.utils.translation import gettext as _

from people import registry
from people.directory.rules import can_edit_person
from wellbeing.lib.rulings import YES, Ruling


def needs_second_factor(user):
    """Whether `user` reaches other people's data, by any role, and so must show a second factor when signing in."""
    return user.is_administrator or any(privileged(user) for privileged in registry.privileged)


def is_colleague_of(user, person):
    """Whether `user` is staff or finance of a programme `person` is in today, or an administrator."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_administrator or any(near(user, person) for near in registry.person_colleagues)


def can_ask_for_address(user, person):
    """Asking for another sign-in address on somebody's behalf: who may edit them, never for themselves."""
    if person.user_id is not None and person.user_id == user.pk:
        return Ruling(_("Change your own email address on the page “Your email address”."))
    return can_edit_person(user, person)


def can_agree_to_address(user, change):
    """Agreeing to a new sign-in address: a second colleague of the person, who did not ask for it."""
    if change.status != change.Status.ASKED:
        return Ruling(_("This has been dealt with. It is now: %s.") % change.get_status_display())
    if user.person.pk in {change.asked_by_id, change.person_id}:
        return Ruling(_("You asked for this, so a second colleague has to agree."))
    if not is_colleague_of(user, change.person):
        return Ruling(_("Only staff or finance of this person's programme can agree."))
    return YES


def can_stop_address_change(user, change):
    """Stopping it: the person, who asked for it, and every colleague."""
    if user.person.pk in {change.person_id, change.asked_by_id} or is_colleague_of(user, change.person):
        return YES
    return Ruling(_("Only the person and staff or finance of their programme can stop this."))
