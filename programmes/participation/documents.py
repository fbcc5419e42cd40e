"""Draw a report on who takes part as a tagged PDF, in standard or large print, and write its files."""

from typing import IO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from people.models import Person
from programmes.participation.page import ReportPage
from wellbeing.lib import pdf
from wellbeing.lib.spreadsheets import Workbook
from wellbeing.lib.table_files import written

STYLE = ("programmes/paper.css", "programmes/participation/paper.css")
# The class of the page, by what an address says.
LAYOUTS = {"standard": "", "large-print": f"print-{Person.LetterSize.LARGE_18.value}"}


def html_of(page: ReportPage, layout: str) -> str:
    """Return the paper as HTML."""
    context = {"page": page, "print": LAYOUTS[layout], "service_name": settings.SERVICE_NAME}
    return render_to_string("programmes/participation/paper.html", context)


def paper(page: ReportPage, layout: str) -> bytes:
    """Draw the paper. Raises pdf.TooMuchError."""
    return pdf.render(html_of(page, layout), css="\n".join(render_to_string(name) for name in STYLE))


def spreadsheet(page: ReportPage) -> IO[bytes]:
    """Return the spreadsheet, open to be read: the bands, and what they are."""
    return written(lambda book: _fill(book, page))


def _fill(book: Workbook, page: ReportPage) -> None:
    book.sheet(_("Who takes part"), page.file_columns)
    for row in page.file_rows:
        book.row(row)
    facts = [
        (_("Programme"), str(page.programme)),
        (_("Time"), str(page.report)),
        *((stage["title"], _("Who %(did)s") % {"did": stage["explained"]}) for stage in page.stages),
    ]
    facts += [(question.title, " ".join([*question.sentences, *question.hidden])) for question in page.questions]
    book.facts(_("What this is"), facts)
