"""Columns of a list of claims."""

from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from wellbeing.lib.dates import short_date
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column
from wellbeing.templatetags.wellbeing import tone_of


def columns(today, link=Claim.get_absolute_url):
    """Make the columns of a list of claims; a promised day before `today` is shown as late.

    `link` is fn(claim) -> the address its reference leads to.
    """
    # Once for all rows: Django writes out every status of the model to find the words of one.
    statuses = {status: str(words) for status, words in Claim.Status.choices}
    return [
        Column("reference", _("Reference"), sort="reference", link=link, shape="code", field="reference"),
        Column("person", _("Person"), value="person.full_name", sort="person__sort_key", field="person__full_name"),
        Column(
            "description",
            _("What for"),
            sort="description",
            detail=lambda c: short_date(c.activity_date),
            field="description",
        ),
        Column("activity_date", _("Day"), kind=DATE, export_only=True, field="activity_date"),
        Column(
            "status",
            _("Status"),
            value=lambda c: statuses[c.status],
            sort="status",
            detail=_who_approved_once,
            tag=lambda c: {"label": statuses[c.status], "tone": tone_of(c.status)},
            field="status",
            labels=statuses,
        ),
        Column("submitted_at", _("Sent"), kind=DATE, sort="submitted_at", field="submitted_at"),
        Column(
            "pay_by",
            _("Pay by"),
            kind=DATE,
            sort="pay_by",
            tags=lambda c: [{"label": _("Late"), "tone": "attention"}] if c.is_overdue(today) else [],
            field="pay_by",
        ),
        Column("time_pence", _("Time"), money=True, export_only=True, field="time_pence"),
        Column("expenses_pence", _("Expenses"), money=True, field="expenses_pence"),
        Column("total_pence", _("Total"), money=True, sort="total_pence", field="total_pence"),
    ]


def _who_approved_once(claim):
    if not claim.waits_for_second_approval:
        return ""
    return _("Approved by %(who)s, waiting for a second person") % {"who": claim.first_approved_by.full_name}
