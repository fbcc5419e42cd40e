"""Sign out somewhere else: a session is over the moment its row is gone."""

from django.utils import timezone

from people.accounts.models.sessions import Session
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def end(*, user: User, mark: str, by: User | None) -> bool:
    """End the session of `user` that their page shows as `mark` (`Session.mark`). Return whether there was one."""
    ending = [row.pk for row in Session.objects.of(user, timezone.now()) if row.mark == mark]
    return bool(Session.objects.filter(pk__in=ending, user=user).delete()[0])


@action
def end_all(*, user: User, by: User | None, but: str | None = None) -> int:
    """End every session of `user`, except the one with the key `but`. Return how many."""
    return Session.objects.filter(user=user).exclude(pk=but or "").delete()[0]
