"""Who may see and ask for reports and statements."""

from django.utils.translation import gettext as _

from payments.claims.rules import can_see_claims
from payments.reports.models import FINANCE_ONLY
from payments.runs.rules import can_see_runs
from programmes.models import Role, has_role
from wellbeing.lib.rulings import YES, Ruling


# Reports and statements
def can_see_reports(user, programme):
    """The reports page: staff, finance, and administrators."""
    if can_see_claims(user, programme):
        return YES
    return Ruling(_("Only programme staff and finance can see reports."))


def can_see_report(user, programme, kind):
    """Making and reading a report of a ReportKind: who sees claims; those that name people, who sees payment runs."""
    if kind not in FINANCE_ONLY:
        return can_see_reports(user, programme)
    if can_see_runs(user, programme):
        return YES
    return Ruling(_("This report names people and their money, so only finance can see it."))


def can_set_monthly(user, programme):
    """Saying who gets a report every month: finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can set up monthly reports."))


def can_see_statements(user, programme):
    """Statements of what a programme paid a person in a tax year: its finance. Not staff, not administrators."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance of this programme can have people's statements."))


def can_have_statement(user, person, programme=None):
    """A person's statement of a tax year: their own of all programmes; of one `programme`'s part, its finance."""
    if programme is not None:
        return can_see_statements(user, programme)
    if user.is_authenticated and user.person.pk == person.pk:
        return YES
    return Ruling(_("Only the person themselves can have this statement."))
