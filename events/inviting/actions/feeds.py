"""Make and stop the secret address from which a calendar program reads a person's events."""

from django.utils import timezone

from events.inviting.models import CalendarFeed
from events.link_keys import new_link_key
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def make(*, by: User) -> CalendarFeed:
    """Give `by` a new address for their calendar and return it. One they had before works no more. Locks its row."""
    feed, _is_new = CalendarFeed.objects.update_or_create(
        person=by.person, defaults={"key": new_link_key(), "made_at": timezone.now()}
    )
    return feed


@action
def stop(*, by: User) -> None:
    """End the address of the calendar of `by`, where they have one."""
    CalendarFeed.objects.filter(person=by.person).delete()
