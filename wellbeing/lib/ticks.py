"""Rows of a list that a reader ticked: kept while they search, filter, turn pages, leave and come back.

The ticks of a list are kept in the session of the reader, not in a form or an address: the Back button and another tab
of the same list then show the same ticks, and an address stays short. A page also sends what was ticked when it was
drawn, so that two tabs add to each other and neither undoes the other unseen. What an action acts on is never read from
the session: a page sends its own ticks and, by number, those it said were chosen elsewhere.
"""

from collections.abc import Collection, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.http.response import HttpResponseRedirect
from django.utils.functional import cached_property

# Technical bounds: lists whose ticks a session keeps, and ticks of one list.
MAX_LISTS = 20
MAX_TICKS = 10_000
# Every number of fewer digits fits a primary key.
MAX_DIGITS = 19
SESSION_KEY = "ticks"
# Fields of the form around a list. `BUTTON` says what a button does with the ticks alone; `GO` leads to another page of
# the list; `BEFORE` holds the ticks of the page as it was drawn, `ELSEWHERE` those on other pages of the list.
TICK, BEFORE, ELSEWHERE, BUTTON, GO = "tick", "before", "elsewhere", "ticks", "go"
# Choice of what to do with the rows, where there is more than one.
TO = "to"
OURS = {TICK, BEFORE, ELSEWHERE, BUTTON, GO, TO, "csrfmiddlewaretoken"}


def whole_numbers(values: Iterable[str]) -> set[int]:
    """Return the ids among posted texts; leave out whatever no tick box of ours could have sent."""
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < MAX_DIGITS}


class Ticks:
    """The ticks of the list `key` of the reader of `request`; ids are those of its rows."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        self.request, self.key = request, key

    @property
    def kept(self) -> set[int] | None:
        """Return the ids ticked, on whichever page of the list; None where nothing was ticked or unticked yet."""
        ids = self.request.session.get(SESSION_KEY, {}).get(self.key)
        return None if ids is None else set(ids)

    @property
    def ids(self) -> set[int]:
        """Return the ids ticked."""
        return self.kept or set()

    def keep(self, ids: Collection[int]) -> None:
        """Keep `ids` as the ticks of the list, the smallest MAX_TICKS of them."""
        lists = self.request.session.get(SESSION_KEY, {})
        lists.pop(self.key, None)
        lists[self.key] = sorted(ids)[:MAX_TICKS]
        while len(lists) > MAX_LISTS:
            lists.pop(next(iter(lists)))
        self.request.session[SESSION_KEY] = lists

    def forget(self, ids: Iterable[int] | None = None) -> None:
        """Untick `ids`, or forget all the ticks of the list."""
        lists = self.request.session.get(SESSION_KEY, {})
        if self.key not in lists:
            return
        if ids is None:
            del lists[self.key]
        else:
            lists[self.key] = sorted(set(lists[self.key]) - set(ids))
        self.request.session[SESSION_KEY] = lists

    @cached_property
    def sent(self) -> "SentTicks":
        """Return what the form around the list sent."""
        return SentTicks(self.request.POST)

    def take_in(self, before: Collection[int] = ()) -> None:
        """Keep what the form around the list sent.

        `before` are the ids to begin with where the list keeps none: those ticked on a page that opens with ticks.
        """
        kept = self.kept
        base = set(before) if kept is None else kept
        self.keep((base - self.sent.removed) | self.sent.added)

    def answer(self, matching: Iterable[int]) -> HttpResponseBase | None:
        """Do what a button for the ticks alone asks, and lead back to the list; None where the form means an action.

        `matching` are the ids that can be ticked among the rows the search and filters find. Call `take_in` first.
        """
        button = self.request.POST.get(BUTTON, "")
        if button == "save":
            return HttpResponse(status=204)
        if button == "show":
            return self._lead_to(self._asked_for().urlencode())
        if button in {"all", "none"}:
            self.keep(self.ids | set(matching) if button == "all" else ())
            return self._lead_to(self.request.GET.urlencode())
        go = self.request.POST.get(GO, "")
        return self._lead_to(go.lstrip("?")) if go else None

    def _lead_to(self, query: str) -> HttpResponseBase:
        return HttpResponseRedirect(f"{self.request.path}?{query}" if query else self.request.path)

    def _asked_for(self) -> QueryDict:
        """Return the search and filters that the form around the list sent, as the query of an address."""
        query = self.request.POST.copy()
        for name in OURS & set(query):
            del query[name]
        return query


class SentTicks:
    """The ticks that the form around a list sent."""

    def __init__(self, data: QueryDict) -> None:
        self.on_page = whole_numbers(data.getlist(TICK))
        self.before = whole_numbers(data.get(BEFORE, "").split())
        self.elsewhere = whole_numbers(data.get(ELSEWHERE, "").split())

    @property
    def added(self) -> set[int]:
        """Return the ids ticked since the page was drawn."""
        return self.on_page - self.before

    @property
    def removed(self) -> set[int]:
        """Return the ids unticked since the page was drawn."""
        return self.before - self.on_page

    @property
    def ids(self) -> set[int]:
        """Return all the ids the page said were chosen: those on it, and those elsewhere."""
        return self.on_page | self.elsewhere
