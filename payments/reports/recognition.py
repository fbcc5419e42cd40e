"""Report how many people declined or donated their pay, quarter by quarter. Small numbers are left out for good."""

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncQuarter
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.reports import periods, suppression
from payments.reports.models import SmallNumberRule
from payments.reports.report import NUMBER, Report, ReportColumn, Section
from wellbeing.lib.prepared import prepared


def report(programme, period, today):
    """Report how people of `programme` chose to be paid on claims approved in `period`: a quarter or a year (Period).

    Only quarters that were over on the day `today` are counted, so that a number once shown never changes.
    """
    quarters = _quarters(period, today)
    columns = [ReportColumn(_("Payment for the time")), *(ReportColumn(str(quarter), NUMBER) for quarter in quarters)]
    # A row over some of the quarters could be put together with a later one over all of them.
    with_year = period.unit == periods.YEAR and len(quarters) == 4
    table = _Table(programme, quarters, with_year)
    if with_year:
        columns.append(ReportColumn(str(period), NUMBER))
    return Report(
        title=_("Payment declined or donated"),
        period=str(period),
        expected=len(Claim.Recognition) + 1,
        sections=[Section(_("Claims with payment for time"), columns, table.rows())],
        notes=[
            _("Counts of claims. Nobody is asked why, and there are no names and no amounts."),
            _(
                "Numbers about fewer than %(least)s claims or people are not shown, and neither are others from which"
                " they could be worked out. What is not shown for a quarter is not shown in the report of its year."
            )
            % {"least": table.least},
            _("A claim counts in the quarter in which it was approved. A quarter is shown once it is over."),
        ],
    )


def _quarters(period, today):
    days = (period.first.replace(month=month) for month in range(period.first.month, period.last.month + 1, 3))
    quarters = [periods.quarter_of(day) for day in days]
    return [quarter for quarter in quarters if quarter.last < today]


class _Table:
    """Counts of claims and of people by recognition and quarter, and which of them may be shown."""

    def __init__(self, programme, quarters, with_year):
        self.with_year = with_year
        self.kinds = list(Claim.Recognition)
        columns = range(len(quarters))
        rules = [SmallNumberRule.objects.effective_on(quarter.last) for quarter in quarters]
        self.least = max(rules) if rules else SmallNumberRule.objects.effective_on(periods.LATEST_DAY)
        self.counts = [[0] * len(quarters) for _kind in self.kinds]
        people = [[0] * len(quarters) for _kind in self.kinds]
        days = (quarters[0].first, quarters[-1].last) if quarters else ()
        quarter_index = {quarter.first: index for index, quarter in enumerate(quarters)}
        for recognition, first, number, of_people in _by_quarter(programme.pk, *days) if days else ():
            kind, quarter = self.kinds.index(recognition), quarter_index[first.date()]
            self.counts[kind][quarter] = number
            people[kind][quarter] = of_people
        self.hidden, self.totals = set(), set()
        for column in columns:
            counts = [row[column] for row in self.counts]
            gone = suppression.hide_in_column(counts, [row[column] for row in people], rules[column])
            self.hidden |= {(row, column) for row in gone}
            if suppression.total_is_shown(counts, gone, rules[column]):
                self.totals.add(column)
        if with_year:
            groups: dict[str, int] = dict(_people_by_recognition(programme.pk, *days))
            self.rows_shown = suppression.rows_to_show(
                self.counts, self.hidden, self.totals, [groups.get(kind, 0) for kind in self.kinds], self.least
            )

    def rows(self):
        hidden = _("not shown")
        for index, (kind, counts) in enumerate(zip(self.kinds, self.counts, strict=True)):
            row = [hidden if (index, column) in self.hidden else count for column, count in enumerate(counts)]
            if self.with_year:
                row.append(sum(counts) if index in self.rows_shown else hidden)
            yield [str(kind.label), *row]
        sums = [sum(column) for column in zip(*self.counts, strict=True)]
        last = [total if column in self.totals else hidden for column, total in enumerate(sums)]
        if self.with_year:
            last.append(sum(sums) if len(self.totals) == len(sums) else hidden)
        yield [_("In all"), *last]


def _counted(programme, first, last):
    """Return the claims with a fee that were approved from the day `first` to the day `last`."""
    fee = ClaimLine.objects.filter(claim=OuterRef("pk"), category=ClaimLine.Category.TIME, approved_pence__gt=0)
    claims = Claim.objects.filter(Exists(fee), programme=programme).order_by()
    return claims.filter(approved_at__date__range=(first, last))


@prepared
def _by_quarter(programme, first, last):
    # The first day of the quarter is one of London, as its time zone is in the query.
    grouped = _counted(programme, first, last).values_list("recognition", TruncQuarter("approved_at"))
    return grouped.annotate(number=Count("pk"), people=Count("person", distinct=True))


@prepared
def _people_by_recognition(programme, first, last):
    return _counted(programme, first, last).values_list("recognition").annotate(people=Count("person", distinct=True))
