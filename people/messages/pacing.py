"""Keep each channel to its limit over all workers, and quiet in its quiet hours.

The clock of a channel is a row of the database: a worker moves it on by the time its batch may take, so that two
workers never send faster together than one may alone.
"""

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from people import registry
from people.messages.models import Message, SendingClock, SendingLimit

# A batch that would wait longer than this for its turn goes back to wait, and its worker does something else. No more
# is taken than may go in this time: what is taken can be neither paused nor cancelled.
PATIENCE = dt.timedelta(seconds=20)


@dataclass(frozen=True)
class Turn:
    """When a batch may go: its messages (`ids`), from `begins` on, `gap` seconds apart. Without `begins`, at once."""

    ids: list[int]
    begins: dt.datetime | None = None
    gap: float = 0

    def wait_for(self, number: int) -> None:
        """Wait until the message `number` (from 0) of the batch may go."""
        if self.begins is not None:
            _sleep_until(self.begins + dt.timedelta(seconds=number * self.gap))


def turn_of(ids: Iterable[int], channel: str) -> Turn:
    """Return the turn of those of the messages `ids` of a channel that may go now; the others wait for the sweep."""
    ids = list(ids)
    limit = SendingLimit.objects.in_force(channel, timezone.localdate()) if ids else None
    if limit is None:
        return Turn(ids)
    ids = _without_quiet(ids, limit, timezone.now())
    if not ids or not limit.per_minute:
        return Turn(ids)
    gap = 60 / limit.per_minute
    ids = ids[: max(1, int(PATIENCE.total_seconds() / gap))]
    begins = _reserve(channel, len(ids), gap)
    return Turn(ids if begins else [], begins, gap)


def paced(ids: Iterable[int], channel: str) -> Iterator[int]:
    """Yield those of the messages `ids` of a channel that may go now, each at its time; put the others back to wait."""
    turn = turn_of(ids, channel)
    for number, pk in enumerate(turn.ids):
        turn.wait_for(number)
        yield pk


def quiet_until(limit: SendingLimit, now: dt.datetime) -> dt.datetime | None:
    """Return when the quiet hours of `limit` end that `now` lies in; None outside them. They may cross midnight."""
    begins, ends = limit.quiet_from, limit.quiet_until
    if begins is None or ends is None:
        return None
    local = timezone.localtime(now)
    today = local.date()
    crosses = begins > ends
    for day in (today - dt.timedelta(days=1), today):
        start = timezone.make_aware(dt.datetime.combine(day, begins))
        end = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=crosses), ends))
        if start <= local < end:
            return end
    return None


def _without_quiet(ids: list[int], limit: SendingLimit, now: dt.datetime) -> list[int]:
    """Put off what need not go in quiet hours until they end. Return the ids of the others."""
    until = quiet_until(limit, now)
    if until is None:
        return ids
    at_once = [kind.key for kind in registry.notice_kinds.values() if kind.legal or kind.at_once]
    urgent = set(Message.objects.filter(pk__in=ids, notice__kind__in=at_once).values_list("pk", flat=True))
    _put_off([pk for pk in ids if pk not in urgent], until)
    return [pk for pk in ids if pk in urgent]


def _reserve(channel: str, number: int, gap: float) -> dt.datetime | None:
    """Take the next `number` turns of a channel, `gap` seconds apart. Return the first; None when it is too far off."""
    SendingClock.objects.get_or_create(channel=channel)
    with transaction.atomic():
        clock = SendingClock.objects.select_for_update().get(channel=channel)
        now = _database_now()
        first = max(clock.free_at, now)
        if first - now > PATIENCE:
            # The sweep hands the messages out again.
            return None
        clock.free_at = first + dt.timedelta(seconds=number * gap)
        clock.save(update_fields=["free_at"])
    # Workers on several hosts share the clock of the database, whose time may not be theirs.
    return timezone.now() + (first - now)


def _database_now() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _put_off(ids: list[int], until: dt.datetime) -> None:
    Message.objects.filter(pk__in=ids, status=Message.Status.WAITING).update(next_try_at=until)


def _sleep_until(moment: dt.datetime) -> None:
    wait = (moment - timezone.now()).total_seconds()
    if wait > 0:
        time.sleep(wait)
