"""bin/fuzz: the forms it finds, the values it sends, and the answers it does not let pass."""

import random
from types import SimpleNamespace

from django.http import HttpResponse

from wellbeing.fuzz import crawl, forms, odd
from wellbeing.fuzz.attack import Attack, Outcome, Sent
from wellbeing.fuzz.scene import MARK

PAGE = b"""
<a href="/find/?q=a#top">Find</a> <a href="https://elsewhere.example/">Elsewhere</a> <a href="http://[">Nowhere</a>
<form method="post" id="own"><input type="hidden" name="csrfmiddlewaretoken" value="x"><input name="name" value="A">
<input type="checkbox" name="agree"><input type="radio" name="how" value="post" checked>
<select name="role"><option value="staff">Staff</option><option selected>finance</option></select>
<textarea name="why">\nBecause</textarea><input type="file" name="paper"><button name="go" value="on">Go</button></form>
<form action="/find/"><input name="q"></form><form method="post" action="https://elsewhere.example/"></form>
<input name="outside" form="own" value="B">
"""


def test_forms_and_links_are_found_as_a_browser_would_send_them():
    (own, find), links = forms.read(PAGE, "/people/1/?tab=notes")
    assert links == ["/find/?q=a"]
    assert (own.address, own.method, own.has_file) == ("/people/1/?tab=notes", "POST", True)
    assert own.fields == [
        ("name", "A", "text", []),
        ("agree", None, "checkbox", ["on"]),
        ("how", "post", "radio", ["post"]),
        ("role", "finance", "select", ["staff", "finance"]),
        ("why", "Because", "textarea", []),
        ("paper", "", "file", []),
        ("go", "on", "submit", ["on"]),
        ("outside", "B", "text", []),
    ]
    assert (find.address, find.method, find.names) == ("/find/", "GET", ["q"])


def test_the_same_seed_sends_the_same():
    def sent(seed):
        chance = random.Random(seed)
        pairs = [("a", odd.value(chance, ["1", "2"], [5, 6])) for _each in range(200)]
        return odd.urlencoded(pairs), odd.multipart(pairs, [("file", *odd.file(chance))])

    assert sent("1 7") == sent("1 7") != sent("1 8")


def test_each_field_comes_once_before_any_comes_twice():
    some = [crawl.Try(who, "form", "/find/", None, name) for who in range(3) for name in "abc"]
    ordered = crawl._each_once_first(some, random.Random(1))
    assert [{trial.name for trial in ordered[start : start + 3]} for start in (0, 3, 6)] == [set("abc")] * 3


def wrong(response, *, stranger=True, address="/find/"):
    """Return the kinds of defects that are seen in `response`."""
    scene = SimpleNamespace(visitors=[])
    outcome, visitor = Outcome(), SimpleNamespace(name="somebody", stranger=stranger)
    Attack(scene, 1)._judge(outcome, visitor, Sent("GET", address, b"", ""), response, response.content)
    return [kind for kind, _words in outcome.wrong]


def test_answers_that_must_not_be_are_seen():
    assert wrong(HttpResponse("Fine")) == []
    assert wrong(HttpResponse("Broken", status=500)) == ["500"]
    assert wrong(HttpResponse("Not yet", status=503), address="/readyz") == []
    assert wrong(HttpResponse("Traceback (most recent call last)", status=404)) == ["traceback shown"]
    assert wrong(HttpResponse(odd.ECHO)) == wrong(HttpResponse(odd.TEMPLATE_DONE)) == ["not escaped"]
    assert wrong(HttpResponse(odd.ECHO, content_type="text/csv")) == []
    assert wrong(HttpResponse(status=302, headers={"Location": "//elsewhere.example/"})) == ["leads elsewhere"]
    assert wrong(HttpResponse(MARK.title())) == ["of another programme"]
    assert wrong(HttpResponse(MARK), stranger=False) == wrong(HttpResponse(MARK), address="/r/key/") == []
