"""Write the one message with all reminders of a person on a day."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import ngettext

from people.directory.models import Person
from people.messages.drafts import Draft
from people.messages.emails import absolute_url, write
from programmes.programme.models.programmes import Programme
from programmes.registry import ToRemind


def key_of(person_id: int, on: dt.date) -> str:
    """Return the key of the notice with all reminders of a person on the day `on`: there is one at most."""
    return f"reminder:{person_id}:{on.isoformat()}"


def reminder(person: Person, programme: Programme, things: Sequence[ToRemind], on: dt.date) -> Draft:
    """Draft the message that reminds `person` of `things`, in the voice of `programme`. One thing is said by itself."""
    first, number = things[0], len(things)
    title = heading = ngettext(
        "%(number)s reminder from %(programme)s", "%(number)s reminders from %(programme)s", number
    ) % {"number": number, "programme": programme.name}
    if number == 1:
        title, heading = first.title, first.heading
    written = write(
        "reminder",
        "programmes/reminder",
        {"programme": programme, "things": things},
        person=person,
        speaker=programme.speaker,
        values={"about": title, "heading": heading},
    )
    return {
        **written,
        "key": key_of(person.pk, on),
        "kind": "reminder",
        "person": person,
        "audience": programme.voice,
        "voice": programme.voice,
        "link": first.link if number == 1 else absolute_url("home"),
    }
