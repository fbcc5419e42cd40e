"""Where the apps above plug into people: the lower app keeps the list, the higher app adds to it.

Each app's `contributions.register()` (called from its AppConfig.ready) appends plain functions here. Nothing in this
file knows an app above.
"""

import datetime as dt
from dataclasses import dataclass

# fn(user) -> Q over Person: whose pages `user` may open.
person_visibility = []
# fn(user, person) -> None or Panel: what an app adds to a person's page.
person_panels = []
# fn(user) -> None or Panel: what an app adds to the page of one's own details.
own_details_panels = []
# fn(user) -> list[Task]: what needs doing, for the home page.
home_tasks = []
# fn(user) -> list[Panel]: other things on the home page (what is coming up, where the money is).
home_panels = []
# fn(user, programme or None) -> list[NavigationLink].
navigation = []
# fn(user) -> bool: whether `user` holds a role that reaches other people's data, so needs a second factor.
privileged = []
# fn() -> list[DemoRole]: whom the demo's sign-in page offers to look around as.
demo_roles = []
# kind (str) -> JobKind: long work a worker does, with progress (`people.models.Job`).
job_kinds = {}
# fn(user, person) -> bool: whether `user` may change a person's details on their behalf.
person_editors = []
# fn(user, person) -> bool: whether `user` is staff or finance of a programme `person` is in today.
person_colleagues = []
# fn(user): somebody has signed in, so has just proved that the address of the account is theirs.
signed_in = []
# fn(person): the address of `person` has changed.
address_changed = []
# fn(person, by): called when `by` has changed the details of somebody else.
details_changed = []
# fn(record, person): readies two records of one person to be put together; raises IntegrityError where they cannot be.
before_take_over = []
# fn(user) -> list of audiences (`Message.audience`) whose messages `user` may read; empty for none.
message_readers = []
# DueWork: what waits for a worker, for /readyz and the administrators' home page.
due_work = []


@dataclass(frozen=True)
class Task:
    """A line of the home worklist. `due` is a date or None; lines sort by urgent, then due, then title."""

    title: str
    url: str
    detail: str = ""
    due: object = None
    urgent: bool = False


@dataclass(frozen=True)
class Panel:
    """A template and its context, shown inside a page of this app. `order` sorts, lowest first."""

    template: str
    context: dict
    order: int = 50


@dataclass(frozen=True)
class NavigationLink:
    """A link of the header, current on its own page and those below it.

    `sections` are the beginnings of other addresses that belong to it: the page of one event is a part of "Events".
    """

    label: str
    url: str
    order: int = 50
    sections: tuple = ()


@dataclass(frozen=True)
class DemoRole:
    """Someone the demo offers to look around as."""

    label: str
    email: str
    name: str
    detail: str = ""
    order: int = 50


@dataclass(frozen=True)
class DueWork:
    """A kind of work that waits for a worker.

    `key` names it at /readyz, `title` (may be lazy) to administrators. `oldest(now)` gives the time since when the one
    has been due that has waited longest, or None.
    """

    key: str
    title: object
    oldest: object
    # Workers sweep up what was lost every half minute or minute: after this something is wrong.
    late_after: dt.timedelta = dt.timedelta(minutes=10)

    @property
    def minutes(self):
        return int(self.late_after.total_seconds() // 60)

    def is_late(self, now):
        """Whether the oldest has been due for longer than `late_after`."""
        oldest = self.oldest(now)
        return oldest is not None and oldest < now - self.late_after


@dataclass(frozen=True)
class JobKind:
    """A kind of long work.

    `run(job)` does it, safe to run twice and to be killed half-way; it calls `people.jobs.running.progress` as it goes.
    `can_see(user, job)` says who may watch it and start it again; `title` (may be lazy) names it; `url(job)` is
    the page to go to when it is done.
    """

    run: object
    can_see: object
    title: object
    url: object
