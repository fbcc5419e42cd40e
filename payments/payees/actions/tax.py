"""Decide, as finance, how the payments of a person in a programme are taxed from a day on."""

import datetime as dt

from django.utils.translation import gettext as _

from payments.claims import queries as claim_queries
from payments.payees import rules
from payments.payees.models.tax import TaxTreatment
from people.models import Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError


class TaxError(ActionError):
    """A rule refused something about how payments are taxed."""


@action
def decide(
    *, person: Person, programme: Programme, by: User, treatment: str, effective_from: dt.date, note: str
) -> TaxTreatment:
    """Decide that from the day `effective_from` a person's payments are taxed as `treatment` (TaxTreatment.Treatment).

    It counts for activities from that day whose claims are approved from now on; approved claims stay as they are.
    Returns the TaxTreatment. Raises TaxError, with the field, for somebody who is not paid here, an unknown treatment
    and a missing note. Locks the person.
    """
    programme = Programme.objects.get(pk=programme.pk)
    # The person is locked: of two decisions at once the later one counts.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_set_tax(by, person, programme).insist(TaxError)
    if not claim_queries.people_paid(programme).filter(pk=person.pk).exists():
        raise TaxError(_("This person is not paid in this programme."))
    if treatment not in TaxTreatment.Treatment.values:
        raise TaxError(_("Choose how they are paid."), field="treatment")
    if not note.strip():
        raise TaxError(_("Say who was asked, and what they said."), field="note")
    return TaxTreatment.objects.create(
        person=person,
        programme=programme,
        treatment=treatment,
        effective_from=effective_from,
        note=note.strip(),
        set_by=by.person,
    )
