"""Set up groups of a programme and change them."""

from django.utils.translation import gettext as _

from programmes.programme import rules as programme_rules
from programmes.programme.models.groups import Group
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def create(*, programme: Programme, name: str, kind: str, by: User, purpose: str = "") -> Group:
    """Set up a group of a `kind` of Group.Kind and return it.

    Raises ActionError when the programme has one of that name. Locks the programme.
    """
    programme_rules.can_manage_programme(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    group = Group(programme=programme, name=name.strip(), kind=kind, purpose=purpose)
    _check(group)
    group.save()
    return group


@action
def edit(*, group: Group, name: str, by: User, purpose: str = "") -> Group:
    """Change a group's name and purpose and return it. Its kind stays: the steering role hangs on it.

    Raises ActionError when the programme has another group of that name. Locks the programme and the group.
    """
    programme_rules.can_manage_programme(by, group.programme).insist()
    Programme.objects.select_for_update().get(pk=group.programme_id)
    group = Group.objects.select_for_update().get(pk=group.pk)
    group.name, group.purpose = name.strip(), purpose
    _check(group)
    group.save(update_fields=["name", "purpose"])
    return group


def _check(group: Group) -> None:
    others = Group.objects.filter(programme=group.programme).exclude(pk=group.pk)
    if others.filter(name__iexact=group.name).exists():
        raise ActionError(_("This programme already has a group with this name. Choose another."), field="name")
