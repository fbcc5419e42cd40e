"""Make a person's statement of a tax year, in a worker: fees, expenses, and the pay they did not take."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from payments.reports import by_person, files, periods, selection
from payments.reports.models import YearStatement
from people.jobs.running import progress
from wellbeing.lib import pdf
from wellbeing.lib.stored_files import fill_once

JOB_KIND = "payment_statement"
# Those of everybody a programme paid in one tax year.
ALL_JOB_KIND = "payment_statements"
PARTS = ("fee", "expenses", "before", "money", "payroll", "voucher", "donation", "waived")


def make(job):
    """Do a `payment_statement` job: make the statement. Safe to run twice: one that is made stays as it is."""
    _make_once(YearStatement.objects.select_related("person", "programme").get(pk=job.subject_id))
    progress(job, 1, 1)


def make_all(job):
    """Do a `payment_statements` job: make each statement that was asked for with the one the job names, by person.

    Safe to run twice and to be killed half-way: those that are made stay as they are.
    """
    first = YearStatement.objects.get(pk=job.subject_id)
    ids = list(
        YearStatement.objects.filter(
            programme=first.programme_id, year=first.year, asked_by=first.asked_by_id, asked_at=first.asked_at
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for number, pk in enumerate(ids, start=1):
        _make_once(YearStatement.objects.select_related("person", "programme").get(pk=pk))
        progress(job, number, len(ids))


def _make_once(row):
    if not row.is_made:
        content = statement_bytes(row.person, row.year, row.programme, timezone.localdate())
        fill_once(row, f"statement-{row.year}-{row.pk}.pdf", content)


def people_paid(programme, year):
    """Return the ids of the people whose claims `programme` settled in the tax year that starts in `year`."""
    period = periods.period(f"tax-{year}")
    claims = selection.settled_claims(period.first, period.last, programme=programme)
    return claims.order_by("person").values_list("person", flat=True).distinct()


def newest_made(programme, year):
    """Return the newest statement that is made of each person, for the part of `programme` in a tax year."""
    made = YearStatement.objects.filter(programme=programme, year=year, made_at__isnull=False)
    return made.select_related("person").order_by("person_id", "-asked_at", "-pk").distinct("person_id")


def statement_bytes(person, year, programme, made_on):
    """Draw the statement (PDF) of `person` for the tax year that starts in `year`, in the print they asked for.

    Of one `programme` when given, of all of them for None.
    """
    sums = figures(person, periods.period(f"tax-{year}"), programme)
    context = {
        "service_name": settings.SERVICE_NAME,
        "person": person,
        "programme": programme,
        "made_on": made_on,
        "print": person.letter_size,
        "payers": [] if programme else _payers(sums["claims"]),
        **sums,
    }
    html = render_to_string("payments/reports/statement.html", context)
    return pdf.render(html, css=render_to_string(files.STYLE))


def _payers(claims):
    """List the programmes of these claims that say who runs them, by name."""
    programmes = {row["claim"].programme_id: row["claim"].programme for row in claims}
    return sorted((each for each in programmes.values() if each.host), key=lambda each: each.name)


def figures(person, period, programme=None):
    """Add up the figures of a statement: `period`, `claims` and `sums`, all amounts in pence.

    Each claim is a dict of claim, settled_on and the PARTS; `sums` is a dict of the PARTS. `fee` is the payment for
    time taken as money, `before` the amount paid in advance: fee and expenses less before is money.
    """
    claims = [_parts(claim) for claim in by_person.claims_of(person, programme, period)]
    return {"period": period, "claims": claims, "sums": _sums(claims)}


def years(person, programme=None):
    """List the tax years in which claims of a person were settled, with their sums, the latest first. One query."""
    claims: dict[periods.Period, list[dict[str, Any]]] = {}
    for claim in by_person.claims_of(person, programme):
        claims.setdefault(periods.tax_year_of(claim.settled_on), []).append(_parts(claim))
    return [(period, _sums(claims[period])) for period in sorted(claims, key=lambda year: year.first, reverse=True)]


def _parts(claim):
    amounts = {name: getattr(claim, name) for name in by_person.SHARES}
    return {
        "claim": claim,
        "settled_on": claim.settled_on,
        "fee": by_person.fee_as_money(amounts, claim.expenses_agreed),
        "expenses": claim.expenses_agreed,
        "before": claim.advance_recovered_pence,
        "money": claim.money_pence,
        "payroll": claim.payroll_pence,
        "voucher": claim.voucher_pence,
        "donation": claim.donation_pence,
        "waived": claim.waived_pence,
    }


def _sums(claims):
    return {part: sum(claim[part] for claim in claims) for part in PARTS}
