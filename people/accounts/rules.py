"""Say who needs a second step, who signs in by their organisation, and who may change how people sign in."""

from django.utils.translation import gettext as _

from people import registry
from people.accounts.models.addresses import AddressChange
from people.accounts.models.single_sign_on import SignInProvider
from people.directory.models import Person
from people.directory.rules import can_edit_person
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User

# How allauth's record of a session calls a sign-in by an organisation's provider.
SIGNED_IN_BY_ORGANISATION = "socialaccount"


def needs_second_factor(user: User) -> bool:
    """Must `user` show a second factor when signing in? Yes if any role lets them reach other people's data."""
    return user.is_administrator or any(privileged(user) for privileged in registry.privileged)


def must_use_single_sign_on(user: User, provider: SignInProvider | None) -> bool:
    """Must `user`, for whose email domain `provider` is switched on, sign in by it?

    Colleagues must where the provider says so: who reaches other people's data by a role. Nobody with lived experience
    alone must, and no administrator: somebody has to get in to switch off a provider that is broken.
    """
    if provider is None or not provider.is_required or user.is_administrator:
        return False
    return needs_second_factor(user)


def can_set_up_single_sign_on(user: User) -> Ruling:
    """May `user` look at and change the sign-in of organisations? Administrators alone may."""
    return YES if user.is_authenticated and user.is_administrator else Ruling(_("Only administrators can do this."))


def needs_own_address(person: Person) -> bool:
    """Return whether nobody else may use the email address of `person`.

    True for administrators, also while they cannot sign in, and for whom the apps above name: a step with money takes
    two people, and never two accounts that one mailbox opens.
    """
    is_administrator = person.user is not None and person.user.is_superuser
    return is_administrator or any(needs(person) for needs in registry.needs_own_address)


def is_colleague_of(user: User, person: Person) -> bool:
    """Return whether `user` is staff or finance of a programme `person` is in today, or an administrator."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_administrator or any(near(user, person) for near in registry.person_colleagues)


def can_ask_for_address(user: User, person: Person) -> Ruling:
    """May `user` ask for another sign-in address for `person`? Yes if they may edit them, and it is somebody else."""
    if person.user_id is not None and person.user_id == user.pk:
        return Ruling(_("Change your own email address on the page “Your email address”."))
    return can_edit_person(user, person)


def can_agree_to_address(user: User, change: AddressChange) -> Ruling:
    """May `user` agree to a new sign-in address? Yes if they are a colleague of the person and did not ask for it."""
    if change.status != change.Status.ASKED:
        return Ruling(_("This has been dealt with. It is now: %s.") % change.get_status_display())
    if user.person.pk in {change.asked_by_id, change.person_id}:
        return Ruling(_("You asked for this, so a second colleague has to agree."))
    if not is_colleague_of(user, change.person):
        return Ruling(_("Only staff or finance of this person's programme can agree."))
    return YES


def can_stop_address_change(user: User, change: AddressChange) -> Ruling:
    """May `user` stop a change of address?

    Yes if it is theirs, if they asked for it, and for the person's colleagues.
    """
    if user.person.pk in {change.person_id, change.asked_by_id} or is_colleague_of(user, change.person):
        return YES
    return Ruling(_("Only the person and staff or finance of their programme can stop this."))
