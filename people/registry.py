"""Where the apps above plug into people: the lower app keeps the list, the higher app adds to it.

Each app's `contributions.register()` (called from its AppConfig.ready) appends plain functions here. Nothing in this
file knows an app above; the classes of this app are imported for their names in types alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.due_work import DueWork
from people.wordings import Unfilled, Wording, WordsInForce
from wellbeing.lib.types import Text, User

if TYPE_CHECKING:
    from people.directory.models import Person
    from people.jobs.models import Job
    from people.messages.models import Notice

# Return Q over Person: the people whose pages the user may open.
person_visibility: list[Callable[[User], Q]] = []
# Return Q over Organisation: those the user may know of.
organisation_visibility: list[Callable[[User], Q]] = []
# Return the panel an app adds to a person's page, or None.
person_panels: list[Callable[[User, Person], Panel | None]] = []
# Return what an app knows of the history of a person's record, as far as the user may read it.
person_history: list[Callable[[User, Person], Iterable[HistoryLine]]] = []
# Return the pages an app adds to the links of a person's page, as (label, address).
person_links: list[Callable[[User, Person], list[tuple[Text, str]]]] = []
# Return the panel an app adds to the page of the user's own details, or None.
own_details_panels: list[Callable[[User], Panel | None]] = []
# Return whether the user takes part with lived experience: they are asked the questions about fairness.
takes_part: list[Callable[[User], bool]] = []
# Return sentences about the installation that administrators should know and that stop nothing.
installation_notes: list[Callable[[], list[str]]] = []
# Return facts about the installation for administrators, as components/summary_list.html takes its rows.
installation_facts: list[Callable[[], list[dict[str, Any]]]] = []
# The columns that apps add to the list of accounts.
account_columns: list[AccountColumn] = []
# Return the tasks of the user, for the home page.
home_tasks: list[Callable[[User], list[Task]]] = []
# Return other things on the home page (what is coming up, where the money is).
home_panels: list[Callable[[User], list[Panel]]] = []
# Return the header's links. Also takes the programme of the page (of an app above), or None.
navigation: list[Callable[[User, Any], list[NavigationLink]]] = []
# Return the links by which the header changes to another programme. Also takes the programme of the page, or None.
programme_choices: list[Callable[[User, Any], list[NavigationLink]]] = []
# Return whether the user holds a role that reaches other people's data, so needs a second factor.
privileged: list[Callable[[User], bool]] = []
# Return the people the demo's sign-in page offers to look around as.
demo_roles: list[Callable[[], list[DemoRole]]] = []
# By its kind: long work a worker does, with progress (`people.models.Job`).
job_kinds: dict[str, JobKind] = {}
# Return whether the person works for a programme, so that nobody else may use their email address.
needs_own_address: list[Callable[[Person], bool]] = []
# Return whether the user may change a person's details on their behalf.
person_editors: list[Callable[[User, Person], bool]] = []
# Return whether the user is staff or finance of a programme the person is in today.
person_colleagues: list[Callable[[User, Person], bool]] = []
# Called when somebody has signed in, which proves that the address of the account is theirs.
signed_in: list[Callable[[User], None]] = []
# Called when the address of the person has changed.
address_changed: list[Callable[[Person], None]] = []
# Called when the phone number, postal address, channel or supporter of the person has changed.
reach_changed: list[Callable[[Person], None]] = []
# Called when what is recorded of a person's access needs has changed, with who changed it; None where they were put
# together with another record.
needs_changed: list[Callable[[Person, User | None], None]] = []
# Called when the user has noted the access needs of the person, who is somebody else: with how they were told, and a
# key that no other note has.
needs_noted: list[Callable[[Person, User, str, str], None]] = []
# Return who reads the access needs of the person, each in a sentence to that person.
needs_readers: list[Callable[[Person], Iterable[Text]]] = []
# Called when the user has changed the details of the person, who is somebody else.
details_changed: list[Callable[[Person, User], None]] = []
# Called with (record, person) before two records of one person are put together: prepares both. Raises IntegrityError
# where they cannot be.
before_take_over: list[Callable[[Person, Person], None]] = []
# Return the audiences (`Notice.audience`) whose notices the user may read as a colleague; empty for none.
message_readers: list[Callable[[User], Iterable[str]]] = []
# Return who speaks where a notice has this `voice`, or None where the voice is another app's.
voices: list[Callable[[str], Voice | None]] = []
# Return the colleagues who tell people what this `voice` says, the one whose task it is first; empty for none.
telling_colleagues: list[Callable[[str], Sequence[Person]]] = []
# Return the voice in which one colleague (a user) speaks to a person, or "".
shared_voices: list[Callable[[Person, User], str]] = []
# By the name of a kind of list: return the Recipients of one list (by its key), or None where the user may not know it.
recipients: dict[str, Callable[[User, str], Recipients | None]] = {}
# Return the words of a text that the programme with this voice agreed not to use.
language_hints: list[Callable[[str, str], list[LanguageHint]]] = []
# Return the words of their own in force today, of these voices for these kinds of notices.
own_words: list[Callable[[Collection[str], Collection[str]], WordsInForce]] = []
# Called with the fields of own words that had nothing to say, in the transaction that writes their notices.
unfilled_words: list[Callable[[Sequence[Unfilled]], None]] = []
# By its key: a kind of thing the product says to people.
notice_kinds: dict[str, NoticeKind] = {}
# By the kind of a notice that asks something: records the answer to it that came by text message, True for yes, and
# returns a sentence to text back. Raises ActionError with one where it cannot be.
text_answers: dict[str, Callable[[Notice, bool], Text]] = {}
# Return whether the user gets the search box in the header.
searchers: list[Callable[[User], bool]] = []
# The things that box finds, kind by kind.
finders: list[Finder] = []
# Work that waits for a worker, for /readyz and the administrators' home page.
due_work: list[DueWork] = []


@dataclass(frozen=True)
class Voice:
    """In whose name something is said, and how to reach them. `address` has a line for each line of an envelope."""

    name: str
    contact: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice.

    `legal` ones may go to an address past the choice of their person: a code to sign in, what they must know by law or
    for their safety. Of a `secret` one the link proves an address, so no colleague reads it and no other way is tried.
    `personal_link` says that the notice's link opens without signing in. `own_letter` says that the app above draws and
    posts its letters itself. `at_once` ones go in quiet hours as well: their person waits for an answer. Of one
    that is not `essential` its person can ask for no more by email. `answer(user, notice)` returns a panel in which a
    colleague who is on the phone writes down what the person says, or None. `slip_of(notice)` returns the page of its
    letter to fill in, where that differs from notice to notice. `wording` has the standard words of a kind that is
    written from templates; programmes may use their own unless `fixed` says why not.
    """

    key: str
    title: Text
    legal: bool = False
    secret: bool = False
    personal_link: bool = False
    own_letter: bool = False
    at_once: bool = False
    essential: bool = True
    answer: Callable[[User, Notice], Panel | None] | None = None
    slip: ReplySlip | None = None
    slip_of: Callable[[Notice], ReplySlip | None] | None = None
    wording: Wording | None = None
    fixed: Text = ""

    @property
    def why_fixed(self) -> Text:
        """Return why a programme cannot use its own words for this kind; "" where it can."""
        if self.fixed:
            return self.fixed
        if self.secret:
            return _("Its link proves an address, so its words cannot be changed.")
        if self.legal:
            return _("People have to know this, for their safety or by law.")
        return ""

    @property
    def can_be_reworded(self) -> bool:
        """Return whether a programme can use its own words for this kind."""
        return self.wording is not None and not self.why_fixed

    @property
    def standard(self) -> Wording:
        """Return the standard words. Raises ValueError for a kind that is not written from templates."""
        if self.wording is None:
            raise ValueError(f"{self.key} has no standard words.")
        return self.wording


def add_notice_kinds(*kinds: NoticeKind) -> None:
    """Register kinds of notices. Raises ValueError for a key that another has."""
    for kind in kinds:
        if kind.key in notice_kinds:
            raise ValueError(f"Two kinds of notices are called {kind.key}.")
        notice_kinds[kind.key] = kind


def audiences_read_by(user: User) -> list[str]:
    """Return the audiences whose notices `user` reads as a colleague."""
    return [audience for reads in message_readers for audience in reads(user)]


def voice(key: str) -> Voice:
    """Return who speaks by that `key`; the service itself where no app knows it."""
    found = (speaker for find in voices if (speaker := find(key)))
    return next(found, Voice(settings.SERVICE_NAME)) if key else Voice(settings.SERVICE_NAME)


class Voices:
    """Who speaks by each key, asked once for each: for many notices at a time."""

    def __init__(self) -> None:
        self.known: dict[str, Voice] = {}

    def __getitem__(self, key: str) -> Voice:
        if key not in self.known:
            self.known[key] = voice(key)
        return self.known[key]


def voice_between(person: Person, by: User) -> str:
    """Return the voice in which `by` speaks to `person`; "" where they have none in common."""
    return next((key for find in shared_voices if (key := find(person, by))), "")


def colleagues_of(key: str) -> list[Person]:
    """Return the colleagues who tell people what the voice `key` says, the one whose task it is first."""
    return [person for find in telling_colleagues for person in find(key)] if key else []


@dataclass(frozen=True)
class Recipients:
    """A list of people to write to. `voice` is in whose name, `back_url` the page the list is on."""

    title: Text
    people: QuerySet[Person]
    voice: str
    back_url: str
    is_one_person: bool = False


@dataclass(frozen=True)
class LanguageHint:
    """Words in a text that a programme agreed not to use: which, what it says instead, and why.

    `at` has where they begin and end in the text, each time they are used.
    """

    found: str
    better: str
    why: str = ""
    at: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Task:
    """A line of the home worklist. Lines sort by urgent, then due, then title."""

    title: Text
    url: str
    detail: Text = ""
    due: dt.date | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Panel:
    """A template and its context, shown inside a page of this app. `order` sorts, lowest first."""

    template: str
    context: dict[str, Any]
    order: int = 50


@dataclass(frozen=True)
class HistoryLine:
    """One thing that changed about a person: when, in words, and by whom (the id of an account, or None)."""

    at: dt.datetime
    words: str
    by: int | None


@dataclass(frozen=True)
class NavigationLink:
    """A link of the header, current on its own page and those below it.

    `sections` are the beginnings of other addresses that belong to it: the page of one event is a part of "Events".
    """

    label: Text
    url: str
    order: int = 50
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One thing that a search found, for its line on the page of results."""

    label: Text
    url: str
    detail: Text = ""


@dataclass(frozen=True)
class Finder:
    """A kind of thing that readers search for.

    `rows(user)` are those the reader may see, in the order they are shown; `fields` are searched as those of a list are
    (`wellbeing.lib.tables.found_in`); `show(rows)` makes lines of a page of them. `exact(user, text)` returns the
    address of the one thing that `text` is the whole reference of, or "".
    """

    title: Text
    rows: Callable[[User], QuerySet[Any]]
    fields: tuple[str, ...]
    show: Callable[[list[Any]], list[Found]]
    exact: Callable[[User, str], str] = lambda user, text: ""
    order: int = 50


@dataclass(frozen=True)
class AccountColumn:
    """A column of the list of accounts: `annotation()` over User, read by `words(value)`."""

    key: str
    label: Text
    annotation: Callable[[], Any]
    words: Callable[[Any], str]


@dataclass(frozen=True)
class DemoRole:
    """Someone the demo offers to look around as."""

    label: Text
    email: str
    name: str
    detail: Text = ""
    order: int = 50


@dataclass(frozen=True)
class SlipQuestion:
    """A question of a reply slip: `choices` are boxes to tick, `lines` how many lines there are to write on."""

    words: Text
    choices: tuple[Text, ...] = ()
    lines: int = 0

    @property
    def line_numbers(self) -> range:
        return range(self.lines)


@dataclass(frozen=True)
class ReplySlip:
    """The page of a letter to fill in and send back. A `nameless` one has only the reference of the letter on it."""

    title: Text
    questions: tuple[SlipQuestion, ...]
    nameless: bool = False


@dataclass(frozen=True)
class JobKind:
    """A kind of long work.

    `run(job)` does it, safe to run twice and to be killed half-way; it calls `people.jobs.running.progress` as it goes.
    `can_see(user, job)` says whether a user may watch it and start it again; `title` names it; `url(job)` is the page
    to go to when it is done.
    """

    run: Callable[[Job], None]
    can_see: Callable[[User, Job], bool]
    title: Text
    url: Callable[[Job], str]
