"""The forms and links of a page."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

FILE = "file"
TICKED = {"checkbox", "radio"}
BUTTONS = {"submit", "button", "image", "reset"}


@dataclass
class Form:
    """A form as a browser would send it: where, how, and its fields as (name, value, type, values it offers)."""

    address: str
    method: str
    fields: list = field(default_factory=list)

    @property
    def has_file(self):
        """Return whether a file can be chosen."""
        return any(kind == FILE for _name, _value, kind, _offered in self.fields)

    @property
    def names(self):
        """Return the names of its fields, each once."""
        return sorted({name for name, *_rest in self.fields})


def read(page, address):
    """Return (forms, addresses that are linked to) of a page of ours, `page` being its bytes."""
    if not page.strip():
        return [], []
    tree = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    forms = [_form(element, address) for element in tree.iter("form")]
    links = [ours(element.get("href"), address) for element in tree.iter("a") if element.get("href")]
    return [form for form in forms if form.address], sorted({link for link in links if link})


def parameters(address):
    """Return the (name, value) pairs of an address's query."""
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def ours(link, address):
    """Return the path and query to which `link` leads from `address`; empty where it leads elsewhere."""
    try:
        parts = urlsplit(urljoin(address, link))
    except ValueError:
        return ""
    if parts.scheme not in {"", "http"} or parts.netloc not in {"", "testserver"} or not parts.path.startswith("/"):
        return ""
    return parts._replace(scheme="", netloc="", fragment="").geturl()


def _form(element, address):
    method = (element.get("method") or "get").upper()
    form = Form(ours(element.get("action") or address, address), method)
    own = element.get("id")
    inputs = list(element.iter("input", "select", "textarea", "button"))
    if own:
        inputs += element.getroottree().xpath("//*[@form=$own]", own=own)
    form.fields = [each for each in map(_field, inputs) if each]
    return form


def _field(element):
    name = element.get("name")
    if not name or name == "csrfmiddlewaretoken" or element.get("disabled") is not None:
        return None
    if element.tag == "select":
        options = [(option.get("value", option.text_content()), option) for option in element.iter("option")]
        chosen = next((value for value, option in options if option.get("selected") is not None), None)
        offered = [value for value, _option in options]
        return name, chosen if chosen is not None else (offered or [""])[0], "select", offered
    if element.tag == "textarea":
        return name, (element.text or "").lstrip("\n"), "textarea", []
    kind = (element.get("type") or ("submit" if element.tag == "button" else "text")).lower()
    value = element.get("value") or ("on" if kind in TICKED else "")
    if kind in TICKED and element.get("checked") is None:
        # Offered and not chosen.
        return name, None, kind, [value]
    return name, value, kind, [value] if kind in TICKED | BUTTONS else []
