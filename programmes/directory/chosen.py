"""Those who were ticked in the list of people: who can be included in what is done, and who cannot and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from people.directory.models import Person
from people.directory.queries import tell_apart
from programmes.directory.listing import ticks_key
from programmes.members.queries import people_of
from wellbeing.lib.names import name_key
from wellbeing.lib.ticks import Ticks
from wellbeing.lib.types import PersonId, Text


@dataclass(frozen=True)
class LeftOut:
    """Somebody who cannot be included, and why."""

    person: Person
    why: Text


class Chosen:
    """The people whom the form of `request` sends: those ticked in the list, or shown on the page before.

    `reasons`, set once it is known what is to be done, says why each of those cannot be included who cannot.
    """

    def __init__(self, request, programme):
        self.request, self.programme = request, programme
        self.reasons: Mapping[PersonId, Text] = {}
        self.ticks = Ticks(request, ticks_key(programme))
        if "act" in request.POST:
            # From the list itself: so that its boxes are ticked still when the reader comes back.
            self.ticks.take_in()

    def data_of(self, name):
        """Return the data of the form on this page with the field `name`; None where it was not sent yet.

        The list itself sends its filters along, which may be called as fields are.
        """
        return self.request.POST if "act" not in self.request.POST and name in self.request.POST else None

    @cached_property
    def people(self):
        """Return those chosen who are in the directory of the programme, by name."""
        people = people_of(self.programme).filter(pk__in=self.ticks.sent.ids)
        return tell_apart(people.order_by("sort_key", "pk"))

    @property
    def included(self):
        """Return those of them who can be included."""
        return [person for person in self.people if person.pk not in self.reasons]

    @property
    def left_out(self):
        """Return those of them who cannot, each with the reason."""
        return [LeftOut(person, self.reasons[person.pk]) for person in self.people if person.pk in self.reasons]

    @property
    def ids(self):
        """Return the ids of all of them, as a form sends them on."""
        return " ".join(str(person.pk) for person in self.people)

    @property
    def included_ids(self):
        """Return the ids of those who can be included, as a form sends them on."""
        return " ".join(str(person.pk) for person in self.included)

    def done(self, people):
        """Untick `people`, to whom what was chosen has been done."""
        self.ticks.forget(person.pk for person in people)


def names_in_words(people):
    """Return the names of `people` in their order, in one text."""
    return ", ".join(sorted((person.full_name for person in people), key=name_key))
