"""Find the formats people read, and which papers of an event are not there in them yet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from events.inviting.models import Invitation
from events.meetings.models import Meeting, MeetingRules
from events.papers.models import AttachedPaper, MeetingPaper, PaperFormat, PaperMade
from events.papers.models.attached import FormatKey, format_label
from events.planning.models import Event
from people.models import AccessNeed, Person
from people.needs.models import Whose, said_of
from programmes.models import Role, Term, programmes_where
from wellbeing.lib.languages import Language
from wellbeing.lib.types import Text, User

Size = Person.LetterSize
# Formats of papers among what people need. Large print of the agenda is made here, the others by somebody.
FORMATS = (AccessNeed.Kind.LARGE_PRINT, AccessNeed.Kind.EASY_READ, AccessNeed.Kind.BRAILLE, AccessNeed.Kind.AUDIO)
STANDARD: FormatKey = (PaperFormat.STANDARD, "")


@dataclass(frozen=True)
class Wanted:
    """The format one member reads, and whether the agenda was made in it."""

    person: Person
    format: Text
    is_there: bool


@dataclass(frozen=True)
class Lack:
    """A paper (None: the agenda) that is not there in a format which people who may come read."""

    paper: AttachedPaper | None
    key: FormatKey
    people: list[Person] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.paper.title if self.paper else _("Agenda")

    @property
    def label(self) -> Text:
        return format_label(self.key)


def formats_of(person: Person) -> list[FormatKey]:
    """Return the formats `person` reads papers in: how letters to them are printed, what they need, their language.

    Standard, where they chose nothing else.
    """
    kinds = {need.kind for need in person.access_needs.all() if need.whose == Whose.PERSON}
    if Size(person.letter_size).is_large:
        kinds.add(AccessNeed.Kind.LARGE_PRINT)
    if person.letter_size == Size.EASY_READ:
        kinds.add(AccessNeed.Kind.EASY_READ)
    keys: list[FormatKey] = [(kind.value, "") for kind in FORMATS if kind in kinds]
    if person.language != Language.ENGLISH:
        keys.append((PaperFormat.LANGUAGE, person.language))
    return keys or [STANDARD]


def formats_for_supporter(person: Person) -> list[FormatKey]:
    """Return the formats somebody reads papers in who comes with `person`, as far as these are not standard print."""
    kinds = {need.kind for need in person.access_needs.all() if need.whose == Whose.SUPPORTER}
    return [(kind.value, "") for kind in FORMATS if kind in kinds]


def formats_wanted(meeting: Meeting) -> list[Wanted]:
    """Return the formats, other than standard print, that members on the day of `meeting` read, by name.

    After those of a member come those of whom they bring.
    """
    serving = Term.objects.effective_on(meeting.event.day).filter(group=meeting.group_id)
    people = Person.objects.filter(pk__in=serving.values("person")).prefetch_related("access_needs")
    layouts, marked = _agenda_layouts(meeting), _agenda_marked(meeting)
    has = marked | _large(layouts)
    wanted = []
    for person in people.order_by("sort_key", "pk"):
        for key in formats_of(person):
            if key == STANDARD:
                continue
            if key[0] == PaperFormat.LARGE_PRINT and Size(person.letter_size).is_large:
                # The size they chose says more than that they need large print.
                is_there = person.letter_size in layouts or key in marked
                wanted.append(Wanted(person, person.get_letter_size_display(), is_there))
            else:
                wanted.append(Wanted(person, format_label(key), key in has))
        for key in formats_for_supporter(person):
            wanted.append(Wanted(person, said_of(format_label(key), Whose.SUPPORTER), key in has))
    return wanted


def meeting_of(event: Event) -> Meeting | None:
    """Return the meeting that `event` is, or None."""
    found: Meeting | None = getattr(event, "meeting", None)
    return found


def who_may_come(event: Event) -> list[Person]:
    """Return those invited, but for those who said that they cannot come; of a meeting, members on the day as well."""
    invited = Invitation.objects.filter(event=event)
    asked = Q(pk__in=invited.values("person"))
    if meeting_of(event) is not None:
        asked |= Q(pk__in=Term.objects.effective_on(event.day).filter(group=event.group_id).values("person"))
    cannot = invited.filter(reply=Invitation.Reply.NOT_COMING)
    people = Person.objects.filter(asked).exclude(pk__in=cannot.values("person"))
    return list(people.prefetch_related("access_needs").order_by("sort_key", "pk"))


def papers_of(event: Event) -> list[AttachedPaper]:
    """Return the papers that come with `event`, in the order of its agenda, with their copies, newest first."""
    papers = event.attached_papers.select_related("item", "withdrawn_by").prefetch_related("copies", "made_elsewhere")
    return sorted(papers, key=lambda paper: (paper.item is None, paper.item.position if paper.item else 0, paper.pk))


def titles_of(event: Event) -> list[str]:
    """Return the names of the papers that come with `event`, but for those that were withdrawn."""
    return list(event.attached_papers.filter(withdrawn_on=None).values_list("title", flat=True))


def there(paper: AttachedPaper) -> set[FormatKey]:
    """Return the formats in which `paper` can be read, or was made elsewhere."""
    made = {mark.key for mark in paper.made_elsewhere.all()}
    return made | {copy.key for copy in paper.copies.all() if copy.can_be_read}


def lacks_of(event: Event, papers: Iterable[AttachedPaper] | None = None) -> list[Lack]:
    """Return what is not there yet in a format that people who may come to `event` read.

    A meeting's agenda counts once members were told of it; as it can be read on its page, nobody lacks it in standard
    print.
    """
    readers: dict[FormatKey, list[Person]] = {}
    for person in who_may_come(event):
        for key in dict.fromkeys([*formats_of(person), *formats_for_supporter(person)]):
            readers.setdefault(key, []).append(person)
    things: list[tuple[AttachedPaper | None, set[FormatKey]]] = []
    meeting = meeting_of(event)
    if meeting is not None and meeting.agenda_sent_at is not None:
        things.append((None, _agenda_marked(meeting) | _large(_agenda_layouts(meeting)) | {STANDARD}))
    papers = papers_of(event) if papers is None else papers
    things += [(paper, there(paper)) for paper in papers if not paper.is_withdrawn]
    order = list(PaperFormat)
    return [
        Lack(paper, key, readers[key])
        for paper, has in things
        for key in sorted(readers, key=lambda key: (order.index(PaperFormat(key[0])), key[1]))
        if key not in has
    ]


def events_lacking(user: User, now: dt.datetime, on: dt.date) -> list[tuple[Event, list[Lack]]]:
    """Return events to come of programmes `user` is staff of, so near that a missing format is a task, soonest first.

    How near that is, the rules of each group say; of an event without a group, those that all groups begin with.
    """
    events = Event.objects.filter(
        Exists(AttachedPaper.objects.filter(event=OuterRef("pk"), withdrawn_on=None))
        | Q(meeting__agenda_sent_at__isnull=False),
        programme__in=programmes_where(user, Role.STAFF),
        starts_at__gt=now,
        status=Event.Status.PLANNED,
    )
    found = []
    for event in events.select_related("meeting", "group").order_by("starts_at", "pk"):
        how = MeetingRules.objects.in_force_on(event.group, event.day)
        if on >= event.day - dt.timedelta(days=how.format_days) and (lacks := lacks_of(event)):
            found.append((event, lacks))
    return found


def _agenda_layouts(meeting: Meeting) -> set[str]:
    rows = MeetingPaper.objects.filter(meeting=meeting, what=MeetingPaper.What.AGENDA, made_at__isnull=False)
    return set(rows.values_list("layout", flat=True))


def _agenda_marked(meeting: Meeting) -> set[FormatKey]:
    return {mark.key for mark in PaperMade.objects.filter(event=meeting.event_id, what=MeetingPaper.What.AGENDA)}


def _large(layouts: Iterable[str]) -> set[FormatKey]:
    return {(PaperFormat.LARGE_PRINT, "")} if any(Size(layout).is_large for layout in layouts) else set()
