"""Send what one try asks for, judge each answer, and take back what it did."""

import copy
import random as randomness
import traceback
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from django.core.cache import cache
from django.db import Error, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.addresses import addresses as patterns
from wellbeing.secret_paths import SECRET_PATHS

from . import forms, odd
from .crawl import name_of
from .scene import MARK

# Pages whose link is their key; pages for everybody, with the contact that a programme publishes; the demo's post.
OPEN_TO_HOLDERS = set().union(*SECRET_PATHS.values())
OPEN_TO_ALL = ("get_involved", "impact_public", "demo_")
REFUSED = {401, 403, 404, 405}
WORDS = ("standard", "large", "csv", "person", "ur", "desk", "2026", "2026-11", "-", "%00", "é", "a" * 500)
FORM = "application/x-www-form-urlencoded"


@dataclass
class Sent:
    """One request as it went out, and the status of its answer."""

    method: str
    address: str
    body: bytes
    kind: str
    status: int = 0


@dataclass
class Outcome:
    """The outcome of one try: the requests it sent, and the defects of their answers, as (kind, words)."""

    sent: list = field(default_factory=list)
    wrong: list = field(default_factory=list)


class Attack:
    """Sends tries for the visitors of a scene."""

    def __init__(self, scene, seed):
        self.scene, self.seed = scene, seed
        # Each new one would load every middleware.
        self._client = Client(raise_request_exception=False)
        self._opens: dict[tuple, int] = {}
        self._converters = {name: pattern.pattern.converters for name, pattern in patterns()}

    def visit(self, visitor, address):
        """Return the answer to a visit to `address`, of which nothing stays."""
        outcome = Outcome()
        with _taken_back():
            return self._send(outcome, visitor, Sent("GET", address, b"", FORM))

    def run(self, number, trial):
        """Carry out a Try as the one with this number, and return its Outcome."""
        random = randomness.Random(f"{self.seed} {number}")
        visitor = self.scene.visitors[trial.visitor]
        outcome = Outcome()
        cache.clear()
        with _taken_back():
            for request in getattr(self, f"_{trial.kind}")(random, trial):
                response = self._send(outcome, visitor, request)
                if trial.kind == "others":
                    self._must_refuse(outcome, visitor, request, response)
                if request.method == "POST":
                    _would_commit(outcome)
                    self._follow(outcome, visitor, trial, response)
        return outcome

    def _form(self, random, trial):
        """Send a form with an odd value in its field, and more that is odd at times."""
        form = trial.form
        pairs = _as_chosen(random, form)
        pairs = self._spoil(random, pairs, form, trial.name)
        for _more in range(random.choice((0, 0, 0, 1, 2, 6))):
            pairs = self._spoil(random, pairs, form, random.choice(form.names or [""]))
        address = trial.address
        if random.randrange(8) == 0:
            address = self._other_key(random, address)
        if form.method == "GET":
            query = odd.urlencoded(pairs).decode()
            return [Sent("GET", f"{address.partition('?')[0]}?{query}", b"", FORM)]
        request = self._post(random, form, address, pairs)
        # A double tap, one time in eight.
        return [request, copy.copy(request)] if random.randrange(8) == 0 else [request]

    def _post(self, random, form, address, pairs):
        if form.has_file or random.randrange(12) == 0:
            names = [name for name, _value, kind, _offered in form.fields if kind == forms.FILE] or ["file"]
            files = [(name, *odd.file(random)) for name in names for _copy in range(random.choice((1, 1, 1, 2, 0)))]
            body, kind = odd.multipart(pairs, files), f"multipart/form-data; boundary={odd.BOUNDARY}"
        else:
            body, kind = odd.urlencoded(pairs), FORM
        if random.randrange(25) == 0:
            body = body[: random.randrange(len(body) + 1)]
        if random.randrange(25) == 0:
            kind = random.choice(odd.TYPES)
        return Sent("POST", address, body, kind)

    def _spoil(self, random, pairs, form, name):
        """Return the pairs with the field `name` left out, sent twice, or holding something odd."""
        offered = [value for each, _value, _kind, values in form.fields if each == name for value in values]
        way = random.randrange(12)
        if way == 0:
            return [pair for pair in pairs if pair[0] != name]
        new = odd.value(random, offered, self.scene.keys)
        if way == 1:
            return [*pairs, (name, new)]
        if way == 2:
            return [*pairs, *[(name, value) for value in offered[:50]]]
        rest = [pair for pair in pairs if pair[0] != name]
        return [*rest, (name, new)]

    def _others(self, random, trial):
        """Send somebody else's form, just as it was offered to them."""
        return [self._post(random, trial.form, trial.address, _as_chosen(random, trial.form))]

    def _parameter(self, random, trial):
        """Open a page with something odd in its query."""
        pairs = [(trial.name, odd.value(random, [], self.scene.keys)) for _each in range(random.choice((1, 1, 2)))]
        return [Sent("GET", f"{trial.address}?{odd.urlencoded(pairs).decode()}", b"", FORM)]

    def _method(self, random, trial):
        """Send a method nobody expects."""
        return [Sent(random.choice(odd.METHODS), trial.address, b"a=b", random.choice((FORM, *odd.TYPES)))]

    def _place(self, random, trial):
        """Visit a page with other keys and words in its address: of anybody's rows, of none, and odd ones."""
        values = {part: self._part(random, part) for part in self._converters[trial.address]}
        try:
            address = reverse(trial.address, kwargs=values)
        except NoReverseMatch:
            address = "/" + quote("/".join(map(str, values.values())).encode("utf-8", "replace"))
        method = random.choice(("GET", "GET", "POST"))
        return [Sent(method, address, b"sure=yes&agree=on&confirm=yes" if method == "POST" else b"", FORM)]

    def _there(self, random, trial):
        """Visit a page of the programme beside."""
        return [Sent("GET", trial.address, b"", FORM)]

    def _part(self, random, part):
        if part == "slug":
            return random.choice((*self.scene.slugs, *self.scene.slugs, "no-such", "x" * 300))
        if part == "pk" or part.endswith("_pk") or part in {"person", "mark", "which", "number"}:
            return random.choice((*random.choices(self.scene.keys, k=6), 0, 2**31, 2**63, 10**20))
        return random.choice((*WORDS, str(random.choice(self.scene.keys))))

    def _other_key(self, random, address):
        """Return `address` with the first number in its path replaced by the key of somebody else's row."""
        parts = address.split("/")
        for place, part in enumerate(parts):
            if part.isdecimal():
                parts[place] = str(random.choice((*random.choices(self.scene.keys, k=3), 10**20)))
                return "/".join(parts)
        return address

    def _send(self, outcome, visitor, request):
        client = self._client
        client.cookies = copy.deepcopy(visitor.cookies)
        path = quote(request.address, safe="/?&=%+:;,@!$'()*~[]#")
        try:
            response: Any = client.generic(request.method, path, request.body, content_type=request.kind)
            page = b"".join(response.streaming_content) if response.streaming else response.content
        except Exception:
            outcome.wrong.append(("500 beyond the page", traceback.format_exc()[-1500:]))
            response, page = HttpResponse(status=500), b""
        request.status = response.status_code
        outcome.sent.append(request)
        self._judge(outcome, visitor, request, response, page)
        return response

    def _judge(self, outcome, visitor, request, response, page):
        name = name_of(request.address)
        if response.status_code >= 500 and name != "readyz":
            error = getattr(response, "exc_info", None)
            lines = "".join(traceback.format_exception(*error)[-4:]) if error else page[-300:].decode(errors="replace")
            outcome.wrong.append((f"{response.status_code}", lines))
        if b"Traceback (most recent call last)" in page:
            outcome.wrong.append(("traceback shown", ""))
        if "html" in response.get("Content-Type", ""):
            for shown in (odd.ECHO, odd.TEMPLATE_DONE):
                if shown.encode() in page:
                    at = page.index(shown.encode())
                    outcome.wrong.append(("not escaped", page[max(0, at - 200) : at + 50].decode(errors="replace")))
        where = response.get("Location", "")
        if where and urlsplit(where).netloc not in {"", "testserver"}:
            outcome.wrong.append(("leads elsewhere", where))
        if visitor.stranger and MARK.encode() in page.lower() and not _is_open(name):
            at = page.lower().index(MARK.encode())
            outcome.wrong.append(("of another programme", page[max(0, at - 200) : at + 50].decode(errors="replace")))

    def _must_refuse(self, outcome, visitor, request, response):
        """Note a form that was taken from somebody who may not open its page."""
        key = (visitor.name, request.address)
        if key not in self._opens:
            self._opens[key] = self.visit(visitor, request.address).status_code
        if self._opens[key] in {403, 404} and response.status_code not in {*REFUSED, 400, 413}:
            outcome.wrong.append(("taken, though its page is refused", f"{self._opens[key]}, {response.status_code}"))

    def _follow(self, outcome, visitor, trial, response):
        """Open the page that an answer leads to: what was stored is shown there."""
        if response.status_code not in {301, 302, 303}:
            return
        where = forms.ours(response["Location"], trial.address)
        if where:
            self._send(outcome, visitor, Sent("GET", where, b"", FORM))


def _is_open(name):
    return name in OPEN_TO_HOLDERS or name.startswith(OPEN_TO_ALL)


def _as_chosen(random, form):
    """Return the form's pairs as they stand in it, some choices made, and one of its buttons pressed."""
    pairs, buttons = [], []
    for name, value, kind, offered in form.fields:
        if kind in forms.BUTTONS:
            buttons.append((name, value or ""))
        elif kind == forms.FILE:
            continue
        elif value is not None and not (kind == "select" and random.randrange(3) == 0):
            pairs.append((name, value))
        elif offered and random.randrange(2):
            pairs.append((name, random.choice(offered)))
    return [*pairs, random.choice(buttons)] if buttons else pairs


class _taken_back:
    """Undo what happens in the block."""

    def __enter__(self):
        self._block = transaction.atomic()
        # As in a test: `atomic(durable=True)` may stand directly within it.
        self._block._from_testcase = True  # type: ignore[attr-defined]  # Django looks for it there
        self._block.__enter__()

    def __exit__(self, *_error):
        transaction.set_rollback(True)
        self._block.__exit__(None, None, None)


def _would_commit(outcome):
    """Note what the database would refuse at the end of the transaction."""
    if connection.needs_rollback:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except Error as error:
        outcome.wrong.append(("refused at commit", str(error)[:500]))
