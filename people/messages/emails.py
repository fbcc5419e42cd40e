"""Write messages as text and as a page, from templates. Nothing here sends."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

import css_inline
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.messages.fields import around_details, filled, values_for

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


class Note(TypedDict):
    """A message, as arguments of `people.messages.telling.tell`. `details` are its facts, as they stand in the text."""

    subject: str
    text: str
    html: str
    details: str
    reply_to: str


class Written(Note):
    """A message of a kind that programmes may say in their own words: with what its merge fields say."""

    values: Mapping[str, str]


class Facts(NamedTuple):
    """The facts of a message, as text and as a part of a page."""

    text: str
    page: SafeString


class SharedFacts:
    """The facts of many messages of a batch, written once for all people who are told the same but for their link."""

    # Stands where the link of each goes; no address of ours. Neither text nor HTML writes it in another way.
    LINK = "https://link-of-this-person.invalid/"

    def __init__(self) -> None:
        self._written: dict[Hashable, Facts] = {}

    def facts(self, template: str, context: Mapping[str, Any], same: Hashable) -> Facts:
        """Return the facts that `template` writes, with the `link` of `context`. `same` names what else is in them."""
        key = (template, same)
        if key not in self._written:
            self._written[key] = _facts(template, {**context, "link": self.LINK})
        text, page = self._written[key]
        link = context["link"]
        return Facts(text.replace(self.LINK, link), mark_safe(page.replace(self.LINK, escape(link))))  # noqa: S308


def write(
    kind: str,
    template: str,
    context: Mapping[str, Any],
    *,
    person: Person,
    speaker: registry.Voice,
    values: Mapping[str, str] | None = None,
    shared: SharedFacts | None = None,
    same: Hashable = None,
) -> Written:
    """Write a message in the standard words of its `kind`, around the facts that `template` writes.

    The facts come from templates/<app>/emails/<name>.{txt,html}; `template` is "<app>/<name>". Its text is not escaped:
    it is not HTML. Templates also see `person`, `service_name` and `site_url`; addresses in `context` must be absolute:
    see `absolute_url`. `values` are what the merge fields of the kind say. Where many are told something, `shared`
    writes the facts once for all with the same `same`, which must name everything in the facts but the `link`.
    """
    wording = registry.notice_kinds[kind].standard
    said = {**values_for(person, speaker), **(values or {})}
    before, after = around_details(str(wording.words), said)
    subject = filled(str(wording.subject), said)
    note = _composed(
        template,
        {"person": person, **context},
        subject=subject,
        heading=filled(str(wording.heading), said) or subject,
        before=before,
        after=after,
        facts=(lambda full: shared.facts(template, full, same)) if shared else None,
    )
    return {**note, "reply_to": speaker.email, "values": said}


def note(
    heading: str,
    *,
    name: str = "",
    paragraphs: Iterable[str] = (),
    url: str = "",
    label: str = "",
    after: Iterable[str] = (),
    reply_to: str = "",
) -> Note:
    """Write a short message of translated sentences.

    It has `paragraphs`, a button `label` to the absolute `url`, and more paragraphs `after` it.
    """
    context = {"paragraphs": paragraphs, "url": url, "label": label, "after": after, "reply_to": reply_to}
    greeting = [_("Hello %(name)s,") % {"name": name}] if name else []
    return _composed("people/note", context, subject=heading, heading=heading, before=greeting, after=[])


def absolute_url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the full address of a page, for messages and papers."""
    return settings.SITE_URL + reverse(name, args=args, kwargs=kwargs)


def page_of(context: Mapping[str, Any]) -> str:
    """Return a message as a page: the frame of every message around its words, with styles where readers need them."""
    return _inliner.inline(get_template("people/emails/worded.html").render(dict(context)))


def _composed(
    template: str,
    context: Mapping[str, Any],
    *,
    subject: str,
    heading: str,
    before: Sequence[str],
    after: Sequence[str],
    facts: Callable[[Mapping[str, Any]], Facts] | None = None,
) -> Note:
    """Put a message together from the paragraphs `before` and `after` its facts, which `template` writes."""
    context = {"service_name": settings.SERVICE_NAME, "site_url": settings.SITE_URL, **context}
    details, page = facts(context) if facts else _facts(template, context)
    subject = " ".join(subject.split())
    words = {"subject": subject, "heading": heading, "paragraphs_before": before, "paragraphs_after": after}
    return {
        "subject": subject,
        "text": "\n\n".join(part for part in (*before, details, *after) if part) + "\n",
        "html": page_of({**context, **words, "details": page}),
        "details": details,
        "reply_to": context.get("reply_to", ""),
    }


def _facts(template: str, context: Mapping[str, Any]) -> Facts:
    app, name = template.split("/", 1)
    text = re.sub(r"\n{3,}", "\n\n", _plain(f"{app}/emails/{name}.txt", context)).strip()
    page = get_template(f"{app}/emails/{name}.html").render(dict(context))
    return Facts(text, mark_safe(page))  # noqa: S308  # a template wrote it


def _plain(template: str, context: Mapping[str, Any]) -> str:
    engine_template = get_template(template).template  # type: ignore[attr-defined]  # Django's own engine has it
    return engine_template.render(Context(dict(context), autoescape=False))
