"""Keep who said a contribution: only programme staff see it."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages import telling
from programmes.heard import emails, rules
from programmes.heard.checks import check_people, locked
from programmes.heard.models import Contribution, Contributor
from programmes.heard.telling_back import tell_back
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def add(
    *, contribution: Contribution, person: Person, by: User, named: bool = False, wants_to_be_told: bool = True
) -> Contributor:
    """Add somebody to those who said a contribution, or change what they asked for. Return the Contributor.

    Somebody new gets a confirmation, and the answer where there is one. Raises ActionError, with its field, for a
    person of another programme. Locks the contribution.
    """
    contribution = locked(contribution)
    rules.can_record(by, contribution.programme).insist()
    check_people(contribution.programme, [person], field="person")
    row, is_new = Contributor.objects.update_or_create(
        contribution=contribution,
        person=person,
        defaults={"named": named, "wants_to_be_told": wants_to_be_told},
        create_defaults={"named": named, "wants_to_be_told": wants_to_be_told, "added_by": by.person},
    )
    if is_new:
        telling.tell_many([emails.written_down(row)])
    if contribution.outcome:
        tell_back(contribution.outcome, [row])
    return row


@action
def remove(*, contributor: Contributor, by: User) -> None:
    """Remove somebody who was taken down by mistake from those who said a contribution. The history keeps it.

    Raises ActionError once they were told what became of it. Locks the contribution.
    """
    contribution = locked(contributor.contribution)
    rules.can_record(by, contribution.programme).insist()
    if contributor.told_back.exists():
        raise ActionError(_("They have been asked whether the answer is true, so they stay on the list."))
    Contributor.objects.filter(pk=contributor.pk).delete()
