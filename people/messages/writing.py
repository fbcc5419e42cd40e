"""Show a colleague, before they write to people, how each is told, what it costs, and what to look at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import registry
from people.directory.models import Person
from people.messages import queries, routing
from people.messages.fields import filled, paragraphs_of, values_for
from people.messages.hints import Words
from people.messages.models import Message
from people.messages.models.notices import READ_KEY_LENGTH
from wellbeing.lib.segments import plain, segments


@dataclass(frozen=True)
class Unreached:
    """Somebody whom a colleague has to find a way to, and why."""

    person: Person
    why: str


class Preview:
    """The same words to several people, before they go: per channel, what texts cost, who cannot be reached and why."""

    def __init__(self, people: Iterable[Person], voice: str, subject: str, words: str, chosen: int | None = None):
        self.people = list(people)
        self.voice, self.subject, self.words = voice, subject, words
        self.speaker = registry.voice(voice)
        self.ways = queries.ways_to(self.people)
        self.chosen = next((person for person in self.people if person.pk == chosen), self.people[0])

    @property
    def counts(self) -> list[str]:
        """How many are told by which channel."""
        return queries.ways_in_words(self.people)

    @property
    def text_cost(self) -> str:
        """How many segments all the text messages come to; "" without any."""
        texted = [person for person in self.people if self._goes_by(person, Message.Channel.SMS)]
        if not texted:
            return ""
        number = sum(segments(plain(self.short(person))) for person in texted)
        return ngettext(
            "The provider charges for %(n)s text message.",
            "The provider charges for %(n)s text messages: a long one counts as several.",
            number,
        ) % {"n": number}

    @property
    def unreached(self) -> list[Unreached]:
        """Those whom a colleague has to find a way to."""
        none = [person for person in self.people if self.ways[person.pk] is None]
        return [Unreached(person, routing.why_unreachable(person)) for person in none]

    @cached_property
    def looked_at(self) -> Words:
        """Subject and words together, to be looked at again."""
        return Words(f"{self.subject}\n\n{self.words}", self.voice)

    @property
    def how(self) -> str:
        """How the person of the preview is told."""
        return queries.reach_in_words(self.ways[self.chosen.pk])

    @property
    def is_text(self) -> bool:
        return self._goes_by(self.chosen, Message.Channel.SMS)

    @property
    def heading(self) -> Words:
        """The subject as the person of the preview reads it."""
        return Words(filled(self.subject, values_for(self.chosen, self.speaker)), self.voice)

    @property
    def body(self) -> Words:
        """The words as the person of the preview reads or hears them."""
        paragraphs = paragraphs_of(self.words, values_for(self.chosen, self.speaker))
        greeting = _("Hello %(name)s,") % {"name": self.chosen.short_name}
        return Words("\n\n".join([greeting, *paragraphs]), self.voice)

    def short(self, person: Person) -> str:
        """Return about what a text message to `person` says; its link has the length of the real one."""
        heading = filled(self.subject, values_for(person, self.speaker))
        return f"{self.speaker.name}: {heading}. {queries.read_link_like()}"

    @property
    def short_of_chosen(self) -> str:
        """About what a text message to the person of the preview says, with an open end where its own link comes."""
        return self.short(self.chosen).replace("x" * READ_KEY_LENGTH, "…")

    def _goes_by(self, person: Person, channel: str) -> bool:
        way = self.ways[person.pk]
        return way is not None and way.channel == channel
