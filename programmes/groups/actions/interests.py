"""Keep the register of interests of a group: declare, end, and look at them every year."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.groups import rules
from programmes.groups.models import Interest, InterestReview
from programmes.programme.models.groups import Group
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def declare(*, group: Group, nature: str, outline: str, by: User, person: Person | None = None) -> Interest:
    """Put an interest into the register of `group`: their own, or that of `person`, a member who said so. Return it.

    Raises ActionError without an outline.
    """
    person = person or by.person
    rules.can_declare_for(by, group, person).insist()
    if not outline.strip():
        raise ActionError(_("Say in a few words what the interest is."), field="outline")
    return Interest.objects.create(
        group=group,
        person=person,
        nature=nature,
        outline=outline.strip(),
        declared_on=today(),
        recorded_by=by.person,
    )


@action
def end(*, interest: Interest, by: User) -> Interest:
    """Say that an interest has ended; it stays in the register. Return it. Raises ActionError when it has ended."""
    rules.can_declare_for(by, interest.group, interest.person).insist()
    interest = Interest.objects.select_for_update().get(pk=interest.pk)
    if interest.ended_on:
        raise ActionError(_("This interest has ended already."))
    interest.ended_on = today()
    interest.save(update_fields=["ended_on"])
    return interest


@action
def say_they_are_right(*, group: Group, by: User, person: Person | None = None) -> InterestReview:
    """Record that a member looked at what stands of theirs in the register, and that it is right. Return it."""
    person = person or by.person
    rules.can_declare_for(by, group, person).insist()
    return InterestReview.objects.create(group=group, person=person, reviewed_on=today(), recorded_by=by.person)
