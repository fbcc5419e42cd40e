"""Write messages as text and as a page, from templates. Nothing here sends."""

import re
from collections.abc import Iterable
from typing import Any, TypedDict

import css_inline
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


class Note(TypedDict):
    """A short message, as arguments of `people.messages.outbox.enqueue`."""

    subject: str
    text: str
    html: str
    reply_to: str


def render(template: str, context: dict[str, Any]) -> tuple[str, str, str]:
    """Write a message from templates/<app>/emails/<name>.{subject.txt,txt,html}; `template` is "<app>/<name>".

    Returns (subject, text, html). Templates also see `service_name` and `site_url`. The text parts are not escaped:
    they are not HTML. Addresses in `context` must be absolute: see `absolute_url`.
    """
    app, name = template.split("/", 1)
    context = {"service_name": settings.SERVICE_NAME, "site_url": settings.SITE_URL, **context}
    subject = " ".join(_plain(f"{app}/emails/{name}.subject.txt", context).split())
    text = re.sub(r"\n{3,}", "\n\n", _plain(f"{app}/emails/{name}.txt", context)).strip() + "\n"
    html = get_template(f"{app}/emails/{name}.html").render({"subject": subject, **context})
    return subject, text, _inliner.inline(html)


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
    context = {"name": name, "paragraphs": paragraphs, "url": url, "label": label, "after": after, "reply_to": reply_to}
    subject, text, html = render("people/note", {"heading": heading, **context})
    return {"subject": subject, "text": text, "html": html, "reply_to": reply_to}


def absolute_url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the full address of a page, for messages and papers."""
    return settings.SITE_URL + reverse(name, args=args, kwargs=kwargs)


def _plain(template: str, context: dict[str, Any]) -> str:
    engine_template = get_template(template).template  # type: ignore[attr-defined]  # Django's own engine has it
    return engine_template.render(Context(context, autoescape=False))
