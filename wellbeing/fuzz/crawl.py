"""Walk from page to page as each visitor, and list everything that can be tried there."""

from collections import Counter
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

from tests.addresses import addresses as patterns

from . import forms

# Of one page of the site, so many addresses (of other rows) are opened; of one form there, so many are tried.
PAGES_OF_A_KIND, FORMS_OF_A_KIND = 2, 1
# Asked of every page; a page's own are found in its links.
PARAMETERS = ("q", "page", "sort", "export", "next", "columns", "status", "person")


# Of fifty tries, how many are of which kind.
SHARES = {"form": 26, "parameter": 8, "others": 6, "place": 5, "there": 4, "method": 1}


@dataclass(frozen=True)
class Try:
    """One thing to try: who visits, in which way, where, with which form, and which field or parameter is odd."""

    visitor: int
    kind: str
    address: str
    form: object = None
    name: str = ""


def name_of(address):
    """Return the name of the page at `address`; empty where there is none."""
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, UnicodeError):
        return ""
    return found.view_name or found.route


class Walk:
    """The pages that one visitor reaches, and the forms and parameters found on them."""

    def __init__(self, visit, beginnings, pages):
        self.pages: list[str] = []
        self.forms: list[forms.Form] = []
        self.parameters: dict[str, set[str]] = {}
        self._seen: set[str] = set()
        self._kinds: Counter[tuple] = Counter()
        self._form_kinds: Counter[tuple] = Counter()
        waiting = list(beginnings)
        for address in waiting:
            if len(self.pages) >= pages:
                break
            if self._is_new(address):
                waiting += self._read(address, visit(address))

    def _is_new(self, address):
        if address in self._seen:
            return False
        self._seen.add(address)
        names = sorted({name for name, _value in forms.parameters(address)})
        kind = name_of(address)
        self.parameters.setdefault(kind, set()).update(names)
        self._kinds[kind, *names] += 1
        return bool(kind) and self._kinds[kind, *names] <= PAGES_OF_A_KIND

    def _read(self, address, response):
        """Note what the page at `address` holds. Return the addresses that it leads to."""
        if response.status_code in {301, 302}:
            return [forms.ours(response["Location"], address)]
        if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
            return []
        self.pages.append(address)
        found, links = forms.read(response.content, address)
        for form in found:
            kind = (name_of(form.address), form.method, *form.names)
            self._form_kinds[kind] += 1
            if self._form_kinds[kind] <= FORMS_OF_A_KIND:
                self.forms.append(form)
            if form.method == "GET":
                self.parameters.setdefault(name_of(form.address), set()).update(form.names)
        return links


def walks(scene, visit, pages):
    """Return the Walk of each visitor over `pages` pages; `visit(visitor, address)` answers with a response."""
    everywhere = list(scene.addresses().values())
    found = []
    for visitor in scene.visitors:
        beginnings = [reverse("home"), *(everywhere if visitor.at_home else [])]
        found.append(Walk(lambda address, who=visitor: visit(who, address), beginnings, pages))
    return found


def tries(scene, found, random):
    """Return an endless order of what the walks lead to, by kind: {kind: [Try, …]}.

    Each field of each form comes once as anybody before it comes as a second visitor, and so does each parameter.
    """
    everything: dict[str, list] = {kind: [] for kind in SHARES}
    known = [form for walk in found for form in walk.forms if form.method == "POST"]
    by_kind = {(name_of(form.address), *form.names): form for form in known}
    pages = sorted({name for name, pattern in patterns() if pattern.pattern.converters})
    for who, walk in enumerate(found):
        for trial in _of_a_visitor(who, walk, by_kind):
            everything[trial.kind].append(trial)
        everything["place"] += [Try(who, "place", name) for name in pages]
        everything["there"] += [Try(who, "there", address) for address in scene.addresses().values()]
    return {kind: _each_once_first(some, random) for kind, some in everything.items()}


def _of_a_visitor(who, walk, by_kind):
    own = set()
    for form in walk.forms:
        own.add(name_of(form.address))
        yield from (Try(who, "form", form.address, form, name) for name in form.names or [""])
    # Of everybody else: whoever may not open the page may not send its form.
    for kind, form in sorted(by_kind.items()):
        if kind[0] not in own:
            yield Try(who, "others", form.address, form, "")
    one_each = {name_of(page): page.partition("?")[0] for page in walk.pages}
    for kind, address in sorted(one_each.items()):
        yield Try(who, "method", address)
        for name in sorted({*PARAMETERS, *walk.parameters.get(kind, ())}):
            yield Try(who, "parameter", address, None, name)


def _each_once_first(some, random):
    """Return the tries in an order of chance, the first of each page and name before the second of any."""
    random.shuffle(some)
    seen: Counter[tuple] = Counter()
    ranked = []
    for trial in some:
        key = (name_of(trial.address) or trial.address, trial.name)
        ranked.append((seen[key], trial))
        seen[key] += 1
    return [trial for _rank, trial in sorted(ranked, key=lambda pair: pair[0])]


def in_turn(tries):
    """Yield (number, Try) without end: the kinds take turns by their share."""
    turns = [kind for kind, share in SHARES.items() for _turn in range(share)]
    taken: Counter[str] = Counter()
    for number in count():
        kind = turns[number % len(turns)]
        yield number, tries[kind][taken[kind] % len(tries[kind])]
        taken[kind] += 1
