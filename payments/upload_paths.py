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
    """Where a file of a report is kept: by report."""
    return f"reports/{file.report_id}/{filename}"


def statement_path(statement, filename):
    """Where a statement is kept: by person."""
    return f"statements/{statement.person_id}/{filename}"


def receipt_path(receipt, filename):
    """Where a receipt is kept: by claim, under its own random name, never the name it arrived with."""
    return f"receipts/{receipt.claim_id}/{filename}"


def usual_reminders():
    """How many days before the time to claim ends a new policy reminds people, unless it says otherwise."""
    return [14, 3]


def letter_path(letter, filename):
    """Where a letter is kept: by person."""
    return f"involvement/{letter.person_id}/{filename}"


def document_path(document, filename):
    """Where a document is kept: by run."""
    return f"documents/{document.run_id}/{filename}"
