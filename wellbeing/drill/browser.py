"""A browser without a screen: keeps cookies, fills in the forms of pages, and notes what a person would read."""

import re
import time
from collections.abc import Callable

import requests
from lxml import html

# A person gives up on a page after so long; the web server's own limit is a minute.
PATIENCE_SECONDS = 40
NUMBERS = re.compile(r"\d+")
# A link's key, and other words that differ each time.
KEYS = re.compile(r"(?<=/r/)[^/]+")
SPACES = re.compile(r"\s+")


class NoAnswerError(Exception):
    """No page came. `was_sent` says that the server may have done what was asked all the same."""

    def __init__(self, words, was_sent):
        super().__init__(words)
        self.was_sent = was_sent


class Page:
    """A page that came: its status, the address it has, and its forms and sentences."""

    def __init__(self, response):
        self.status = response.status_code
        self.url = response.url
        self.path = requests.utils.urlparse(response.url).path
        self.content = response.content
        self.type = response.headers.get("Content-Type", "")
        self.tree = html.fromstring(self.content, base_url=self.url) if "html" in self.type and self.content else None

    @property
    def is_ok(self):
        return self.status == 200

    def title(self):
        """Return the main heading."""
        found = self.tree.xpath("//h1") if self.tree is not None else []
        return text_of(found[0]) if found else ""

    def sentences(self):
        """Return what tells a person that something is the matter, or that something was done."""
        if self.tree is None:
            return []
        words = [
            text_of(each)
            for each in self.tree.xpath(
                "//*[contains(@class, 'govuk-error-summary__list')]/li"
                " | //*[contains(@class, 'notification')][@role='alert']"
            )
        ]
        if self.status >= 400:
            words.append(" ".join(map(text_of, self.tree.xpath("//main//h1 | //main//p"))))
        return list(filter(None, words))

    @property
    def is_naked(self):
        """Whether it says that something went wrong without a word of help."""
        if self.status < 500:
            return False
        if "json" in self.type:
            return False
        return self.tree is None or not self.tree.xpath("//main//h1") or len(self.tree.xpath("//main//p")) < 1

    def form(self, action):
        """Return the first form whose address matches the regular expression `action`, or None."""
        if self.tree is None:
            return None
        for form in self.tree.forms:
            if form.method == "POST" and re.search(action, form.action or self.path):
                return form
        return None

    def has(self, action):
        """Return whether there is a form whose address matches the regular expression `action`."""
        return self.form(action) is not None

    def says(self, words):
        """Return whether `words` are in the page as it travels."""
        return words.encode() in self.content

    def links(self, pattern):
        """Return the addresses of links that match the regular expression `pattern`, each once."""
        if self.tree is None:
            return []
        found = (link.get("href") for link in self.tree.xpath("//a[@href]"))
        return list(dict.fromkeys(link for link in found if re.search(pattern, link)))


def text_of(element):
    return SPACES.sub(" ", element.text_content()).strip()


def kind_of(path):
    """Return an address without its numbers and keys: pages of one kind share it."""
    return NUMBERS.sub("N", KEYS.sub("KEY", path))


class _Cookies(requests.cookies.RequestsCookieJar):
    """Cookies as behind a proxy that speaks TLS: those for https alone travel here as they would there."""

    def set_cookie(self, cookie, *args, **kwargs):
        cookie.secure = False
        return super().set_cookie(cookie, *args, **kwargs)


class Browser:
    """One person's browser. `notes(kind, seconds, page or None, words)` hears of each answer, and of none."""

    def __init__(self, port, visitor, notes: Callable):
        self.base = f"http://127.0.0.1:{port}"
        self.notes = notes
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.cookies = _Cookies()
        self.session.headers.update(
            {
                "X-Forwarded-Proto": "https",
                "X-Forwarded-For": visitor,
                "Origin": f"https://127.0.0.1:{port}",
                "Referer": f"https://127.0.0.1:{port}/",
            }
        )

    def get(self, path, **options):
        """Open a page. Raises NoAnswerError."""
        return self._ask("GET", path, **options)

    def send(self, page, form, values, files=None):
        """Send a form of `page`, with `values` in place of what its boxes hold. Raises NoAnswerError."""
        data = [(name, value) for name, value in form.form_values() if name not in values]
        for name, value in values.items():
            data += [(name, each) for each in (value if isinstance(value, list) else [value])]
        path = form.action or page.url
        return self._ask("POST", path, data=data, files=files)

    def post(self, path, **options):
        """Send something else than a form. Raises NoAnswerError."""
        return self._ask("POST", path, **options)

    def _ask(self, method, path, **options):
        address = path if path.startswith("http") else f"{self.base}{path}"
        kind = f"{method} {kind_of(requests.utils.urlparse(address).path)}"
        began = time.monotonic()
        try:
            response = self.session.request(method, address, timeout=PATIENCE_SECONDS, **options)
            page = Page(response)
        except requests.exceptions.ConnectionError as error:
            refused = "refused" in str(error)
            words = "The connection was refused" if refused else "The connection broke"
            self.notes(kind, began, None, words)
            raise NoAnswerError(words, was_sent=not refused) from None
        except requests.exceptions.RequestException:
            words = f"No answer in {PATIENCE_SECONDS} seconds"
            self.notes(kind, began, None, words)
            raise NoAnswerError(words, was_sent=True) from None
        self.notes(kind, began, page, "")
        return page
