"""Show words for a kind of notice as one person would get them by each channel, before anybody does."""

from functools import cached_property

from django.conf import settings
from django.utils import timezone

from people import registry
from people.directory.models import Person
from people.messages import own_words, queries, scripts, telling
from people.messages.drafts import Draft
from people.messages.fields import filled, values_for
from people.messages.hints import Words
from people.messages.letters import drawing
from people.messages.models import Message
from people.messages.models.notices import READ_KEY_LENGTH, Notice
from people.messages.routing import Way
from people.wordings import LINK, OwnWords
from wellbeing.lib import pdf
from wellbeing.lib.languages import Passage, passages_of
from wellbeing.lib.segments import Measure, measure, plain

REFERENCE = "L000000"


class WordsPreview:
    """The words `own` of a kind of notice, as `person` would get them from `voice`, with an example of its facts."""

    def __init__(self, kind: registry.NoticeKind, own: OwnWords, voice: str, person: Person):
        self.kind, self.own, self.voice, self.person = kind, own, voice, person
        self.speaker = registry.voice(voice)

    @cached_property
    def draft(self) -> Draft:
        """Return what would be written, in these words."""
        example: Draft = {
            "key": "",
            "kind": self.kind.key,
            "person": self.person,
            "subject": "",
            "text": "",
            "voice": self.voice,
            "details": str(self.kind.standard.example),
        }
        values = values_for(self.person, self.speaker) | self.kind.standard.examples
        return own_words.put_on(example, self.own, values)

    @property
    def subject(self) -> Words:
        """Return the subject of an email and the heading of a letter."""
        return Words(self.draft["subject"], self.voice, self.own.language)

    @cached_property
    def passages(self) -> list[tuple[Passage, Words]]:
        """Return each part of the words, in one language, with what to look at again in it."""
        found = passages_of(self.draft["text"], self.own.language, *self.draft["facts"])
        return [(passage, Words(passage.text, self.voice, passage.language)) for passage in found]

    @property
    def short(self) -> str:
        """Return about what a text message says; its link has the length of a real one."""
        link = queries.read_link_like()
        own = self.draft.get("short", "")
        return filled(own, {LINK: link}) if own else f"{self.speaker.name}: {self.draft['subject']}. {link}"

    @property
    def short_shown(self) -> str:
        """Return the same with an open end where its own link comes."""
        return self.short.replace("x" * READ_KEY_LENGTH, "…")

    @property
    def measure(self) -> Measure:
        """Return how the text message is sent, and as how many."""
        return measure(plain(self.short))

    @property
    def script(self) -> list[tuple[Passage, list[str]]]:
        """Return what a colleague says on the phone, part by part."""
        return scripts.script_of([passage for passage, _words in self.passages])

    @property
    def how(self) -> str:
        """Return how the person would be told now."""
        return queries.reach_in_words(queries.ways_to([self.person])[self.person.pk])

    def letter(self) -> bytes:
        """Return the letter as it would be printed for the person, as a PDF. Raises pdf.TooMuchError."""
        passages = [passage for passage, _words in self.passages]
        return _letter(self.kind, self.speaker, self.person, self.draft["subject"], self.draft["text"], passages)


class NoticePreview:
    """The notice `draft`, as its person would get it now by the way they chose. Nothing of it is saved."""

    def __init__(self, draft: Draft, person: Person, way: Way | None):
        self.person, self.way = person, way
        self.notice: Notice = telling.as_it_would_be(draft)

    @property
    def how(self) -> str:
        """Return how the person would be told."""
        return queries.reach_in_words(self.way)

    @property
    def channel(self) -> str:
        """Return the channel, as `Message.Channel` names it; that of a colleague where no way works."""
        return self.way.channel if self.way else Message.Channel.COLLEAGUE

    @property
    def passages(self) -> list[Passage]:
        """Return each part of the words, in one language."""
        return self.notice.passages

    @property
    def short(self) -> str:
        """Return the text message, with an open end where the key of their own link comes."""
        return self.notice.short.replace(self.notice.link_to_follow, self.link_shown)

    @property
    def link_shown(self) -> str:
        """Return the address it leads to, without the key that only its person has."""
        return f"{self.notice.link_to_follow.rstrip('/').rpartition('/')[0]}/…"

    @property
    def script(self) -> list[tuple[Passage, list[str]]]:
        """Return what a colleague says on the phone, part by part."""
        return scripts.script_of(self.passages)

    def letter(self) -> bytes:
        """Return the letter as it would be printed, as a PDF. Raises pdf.TooMuchError."""
        kind = registry.notice_kinds[self.notice.kind]
        notice = self.notice
        return _letter(kind, notice.speaker, self.person, notice.subject, notice.text_body, notice.passages)


def _letter(
    kind: registry.NoticeKind,
    speaker: registry.Voice,
    person: Person,
    subject: str,
    text: str,
    passages: list[Passage],
) -> bytes:
    letter = drawing.Letter(
        voice=speaker.name,
        name=person.full_name,
        address=person.postal_address,
        reference=REFERENCE,
        made_on=timezone.localdate(),
        subject=subject,
        text=text,
        passages=passages,
        return_address=speaker.address,
        phone=speaker.phone,
        email=speaker.email,
        link=settings.SITE_URL,
        size=person.letter_size,
        slip=kind.slip,
        slip_name=person.full_name,
    )
    return pdf.write_together([drawing.lay_out(letter)])
