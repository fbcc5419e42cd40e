"""Signing out somewhere else: a session is over the moment its row is gone."""

from django.utils import timezone

from people.accounts.models.sessions import Session
from wellbeing.lib.actions import action


@action
def end(*, user, mark, by):
    """End the session of `user` that their page shows as `mark` (`Session.mark`). Returns whether there was one."""
    ending = [row.pk for row in Session.objects.of(user, timezone.now()) if row.mark == mark]
    return bool(Session.objects.filter(pk__in=ending, user=user).delete()[0])


@action
def end_all(*, user, by, but=None):
    """End every session of `user`, save the one with the key `but`. Returns how many."""
    return Session.objects.filter(user=user).exclude(pk=but or "").delete()[0]
