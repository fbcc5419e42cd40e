"""Functions that migrations name by their path: where files are stored, and defaults of fields. They never move."""

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db.models import Func


class DateRange(Func):
    """The days from one date to another, both of them included, as Postgres has them."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, first, last):
        super().__init__(first, last, RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def report_path(file, filename):
    """Return the path of a file of a report, by report."""
    return f"reports/{file.report_id}/{filename}"


def statement_path(statement, filename):
    """Return the path of a statement, by person."""
    return f"statements/{statement.person_id}/{filename}"


def receipt_path(receipt, filename):
    """Return the path of a receipt, by claim, under its own random name, never the name it arrived with."""
    return f"receipts/{receipt.claim_id}/{filename}"


def usual_reminders():
    """Return the usual reminders of a new policy, in days before the time to claim ends."""
    return [14, 3]


def letter_path(letter, filename):
    """Return the path of a letter, by person."""
    return f"involvement/{letter.person_id}/{filename}"


def document_path(document, filename):
    """Return the path of a document, by run."""
    return f"documents/{document.run_id}/{filename}"
