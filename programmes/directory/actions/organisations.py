"""Add organisations to the directory of a programme, and change what it keeps of them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from people.directory.models import Organisation, Person
from programmes.directory import queries, rules
from programmes.directory.models import OrganisationEntry
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.texts import clean_line
from wellbeing.lib.types import User


@action
def add(*, programme: Programme, name: str, kind: str, by: User, **details: Any) -> OrganisationEntry:
    """Add an organisation to the directory of `programme`. Return the OrganisationEntry.

    `details`: about, contact, email, phone, postal_address, website. One that another programme knows by this name is
    used without a word, and nothing of it is read or changed. Raises ActionError without a name, for one that is in the
    directory, and where `by` may not. Locks the programme.
    """
    rules.can_keep_organisations(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    name = clean_line(name)
    if not name:
        raise ActionError(_("Enter the name of the organisation."), field="name")
    organisation = Organisation.objects.filter(name__iexact=name).first()
    if organisation is not None and queries.organisations_of(programme).filter(pk=organisation.pk).exists():
        raise ActionError(_("%(name)s is in your directory already.") % {"name": organisation.name}, field="name")
    if organisation is None:
        try:
            with transaction.atomic():
                organisation = Organisation.objects.create(name=name, kind=kind)
        except IntegrityError:
            # Another programme added it at this moment.
            organisation = Organisation.objects.get(name__iexact=name)
    return _write(OrganisationEntry(programme=programme, organisation=organisation, added_by=by.person), kind, details)


@action
def edit(*, programme: Programme, organisation: Organisation, kind: str, by: User, **details: Any) -> OrganisationEntry:
    """Change what `programme` keeps of an organisation in its directory. Return the OrganisationEntry.

    `details` as for `add`. The name stays: other programmes may use it. Raises ActionError for one that is not in the
    directory, and where `by` may not. Locks the programme.
    """
    rules.can_keep_organisations(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    if not queries.organisations_of(programme).filter(pk=organisation.pk).exists():
        raise ActionError(_("This organisation is not in your directory."))
    entry = queries.entry_of(programme, organisation) or OrganisationEntry(
        programme=programme, organisation=organisation, added_by=by.person
    )
    return _write(entry, kind, details)


def _write(entry: OrganisationEntry, kind: str, details: dict[str, Any]) -> OrganisationEntry:
    contact: Person | None = details.get("contact")
    if contact is not None and not queries.people_of(entry.programme).filter(pk=contact.pk).exists():
        raise ActionError(_("Choose somebody of this programme."), field="contact")
    entry.kind = kind
    for name in ("about", "contact", "email", "phone", "postal_address", "website"):
        if name in details:
            setattr(entry, name, details[name])
    entry.save()
    return entry
