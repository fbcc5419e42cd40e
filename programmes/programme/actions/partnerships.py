"""The partner charities of a programme."""

from django.utils.translation import gettext as _

from people.models import Organisation
from programmes.programme import rules
from programmes.programme.models.programmes import Partnership, Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError


@action
def add(*, programme, by, name, kind=Organisation.Kind.CHARITY, about=""):
    """Make the organisation called `name` a partner; one known by that name already is used as it stands.

    Raises ActionError when it is a partner already.
    """
    rules.can_manage_programme(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    organisation = Organisation.objects.filter(name__iexact=name.strip()).first()
    if organisation is None:
        organisation = Organisation.objects.create(name=name.strip(), kind=kind, about=about)
    partnership, made = Partnership.objects.get_or_create(programme=programme, organisation=organisation)
    if not made:
        raise ActionError(
            _("%(name)s is already a partner of this programme.") % {"name": organisation.name}, field="name"
        )
    return partnership


@action
def remove(*, partnership, by):
    """Take an organisation off the programme's partners. Its people keep their roles. Harmless the second time."""
    rules.can_manage_programme(by, partnership.programme).insist()
    Partnership.objects.filter(pk=partnership.pk).delete()
