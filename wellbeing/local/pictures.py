"""Take the README's pictures from a demo of its own, loaded anew, in a real browser."""

import os

from .browsers import chromium
from .demo import Demo, say
from .places import PROJECT, Instance, LocalError
from .processes import end_orphans, free_port

FOLDER = PROJECT / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 900
# File name, whom to look around as, and what to press on the way from their home page to the page.
PICTURES = [
    ("home", "A person with lived experience", []),
    ("claim", "A person with lived experience", ["Your claims", "Curry and co-production"]),
    ("decisions", "Steering group member", ["Dashboard"]),
    ("payment-run", "Finance officer", ["Payments", "WOW-R0001"]),
]


def take():
    """Start a demo, take every picture, stop it. Return the exit status. Raises LocalError."""
    if os.environ.get("DATABASE_URL"):
        raise LocalError("The pictures are taken of a demo loaded anew. Unset DATABASE_URL, so that it has its own.")
    instance = Instance("pictures")
    lock = instance.lock()
    if lock is None:
        raise LocalError("The pictures are being taken already.")
    with lock:
        end_orphans(instance)
        instance.drop()
        instance.prepare()
        demo = Demo(instance, free_port())
        try:
            demo.start()
            demo.check()
            _photograph(demo.address.rstrip("/"))
        finally:
            demo.stop()
            instance.drop()
    return 0


def _photograph(address):
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for name, role, presses in PICTURES:
            page = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, base_url=address, locale="en-GB"
            ).new_page()
            page.goto("/accounts/login/")
            page.get_by_role("button", name=role).first.click()
            for link in presses:
                page.get_by_role("link", name=link).first.click()
            page.wait_for_load_state()
            path = FOLDER / f"{name}.png"
            page.screenshot(path=path)
            say(f"{path.relative_to(PROJECT)}: {page.title()}")
        browser.close()
