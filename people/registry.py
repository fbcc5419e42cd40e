"""Where the apps above plug into people: the lower app keeps the list, the higher app adds to it.

Each app's `contributions.register()` (called from its AppConfig.ready) appends plain functions here. Nothing in this
file knows an app above; the classes of this app are imported for their names in types alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from wellbeing.lib.types import Text, User

if TYPE_CHECKING:
    from people.directory.models import Person
    from people.jobs.models import Job

# Return Q over Person: the people whose pages the user may open.
person_visibility: list[Callable[[User], Q]] = []
# Return the panel an app adds to a person's page, or None.
person_panels: list[Callable[[User, Person], Panel | None]] = []
# Return the panel an app adds to the page of the user's own details, or None.
own_details_panels: list[Callable[[User], Panel | None]] = []
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
# Return whether the user may change a person's details on their behalf.
person_editors: list[Callable[[User, Person], bool]] = []
# Return whether the user is staff or finance of a programme the person is in today.
person_colleagues: list[Callable[[User, Person], bool]] = []
# Called when somebody has signed in, which proves that the address of the account is theirs.
signed_in: list[Callable[[User], None]] = []
# Called when the address of the person has changed.
address_changed: list[Callable[[Person], None]] = []
# Called when the user has changed the details of the person, who is somebody else.
details_changed: list[Callable[[Person, User], None]] = []
# Called with (record, person) before two records of one person are put together: prepares both. Raises IntegrityError
# where they cannot be.
before_take_over: list[Callable[[Person, Person], None]] = []
# Return the audiences (`Message.audience`) whose messages the user may read; empty for none.
message_readers: list[Callable[[User], Iterable[str]]] = []
# Return whether the user gets the search box in the header.
searchers: list[Callable[[User], bool]] = []
# The things that box finds, kind by kind.
finders: list[Finder] = []
# Work that waits for a worker, for /readyz and the administrators' home page.
due_work: list[DueWork] = []


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
class DueWork:
    """A kind of work that waits for a worker.

    `key` names it at /readyz, `title` to administrators. `oldest(now)` returns the moment from which the longest
    waiting one has been due, or None.
    """

    key: str
    title: Text
    oldest: Callable[[dt.datetime], dt.datetime | None]
    # Workers sweep up what was lost every half minute or minute: after this something is wrong.
    late_after: dt.timedelta = dt.timedelta(minutes=10)

    @property
    def minutes(self) -> int:
        return int(self.late_after.total_seconds() // 60)

    def is_late(self, now: dt.datetime) -> bool:
        """Return whether the oldest has been due for longer than `late_after`."""
        oldest = self.oldest(now)
        return oldest is not None and oldest < now - self.late_after


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
