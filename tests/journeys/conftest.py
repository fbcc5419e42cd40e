"""Helpers: what a journey needs: a real browser, a real web server, a real worker and a real mail server."""

import email
import email.policy
import os
import re
import socket
import subprocess
import time
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Error

from tests.helpers.notify_server import CALLBACK_TOKEN, KEY, TEMPLATE, NotifyServer
from tests.helpers.proof import app_code
from tests.helpers.workers import end, start

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


class Post:
    """A local SMTP server and what it was handed. `for_address` waits for a message, as a person would."""

    def __init__(self):
        self.messages = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(
            (envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default))
        )
        return "250 OK"

    def for_address(self, address, subject, after=0, within=20):
        """The newest message to `address` about `subject`, leaving out the first `after` of all messages.

        Fails when none has come within `within` seconds.
        """
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for recipients, message in reversed(self.messages[after:]):
                if address in recipients and subject.lower() in message["Subject"].lower():
                    return message
            time.sleep(0.1)
        subjects = [(to, message["Subject"]) for to, message in self.messages]
        raise AssertionError(f"No mail about {subject!r} reached {address}. There is: {subjects}")


@pytest.fixture
def post(settings):
    """The mail server every message of the journey goes to."""
    server = Post()
    server.controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    yield server
    server.controller.stop()


@pytest.fixture
def site(a_site):
    """The web server with one worker for everything and beat's sweeps beside it: see `a_site`."""
    with a_site([["--beat", "-Q", "celery,receipts", "-c", "1"]]) as server:
        yield server


@pytest.fixture
def a_site(transactional_db, live_server, post, settings, data_dir, tmp_path):
    """`with a_site(workers) as server`: the web server and workers, all on this test's database, mail and files.

    `workers` holds the arguments of each worker. TMPDIR of the workers is the folder `temporary` of the test's own.
    """
    settings.SITE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    database = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "ENVIRONMENT": "test",
        "DATABASE_URL": re.sub(r"/[^/?]*(\?|$)", rf"/{database}\1", os.environ["DATABASE_URL"]),
        "SITE_URL": live_server.url,
        "DATA_DIR": str(data_dir),
        "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
        "EMAIL_BACKEND": settings.EMAIL_BACKEND,
        "REDIS_PREFIX": django_settings.REDIS_PREFIX,
        "TMPDIR": str(tmp_path / "temporary"),
    }
    (tmp_path / "temporary").mkdir()

    @contextmanager
    def run(workers):
        with (tmp_path / "worker.log").open("w") as log:
            started = []
            try:
                for arguments in workers:
                    command = ["-m", "celery", "-A", "wellbeing", "worker", "-l", "INFO", *arguments]
                    streams = {"stdout": log, "stderr": subprocess.STDOUT}
                    started.append(start(command, env=environment, cwd=django_settings.BASE_DIR, **streams))
                yield live_server
            finally:
                end(started)

    return run


@pytest.fixture
def visitor(site, browser):
    """Opens a browser of their own for one person: `visitor(width=PHONE)` -> Visitor."""
    opened = []

    def open_browser(size=DESKTOP):
        context = browser.new_context(viewport=size, base_url=site.url, locale="en-GB", timezone_id="Europe/London")
        context.set_default_timeout(10_000)
        opened.append(context)
        return Visitor(context.new_page())

    yield open_browser
    for context in opened:
        context.close()


@pytest.fixture
def notify(settings, monkeypatch):
    """GOV.UK Notify, for the pages and for the worker that is started after it."""
    with NotifyServer() as server:
        server.use(settings)
        settings.TEXT_ANSWERS = True
        for name, value in {
            "TEXT_PROVIDER": "notify",
            "TEXT_ANSWERS": "true",
            "NOTIFY_URL": server.url,
            "NOTIFY_API_KEY": KEY,
            "NOTIFY_TEMPLATE_ID": TEMPLATE,
            "NOTIFY_CALLBACK_TOKEN": CALLBACK_TOKEN,
        }.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def no_second_factor():
    django_settings.SECOND_FACTOR_REQUIRED, before = False, django_settings.SECOND_FACTOR_REQUIRED
    yield
    django_settings.SECOND_FACTOR_REQUIRED = before


@pytest.fixture
def at_work(browser, live_server, no_second_factor):
    """Opens a browser for somebody who is signed in: `at_work(user)` -> Visitor. None for somebody who is not."""
    opened = []

    def open_browser(user, size=DESKTOP, **options):
        context = browser.new_context(viewport=size, base_url=live_server.url, locale="en-GB", **options)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = {
                "name": django_settings.SESSION_COOKIE_NAME,
                "value": client.cookies[django_settings.SESSION_COOKIE_NAME].value,
            }
            context.add_cookies([{**cookie, "url": live_server.url}])
        context.set_default_timeout(10_000)
        opened.append(context)
        return Visitor(context.new_page())

    yield open_browser
    for context in opened:
        context.close()


class Visitor:
    """One person at a browser. Every page they open is checked with axe, once per address and title."""

    def __init__(self, page):
        self.page = page
        self.checked = set()
        self.violations = []
        self.problems = []
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: self.problems.append(f"{page.url}: {message.text}") if message.type == "error" else None,
        )

    def go(self, address):
        """Open an address of the site and check the page.

        Where the browser still goes on from a press before, it arrives there first.
        """
        try:
            response = self.page.goto(address)
        except Error as error:
            if "ERR_ABORTED" not in str(error):
                raise
            self.page.wait_for_load_state()
            response = self.page.goto(address)
        # None where the browser took it for a place on the page it shows.
        response = response or self.page.reload()
        assert response.status == 200, f"{address} answered {response.status}"
        self.check()

    def click(self, role, name, exact=False):
        """Press a link or button by the words on it, once ticks are kept, and check the page that follows."""
        self.page.locator("form[data-ticks-saving]").wait_for(state="detached")
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.check()

    def open(self, words):
        """Open what stands under a summary with these words."""
        self.page.locator("summary", has_text=words).first.click()

    def fill(self, label, value):
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=False).first.fill(value)

    def fill_date(self, legend, day):
        """Type a date into the three boxes under `legend`."""
        group = self.page.get_by_role("group", name=legend)
        for box, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(box).fill(str(number))

    def choose(self, label, exact=False):
        """Choose the radio or tick the box with this label."""
        self.page.get_by_label(label, exact=exact).first.check()

    def sees(self, *words):
        """Fails unless each of `words` is on the page for a reader."""
        text = re.sub(r"\s+", " ", self.page.locator("body").inner_text())
        for word in words:
            assert word in text, f"{word!r} is not on {self.page.url}:\n{text}"

    def check(self, tries=3):
        """Run axe over the page as it stands, and refuse sideways scrolling.

        Each page is pictured into the folder JOURNEY_PICTURES, when that is set. Where the browser goes on meanwhile,
        as after a press that a script answers first, the page it goes to is checked.
        """
        try:
            self._check()
        except Error as error:
            if "Execution context was destroyed" not in str(error) or tries == 1:
                raise
            self.page.wait_for_load_state()
            self.check(tries - 1)

    def _check(self):
        key = (re.sub(r"\d+|/r/[^/]+", "n", self.page.url.split("?")[0]), self.page.title())
        if key in self.checked:
            return
        self.checked.add(key)
        if folder := os.environ.get("JOURNEY_PICTURES"):
            name = re.sub(r"[^a-z0-9]+", "-", f"{len(self.checked):02d} {key[1]}".lower())[:60]
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=f"{folder}/{id(self) % 1000:03d}-{width}-{name}.png", full_page=True)
        found = Axe().run(self.page).response["violations"]
        for violation in found:
            nodes = [
                node["html"]
                for node in violation["nodes"]
                if not (violation["id"] == "aria-allowed-attr" and "data-aria-controls" in node["html"])
            ]
            if nodes:
                self.violations.append(f"{self.page.url}: {violation['id']}: {violation['help']}: {nodes[:3]}")
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if wide:
            self.problems.append(f"{self.page.url} scrolls sideways at {self.page.viewport_size['width']} pixels")

    def nothing_was_wrong(self):
        """Fails with everything axe, the console and the layout had to say about the pages visited."""
        assert not self.violations + self.problems, "\n".join(self.violations + self.problems)

    def sign_in(self, address, post):
        """Sign in with a code sent by e-mail."""
        self.go("/accounts/login/")
        self.fill("Email address", address)
        seen = len(post.messages)
        self.click("button", "Send me a code")
        message = post.for_address(address, "code", after=seen)
        text = message.get_body(("plain",)).get_content()
        self.page.get_by_role("textbox").fill(re.search(r"^\s*([0-9]{3}-[0-9]{3}-[0-9]{3})\s*$", text, re.M).group(1))
        self.click("button", "Sign in")

    def set_up_second_step(self):
        """Staff and finance get no further without a second step: set up an app, as the page asks."""
        self.sees("One more step to stay safe")
        self.click("link", "Set up an app")
        secret = self.page.locator("ol strong").inner_text().replace(" ", "")
        self.page.get_by_role("textbox").fill(app_code(secret, seconds_left=10))
        self.click("button", "Continue")
        self.sees("Spare codes")
        self.go("/")
