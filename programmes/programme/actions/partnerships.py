"""Name the partner charities of a programme."""

from django.utils.translation import gettext as _

from people.models import Organisation
from programmes.programme import rules
from programmes.programme.models.programmes import Partnership, Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def add(
    *, programme: Programme, by: User, name: str, kind: str = Organisation.Kind.CHARITY, about: str = ""
) -> Partnership:
    """Make the organisation called `name` a partner. If one has that name already, use it as it is.

    Raises ActionError when it is a partner already. Locks the programme.
    """
    rules.can_manage_programme(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    organisation = Organisation.objects.filter(name__iexact=name.strip()).first()
    if organisation is None:
        organisation = Organisation.objects.create(name=name.strip(), kind=kind, about=about)
    partnership, created = Partnership.objects.get_or_create(programme=programme, organisation=organisation)
    if not created:
        raise ActionError(
            _("%(name)s is already a partner of this programme.") % {"name": organisation.name}, field="name"
        )
    return partnership


@action
def remove(*, partnership: Partnership, by: User) -> None:
    """Take an organisation off the programme's partners. Its people keep their roles. Harmless the second time."""
    rules.can_manage_programme(by, partnership.programme).insist()
    Partnership.objects.filter(pk=partnership.pk).delete()
