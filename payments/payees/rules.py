"""Say who may see, change and confirm bank details, and set how a person is taxed."""

from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.payees import queries
from payments.payees.models.bank import BankDetails
from people.accounts.queries import bank_details_wait_until
from people.models import Person, User
from programmes.models import Programme, Role, has_role
from programmes.programme.rules import no_longer_new_in_finance
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.rulings import YES, Ruling


# Tax
def can_see_tax(user: User, programme: Programme) -> Ruling:
    """May `user` see how payments are taxed? Yes if they are finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can see how payments are taxed."))


def can_set_tax(user: User, person: Person, programme: Programme) -> Ruling:
    """May `user` decide how payments of `person` are taxed? Yes if they are finance, and somebody else."""
    seen = can_see_tax(user, programme)
    if not seen:
        return seen
    if user.person.pk == person.pk:
        return Ruling(_("These are your own payments, so somebody else in finance decides."))
    return YES


# Bank details and the bank file
def can_see_bank_details(user: User, programme: Programme) -> Ruling:
    """May `user` see the bank details of people in `programme`? Yes if they are its finance; administrators may not."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can see bank details."))


def can_confirm_bank_details(user: User, details: BankDetails, programme: Programme) -> Ruling:
    """May `user` confirm `details`? Yes if they are finance of `programme`, and neither own nor changed them."""
    seen = can_see_bank_details(user, programme)
    if not seen:
        return seen
    if user.person.pk in {details.person_id, details.changed_by_id}:
        return Ruling(_("These are your own bank details, so another person in finance has to check them."))
    if queries.confirmation_for(details, programme) is not None:
        return Ruling(_("These bank details have been checked already."))
    return no_longer_new_in_finance(user, programme)


def can_change_bank_details(person: Person) -> Ruling:
    """May `person` change where their money goes? Yes, but for a while after their sign-in address changed."""
    until = bank_details_wait_until(person)
    if until is None:
        return YES
    return Ruling(
        _("Your email address changed lately. To keep your money safe, you can change your bank details from %(when)s.")
        % {"when": f"{long_date(until)}, {time_of_day(until)}"}
    )


def can_write_down(user: User, person: Person, programme: Programme) -> Ruling:
    """May `user` write down where `person` wants their money? Yes for finance of a programme that owes them some.

    For people who are not online and tell them on paper or by phone; never for themself.
    """
    seen = can_see_bank_details(user, programme)
    if not seen:
        return seen
    if user.person.pk == person.pk:
        return Ruling(_("Change your own details on your own page."))
    if not Claim.objects.owed().filter(programme=programme, person=person).exists():
        return Ruling(_("Your programme owes this person no money now."))
    return YES


def can_override_name_check(user: User, details: BankDetails, programme: Programme) -> Ruling:
    """May `user` agree to pay `details` though the name does not match? Yes for finance, two of them, no payee."""
    seen = can_see_bank_details(user, programme)
    if not seen:
        return seen
    if user.person.pk in {details.person_id, details.changed_by_id}:
        return Ruling(_("These are your own bank details, so other people in finance have to decide."))
    return no_longer_new_in_finance(user, programme)


def can_ask_again(user: User, details: BankDetails, programme: Programme) -> Ruling:
    """May `user` ask the person to give `details` again? Yes for finance, unless they are their own."""
    seen = can_see_bank_details(user, programme)
    if not seen:
        return seen
    if user.person.pk == details.person_id:
        return Ruling(_("These are your own bank details. Change them on your own page."))
    return YES


def can_record_name_check(user: User, details: BankDetails, programme: Programme) -> Ruling:
    """May `user` record a name check of `details`? Yes for finance who neither own nor wrote them down."""
    seen = can_see_bank_details(user, programme)
    if not seen:
        return seen
    if user.person.pk in {details.person_id, details.changed_by_id}:
        return Ruling(_("These are your own bank details, so another person in finance records this."))
    return no_longer_new_in_finance(user, programme)
