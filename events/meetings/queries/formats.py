"""Which members read papers in another format, and whether the agenda is there in it."""

from dataclasses import dataclass

from events.meetings.models import Meeting, MeetingPaper
from people.models import AccessNeed, Person
from programmes.models import Term
from wellbeing.lib.types import Text

Size = Person.LetterSize
# Formats of papers among what people need. Large print is made here, the others by somebody.
FORMATS = (AccessNeed.Kind.LARGE_PRINT, AccessNeed.Kind.EASY_READ, AccessNeed.Kind.BRAILLE, AccessNeed.Kind.AUDIO)


@dataclass(frozen=True)
class Wanted:
    """The format one member reads, and whether the agenda was made in it."""

    person: Person
    format: Text
    is_there: bool


def formats_wanted(meeting: Meeting) -> list[Wanted]:
    """Return the formats, other than standard print, that members on the day of `meeting` read, by name."""
    serving = Term.objects.effective_on(meeting.event.day).filter(group=meeting.group_id)
    people = Person.objects.filter(pk__in=serving.values("person")).prefetch_related("access_needs")
    made = set(
        MeetingPaper.objects.filter(meeting=meeting, what=MeetingPaper.What.AGENDA, made_at__isnull=False).values_list(
            "layout", flat=True
        )
    )
    large = bool(made - {Size.STANDARD})
    wanted = []
    for person in people.order_by("sort_key", "pk"):
        if person.letter_size != Size.STANDARD:
            wanted.append(Wanted(person, person.get_letter_size_display(), person.letter_size in made))
        kinds = [need for need in person.access_needs.all() if need.kind in FORMATS]
        if person.letter_size != Size.STANDARD:
            # The size they chose says more than that they need large print.
            kinds = [need for need in kinds if need.kind != AccessNeed.Kind.LARGE_PRINT]
        for need in kinds:
            wanted.append(Wanted(person, str(need), large and need.kind == AccessNeed.Kind.LARGE_PRINT))
    return wanted
