"""Say which letters a printing service prints and posts, and when it gets them."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.messages.models import Message, PostageRule


def service_name() -> str:
    """Return the name of the service that prints and posts letters; "" where staff do it themselves."""
    names = {"notify": "GOV.UK Notify", "demo": _("the demo’s printing service")}
    return names.get(settings.LETTER_PROVIDER, "")


def plan(messages: Iterable[Message]) -> None:
    """Give the letters among unsaved `messages` to the printing service, at the time of the day it gets them.

    Letters that an app above draws and posts itself stay with its staff. Without a service nothing changes.
    """
    kinds = registry.notice_kinds
    letters = [
        message
        for message in messages
        if message.channel == Message.Channel.LETTER and not kinds[message.notice.kind].own_letter
    ]
    if not letters or not settings.LETTER_PROVIDER:
        return
    at = next_handover(timezone.now())
    for message in letters:
        message.by_service, message.next_try_at = True, at


def next_handover(after: dt.datetime) -> dt.datetime:
    """Return the first moment past `after` at which the printing service gets letters."""
    today = timezone.localdate(after)
    first, second = (_handover_on(day) for day in (today, today + dt.timedelta(days=1)))
    return first if first > after else second


def _handover_on(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, PostageRule.objects.in_force(day).handed_over_at))
