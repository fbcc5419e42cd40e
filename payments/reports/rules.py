"""Say who may see and ask for reports and statements."""

from django.utils.translation import gettext as _

from payments.claims.rules import can_see_claims
from payments.reports.models import FINANCE_ONLY
from payments.runs.rules import can_see_runs
from people.models import Person, User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling


# Reports and statements
def can_see_reports(user: User, programme: Programme) -> Ruling:
    """May `user` see the reports of `programme`? Yes if they are its staff or finance, or administrators."""
    if can_see_claims(user, programme):
        return YES
    return Ruling(_("Only programme staff and finance can see reports."))


def can_see_report(user: User, programme: Programme, kind: str) -> Ruling:
    """May `user` make and read a report of the ReportKind `kind`? Yes if they see claims.

    For a kind that names people only if they see payment runs.
    """
    if kind not in FINANCE_ONLY:
        return can_see_reports(user, programme)
    if can_see_runs(user, programme):
        return YES
    return Ruling(_("This report names people and their money, so only finance can see it."))


def can_set_monthly(user: User, programme: Programme) -> Ruling:
    """May `user` set who gets a report every month? Yes if they are finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can set up monthly reports."))


def can_see_statements(user: User, programme: Programme) -> Ruling:
    """May `user` see statements of the payments of `programme` to a person? Yes only if they are its finance."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can have people's statements."))


def can_have_statement(user: User, person: Person, programme: Programme | None = None) -> Ruling:
    """May `user` have a statement of `person` for a tax year? Yes if it is their own, of all programmes.

    Of the part of one `programme` if they are its finance.
    """
    if programme is not None:
        return can_see_statements(user, programme)
    if user.is_authenticated and user.person.pk == person.pk:
        return YES
    return Ruling(_("Only the person themselves can have this statement."))
