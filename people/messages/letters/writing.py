"""Say what the letter of a message says: from its notice, its person and its address."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.messages.letters.drawing import Letter
from people.messages.models import Message
from wellbeing.lib.languages import Passage

# How the number of a message is written on its letter, so that a letter that came back is found again.
REFERENCE = "L%06d"


def letter_of(message: Message, made_on: dt.date, voice: registry.Voice) -> Letter:
    """Return the letter of a message, dated `made_on`, in the print its person asked for.

    `voice` is who speaks in its notice: asked for once for many letters. One that goes through a supporter is addressed
    to them and says for whom it is.
    """
    notice = message.notice
    person, passages = notice.person, _passages(message)
    name = message.via or (person.full_name if person else voice.name)
    kind = registry.notice_kinds[notice.kind]
    return Letter(
        voice=voice.name,
        name=name,
        address=message.to,
        reference=REFERENCE % message.pk,
        made_on=made_on,
        subject=notice.subject,
        text="\n\n".join(passage.text for passage in passages),
        passages=passages,
        return_address=voice.address,
        phone=voice.phone,
        email=notice.reply_to or voice.email,
        link=notice.link_to_follow,
        size=person.letter_size if person and not message.via else Person.LetterSize.STANDARD,
        slip=kind.slip_of(notice) if kind.slip_of else kind.slip,
        slip_name=person.full_name if person else name,
        language=translation.get_language(),
    )


def _passages(message: Message) -> list[Passage]:
    if not message.via or message.notice.person is None:
        return message.notice.passages
    for_whom = _("%(supporter)s, this is for %(name)s, who asked us to write to you.") % {
        "supporter": message.via,
        "name": message.notice.person,
    }
    return [Passage(for_whom), *message.notice.passages]
