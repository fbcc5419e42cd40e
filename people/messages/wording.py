"""Say what happens with a notice, for the colleague who caused it."""

from django.utils.translation import gettext as _

from people.messages import posting
from people.messages.models import Message, Notice
from wellbeing.lib.dates import short_date, time_of_day

Channel = Message.Channel


def said(notice: Notice) -> str:
    """Say how the person of a new notice is told: that it is on its way, or that it waits for a colleague."""
    message = notice.latest
    if message.is_unwanted:
        return _("Nothing was sent to %(person)s. %(reason)s") % {
            "person": notice.person,
            "reason": message.last_error,
        }
    if message.by_service:
        return _(
            "A letter to %(person)s goes to %(service)s on %(day)s at %(time)s. You can print it here until then."
        ) % {
            "person": notice.person,
            "service": posting.service_name(),
            "day": short_date(message.next_try_at),
            "time": time_of_day(message.next_try_at),
        }
    words = {
        Channel.EMAIL: _("It is on its way to %(person)s by email."),
        Channel.SMS: _("It is on its way to %(person)s by text message."),
        Channel.LETTER: _("A letter to %(person)s now waits to be printed and posted."),
        Channel.PHONE: _("%(person)s is now on the list of people to ring."),
        Channel.COLLEAGUE: _("No way we have reaches %(person)s. Telling them is now a task."),
    }
    return words[Channel(message.channel)] % {"person": notice.person}
