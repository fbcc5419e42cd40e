"""Say who may download and set up the files of a run."""

from django.utils.translation import gettext as _

from payments.bank_files.models.setup import PayingAccount
from payments.runs.models.runs import PaymentRun
from people.models import User
from programmes.models import Programme, Role, has_role
from programmes.programme.rules import no_longer_new_in_finance
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import ProgrammeId


def can_download_bank_file(user: User, run: PaymentRun) -> Ruling:
    """May `user` download a file of `run`? Yes if they are finance, once a second person has signed it off."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can download the files of a run."))
    if run.status in {PaymentRun.Status.OPEN, PaymentRun.Status.CANCELLED}:
        return Ruling(_("The files are ready once the run is signed off."))
    return no_longer_new_in_finance(user, run.programme_id)


def can_set_files(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` set the paying account and the files of `programme`? Yes if they are its finance."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can set up its files and the account it pays from."))


def can_confirm_paying_account(user: User, account: PayingAccount) -> Ruling:
    """May `user` confirm a paying account? Yes if they are a second person of finance of its programme."""
    allowed = can_set_files(user, account.programme_id)
    if not allowed:
        return allowed
    if account.confirmed_at is not None:
        return Ruling(_("This account has been confirmed already."))
    if account.set_by_id == user.person.pk:
        return Ruling(_("You entered this account, so a second person in finance has to confirm it."))
    return no_longer_new_in_finance(user, account.programme_id)
