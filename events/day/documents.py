"""Papers of the day as tagged PDFs, in standard or large print: the sheet on which people sign in, and badges."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from events.inviting.models import Invitation
from events.planning.models import Event
from people.consent.models import Purpose
from people.consent.queries import agreed_to
from people.models import Person
from wellbeing.lib import pdf

STANDARD, LARGE = "standard", "large-print"
# The class of the page, by layout.
LAYOUTS = {STANDARD: "", LARGE: f"print-{Person.LetterSize.LARGE_18.value}"}
# Badges on a page, by layout: in large print fewer, and larger.
ON_A_PAGE = {STANDARD: 10, LARGE: 8}
# Lines or badges left empty, for people who come without having been asked: what a door may need, with room to spare.
BLANKS, MOST_BLANKS = 6, 60


def expected(event: Event) -> list[Person]:
    """Return the people invited who have not said that they cannot come, by name, with `no_photos`. Two queries.

    `no_photos` is true of everybody who has not agreed to photos.
    """
    may_come = event.invitations.exclude(reply=Invitation.Reply.NOT_COMING).values("person")
    people = Person.objects.filter(pk__in=may_come).select_related("organisation").order_by("sort_key", "pk")
    return list(people.annotate(no_photos=~agreed_to(Purpose.PHOTO)))


def sign_in_html(event: Event, people: Iterable[Person], layout: str, blanks: int) -> str:
    """Return the sheet on which people sign in as HTML, with `blanks` empty lines."""
    return _html("sign_in", event, layout, {"people": list(people), "blanks": range(blanks)})


def sign_in_sheet(event: Event, layout: str, blanks: int) -> bytes:
    """Draw the sheet on which people sign in. Raises pdf.TooMuchError."""
    html = sign_in_html(event, expected(event), layout, blanks)
    return pdf.render(html, css=render_to_string("programmes/paper.css"))


def badges_html(event: Event, people: Iterable[Person], layout: str, blanks: int) -> str:
    """Return badges as HTML: the name each likes to be called by, and their organisation; `blanks` to write on."""
    every: list[Person | None] = [*people, *[None] * blanks]
    return _html("badges", event, layout, {"pages": _pages(every, ON_A_PAGE[layout])})


def badges(event: Event, layout: str, blanks: int) -> bytes:
    """Draw badges. Raises pdf.TooMuchError."""
    html = badges_html(event, expected(event), layout, blanks)
    return pdf.render(html, css=render_to_string("events/day/papers/badges.css"))


def _pages(badges: Sequence[Any], size: int) -> list[list[Sequence[Any]]]:
    """Return `badges` in pages of `size`, each in pairs."""
    pages = [badges[start : start + size] for start in range(0, len(badges), size)]
    return [[page[start : start + 2] for start in range(0, len(page), 2)] for page in pages]


def _html(name: str, event: Event, layout: str, context: dict[str, Any]) -> str:
    context = {
        "event": event,
        "programme": event.programme,
        "print": LAYOUTS[layout],
        "service_name": settings.SERVICE_NAME,
        **context,
    }
    return render_to_string(f"events/day/papers/{name}.html", context)
