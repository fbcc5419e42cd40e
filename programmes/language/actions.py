"""Keep the words a programme agrees to use."""

import datetime as dt

from django.utils.translation import gettext as _

from programmes.decisions.models import Decision
from programmes.language.models import AgreedTerm
from programmes.programme import rules as programme_rules
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def add(
    *,
    programme: Programme,
    term: str,
    replaces: str,
    agreed_on: dt.date,
    by: User,
    why: str = "",
    agreed_at: str = "",
    decision: Decision | None = None,
) -> AgreedTerm:
    """Add agreed words and what they replace. Return the AgreedTerm.

    Raises ActionError, with its field, when these words are on the page already or the day is to come. Locks the
    programme.
    """
    programme_rules.can_manage_programme(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    row = AgreedTerm(programme=programme)
    return _save(row, term, replaces, agreed_on, why, agreed_at, decision)


@action
def edit(
    *,
    agreed_term: AgreedTerm,
    term: str,
    replaces: str,
    agreed_on: dt.date,
    by: User,
    why: str = "",
    agreed_at: str = "",
    decision: Decision | None = None,
) -> AgreedTerm:
    """Change agreed words and return them; the history keeps what they were.

    Raises ActionError, with its field, when these words are on the page already or the day is to come. Locks the
    programme and the row.
    """
    programme_rules.can_manage_programme(by, agreed_term.programme).insist()
    Programme.objects.select_for_update().get(pk=agreed_term.programme_id)
    row = AgreedTerm.objects.select_for_update().get(pk=agreed_term.pk)
    return _save(row, term, replaces, agreed_on, why, agreed_at, decision)


def _save(
    row: AgreedTerm,
    term: str,
    replaces: str,
    agreed_on: dt.date,
    why: str,
    agreed_at: str,
    decision: Decision | None,
) -> AgreedTerm:
    row.term, row.replaces, row.why = term.strip(), replaces.strip(), why.strip()
    row.agreed_on, row.agreed_at, row.decision = agreed_on, agreed_at.strip(), decision
    if decision is not None and (decision.programme_id != row.programme_id or decision.status != "decided"):
        raise ActionError(_("Choose something that this programme agreed."), field="decision")
    same = AgreedTerm.objects.filter(programme=row.programme, term__iexact=row.term).exclude(pk=row.pk)
    if same.exists():
        raise ActionError(_("These words are already on the page. Change that entry instead."), field="term")
    if agreed_on > today():
        raise ActionError(_("The day cannot be in the future."), field="agreed_on")
    row.save()
    return row
