"""Papers about one's own data: the copy to read, and the certificate of an erasure. Tagged PDFs."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.directory.models import Person
from people.privacy import rules
from people.privacy.export import Held, done_by, to_read
from people.privacy.models import Erasure, PrivacyRule
from wellbeing.lib import pdf
from wellbeing.lib.dates import short_date

# A whole life with a charity: many more pages than a letter.
MOST_PAGES, MOST_SECONDS = 2000, 300
# A page tells a reader so many rows of one kind; the file for programs has them all.
MOST_ROWS = 200


def copy_to_read(person: Person, held: list[Held]) -> bytes:
    """Draw everything we hold about `person` for them to read."""
    parts = [
        {"title": one.title, "rows": (rows := to_read(one))[:MOST_ROWS], "more": max(0, len(rows) - MOST_ROWS)}
        for one in held
        if one.rows
    ]
    context = {
        "person": person,
        "parts": parts,
        "done": done_by(person),
        "made_on": timezone.localdate(),
        "service_name": settings.SERVICE_NAME,
    }
    html = render_to_string("people/privacy/copy.html", context)
    return pdf.render(html, css=_css(), seconds=MOST_SECONDS, pages=MOST_PAGES)


def certificate(erasure: Erasure) -> bytes:
    """Draw the certificate of an erasure. It names nobody."""
    context = {
        "erasure": erasure,
        "counts": sentences_of(erasure),
        "kept": erasure.kept,
        "until": erasure.last_kept_until,
        "accounts": rules.time_for(PrivacyRule.Kind.ACCOUNTS).length,
        "service_name": settings.SERVICE_NAME,
        "print": "standard",
    }
    return pdf.render(render_to_string("people/privacy/certificate.html", context), css=_css())


def sentences_of(erasure: Erasure) -> list[str]:
    """Return what was done in an erasure, in sentences."""
    counts = {name: int(number) for name, number in erasure.counts.items()}
    said = [
        (
            "delete",
            ngettext("%(n)s record was deleted.", "%(n)s records were deleted.", counts.get("delete", 0)),
        ),
        (
            "blank",
            ngettext(
                "%(n)s record lost its words and stays as a number.",
                "%(n)s records lost their words and stay as numbers.",
                counts.get("blank", 0),
            ),
        ),
        (
            "history",
            ngettext(
                "%(n)s line of history lost its words.",
                "%(n)s lines of history lost their words.",
                counts.get("history", 0),
            ),
        ),
        (
            "texts",
            ngettext(
                "The name was replaced in %(n)s other place.",
                "The name was replaced in %(n)s other places.",
                counts.get("texts", 0),
            ),
        ),
        (
            "files",
            ngettext("%(n)s paper was made anew.", "%(n)s papers were made anew.", counts.get("files", 0)),
        ),
    ]
    return [sentence % {"n": counts[name]} for name, sentence in said if counts.get(name)]


def name_of_copy(ending: str) -> str:
    """Return the name of a file of a copy for its reader."""
    return f"{_('what-we-hold')}-{short_date(timezone.localdate()).replace(' ', '-')}.{ending}"


def _css() -> str:
    return render_to_string("people/privacy/paper.css")
