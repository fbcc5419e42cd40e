"""Where the apps above plug into programmes.

Each app's `contributions.register()` appends plain functions here. Nothing in this file knows an app above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from people.registry import Panel
from wellbeing.lib.types import PersonId, ProgrammeId, Text, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.directory.models import Person
    from programmes.programme.models import Programme
    from programmes.programme.models.groups import Group

# Return the panel an app adds to a programme's page (its next events), or None.
programme_panels: list[Callable[[User, Programme], Panel | None]] = []
# Return the panel an app adds to a group's page (its meetings), or None.
group_panels: list[Callable[[User, Group], Panel | None]] = []
# The steps that set a new programme up, from every app.
setup_steps: list[SetupStep] = []
# By its key: a subject of which people are reminded while they are silent about it.
reminder_subjects: dict[str, ReminderSubject] = {}
# The kinds of texts a programme writes, looked through for words it agreed not to use.
programme_texts: list[ProgrammeText] = []
# Where something can have been said, such as an event; an app above registers one at most.
said_places: list[SaidPlace] = []
# Called with the person, the programme they leave, their last day there, and who noted it, in that transaction.
after_leaving: list[Callable[[Person, Programme, dt.date, User], None]] = []
# By its key: a part of the steering group's dashboard.
dashboard_parts: dict[str, DashboardPart] = {}
# The filters, columns and actions that apps add to the list of a programme's people, for its staff.
people_filters: list[PeopleFilter] = []
people_columns: list[PeopleColumn] = []
people_actions: list[PeopleAction] = []
# Return the links an app adds above that list, as (label, address). Also takes the filters of the address.
people_links: list[Callable[[Programme, str], list[tuple[Text, str]]]] = []
# The stages of taking part that apps know: invited, came, spoke, were paid, stayed.
participation_stages: list[ParticipationStage] = []


@dataclass(frozen=True)
class ParticipationStage:
    """A stage of taking part, for the report on who does.

    `people(programme, first, last)` returns who was in it on some day from `first` to `last`; `explained` says so in
    words that follow "who". `order` sorts, lowest first.
    """

    key: str
    title: Text
    explained: Text
    order: int
    people: Callable[[Programme, dt.date, dt.date], Iterable[PersonId]]


@dataclass(frozen=True)
class PeopleFilter:
    """A filter of the list of a programme's people, for its staff.

    `choices(programme)` returns [(value, label), …], None for a box to type into; `empty` is the label of no choice.
    `narrow(people, programme, value)` returns those of `people` it finds. `called(programme, value)` is what a list
    saved from this filter is called until staff call it otherwise. `order` sorts, lowest first.
    """

    key: str
    label: Text
    narrow: Callable[[QuerySet[Person], Programme, str], QuerySet[Person]]
    choices: Callable[[Programme], list[tuple[str, Text]]] | None = None
    empty: Text = ""
    order: int = 50
    called: Callable[[Programme, str], str] | None = None


@dataclass(frozen=True)
class PeopleColumn:
    """A column of the list of a programme's people, for its staff.

    `annotation(programme)` is an expression over Person, by which the list can be sorted; `kind` is what it is for
    files (`wellbeing.lib.spreadsheets.DATE`), `numeric` a number.
    """

    key: str
    label: Text
    annotation: Callable[[Programme], Any]
    kind: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class PeopleAction:
    """Something staff do with those they ticked in the list of people: a form sends them to `url(programme)`."""

    key: str
    label: Text
    url: Callable[[Programme], str]
    order: int = 50


@dataclass(frozen=True)
class ProgrammeText:
    """A kind of text that a programme writes: `rows(programme)`, the `words` of each, and where it is read."""

    title: Text
    rows: Callable[[Programme], Iterable[Any]]
    words: Callable[[Any], Iterable[str]]
    url: Callable[[Any], str]


@dataclass(frozen=True)
class SaidPlace:
    """A place of an app above at which something was said.

    `choices(programme)` returns [(key, label), …] for the form of staff, which begins with `empty`. With a
    `Contribution`: `key_of` returns the key that is noted, or ""; `note(contributions, key, by)` notes another, in the
    transaction of its caller, and raises ActionError beside "place"; `link(user, contribution)` returns name and
    address for a reader who may see it, or None.
    """

    label: Text
    help_text: Text
    empty: Text
    choices: Callable[[Programme], list[tuple[str, str]]]
    key_of: Callable[[Any], str]
    note: Callable[[Sequence[Any], str, User], None]
    link: Callable[[User, Any], tuple[str, str] | None]


@dataclass(frozen=True)
class SetupStep:
    """A step that sets a programme up.

    `done(programmes)` returns a queryset of rows with a `programme`: it is done in each programme that has one.
    `url(programme)` is where it is done, by those whom `may(user, programme)` lets; `who` names them for everybody
    else. `order` sorts, lowest first.
    """

    title: Text
    detail: Text
    who: Text
    order: int
    done: Callable[[Iterable[ProgrammeId]], QuerySet[Any]]
    url: Callable[[Programme], str]
    may: Callable[[User, Programme], object]


@dataclass(frozen=True)
class ToRemind:
    """One thing of which a person can be reminded, and the words for it.

    `subject` is the key of its subject; `thing` names it within the product ("claim:42"). `occasions` are the days on
    which reminders of it fall; `at_most` is how many there are in all, whatever becomes of its days. `title` is the
    subject of a message that has nothing else to say and `heading` its first line; `sentence` says what it is about,
    `ask` what to do, and `label` names the button to the full address `link`.
    """

    person: Person
    subject: str
    thing: str
    due: dt.date
    occasions: Sequence[dt.date]
    at_most: int
    title: str
    heading: str
    sentence: str
    ask: str
    label: str
    link: str


@dataclass(frozen=True)
class SetElsewhere:
    """The days of a subject's reminders where another page sets them: in words, by what, and that page."""

    words: Text
    by: Text
    label: Text
    url: str


@dataclass(frozen=True)
class ReminderSubject:
    """A subject of reminders, such as unsent claims.

    `due` names the day its rules count from ("the day replies are wanted by"). `people(programme, rule, day)` returns
    the keys of all who may be silent, and perhaps of some who are not; `find(programme, rule, day, people)` what each
    of those people is silent about, or everybody where `people` is None: each with a few queries, however many there
    are. The rule is a `ReminderRule`; None where `elsewhere(programme)` says which page sets the days. `after_too` says
    that rules may count days after that day. `answer(user, thing)` returns the address at which a colleague writes down
    what the person says about it, and its label, or None. Of what `asks_for_a_part` nobody is reminded
    while they take a break from the programme.
    """

    key: str
    title: Text
    detail: Text
    due: Text
    order: int
    people: Callable[[Programme, Any, dt.date], Iterable[PersonId]]
    find: Callable[[Programme, Any, dt.date, Collection[PersonId] | None], list[ToRemind]]
    after_too: bool = False
    asks_for_a_part: bool = False
    elsewhere: Callable[[Programme], SetElsewhere] | None = None
    answer: Callable[[User, str], tuple[str, Text] | None] = lambda user, thing: None


@dataclass(frozen=True)
class Figure:
    """A number of the dashboard, in words ("7 of 14"); None where so few people are behind it that it is not shown.

    `url` opens the list behind it, for a reader who may. `attention` says that somebody should look at it.
    """

    label: Text
    value: str | None
    url: str = ""
    attention: bool = False


@dataclass(frozen=True)
class Line:
    """One thing on the dashboard, the page it opens, and in a few words how it stands."""

    text: str
    detail: str = ""
    url: str = ""
    attention: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: [(tone, number), …] one after the other, of `whole`; none is drawn where that is 0.

    `text` says the numbers beside it; `cells` are those of its line in the table beneath, after its label.
    """

    label: str
    text: str
    parts: Sequence[tuple[str, int]]
    whole: int
    cells: Sequence[str]
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars and the table with the same numbers. `columns` are its headings after the first, `first`.

    `legend` is [(tone, label), …], with the tones of components/bars.html.
    """

    caption: str
    first: str
    columns: Sequence[str]
    bars: Sequence[Bar]
    legend: Sequence[tuple[str, Text]]


@dataclass(frozen=True)
class Shown:
    """All that a part of the dashboard shows: figures, a chart, lines, where the rest is, and a note beneath.

    `nothing` is said where there is none of it.
    """

    figures: Sequence[Figure] = ()
    chart: Chart | None = None
    lines: Sequence[Line] = ()
    more: tuple[str, str] | None = None
    note: str = ""
    nothing: str = ""


@dataclass(frozen=True)
class DashboardPart:
    """A part of the steering group's dashboard and of its board paper; `order` sorts, lowest first.

    `show(user, programme, on)` returns what it shows on the day `on`, with a fixed number of queries, or None where it
    has no place. `user` is one of those who may open the dashboard, and None for the board paper: then it says only
    what each of them may read, without addresses.
    """

    key: str
    title: Text
    order: int
    show: Callable[[User | None, Programme, dt.date], Shown | None]


def add_dashboard_part(part: DashboardPart) -> None:
    """Register a part of the dashboard. Raises ValueError for a key that another has."""
    if part.key in dashboard_parts:
        raise ValueError(f"Two parts of the dashboard are called {part.key}.")
    dashboard_parts[part.key] = part


def add_reminder_subject(subject: ReminderSubject) -> None:
    """Register a subject of reminders. Raises ValueError for a key that another has."""
    if subject.key in reminder_subjects:
        raise ValueError(f"Two subjects of reminders are called {subject.key}.")
    reminder_subjects[subject.key] = subject


def subjects_in_order() -> list[ReminderSubject]:
    """Return the subjects of reminders of every app, in their order."""
    return sorted(reminder_subjects.values(), key=lambda subject: subject.order)


def panels_for(user: User, programme: Programme) -> list[Panel]:
    """Return the panels of every app for the page of `programme`, in their order."""
    panels = [make(user, programme) for make in programme_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
